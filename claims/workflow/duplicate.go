package workflow

import (
	"context"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/text"
)

// How a new article is like one that the desk has.
const (
	SameText    = "text"    // the same text
	NearText    = "near"    // mostly the same text, as agency copy in another outlet
	SameAddress = "address" // another text of the same address
)

const (
	nearEnough  = 0.6 // share of the new text that stands in the other
	nearLookups = 10  // articles whose texts are compared
)

// refuseDuplicate refuses an article that the desk has, naming it, how much of the new
// text stands in it, and how they are alike. What the actor may not see is no duplicate.
func refuseDuplicate(ctx context.Context, r claims.Reader, page ingest.Page, sha string) error {
	same, err := r.SnapshotsBySHA256(ctx, sha)
	if err != nil {
		return err
	}
	if len(same) > 0 {
		return duplicate(same[0].Article, 1, SameText)
	}
	near, err := r.NearArticles(ctx, text.Bands(page.Text), nearLookups)
	if err != nil {
		return err
	}
	id, share, err := nearest(ctx, r, page.Text, near)
	if err != nil {
		return err
	}
	if share >= nearEnough {
		return duplicate(id, share, NearText)
	}
	at, err := r.ArticlesAt(ctx, page.CanonicalURL)
	if err != nil || len(at) == 0 {
		return err
	}
	if id, share, err = nearest(ctx, r, page.Text, at); err != nil {
		return err
	}
	if id == "" {
		id = at[0]
	}
	return duplicate(id, share, SameAddress)
}

func duplicate(id string, share float64, how string) error {
	return claims.Refuse(claims.KindConflict, "article.duplicate", id, share, how)
}

// nearest gives which of some articles has most of a text.
func nearest(ctx context.Context, r claims.Reader, words string, articles []string) (id string, share float64, err error) {
	for _, article := range articles {
		s, err := r.Snapshot(ctx, article, 0)
		if err != nil {
			return "", 0, err
		}
		if o := text.Overlap(words, s.Text); o > share {
			id, share = article, o
		}
	}
	return id, share, nil
}
