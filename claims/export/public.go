package export

import (
	"time"

	"cotejo/claims"
)

// PublicRow gives the line of verdicts.csv for what the public saw: everything
// comes from the frozen document, nothing from the desk's present work.
func PublicRow(d Document) VerdictRow {
	v := d.Verdict
	row := claims.ClaimRow{
		Claim: claims.Claim{
			Assertion: claims.Assertion{
				Fragments: d.Claim.Fragments, Standalone: d.Claim.Standalone, Kind: d.Claim.Kind,
				Attributions: d.Claim.Attributions, Quantities: d.Claim.Quantities, Times: d.Claim.Times,
			},
			ID: d.ID, Article: d.Article.ID, Language: d.Language, State: claims.StatePublished,
			Tags: d.Claim.Tags, MadeOn: d.Claim.MadeOn, Version: d.Claim.Version,
			Verdict:          &claims.Verdict{Content: v.Content.Code, Rationale: v.Rationale, WhatIsTrue: v.WhatIsTrue, AsOf: v.AsOf, Scale: v.Scale},
			PublishedVersion: d.Version, PublishedAt: &d.PublishedAt, UpdatedAt: d.PublishedAt, Corrections: d.Corrections,
			ReviewedAt: known(d.Review.ReviewedAt),
		},
		ArticleTitle: d.Article.Title, ArticleOutlet: d.Article.Outlet, ArticleURL: d.Article.URL,
		ArticlePublished: d.Article.Published, SnapshotSHA256: d.Article.SnapshotSHA256,
	}
	out := VerdictRow{ClaimRow: row, URL: d.URL, Scale: claims.Scale{Version: v.Scale, Content: publicScale(v.Content, d.Language)}}
	if v.Attribution != nil {
		out.Verdict.Attribution = v.Attribution.Code
	}
	for _, e := range d.Evidence {
		out.Evidence = append(out.Evidence, claims.Evidence{URL: e.URL})
	}
	return out
}

// publicScale rebuilds as much of the scale as the document froze: the step
// itself and the ends of the range.
func publicScale(s DocumentStep, lang string) []claims.Step {
	steps := []claims.Step{{Code: s.Code, Labels: map[string]string{lang: s.Label, "en": s.Label}, Number: s.Number}}
	for _, end := range []*int{s.Worst, s.Best} {
		if end != nil {
			steps = append(steps, claims.Step{Number: end})
		}
	}
	return steps
}

func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
