package desk

import (
	"cotejo/claims"
	"cotejo/views"
)

// MethodologyPage is the form of what the newsroom writes of itself.
type MethodologyPage struct {
	views.Frame
	Language string
	Days     string
	Form     claims.Methodology
	Seen     string
	Stands   *MethodologyForm // what somebody else made of it meanwhile; nil where nobody did
	Problems views.Problems
	History  []EventRow
}

// MethodologyForm is what the form holds.
type MethodologyForm struct {
	Days string
	Text claims.Methodology
}

// clash compares what was typed with what stands.
func (p MethodologyPage) clash() Clash {
	w := p.Words
	return Clash{Title: w.T("stale.settings"), Again: p.path(""), Fields: differing(
		ClashField{Label: w.T("methodology.days"), Name: "report_days", Typed: p.Days, Stands: p.Stands.Days},
		ClashField{Label: w.T("methodology.intro"), Name: "intro", Typed: p.Form.Intro, Stands: p.Stands.Text.Intro},
		ClashField{Label: w.T("methodology.funding"), Name: "funding", Typed: p.Form.Funding, Stands: p.Stands.Text.Funding},
		ClashField{Label: w.T("methodology.team"), Name: "team", Typed: p.Form.Team, Stands: p.Stands.Text.Team},
	)}
}

func (p MethodologyPage) path(more string) string {
	return "/settings/methodology" + more + "?language=" + p.Language
}
