package desk

import (
	"strings"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// inState is the same list in another state.
func (p ClaimsPage) inState(state string) string {
	f := p.Filter
	f.State = state
	return claimsPath(f)
}

func (p ClaimsPage) total() int {
	sum := 0
	for _, n := range p.Counts {
		sum += n
	}
	return sum
}

// listed is how many claims the list has on all its pages.
func (p ClaimsPage) listed() int {
	if p.Filter.State == "" {
		return p.total()
	}
	sum := 0
	for _, state := range strings.Split(p.Filter.State, ",") {
		sum += p.Counts[claims.State(strings.TrimSpace(state))]
	}
	return sum
}

func (p ClaimsPage) filtersOpen() bool {
	f := p.Filter
	return f.Verdict+f.Assignee+f.Source+f.Tag+f.Language+f.Order+f.From+f.To+f.Worth+f.Evidence+f.Needs+f.Pending+f.Waiting+f.Changed != ""
}

func verdictOptions(p ClaimsPage) []views.Option {
	out := []views.Option{{Value: "", Label: p.Words.T("claims.any")}, {Value: "none", Label: p.Words.T("claims.no_verdict")}}
	for _, s := range p.Scales.Newest().Content {
		out = append(out, views.Option{Value: s.Code, Label: s.Label(p.Words.Lang())})
	}
	return out
}

func filterPeople(p ClaimsPage) []views.Option {
	out := []views.Option{{Value: "", Label: p.Words.T("claims.anybody")}, {Value: "me", Label: p.Words.T("claims.me")}, {Value: "none", Label: p.Words.T("claim.nobody")}}
	for _, o := range peopleOptions(p.Words, p.People, p.Filter.Assignee) {
		if o.Value != "" && o.Value != p.Actor.ID {
			out = append(out, o)
		}
	}
	return out
}

func worthOptions(w *i18n.Words) []views.Option {
	return []views.Option{{Value: "", Label: w.T("claims.any")}, {Value: "0.25", Label: percent(w, 0.25)}, {Value: "0.5", Label: percent(w, 0.5)}, {Value: "0.75", Label: percent(w, 0.75)}}
}

func evidenceOptions(w *i18n.Words) []views.Option {
	return []views.Option{{Value: "", Label: w.T("claims.any")}, {Value: "yes", Label: w.T("claims.evidence_yes")}, {Value: "no", Label: w.T("claims.evidence_no")}}
}

func orderOptions(w *i18n.Words) []views.Option {
	return append([]views.Option{{Value: "", Label: w.T("order.article")}}, worded(w, "order.", claims.OrderUpdated, claims.OrderWorth, claims.OrderQueue)...)
}

// sourceNames lists who says a claim, by the names lists show.
func sourceNames(list []claims.Attribution) string {
	var out []string
	for _, a := range list {
		for _, l := range a.Sources {
			out = append(out, linkName(l))
		}
	}
	return strings.Join(out, ", ")
}

// isSaved reports whether the reader has kept what the list shows.
func (p ClaimsPage) isSaved() bool {
	for _, f := range p.Saved {
		if f.Query == p.Query {
			return true
		}
	}
	return false
}
