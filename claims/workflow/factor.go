package workflow

import (
	"context"
	"slices"
	"time"

	"cotejo/claims"
	"cotejo/claims/auth"
)

// CodeNeeded is the message key of the refusal that asks for a one-time code:
// who it is has been proved, and the person comes beside the error.
const CodeNeeded = "second_factor.needed"

func codeNeeded() error { return claims.Refuse(claims.KindUnauthenticated, CodeNeeded) }

// FactorView is what a person may know about their second factor. Secret and
// Address are there only while it is being set up.
type FactorView struct {
	InForce      bool
	Since        time.Time
	RecoveryLeft int
	Secret       string
	Address      string // otpauth://
	HasPassword  bool   // so that it is asked for before anything changes
	Required     bool   // the newsroom asks it of the person
}

// factor reads a person's second factor; the zero value for none.
func factor(ctx context.Context, r claims.PersonReader, person string) (claims.SecondFactor, error) {
	f, err := r.SecondFactor(ctx, person)
	if missing(err) {
		return claims.SecondFactor{}, nil
	}
	return f, err
}

// SecondFactorOf tells the actor how theirs stands.
func (d *Desk) SecondFactorOf(ctx context.Context, actor claims.Actor) (FactorView, error) {
	var v FactorView
	err := d.look(ctx, actor, claims.ActAccount, func(r claims.Reader) error {
		s, err := r.Settings(ctx)
		if err != nil {
			return err
		}
		p, err := r.Person(ctx, actor.ID)
		if err != nil {
			return err
		}
		f, err := factor(ctx, r, p.ID)
		if err != nil {
			return err
		}
		v = FactorView{InForce: f.InForce(), Since: f.ConfirmedAt, RecoveryLeft: len(f.Recovery),
			HasPassword: p.Password != "", Required: claims.MustEnrol(p.Role, s)}
		if f.Secret != "" && !f.InForce() {
			v.Secret = f.Secret
			v.Address, err = auth.FactorAddress(s.Newsroom, p.Name, f.Secret)
		}
		return err
	})
	return v, err
}

// BeginFactor draws the secret of the actor's second factor. Sign-in asks for
// nothing until a first code is given (ConfirmFactor).
func (d *Desk) BeginFactor(ctx context.Context, actor claims.Actor, password string) error {
	if err := d.proveSelf(ctx, actor, password); err != nil {
		return err
	}
	return d.changeFactor(ctx, actor, ActFactorBegin, func(t *tx, p claims.Person, f claims.SecondFactor) error {
		if f.InForce() {
			return claims.Refuse(claims.KindConflict, "second_factor.on")
		}
		secret, _, err := auth.NewFactor(t.settings.Newsroom, p.Name)
		if err != nil {
			return err
		}
		return t.PutSecondFactor(ctx, claims.SecondFactor{Person: p.ID, Secret: secret, CreatedAt: t.now})
	})
}

// ConfirmFactor puts the second factor in force, after a first code has shown
// that the app knows the secret. It gives the recovery codes, this once.
func (d *Desk) ConfirmFactor(ctx context.Context, actor claims.Actor, typed string) ([]string, error) {
	if err := d.signIn.AttemptCode(actor.Name); err != nil {
		return nil, err
	}
	codes, hashes := auth.NewRecoveryCodes()
	err := d.changeFactor(ctx, actor, ActFactorOn, func(t *tx, _ claims.Person, f claims.SecondFactor) error {
		switch {
		case f.InForce():
			return claims.Refuse(claims.KindConflict, "second_factor.on")
		case f.Secret == "":
			return claims.Refuse(claims.KindConflict, "second_factor.not_begun")
		}
		f.LastStep = auth.CodeStep(f.Secret, typed, t.now, 0)
		if f.LastStep == 0 {
			return claims.Invalid("code", "second_factor.wrong")
		}
		f.ConfirmedAt, f.Recovery = t.now, hashes
		return t.PutSecondFactor(ctx, f)
	})
	if err != nil {
		return nil, err
	}
	d.signIn.CodeSucceeded(actor.Name)
	return codes, nil
}

