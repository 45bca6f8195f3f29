package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"cotejo/claims"
)

const watchColumns = "article, next_at, asked_at, seen_at, not_before, tag, modified, failures, problem, gone_since"

func scanWatch(row scanner) (w claims.Watch, err error) {
	err = row.Scan(&w.Article, timeColumn{&w.NextAt}, timeColumn{&w.AskedAt}, timeColumn{&w.SeenAt}, timeColumn{&w.NotBefore},
		&w.Tag, &w.Modified, &w.Failures, problemColumn{&w.Problem}, timeColumn{&w.GoneSince})
	return w, err
}

func (r *reader) Watch(ctx context.Context, article string) (claims.Watch, error) {
	if hidden, err := r.hides(ctx, article); hidden || err != nil {
		return known(claims.Watch{}, hidden, err, "article", article)
	}
	w, err := queryOne(ctx, r, scanWatch, "SELECT "+watchColumns+" FROM watches WHERE article = $1", article)
	if errors.Is(err, sql.ErrNoRows) {
		return claims.Watch{Article: article}, nil
	}
	return w, err
}

func (r *reader) DueWatch(ctx context.Context, now time.Time) (claims.Watch, error) {
	w, err := queryOne(ctx, r, scanWatch, "SELECT "+watchColumns+" FROM watches WHERE next_at <= $1 ORDER BY next_at, article LIMIT 1", now.UnixMicro())
	if errors.Is(err, sql.ErrNoRows) {
		return claims.Watch{}, nil
	}
	return w, err
}

func (w *writer) PutWatch(ctx context.Context, watch claims.Watch) error {
	problem, err := problemText(watch.Problem)
	if err != nil {
		return err
	}
	_, err = w.execExempt(ctx, "INSERT INTO watches ("+watchColumns+") VALUES ("+placeholders(1, columnCount(watchColumns))+`) ON CONFLICT (article) DO UPDATE SET next_at = excluded.next_at, asked_at = excluded.asked_at,
		seen_at = excluded.seen_at, not_before = excluded.not_before, tag = excluded.tag, modified = excluded.modified, failures = excluded.failures,
		problem = excluded.problem, gone_since = excluded.gone_since`,
		watch.Article, micros(watch.NextAt), micros(watch.AskedAt), micros(watch.SeenAt), micros(watch.NotBefore), watch.Tag, watch.Modified, watch.Failures,
		problem, micros(watch.GoneSince))
	return err
}

// wakeWatches has watches looked at anew: of one article, or of all where that is "".
func (w *writer) wakeWatches(ctx context.Context, article string) error {
	_, err := w.execExempt(ctx, "UPDATE watches SET next_at = 0 WHERE article = $1 OR $1 = ''", article)
	return err
}
