package db

import (
	"context"
	"time"

	"cotejo/claims"
)

func scanPresence(row scanner) (p claims.Presence, err error) {
	err = row.Scan(&p.Claim, &p.Person, timeColumn{&p.SeenAt})
	return p, err
}

func (r *reader) Present(ctx context.Context, claim string, since time.Time) ([]claims.Presence, error) {
	w := &where{}
	w.add("seen_at >= ?", since.UnixMicro())
	if claim != "" {
		w.add("claim = ?", claim)
	}
	return queryAll(ctx, r, scanPresence, "SELECT claim, person, seen_at FROM presence"+w.String()+" ORDER BY claim, person", w.args...)
}

func (w *writer) PutPresence(ctx context.Context, p claims.Presence) error {
	_, err := w.execExempt(ctx, `INSERT INTO presence (claim, person, seen_at) VALUES ($1, $2, $3)
		ON CONFLICT (claim, person) DO UPDATE SET seen_at = excluded.seen_at`, p.Claim, p.Person, p.SeenAt.UnixMicro())
	return err
}

func (w *writer) DeletePresence(ctx context.Context, claim, person string) error {
	_, err := w.execExempt(ctx, "DELETE FROM presence WHERE claim = $1 AND person = $2", claim, person)
	return err
}

func (w *writer) DeletePresenceBefore(ctx context.Context, t time.Time) error {
	_, err := w.execExempt(ctx, "DELETE FROM presence WHERE seen_at < $1", t.UnixMicro())
	return err
}
