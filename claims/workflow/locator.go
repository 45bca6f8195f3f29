package workflow

import (
	"context"

	"cotejo/claims"
)

// locators says where in documents and recordings claims stand. It keeps the reading of
// one snapshot, since claims come as they stand in their articles.
type locators struct {
	claims.ArticleReader
	of   string
	meta claims.SnapshotMeta
}

func (l *locators) at(ctx context.Context, c claims.Claim) (string, error) {
	if len(c.Fragments) == 0 {
		return "", nil
	}
	if id := snapshotID(c.Article, c.Snapshot); id != l.of {
		s, err := l.Snapshot(ctx, c.Article, c.Snapshot)
		if err != nil {
			return "", err
		}
		l.of, l.meta = id, s.Meta
	}
	return l.meta.Locator(c.Fragments[0].Span), nil
}

// Locators gives, by the ids of claims, where in a document or recording they stand;
// claims of other texts are left out.
func (d *Desk) Locators(ctx context.Context, actor claims.Actor, rows []claims.ClaimRow) (map[string]string, error) {
	out := map[string]string{}
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		l := locators{ArticleReader: r}
		for _, row := range rows {
			at, err := l.at(ctx, row.Claim)
			if err != nil {
				return err
			}
			if at != "" {
				out[row.ID] = at
			}
		}
		return nil
	})
	return out, err
}
