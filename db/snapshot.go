package db

import (
	"context"
	"encoding/json"
	"errors"

	"cotejo/claims"
)

const (
	snapshotColumns = "article, n, text, sha256, raw_sha256, media_type, encoding, notice, fetched_at, erased, meta"
	snapshotBrief   = "article, n, '', sha256, raw_sha256, media_type, encoding, notice, fetched_at, erased, '{}'" // text and what stands on it left out
)

// snapshotBatch is small because each row holds a whole text.
const snapshotBatch = 8

func scanSnapshot(row scanner) (s claims.Snapshot, err error) {
	err = row.Scan(&s.Article, &s.N, &s.Text, &s.SHA256, &s.RawSHA256, &s.MediaType, &s.Encoding, &s.Notice,
		timeColumn{&s.FetchedAt}, &s.Erased, jsonColumn{&s.Meta})
	return s, err
}

func (r *reader) Snapshot(ctx context.Context, article string, n int) (claims.Snapshot, error) {
	var w where
	r.outsider.articles(&w, "article")
	w.add("article = ?", article)
	if n != 0 {
		w.add("n = ?", n)
	}
	s, err := queryOne(ctx, r, scanSnapshot, "SELECT "+snapshotColumns+" FROM snapshots"+w.String()+" ORDER BY n DESC LIMIT 1", w.args...)
	return found(s, err, "snapshot", article)
}

func (r *reader) Snapshots(ctx context.Context, article string) ([]claims.Snapshot, error) {
	var w where
	r.outsider.articles(&w, "article")
	w.add("article = ?", article)
	return queryAll(ctx, r, scanSnapshot, "SELECT "+snapshotBrief+" FROM snapshots"+w.String()+" ORDER BY n", w.args...)
}

func (r *reader) SnapshotsBySHA256(ctx context.Context, sha256 string) ([]claims.Snapshot, error) {
	var w where
	r.outsider.articles(&w, "article")
	w.add("sha256 = ?", sha256)
	return queryAll(ctx, r, scanSnapshot, "SELECT "+snapshotBrief+" FROM snapshots"+w.String()+" ORDER BY fetched_at, article, n", w.args...)
}

func (r *reader) EachSnapshot(ctx context.Context, fn func(claims.Snapshot) error) error {
	article, n := "", 0
	for {
		batch, err := queryAll(ctx, r, scanSnapshot, "SELECT "+snapshotColumns+` FROM snapshots WHERE (article, n) > ($1, $2)
			ORDER BY article, n LIMIT $3`, article, n, snapshotBatch)
		if err != nil {
			return err
		}
		for _, s := range batch {
			if err := fn(s); err != nil {
				return err
			}
			article, n = s.Article, s.N
		}
		if len(batch) < snapshotBatch {
			return nil
		}
	}
}

func (w *writer) CreateSnapshot(ctx context.Context, s claims.Snapshot) error {
	last, err := queryOne(ctx, &w.reader, value[int], "SELECT COALESCE(MAX(n), 0) FROM snapshots WHERE article = $1", s.Article)
	if err != nil {
		return err
	}
	if s.N != last+1 {
		return claims.Refuse(claims.KindConflict, "conflict.snapshot", s.N, last+1)
	}
	meta, err := json.Marshal(s.Meta)
	if err != nil {
		return err
	}
	err = w.create(ctx, "snapshot", s.Article, insertInto("snapshots", snapshotColumns),
		s.Article, s.N, s.Text, s.SHA256, s.RawSHA256, s.MediaType, s.Encoding, s.Notice, s.FetchedAt.UnixMicro(), s.Erased, string(meta))
	if err != nil {
		return err
	}
	return w.indexArticle(ctx, s.Article)
}

func (w *writer) EraseSnapshot(ctx context.Context, article string, n int) error {
	raw, err := queryOne(ctx, &w.reader, value[string], "SELECT raw_sha256 FROM snapshots WHERE article = $1 AND n = $2", article, n)
	if raw, err = found(raw, err, "snapshot", article); err != nil {
		return err
	}
	if _, err := w.exec(ctx, "UPDATE snapshots SET text = '', meta = '{}', erased = TRUE WHERE article = $1 AND n = $2", article, n); err != nil {
		return err
	}
	if err := errors.Join(w.indexArticle(ctx, article), w.forget(ctx)); err != nil {
		return err
	}
	shared, err := w.exists(ctx, blobUsed, raw)
	if err != nil || shared {
		return err
	}
	return w.deleteBlob(ctx, raw)
}
