package db

import (
	"context"

	"cotejo/claims"
)

const skipColumns = "id, article, snapshot, start_at, end_at, reason, note, by_person, at"

func scanSkip(row scanner) (s claims.Skip, err error) {
	err = row.Scan(&s.ID, &s.Article, &s.Snapshot, &s.Start, &s.End, &s.Reason, &s.Note, &s.By, timeColumn{&s.At})
	return s, err
}

func (r *reader) Skip(ctx context.Context, article, id string) (claims.Skip, error) {
	hidden, err := r.hides(ctx, article)
	if hidden || err != nil {
		return known(claims.Skip{}, hidden, err, "skip", id)
	}
	s, err := queryOne(ctx, r, scanSkip, "SELECT "+skipColumns+" FROM skips WHERE article = $1 AND id = $2", article, id)
	return found(s, err, "skip", id)
}

func (r *reader) Skips(ctx context.Context, article string) ([]claims.Skip, error) {
	if hidden, err := r.hides(ctx, article); hidden || err != nil {
		return nil, err
	}
	return queryAll(ctx, r, scanSkip, "SELECT "+skipColumns+" FROM skips WHERE article = $1 ORDER BY at, id", article)
}

func (w *writer) CreateSkip(ctx context.Context, s claims.Skip) error {
	return w.create(ctx, "skip", s.ID, insertInto("skips", skipColumns),
		s.ID, s.Article, s.Snapshot, s.Start, s.End, string(s.Reason), s.Note, s.By, s.At.UnixMicro())
}

func (w *writer) DeleteSkip(ctx context.Context, article, id string) error {
	rows, err := w.exec(ctx, "DELETE FROM skips WHERE article = $1 AND id = $2", article, id)
	if err == nil && rows == 0 {
		return claims.NotFound("skip", id)
	}
	return err
}
