package views

import (
	"cotejo/claims"
	"cotejo/views/i18n"
)

// StepWord is a step in the reader's words, its code where the scale has none.
func StepWord(find func(string) (claims.Step, bool), code string, w *i18n.Words) string {
	if s, ok := find(code); ok {
		return s.Label(w.Lang())
	}
	return code
}
