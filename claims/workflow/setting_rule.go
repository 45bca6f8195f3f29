package workflow

import (
	"regexp"
	"slices"

	"cotejo/claims"
)

const (
	maxRules     = 20
	maxChecklist = 30
	maxPieces    = 9 // of evidence that a rule asks for
)

var itemCode = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,39}$`)

// rules checks the rules of evidence and how strict they are.
func (f *faults) rules(s *claims.Settings) {
	f.strictness("sufficiency", s.Sufficiency)
	if len(s.EvidenceRules) > maxRules {
		f.add("evidence_rules", "list.too_long", len(s.EvidenceRules), maxRules)
		return
	}
	s.EvidenceRules = slices.Clone(s.EvidenceRules)
	for i := range s.EvidenceRules {
		f.rule(&s.EvidenceRules[i])
	}
}

func (f *faults) rule(r *claims.EvidenceRule) {
	if !slices.Contains(claims.RuleCases, r.Case) {
		f.add("evidence_rules", "rule.case_unknown", clip(string(r.Case), maxName))
		return
	}
	for _, n := range []int{r.Primary, r.Secondary, r.Against} {
		if n < 0 || n > maxPieces {
			f.add("evidence_rules", "number.out_of_range", 0, maxPieces)
		}
	}
	if r.Primary == 0 && r.Secondary == 0 && r.Against == 0 && !r.Original {
		f.add("evidence_rules", "rule.asks_nothing")
	}
	r.Steps = tidy(r.Steps)
	f.list("evidence_rules", r.Steps, maxList, maxName)
	switch bySteps := r.Case == claims.CaseContent || r.Case == claims.CaseAttribution; {
	case bySteps && len(r.Steps) == 0:
		f.add("evidence_rules", "rule.steps_missing")
	case !bySteps:
		r.Steps = nil
	}
}

// checklist checks the items of the checklist and how strict it is.
func (f *faults) checklist(s *claims.Settings) {
	f.strictness("sign_off", s.SignOff)
	f.strictness("blind", s.Blind)
	if len(s.Checklist) > maxChecklist {
		f.add("checklist", "list.too_long", len(s.Checklist), maxChecklist)
		return
	}
	s.Checklist = slices.Clone(s.Checklist)
	seen := map[string]bool{}
	for i := range s.Checklist {
		item := &s.Checklist[i]
		switch {
		case !itemCode.MatchString(item.Code):
			f.add("checklist", "checklist.code_malformed", clip(item.Code, maxName))
		case seen[item.Code]:
			f.add("checklist", "checklist.code_twice", item.Code)
		}
		seen[item.Code] = true
		words := map[string]string{}
		for lang, text := range item.Words {
			if text = clean(text); text != "" {
				words[lang] = text
				f.text("checklist", text, maxLine)
			}
		}
		if item.Words = words; len(words) == 0 {
			f.add("checklist", "checklist.words_missing", item.Code)
		}
	}
}

func (f *faults) strictness(field string, s claims.Strictness) {
	if !s.Valid() {
		f.add(field, "strictness.unknown", clip(string(s), maxName))
	}
}
