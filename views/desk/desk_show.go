package desk

import (
	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// unassignedNone says what to do where nothing waits: look at the suggestions
// that are left.
func (p FrontPage) unassignedNone() string {
	if n := p.Counts[claims.StateSuggested]; n > 0 {
		return p.Words.N("desk.unassigned_suggested", n)
	}
	return p.Words.T("desk.unassigned_none")
}

// needsNone says what to do where nothing waits for the reader.
func (p FrontPage) needsNone() string {
	if p.MayTake {
		return p.Words.T("desk.needs_none")
	}
	return p.Words.T("desk.needs_none_suggest")
}

// who has a claim in hand, "" for nobody.
func (p FrontPage) who(r claims.ClaimRow) string {
	if r.Assignee == "" {
		return ""
	}
	return called(p.People, r.Assignee, p.Words)
}

func actorOptions(w *i18n.Words, people map[string]claims.Person) []views.Option {
	out := []views.Option{{Value: "", Label: w.T("claims.anybody")}}
	for _, p := range sortedPeople(people) {
		out = append(out, views.Option{Value: p.ID, Label: called(people, p.ID, w)})
	}
	return out
}
