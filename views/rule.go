package views

import (
	"strings"

	"cotejo/claims"
	"cotejo/views/i18n"
)

// StepLabels words the steps that a rule is about.
func StepLabels(w *i18n.Words, scale claims.Scale, r claims.EvidenceRule) string {
	find := scale.ContentStep
	if r.Case == claims.CaseAttribution {
		find = scale.AttributionStep
	}
	labels := make([]string, len(r.Steps))
	for i, code := range r.Steps {
		labels[i] = w.T("quoted", StepWord(find, code, w))
	}
	return strings.Join(labels, " "+w.T("or")+" ")
}

// RuleNeeds words what a rule of evidence asks for.
func RuleNeeds(w *i18n.Words, r claims.EvidenceRule) string {
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
