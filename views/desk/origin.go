package desk

import (
	"cotejo/claims"
	"cotejo/views/i18n"
)

// originTitle says in full which machine wrote a claim, where there is room for a mark only.
func originTitle(w *i18n.Words, o claims.Origin) string {
	if o.Rule == "" {
		return w.T("origin." + o.By)
	}
	return w.T("origin."+o.By) + ": " + o.Rule
}
