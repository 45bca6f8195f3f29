package desk

import (
	"slices"
	"strconv"
	"strings"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/views"
	"cotejo/views/i18n"
)

// HouseRules is what the house asks before a claim goes on, and how the claim
// stands to it.
type HouseRules struct {
	Sufficiency, SignOff claims.Strictness
	Lacks                []claims.Lack // rules of evidence that are not kept
	Foreseen             []claims.Lack // and those that would not be under some verdict
	Checklist            claims.Checklist
	MayOverride          bool
	Blind                claims.Strictness
	Owes                 bool   // the reader should give an opinion of their own first
	Reader               string // id of the person who reads
	Overridden           string // why it was handed in all the same
	ReviewLint           claims.Strictness
	Lint                 []export.Finding // how the ClaimReview stands to its rules
}

// lackText says what a rule asks and what there is.
func lackText(p ClaimPage, l claims.Lack) string {
	w, r := p.Words, l.Rule
	var have []string
	if r.Primary > 0 {
		have = append(have, w.N("sufficiency.have_primary", l.Primary))
	}
	if r.Secondary > 0 {
		have = append(have, w.N("sufficiency.have_secondary", l.Secondary))
	}
	if r.Against > 0 {
		have = append(have, w.N("sufficiency.have_against", l.Against))
	}
	out := w.T("sufficiency.needs."+string(r.Case), views.RuleNeeds(w, r), views.StepLabels(p.Words, p.Scales.Newest(), r))
	if len(have) > 0 {
		out += " " + w.T("sufficiency.so_far", strings.Join(have, ", "))
	}
	return out
}

func (f MoveForm) ticked(code string) bool { return slices.Contains(f.Checked, code) }

func openItems(r claims.Review) []claims.CheckedItem {
	var out []claims.CheckedItem
	for _, i := range r.Checklist {
		if !i.Done {
			out = append(out, i)
		}
	}
	return out
}

// showReviews says whether there is anything to tell of reviews.
func (p ClaimPage) showReviews() bool {
	return len(p.Reviews) > 0 || len(p.Opinions) > 0 || p.Row.State == claims.StateSubmitted && (p.House.Overridden != "" || len(p.House.Lacks) > 0)
}

// HouseForm is the rules of the house as typed.
type HouseForm struct {
	Sufficiency, SignOff, Blind string
	Rules                       []RuleForm
	Items                       []ItemForm
	WatchEvery, WatchDays       string // hours, days
	WatchPublished, WatchPaused bool
}

// RuleForm is a rule of evidence as typed; an empty Case removes it.
type RuleForm struct{ Case, Steps, Primary, Secondary, Against, Original string }

// ItemForm is an item of the checklist as typed; Words are in the order of
// i18n.Langs. An empty Code without words removes it.
type ItemForm struct {
	Code  string
	Words []string
}

// ruleRows are the rules to edit and an empty one.
func (f HouseForm) ruleRows() []RuleForm {
	return append(slices.Clone(f.Rules), RuleForm{})
}

// itemRows are the items to edit and an empty one.
func (f HouseForm) itemRows() []ItemForm {
	return append(slices.Clone(f.Items), ItemForm{Words: make([]string, len(i18n.Langs()))})
}

func strictnessOptions(w *i18n.Words) []views.Option {
	return worded(w, "strictness.", claims.AllStrictness...)
}

func caseOptions(w *i18n.Words) []views.Option {
	return append([]views.Option{{Value: "", Label: w.T("rule.none")}}, worded(w, "rule.case.", claims.RuleCases...)...)
}

func yesNo(w *i18n.Words) []views.Option {
	return []views.Option{{Value: "", Label: w.T("no")}, {Value: "yes", Label: w.T("yes")}}
}

// oneBased counts from one what is counted from zero.
func oneBased(n string) string {
	i, _ := strconv.Atoi(n)
	return strconv.Itoa(i + 1)
}
