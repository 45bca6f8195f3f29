package db

import (
	"context"
	"time"

	"cotejo/claims"
)

const tokenColumns = "id, person, scope, hash, created_at, expires_at, revoked_at, used_at"

func scanToken(row scanner) (t claims.Token, err error) {
	err = row.Scan(&t.ID, &t.Person, &t.Scope, &t.Hash, timeColumn{&t.CreatedAt},
		timeColumn{&t.ExpiresAt}, timeColumn{&t.RevokedAt}, timeColumn{&t.UsedAt})
	return t, err
}

func (r *reader) TokenByHash(ctx context.Context, hash string) (claims.Token, error) {
	t, err := queryOne(ctx, r, scanToken, "SELECT "+tokenColumns+" FROM tokens WHERE hash = $1", hash)
	return found(t, err, "token", "")
}

func (r *reader) Tokens(ctx context.Context, person string) ([]claims.Token, error) {
	var w where
	if person != "" {
		w.add("person = ?", person)
	}
	return queryAll(ctx, r, scanToken, "SELECT "+tokenColumns+" FROM tokens"+w.String()+" ORDER BY created_at, id", w.args...)
}

func (w *writer) CreateToken(ctx context.Context, t claims.Token) error {
	return w.create(ctx, "token", t.ID, insertInto("tokens", tokenColumns), t.ID, t.Person, t.Scope, t.Hash,
		t.CreatedAt.UnixMicro(), micros(t.ExpiresAt), micros(t.RevokedAt), micros(t.UsedAt))
}

func (w *writer) RevokeToken(ctx context.Context, id string, at time.Time) error {
	rows, err := w.exec(ctx, "UPDATE tokens SET revoked_at = $1 WHERE id = $2", at.UnixMicro(), id)
	if err == nil && rows == 0 {
		return claims.NotFound("token", id)
	}
	return err
}

func (w *writer) TouchToken(ctx context.Context, id string, at time.Time) error {
	rows, err := w.execExempt(ctx, "UPDATE tokens SET used_at = $1 WHERE id = $2", at.UnixMicro(), id)
	if err == nil && rows == 0 {
		return claims.NotFound("token", id)
	}
	return err
}
