package db

import (
	"context"

	"cotejo/claims"
)

const factorColumns = "person, secret, created_at, confirmed_at, last_step, recovery"

func scanFactor(row scanner) (f claims.SecondFactor, err error) {
	err = row.Scan(&f.Person, &f.Secret, timeColumn{&f.CreatedAt}, timeColumn{&f.ConfirmedAt}, &f.LastStep, jsonColumn{&f.Recovery})
	return f, err
}

func (r *reader) SecondFactor(ctx context.Context, person string) (claims.SecondFactor, error) {
	f, err := queryOne(ctx, r, scanFactor, "SELECT "+factorColumns+" FROM second_factors WHERE person = $1", person)
	return found(f, err, "second_factor", "")
}

func (r *reader) SecondFactors(ctx context.Context) ([]claims.SecondFactor, error) {
	return queryAll(ctx, r, scanFactor, "SELECT "+factorColumns+" FROM second_factors ORDER BY person")
}

func (w *writer) PutSecondFactor(ctx context.Context, f claims.SecondFactor) error {
	_, err := w.exec(ctx, "INSERT INTO second_factors ("+factorColumns+`) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (person) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at,
		confirmed_at = excluded.confirmed_at, last_step = excluded.last_step, recovery = excluded.recovery`,
		f.Person, f.Secret, f.CreatedAt.UnixMicro(), micros(f.ConfirmedAt), f.LastStep, jsonList(f.Recovery))
	return err
}

func (w *writer) DeleteSecondFactor(ctx context.Context, person string) error {
	_, err := w.exec(ctx, "DELETE FROM second_factors WHERE person = $1", person)
	return err
}

const identityColumns = "person, issuer, subject, email, linked_at"

func scanIdentity(row scanner) (i claims.Identity, err error) {
	err = row.Scan(&i.Person, &i.Issuer, &i.Subject, &i.Email, timeColumn{&i.LinkedAt})
	return i, err
}

func (r *reader) IdentityBySubject(ctx context.Context, issuer, subject string) (claims.Identity, error) {
	i, err := queryOne(ctx, r, scanIdentity, "SELECT "+identityColumns+" FROM identities WHERE issuer = $1 AND subject = $2 AND subject <> ''", issuer, subject)
	return found(i, err, "identity", "")
}

func (r *reader) Identities(ctx context.Context) ([]claims.Identity, error) {
	return queryAll(ctx, r, scanIdentity, "SELECT "+identityColumns+" FROM identities ORDER BY person")
}

// PutIdentity looks before it writes: a statement that fails would end the
// transaction on PostgreSQL.
func (w *writer) PutIdentity(ctx context.Context, i claims.Identity) error {
	taken, err := w.exists(ctx, `SELECT 1 FROM identities WHERE person <> $1 AND
		((subject <> '' AND issuer = $2 AND subject = $3) OR (email <> '' AND email = $4))`, i.Person, i.Issuer, i.Subject, i.Email)
	if err != nil {
		return err
	}
	if taken {
		return claims.Refuse(claims.KindConflict, "conflict.identity", i.Email)
	}
	_, err = w.exec(ctx, "INSERT INTO identities ("+identityColumns+`) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (person) DO UPDATE SET issuer = excluded.issuer, subject = excluded.subject, email = excluded.email,
		linked_at = excluded.linked_at`, i.Person, i.Issuer, i.Subject, i.Email, micros(i.LinkedAt))
	return err
}

func (w *writer) DeleteIdentity(ctx context.Context, person string) error {
	_, err := w.exec(ctx, "DELETE FROM identities WHERE person = $1", person)
	return err
}
