package views

import (
	"strings"

	"github.com/a-h/templ"

	"cotejo/claims"
	"cotejo/views/i18n"
)

// MethodologyView is /methodology: how the newsroom works, made from what it has set.
type MethodologyView struct {
	Frame
	Settings             claims.Settings
	Scale                claims.Scale
	Intro, Funding, Team templ.Component // nil where the newsroom wrote nothing
	Counts               claims.PublicCounts
	Reports              claims.ReportCounts
	Days                 int
	Content, Attribution claims.Agreement
	Opinions             int      // 0 where there are too few to tell
	Others               []Option // the same in other languages: path and language
	Preview              bool
}

// MethodologyPage is the form of what the newsroom writes of itself.
type MethodologyPage struct {
	Frame
	Language string
	Days     string
	Form     claims.Methodology
	Seen     string
	Stands   *MethodologyForm // what somebody else made of it meanwhile; nil where nobody did
	Problems Problems
	History  []EventRow
}

// MethodologyForm is what the form holds.
type MethodologyForm struct {
	Days string
	Text claims.Methodology
}

// MethodologyPath is where the page stands in a language; the newsroom's own has the
// plain path.
func MethodologyPath(language, house string) string {
	if language == house {
		return "/methodology"
	}
	return "/methodology/" + language
}

// ruleNeeds words what a rule of evidence asks for.
func ruleNeeds(w *i18n.Words, r claims.EvidenceRule) string {
	var ways []string
	if r.Primary > 0 {
		ways = append(ways, w.N("sufficiency.primary", r.Primary))
	}
	if r.Secondary > 0 {
		ways = append(ways, w.N("sufficiency.secondary", r.Secondary))
	}
	if r.Original {
		ways = append(ways, w.T("sufficiency.original"))
	}
	needs := strings.Join(ways, " "+w.T("or")+" ")
	if r.Against > 0 {
		if needs != "" {
			needs += ", " + w.T("sufficiency.and") + " "
		}
		needs += w.N("sufficiency.against", r.Against)
	}
	return needs
}

// rule says in a sentence what a rule of evidence asks for, of which verdicts.
func (v MethodologyView) rule(r claims.EvidenceRule) string {
	return v.Words.T("sufficiency.needs."+string(r.Case), ruleNeeds(v.Words, r), stepLabels(v.Words, v.Scale, r))
}

// meaning says what a step of the shipped scale means; "" for steps of the newsroom's own.
func (v MethodologyView) meaning(layer claims.Layer, code string) string {
	if key := "meaning." + string(layer) + "." + code; v.Words.Has(key) {
		return v.Words.T(key)
	}
	return ""
}

func (v MethodologyView) steps(layer claims.Layer) []claims.Step { return v.Scale.Steps(layer) }

func (v MethodologyView) percent(a claims.Agreement) string {
	return percentage(v.Words, a.Agreed, a.N)
}

// eyes are the sentences on who approves what.
func (v MethodologyView) eyes() []string {
	s, w := v.Settings, v.Words
	key := "methodology.eyes_two"
	if s.SingleReview {
		key = "methodology.eyes_one"
	}
	out := []string{w.T(key)}
	if s.CheckersApprove {
		out = append(out, w.T("methodology.eyes_checkers"))
	}
	if s.Blind.On() {
		out = append(out, w.T("methodology_blind."+string(s.Blind)))
	}
	if s.SignOff.On() && len(s.Checklist) > 0 {
		out = append(out, w.T("methodology.checklist"))
	}
	return out
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

// howWeWork leads to the methodology page in the language of this one.
func (f Frame) howWeWork() string {
	if f.HowWeWork == "" {
		return "/methodology"
	}
	return f.HowWeWork
}
