package desk

import (
	"cotejo/claims"
	"cotejo/views/i18n"
)

// ExternalForm is a check published elsewhere, as typed.
type ExternalForm struct{ URL, Title, Outlet, Published string }

// ExternalFormOf fills the form from a record as it stands.
func ExternalFormOf(e claims.ExternalCheck) ExternalForm {
	return ExternalForm{URL: e.URL, Title: e.Title, Outlet: e.Outlet, Published: dateText(e.Published)}
}

// externalTyped is what stands in the form of one record: what was refused, else the
// record itself.
func (p ClaimPage) externalTyped(e claims.ExternalCheck) ExternalForm {
	if p.Forms.At == "external-"+e.ID {
		return p.Forms.External
	}
	return ExternalFormOf(e)
}

func externalClash(w *i18n.Words, typed, stands ExternalForm) []ClashField {
	return differing(
		ClashField{Label: w.T("external.url"), Name: "url", Typed: typed.URL, Stands: stands.URL},
		ClashField{Label: w.T("external.name"), Name: "title", Typed: typed.Title, Stands: stands.Title},
		ClashField{Label: w.T("external.outlet"), Name: "outlet", Typed: typed.Outlet, Stands: stands.Outlet},
		ClashField{Label: w.T("external.published"), Name: "published", Typed: typed.Published, Stands: stands.Published},
	)
}
