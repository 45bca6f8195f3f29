package workflow

import (
	"context"

	"cotejo/claims"
)

// SignIn tells who somebody is by name and password.
func (d *Desk) SignIn(ctx context.Context, name, password, address string) (claims.Person, error) {
	return claims.Person{}, claims.Refuse(claims.KindUnauthenticated, "sign_in.failed")
}

// ActorForSession tells who acts in a session: expired ones and those of
// disabled people are refused.
func (d *Desk) ActorForSession(ctx context.Context, key string) (claims.Actor, claims.Person, error) {
	var p claims.Person
	err := d.store.View(ctx, func(r claims.Reader) error {
		s, err := r.Session(ctx, key)
		if err != nil {
			return nobodyIf(missing(err), err)
		}
		if !s.ExpiresAt.After(d.clock.Now()) {
			return nobody()
		}
		p, err = r.Person(ctx, s.Person)
		if err != nil || p.Disabled {
			return nobodyIf(err == nil || missing(err), err)
		}
		return nil
	})
	if err != nil {
		return claims.Actor{}, claims.Person{}, err
	}
	return claims.Actor{ID: p.ID, Name: p.Name, Role: p.Role}, blank(p), nil
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
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		out, err = r.Sessions(ctx, actor.ID)
		return err
	})
	return out, err
}
