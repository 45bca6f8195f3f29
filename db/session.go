package db

import (
	"context"
	"time"

	"cotejo/claims"
)

const sessionColumns = "key, person, data, created_at, seen_at, expires_at, agent, half"

func scanSession(row scanner) (s claims.Session, err error) {
	err = row.Scan(&s.Key, &s.Person, &s.Data, timeColumn{&s.CreatedAt}, timeColumn{&s.SeenAt}, timeColumn{&s.ExpiresAt}, &s.Agent, &s.Half)
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
	_, err := w.execExempt(ctx, "INSERT INTO sessions ("+sessionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (key) DO UPDATE SET person = excluded.person, data = excluded.data, created_at = excluded.created_at,
		seen_at = excluded.seen_at, expires_at = excluded.expires_at, agent = excluded.agent, half = excluded.half`,
		s.Key, s.Person, bytesOf(s.Data), s.CreatedAt.UnixMicro(), s.SeenAt.UnixMicro(), s.ExpiresAt.UnixMicro(), s.Agent, s.Half)
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
