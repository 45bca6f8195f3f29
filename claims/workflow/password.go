package workflow

import (
	"context"
	"unicode/utf8"

	"cotejo/claims"
)

// Limits of a password, in code points: long enough to withstand guessing,
// short enough that hashing it stays cheap.
const (
	minPassword = 8
	maxPassword = 200
)

// password refuses what is too short to protect anybody.
func (f *faults) password(field, s string) {
	switch n := utf8.RuneCountInString(s); {
	case n < minPassword:
		f.add(field, "password.too_short", minPassword)
	case n > maxPassword:
		f.add(field, "text.too_long", n, maxPassword)
	}
}

// Passwords hashes passwords and compares them with their hashes.
type Passwords interface {
	Hash(ctx context.Context, password string) (string, error)
	Verify(ctx context.Context, hash, password string) (bool, error)
}

// Limiter says whether another try is allowed for a key.
type Limiter interface {
	Allow(key string) bool
}

func (d *Desk) hash(ctx context.Context, password string) (string, error) {
	if d.passwords == nil {
		return "", claims.Refuse(claims.KindBusy, "password.unavailable")
	}
	return d.passwords.Hash(ctx, password)
}

// ResetPassword gives a person a new password and ends their sessions.
func (d *Desk) ResetPassword(ctx context.Context, actor claims.Actor, id string, version int64, password string) error {
	if err := d.ask(ctx, actor, claims.ActPeople); err != nil {
		return err
	}
	hash, err := d.newHash(ctx, "password", password)
	if err != nil {
		return err
	}
	return d.changePerson(ctx, actor, id, version, ActPersonReset, func(t *tx, p *claims.Person) error {
		p.Password = hash
		return t.DeleteSessionsOf(ctx, p.ID)
	})
}

// ChangePassword gives the actor a new password and ends all their sessions,
// this one too: whoever else was signed in with the old one is out.
func (d *Desk) ChangePassword(ctx context.Context, actor claims.Actor, old, new string) error {
	if !actor.SignedIn() {
		return claims.Refuse(claims.KindUnauthenticated, "sign_in_first")
	}
	p, err := d.person(ctx, actor.ID)
	if err != nil {
		return err
	}
	if err := d.prove(ctx, p, old); err != nil {
		return err
	}
	hash, err := d.newHash(ctx, "new", new)
	if err != nil {
		return err
	}
	return d.changeSelf(ctx, actor, ActPersonPassword, func(t *tx, p *claims.Person) error {
		p.Password = hash
		return t.DeleteSessionsOf(ctx, p.ID)
	})
}

// prove compares a person's own password, counting failures as sign-in does.
func (d *Desk) prove(ctx context.Context, p claims.Person, password string) error {
	ok, err := d.passwords.Verify(ctx, p.Password, password)
	if err == nil && !ok {
		err = claims.Invalid("old", "password.wrong")
	}
	return err
}

// newHash checks and hashes a new password.
func (d *Desk) newHash(ctx context.Context, field, password string) (string, error) {
	var f faults
	f.password(field, password)
	if err := f.err(); err != nil {
		return "", err
	}
	return d.hash(ctx, password)
}

func (d *Desk) person(ctx context.Context, id string) (claims.Person, error) {
	var p claims.Person
	err := d.store.View(ctx, func(r claims.Reader) (err error) {
		p, err = r.Person(ctx, id)
		return err
	})
	return p, err
}
