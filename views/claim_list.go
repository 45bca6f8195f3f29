package views

import (
	"strings"

	"cotejo/claims"
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

func (p ClaimsPage) filtersOpen() bool {
	f := p.Filter
	return f.Verdict+f.Assignee+f.Source+f.Tag+f.Language+f.Order != ""
}

func verdictOptions(p ClaimsPage) []Option {
	out := []Option{{"", p.Words.T("claims.any")}, {"none", p.Words.T("claims.no_verdict")}}
	for _, s := range p.Scale.Content {
		out = append(out, Option{s.Code, s.Label(p.Words.Lang())})
	}
	return out
}

func filterPeople(p ClaimsPage) []Option {
	out := []Option{{"", p.Words.T("claims.anybody")}, {"me", p.Words.T("claims.me")}, {"none", p.Words.T("claim.nobody")}}
	for _, o := range peopleOptions(p.Words, p.People, p.Filter.Assignee) {
		if o.Value != "" && o.Value != p.Actor.ID {
			out = append(out, o)
		}
	}
	return out
}

func orderOptions(w *i18n.Words) []Option {
	return append([]Option{{"", w.T("order.article")}}, worded(w, "order.", claims.OrderUpdated, claims.OrderWorth)...)
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
