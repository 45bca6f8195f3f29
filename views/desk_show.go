package views

import (
	"cotejo/claims"
	"cotejo/views/i18n"
)

// submittedNone tells whoever approves that nothing waits for them, and others
// where their work will appear.
func submittedNone(p DeskPage) string {
	if p.MayApprove {
		return p.Words.T("desk.submitted_none")
	}
	return p.Words.T("desk.submitted_none_checker")
}

func actorOptions(w *i18n.Words, people map[string]claims.Person) []Option {
	out := []Option{{"", w.T("claims.anybody")}}
	for _, p := range sortedPeople(people) {
		out = append(out, Option{p.ID, called(people, p.ID, w)})
	}
	return out
}