// RenewRecovery gives the actor new recovery codes in place of all old ones.
func (d *Desk) RenewRecovery(ctx context.Context, actor claims.Actor, password string) ([]string, error) {
	if err := d.proveSelf(ctx, actor, password); err != nil {
		return nil, err
	}
	codes, hashes := auth.NewRecoveryCodes()
	err := d.changeFactor(ctx, actor, ActFactorCodes, func(t *tx, _ claims.Person, f claims.SecondFactor) error {
		if !f.InForce() {
			return claims.Refuse(claims.KindConflict, "second_factor.off")
		}
		f.Recovery = hashes
		return t.PutSecondFactor(ctx, f)
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// DropFactor ends the actor's second factor, or its setting up.
func (d *Desk) DropFactor(ctx context.Context, actor claims.Actor, password string) error {
	if err := d.proveSelf(ctx, actor, password); err != nil {
		return err
	}
	return d.changeFactor(ctx, actor, ActFactorOff, func(t *tx, p claims.Person, f claims.SecondFactor) error {
		if f.Secret == "" {
			return claims.Refuse(claims.KindConflict, "second_factor.off")
		}
		return t.DeleteSecondFactor(ctx, p.ID)
	})
}

// proveSelf compares the actor's own password, where they have one: who comes
// by the newsroom's provider only has none.
func (d *Desk) proveSelf(ctx context.Context, actor claims.Actor, password string) error {
	var p claims.Person
	err := d.look(ctx, actor, claims.ActAccount, func(r claims.Reader) (err error) {
		p, err = r.Person(ctx, actor.ID)
		return err
	})
	if err != nil || p.Password == "" {
		return err
	}
	return d.prove(ctx, p, password, "password")
}

// changeFactor is the actor's act on their own second factor.
func (d *Desk) changeFactor(ctx context.Context, actor claims.Actor, act string, change func(*tx, claims.Person, claims.SecondFactor) error) error {
	return d.act(ctx, actor, func(t *tx) error {
		if err := t.may(claims.ActAccount); err != nil {
			return err
		}
		p, err := t.self(ctx)
		if err != nil {
			return err
		}
		f, err := factor(ctx, t, p.ID)
		if err != nil {
			return err
		}
		if err := change(t, p, f); err != nil {
			return err
		}
		return t.record(ctx, onPerson(act, p))
	})
}

// ResetFactor takes somebody's second factor away, for whoever lost telephone
// and recovery codes, and ends their sessions.
func (d *Desk) ResetFactor(ctx context.Context, actor claims.Actor, id string) error {
	return d.act(ctx, actor, func(t *tx) error {
		p, err := t.Person(ctx, id)
		if err != nil {
			return err
		}
		if err := t.may(claims.ActPeople); err != nil {
			return err
		}
		f, err := factor(ctx, t, p.ID)
		if err != nil {
			return err
		}
		if f.Secret == "" {
			return claims.Refuse(claims.KindConflict, "second_factor.none", p.Name)
		}
		if err := t.DeleteSecondFactor(ctx, p.ID); err != nil {
			return err
		}
		if err := t.DeleteSessionsOf(ctx, p.ID); err != nil {
			return err
		}
		return t.record(ctx, onPerson(ActFactorReset, p))
	})
}

// HalfSignedIn tells whose code a half session waits for.
func (d *Desk) HalfSignedIn(ctx context.Context, key string) (claims.Person, error) {
	var p claims.Person
	err := d.store.View(ctx, func(r claims.Reader) (err error) {
		p, err = halfPerson(ctx, r, key, d.clock.Now())
		return err
	})
	return blank(p), err
}

func halfPerson(ctx context.Context, r claims.PersonReader, key string, now time.Time) (claims.Person, error) {
	s, err := r.Session(ctx, key)
	if err != nil {
		return claims.Person{}, nobodyIf(missing(err), err)
	}
	if !s.Half || !s.ExpiresAt.After(now) {
		return claims.Person{}, nobody()
	}
	p, err := r.Person(ctx, s.Person)
	if err != nil || p.Disabled {
		return claims.Person{}, nobodyIf(err == nil || missing(err), err)
	}
	return p, nil
}

// FinishSignIn takes the code that a half session waits for: one of the app, or
// a recovery code, which works once. left is how many of those remain after
// one was used, else -1. The half session is over.
func (d *Desk) FinishSignIn(ctx context.Context, key, typed, address string) (p claims.Person, left int, err error) {
	half, err := d.HalfSignedIn(ctx, key)
	if err != nil {
		return claims.Person{}, -1, err
	}
	if err := d.signIn.AttemptCode(half.Name); err != nil {
		return claims.Person{}, -1, err
	}
	actor := claims.Actor{ID: half.ID, Name: half.Name, Role: half.Role}
	err = d.act(ctx, actor, func(t *tx) error {
		now, err := halfPerson(ctx, t, key, t.now)
		if err != nil {
			return err
		}
		if left, err = t.spendCode(ctx, now, typed); err != nil {
			return err
		}
		p = blank(now)
		if err := t.DeleteSession(ctx, key); err != nil {
			return err
		}
		var changes []change
		if left >= 0 {
			changes = append(changes, change{"recovery_left", nil, left})
		}
		return t.record(ctx, onPerson(ActSignIn, p, changes...))
	})
	if err != nil {
		if len(fieldsOf(err)) > 0 {
			d.log.InfoContext(ctx, "second step of sign-in failed", "name", half.Name, "address", address)
		}
		return claims.Person{}, -1, err
	}
	d.signIn.CodeSucceeded(half.Name)
	return p, left, nil
}

// spendCode uses up a code of a person's app, or a recovery code, of which it
// gives how many are left; -1 for the app's.
func (t *tx) spendCode(ctx context.Context, p claims.Person, typed string) (left int, err error) {
	f, err := factor(ctx, t, p.ID)
	if err != nil {
		return -1, err
	}
	if !f.InForce() { // it was taken away meanwhile: the password alone is enough again
		return -1, nobody()
	}
	if step := auth.CodeStep(f.Secret, typed, t.now, f.LastStep); step > 0 {
		f.LastStep = step
		return -1, t.PutSecondFactor(ctx, f)
	}
	hash := auth.HashRecovery(typed)
	i := slices.Index(f.Recovery, hash)
	if hash == "" || i < 0 {
		return -1, claims.Invalid("code", "second_factor.wrong")
	}
	f.Recovery = slices.Delete(slices.Clone(f.Recovery), i, i+1)
	return len(f.Recovery), t.PutSecondFactor(ctx, f)
}
