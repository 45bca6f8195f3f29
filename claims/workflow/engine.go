package workflow

import (
	"context"
	"slices"

	"cotejo/claims"
	"cotejo/claims/extract"
	"cotejo/claims/ingest"
)

// noticeNoLanguage is the notice of a text whose language is unclear, so that
// nothing was looked for.
const noticeNoLanguage = "language.unclear"

// findClaims asks the engine for the claims of an article and for what it has
// to say about it.
func findClaims(ctx context.Context, page ingest.Page) (found []claims.Assertion, notice string, err error) {
	if page.Language == "" {
		return nil, noticeNoLanguage, nil
	}
	out, err := extract.Run(ctx, extract.Input{Text: page.Text, Language: page.Language, Published: page.Published, Title: page.Title})
	return out.Claims, out.Notice, err
}

// findParts asks the engine for the figures and times inside words marked by
// hand, placed in the article's text.
func findParts(ctx context.Context, a claims.Article, marked []claims.Fragment) (figures []claims.Quantity, times []claims.Time, err error) {
	figures, times = []claims.Quantity{}, []claims.Time{}
	if a.Language == "" {
		return figures, times, nil
	}
	for _, frag := range marked {
		out, err := extract.Run(ctx, extract.Input{Text: frag.Text, Language: a.Language, Published: a.Published})
		if err != nil {
			return nil, nil, err
		}
		inside := out.Quantities
		for _, found := range out.Claims {
			inside = append(inside, found.Quantities...)
			for _, t := range found.Times {
				t.Span = shifted(t.Span, frag.Start)
				times = add(times, t, t.Span, func(t claims.Time) claims.Span { return t.Span })
			}
		}
		for _, q := range inside {
			q.Span = shifted(q.Span, frag.Start)
			figures = add(figures, q, q.Span, func(q claims.Quantity) claims.Span { return q.Span })
		}
	}
	return figures, times, nil
}

func shifted(s claims.Span, by int) claims.Span {
	return claims.Span{Start: s.Start + by, End: s.End + by}
}

// add appends what does not stand in the list yet: two claims of the engine may
// share a figure.
func add[T any](list []T, item T, at claims.Span, of func(T) claims.Span) []T {
	if slices.ContainsFunc(list, func(other T) bool { return of(other) == at }) {
		return list
	}
	return append(list, item)
}
