package workflow

import (
	"context"

	"cotejo/claims"
	"cotejo/claims/auth"
)

// ResetPassword gives a person a new password and ends their sessions.
func (d *Desk) ResetPassword(ctx context.Context, actor claims.Actor, id string, version int64, password string) error {
	var p claims.Person
	err := d.look(ctx, actor, claims.ActPeople, func(r claims.Reader) (err error) {
		p, err = r.Person(ctx, id)
		return err
	})
	if err != nil {
		return err
	}
	if err := fresh("person", id, version, p.Version); err != nil {
		return err
	}
	hash, err := d.newHash(ctx, password, p)
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
	var p claims.Person
	err := d.look(ctx, actor, claims.ActAccount, func(r claims.Reader) (err error) {
		p, err = r.Person(ctx, actor.ID)
		return err
	})
	if err != nil {
		return err
	}
	if err := d.prove(ctx, p, old, "old"); err != nil {
		return err
	}
	hash, err := d.newHash(ctx, new, p)
	if err != nil {
		return err
	}
	return d.changeSelf(ctx, actor, ActPersonPassword, func(t *tx, now *claims.Person) error {
		if now.Password != p.Password {
			return claims.Refuse(claims.KindStale, "stale.person", p.ID)
		}
		now.Password = hash
		return t.DeleteSessionsOf(ctx, p.ID)
	})
}

// prove compares a person's own password, counting tries as sign-in does; field
// is the form's.
func (d *Desk) prove(ctx context.Context, p claims.Person, password, field string) error {
	if p.Password == "" {
		return claims.Invalid(field, "password.none")
	}
	if err := d.signIn.Attempt(p.Name, ""); err != nil {
		return err
	}
	ok, _, err := d.hasher.Verify(ctx, p.Password, password)
	if err != nil {
		return err
	}
	if !ok {
		return claims.Invalid(field, "password.wrong")
	}
	d.signIn.Succeeded(p.Name, "")
	return nil
}

// newHash checks and hashes a new password of a person.
func (d *Desk) newHash(ctx context.Context, password string, p claims.Person) (string, error) {
	if err := auth.CheckPassword("password", password, p.Name, p.Display); err != nil {
		return "", err
	}
	return d.hasher.Hash(ctx, password)
}
