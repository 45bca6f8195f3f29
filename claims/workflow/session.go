package workflow

import (
	"context"
	"slices"
	"strings"

	"cotejo/claims"
)

// SignIn tells who somebody is by name and password. An unknown name, a disabled
// account and a wrong password are one answer and take the same time; failures
// go to the log, without the password. Where the person has a second factor,
// they come beside the refusal CodeNeeded, and FinishSignIn goes on.
func (d *Desk) SignIn(ctx context.Context, name, password, address string) (claims.Person, error) {
	name = strings.ToLower(strings.TrimSpace(name))
	if err := d.signIn.Attempt(name, address); err != nil {
		return claims.Person{}, err
	}
	p, err := d.known(ctx, name)
	if err != nil {
		return claims.Person{}, err
	}
	rehash, err := d.verify(ctx, p, password)
	if err != nil {
		if claims.KindOf(err) == claims.KindUnauthenticated {
			d.log.InfoContext(ctx, "sign-in failed", "name", clip(name, maxName), "address", address)
		}
		return claims.Person{}, err
	}
	hash := p.Password
	if rehash {
		if hash, err = d.hasher.Hash(ctx, password); err != nil {
			return claims.Person{}, err
		}
	}
	d.signIn.Succeeded(name, address)
	return d.signedIn(ctx, p, hash)
}

// known finds who may sign in under a name; the zero Person for nobody.
func (d *Desk) known(ctx context.Context, name string) (claims.Person, error) {
	var p claims.Person
	if !nameShape.MatchString(name) {
		return p, nil
	}
	err := d.store.View(ctx, func(r claims.Reader) (err error) {
		p, err = r.PersonByName(ctx, name)
		return err
	})
	if missing(err) || p.Disabled {
		return claims.Person{}, nil
	}
	return p, err
}

// verify compares the password; for nobody it takes as long and fails.
func (d *Desk) verify(ctx context.Context, p claims.Person, password string) (rehash bool, err error) {
	failed := claims.Refuse(claims.KindUnauthenticated, "sign_in.failed")
	if p.ID == "" || p.Password == "" {
		if err := d.hasher.VerifyNobody(ctx, password); err != nil {
			return false, err
		}
		return false, failed
	}
	ok, rehash, err := d.hasher.Verify(ctx, p.Password, password)
	if err == nil && !ok {
		err = failed
	}
	return rehash, err
}

// signedIn writes the sign-in down, unless the account was shut or got another
// password meanwhile.
func (d *Desk) signedIn(ctx context.Context, proved claims.Person, hash string) (claims.Person, error) {
	actor := claims.Actor{ID: proved.ID, Name: proved.Name, Role: proved.Role}
	var out claims.Person
	err := d.act(ctx, actor, func(t *tx) error {
		out = claims.Person{}
		p, err := t.Person(ctx, proved.ID)
		if err != nil {
			return err
		}
		if p.Disabled || p.Password != proved.Password {
			return claims.Refuse(claims.KindUnauthenticated, "sign_in.failed")
		}
		f, err := factor(ctx, t, p.ID)
		if err != nil {
			return err
		}
		if f.InForce() {
			out = blank(p)
			return codeNeeded()
		}
		if p.Password != hash {
			p.Password = hash
			if err := t.UpdatePerson(ctx, &p); err != nil {
				return err
			}
		}
		out = blank(p)
		return t.record(ctx, onPerson(ActSignIn, p))
	})
	return out, err
}

// ActorForSession tells who acts in a session: expired ones and those of
// disabled people are refused, and so are those whose code is still to come.
func (d *Desk) ActorForSession(ctx context.Context, key string) (claims.Actor, claims.Person, error) {
	var p claims.Person
	var enrol bool
	err := d.store.View(ctx, func(r claims.Reader) error {
		s, err := r.Session(ctx, key)
		if err != nil {
			return nobodyIf(missing(err), err)
		}
		if s.Half || !s.ExpiresAt.After(d.clock.Now()) {
			return nobody()
		}
		p, err = r.Person(ctx, s.Person)
		if err != nil || p.Disabled {
			return nobodyIf(err == nil || missing(err), err)
		}
		enrol, err = mustEnrol(ctx, r, p)
		return err
	})
	if err != nil {
		return claims.Actor{}, claims.Person{}, err
	}
	return claims.Actor{ID: p.ID, Name: p.Name, Role: p.Role, MustEnrol: enrol}, blank(p), nil
}

// mustEnrol reports whether a person lacks the second factor that is asked of
// them.
func mustEnrol(ctx context.Context, r claims.Reader, p claims.Person) (bool, error) {
	s, err := r.Settings(ctx)
	if err != nil || !claims.MustEnrol(p.Role, s) {
		return false, err
	}
	f, err := factor(ctx, r, p.ID)
	return !f.InForce(), err
}

func nobody() error { return claims.Refuse(claims.KindUnauthenticated, "sign_in_first") }

func nobodyIf(so bool, err error) error {
	if so {
		return nobody()
	}
	return err
}

// SignOut ends the session that the actor is in.
func (d *Desk) SignOut(ctx context.Context, actor claims.Actor, sessionKey string) error {
	return d.endSession(ctx, actor, sessionKey, ActSignOut)
}

// RevokeSession ends a session of the actor's; an admin may end anybody's.
func (d *Desk) RevokeSession(ctx context.Context, actor claims.Actor, key string) error {
	return d.endSession(ctx, actor, key, ActSessionRevoke)
}

func (d *Desk) endSession(ctx context.Context, actor claims.Actor, key, act string) error {
	return d.act(ctx, actor, func(t *tx) error {
		s, err := t.Session(ctx, key)
		if err != nil {
			return err
		}
		if actor.ReadOnly {
			return claims.Refuse(claims.KindNotAllowed, "token_read_only")
		}
		if s.Person != actor.ID && t.may(claims.ActPeople) != nil {
			return claims.NotFound("session", key)
		}
		p, err := t.Person(ctx, s.Person)
		if err != nil {
			return err
		}
		if err := t.DeleteSession(ctx, key); err != nil {
			return err
		}
		return t.record(ctx, onPerson(act, p))
	})
}

// SignOutEverywhere ends all sessions of the actor.
func (d *Desk) SignOutEverywhere(ctx context.Context, actor claims.Actor) error {
	return d.act(ctx, actor, func(t *tx) error {
		p, err := t.self(ctx)
		if err != nil {
			return err
		}
		if err := t.DeleteSessionsOf(ctx, p.ID); err != nil {
			return err
		}
		return t.record(ctx, onPerson(ActSignOutAll, p))
	})
}

// Sessions lists where the actor is signed in.
func (d *Desk) Sessions(ctx context.Context, actor claims.Actor) ([]claims.Session, error) {
	var out []claims.Session
	err := d.look(ctx, actor, claims.ActAccount, func(r claims.Reader) (err error) {
		out, err = r.Sessions(ctx, actor.ID)
		out = slices.DeleteFunc(out, func(s claims.Session) bool { return s.Half })
		return err
	})
	return out, err
}
