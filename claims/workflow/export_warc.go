package workflow

import (
	"context"
	"io"
	"strconv"

	"cotejo/claims"
	"cotejo/claims/export"
)

// ExportWARC writes the fetches of an article as a WARC file, one record gzipped after
// the other: that of snapshot n, or all of them where n is 0.
func (d *Desk) ExportWARC(ctx context.Context, actor claims.Actor, article string, n int, w io.Writer) error {
	return spool(w, func(file io.Writer) error {
		return d.look(ctx, actor, claims.ActExport, func(r claims.Reader) error {
			a, list, err := fetchesOf(ctx, r, article, n)
			if err != nil {
				return err
			}
			settings, err := r.Settings(ctx)
			if err != nil {
				return err
			}
			out, err := export.NewWARCWriter(file, export.WARCInfo{Software: "Cotejo", Operator: settings.Newsroom, Filename: WARCName(a.ID, n)}, list[len(list)-1].FetchedAt)
			if err != nil {
				return err
			}
			for _, brief := range list {
				s, err := r.Snapshot(ctx, a.ID, brief.N)
				if err != nil {
					return err
				}
				err = out.Write(export.WARCFetch{Article: a, Snapshot: s, Raw: func() (io.ReadCloser, error) { return r.Blob(ctx, s.RawSHA256) }})
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// fetchesOf lists the snapshots of an article that are asked for.
func fetchesOf(ctx context.Context, r claims.ArticleReader, article string, n int) (claims.Article, []claims.Snapshot, error) {
	a, err := r.Article(ctx, article)
	if err != nil {
		return a, nil, err
	}
	all, err := r.Snapshots(ctx, a.ID)
	if err != nil {
		return a, nil, err
	}
	if n == 0 && len(all) > 0 {
		return a, all, nil
	}
	if n < 1 || n > len(all) {
		return a, nil, claims.NotFound("snapshot", snapshotID(a.ID, n))
	}
	if all[n-1].Erased {
		return a, nil, claims.Refuse(claims.KindGone, "article.erased_refused")
	}
	return a, all[n-1 : n], nil
}

// WARCName is the name of the file that ExportWARC writes.
func WARCName(article string, n int) string {
	if n == 0 {
		return article + ".warc.gz"
	}
	return article + "-" + strconv.Itoa(n) + ".warc.gz"
}
