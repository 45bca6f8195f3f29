package public

import (
	"github.com/a-h/templ"

	"cotejo/claims"
	"cotejo/views"
)

// MethodologyView is /methodology: how the newsroom works, made from what it has set.
type MethodologyView struct {
	views.Frame
	Settings             claims.Settings
	Scale                claims.Scale
	Intro, Funding, Team templ.Component // nil where the newsroom wrote nothing
	Counts               claims.PublicCounts
	Reports              claims.ReportCounts
	Days                 int
	Content, Attribution claims.Agreement
	Opinions             int            // 0 where there are too few to tell
	Others               []views.Option // the same in other languages: path and language
	Preview              bool
}

// MethodologyPath is where the page stands in a language; the newsroom's own has the
// plain path.
func MethodologyPath(language, house string) string {
	if language == house {
		return "/methodology"
	}
	return "/methodology/" + language
}

// rule says in a sentence what a rule of evidence asks for, of which verdicts.
func (v MethodologyView) rule(r claims.EvidenceRule) string {
	return v.Words.T("sufficiency.needs."+string(r.Case), views.RuleNeeds(v.Words, r), views.StepLabels(v.Words, v.Scale, r))
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
	return views.Percentage(v.Words, a.Agreed, a.N)
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
