package db

import (
	"context"

	"cotejo/claims"
)

const inviteColumns = "id, hash, role, name, display, created_by, created_at, expires_at, revoked_at, used_at, person"

func scanInvite(row scanner) (i claims.Invite, err error) {
	err = row.Scan(&i.ID, &i.Hash, &i.Role, &i.Name, &i.Display, &i.CreatedBy, timeColumn{&i.CreatedAt}, timeColumn{&i.ExpiresAt},
		timeColumn{&i.RevokedAt}, timeColumn{&i.UsedAt}, &i.Person)
	return i, err
}

func (r *reader) Invite(ctx context.Context, id string) (claims.Invite, error) {
	i, err := queryOne(ctx, r, scanInvite, "SELECT "+inviteColumns+" FROM invites WHERE id = $1", id)
	return found(i, err, "invite", id)
}

func (r *reader) InviteByHash(ctx context.Context, hash string) (claims.Invite, error) {
	i, err := queryOne(ctx, r, scanInvite, "SELECT "+inviteColumns+" FROM invites WHERE hash = $1", hash)
	return found(i, err, "invite", "")
}

func (r *reader) Invites(ctx context.Context) ([]claims.Invite, error) {
	return queryAll(ctx, r, scanInvite, "SELECT "+inviteColumns+" FROM invites ORDER BY created_at DESC, id DESC")
}

func (w *writer) CreateInvite(ctx context.Context, i claims.Invite) error {
	return w.create(ctx, "invite", i.ID, insertInto("invites", inviteColumns), i.ID, i.Hash, i.Role, i.Name, i.Display, i.CreatedBy,
		i.CreatedAt.UnixMicro(), i.ExpiresAt.UnixMicro(), micros(i.RevokedAt), micros(i.UsedAt), i.Person)
}

func (w *writer) UpdateInvite(ctx context.Context, i claims.Invite) error {
	rows, err := w.exec(ctx, "UPDATE invites SET revoked_at = $1, used_at = $2, person = $3 WHERE id = $4",
		micros(i.RevokedAt), micros(i.UsedAt), i.Person, i.ID)
	if err == nil && rows == 0 {
		return claims.NotFound("invite", i.ID)
	}
	return err
}
