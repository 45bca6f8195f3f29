package db

import (
	"cmp"
	"context"
	"slices"
	"time"

	"cotejo/claims"
)

const personColumns = "id, name, display, role, language, password, disabled, created_at, version"

func scanPerson(row scanner) (p claims.Person, err error) {
	err = row.Scan(&p.ID, &p.Name, &p.Display, &p.Role, &p.Language, &p.Password, &p.Disabled, timeColumn{&p.CreatedAt}, &p.Version)
	return p, err
}

func (r *reader) Person(ctx context.Context, id string) (claims.Person, error) {
	p, err := queryOne(ctx, r, scanPerson, "SELECT "+personColumns+" FROM persons WHERE id = $1", id)
	return found(p, err, "person", id)
}

func (r *reader) PersonByName(ctx context.Context, name string) (claims.Person, error) {
	p, err := queryOne(ctx, r, scanPerson, "SELECT "+personColumns+" FROM persons WHERE name = $1", name)
	return found(p, err, "person", name)
}

// People sorts here, because the engines collate names differently.
func (r *reader) People(ctx context.Context) ([]claims.Person, error) {
	people, err := queryAll(ctx, r, scanPerson, "SELECT "+personColumns+" FROM persons")
	slices.SortFunc(people, func(a, b claims.Person) int { return cmp.Compare(a.Name, b.Name) })
	return people, err
}

func (w *writer) CreatePerson(ctx context.Context, p *claims.Person) error {
	p.Version = 1
	return w.create(ctx, "person", p.Name, insertInto("persons", personColumns),
		p.ID, p.Name, p.Display, p.Role, p.Language, p.Password, p.Disabled, p.CreatedAt.UnixMicro(), p.Version)
}

func (w *writer) UpdatePerson(ctx context.Context, p *claims.Person) error {
	taken, err := w.exists(ctx, "SELECT 1 FROM persons WHERE name = $1 AND id <> $2", p.Name, p.ID)
	if err != nil {
		return err
	}
	if taken {
		return claims.Refuse(claims.KindConflict, "conflict.person", p.Name)
	}
	rows, err := w.exec(ctx, `UPDATE persons SET name = $1, display = $2, role = $3, language = $4, password = $5, disabled = $6,
		version = version + 1 WHERE id = $7 AND version = $8`,
		p.Name, p.Display, p.Role, p.Language, p.Password, p.Disabled, p.ID, p.Version)
	if err != nil {
		return err
	}
	if err := w.checkVersion(ctx, rows, "person", "persons", p.ID); err != nil {
		return err
	}
	p.Version++
	return nil
}

const sessionColumns = "key, person, data, created_at, seen_at, expires_at, agent"

func scanSession(row scanner) (s claims.Session, err error) {
	err = row.Scan(&s.Key, &s.Person, &s.Data, timeColumn{&s.CreatedAt}, timeColumn{&s.SeenAt}, timeColumn{&s.ExpiresAt}, &s.Agent)
	return s, err
}

func (r *reader) Session(ctx context.Context, key string) (claims.Session, error) {
	s, err := queryOne(ctx, r, scanSession, "SELECT "+sessionColumns+" FROM sessions WHERE key = $1", key)
	return found(s, err, "session", "") // the key is a secret's shadow and stays out of messages
}

func (r *reader) Sessions(ctx context.Context, person string) ([]claims.Session, error) {
	return queryAll(ctx, r, scanSession,
		"SELECT "+sessionColumns+" FROM sessions WHERE person = $1 ORDER BY seen_at DESC, key", person)
}

func (w *writer) PutSession(ctx context.Context, s claims.Session) error {
	_, err := w.execExempt(ctx, "INSERT INTO sessions ("+sessionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (key) DO UPDATE SET person = excluded.person, data = excluded.data, created_at = excluded.created_at,
		seen_at = excluded.seen_at, expires_at = excluded.expires_at, agent = excluded.agent`,
		s.Key, s.Person, bytesOf(s.Data), s.CreatedAt.UnixMicro(), s.SeenAt.UnixMicro(), s.ExpiresAt.UnixMicro(), s.Agent)
	return err
}

func (w *writer) DeleteSession(ctx context.Context, key string) error {
	_, err := w.execExempt(ctx, "DELETE FROM sessions WHERE key = $1", key)
	return err
}

func (w *writer) DeleteSessionsOf(ctx context.Context, person string) error {
	_, err := w.execExempt(ctx, "DELETE FROM sessions WHERE person = $1", person)
	return err
}

func (w *writer) DeleteExpiredSessions(ctx context.Context, now time.Time) error {
	_, err := w.execExempt(ctx, "DELETE FROM sessions WHERE expires_at <= $1", now.UnixMicro())
	return err
}

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
