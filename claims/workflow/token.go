package workflow

import (
	"context"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/claims/auth"
)

// touchEvery bounds how often the last use of a token is written down.
const touchEvery = time.Minute

// CreateToken makes a key to the API, for the actor where personName is empty;
// an admin may make one for anybody. It never expires where expires is 0. The
// plain token is shown once and never stored.
func (d *Desk) CreateToken(ctx context.Context, actor claims.Actor, personName string, scope claims.Scope, expires time.Duration) (plain string, token claims.Token, err error) {
	plain, hash := auth.NewToken()
	err = d.act(ctx, actor, func(t *tx) error {
		owner, err := t.tokenOwner(ctx, personName)
		if err != nil {
			return err
		}
		if scope != claims.ScopeRead && scope != claims.ScopeWrite {
			return claims.Invalid("scope", "token.scope_unknown", clip(string(scope), maxName))
		}
		if expires < 0 {
			return claims.Invalid("expires", "token.expired_already")
		}
		id, err := t.newID()
		if err != nil {
			return err
		}
		token = claims.Token{ID: id, Person: owner.ID, Scope: scope, Hash: hash, CreatedAt: t.now}
		if expires > 0 {
			token.ExpiresAt = t.now.Add(expires)
		}
		if err := t.CreateToken(ctx, token); err != nil {
			return err
		}
		return t.record(ctx, onToken(ActTokenCreate, token, change{"scope", nil, scope}, change{"person", nil, owner.Name}))
	})
	if err != nil {
		return "", claims.Token{}, err
	}
	return plain, token, nil
}

// tokenOwner finds whom a token is for and whether the actor may make it.
func (t *tx) tokenOwner(ctx context.Context, name string) (claims.Person, error) {
	if t.actor.ReadOnly {
		return claims.Person{}, claims.Refuse(claims.KindNotAllowed, "token_read_only")
	}
	if err := t.may(claims.ActLook); err != nil {
		return claims.Person{}, err
	}
	if name == "" {
		return t.Person(ctx, t.actor.ID)
	}
	name = strings.ToLower(strings.TrimSpace(name))
	if name != t.actor.Name {
		if err := t.may(claims.ActPeople); err != nil {
			return claims.Person{}, err
		}
	}
	p, err := t.PersonByName(ctx, name)
	if missing(err) {
		return claims.Person{}, claims.NotFound("person", clip(name, maxName))
	}
	return p, err
}

// Tokens lists the actor's tokens; an admin sees everybody's.
func (d *Desk) Tokens(ctx context.Context, actor claims.Actor) ([]claims.Token, error) {
	var out []claims.Token
	err := d.look(ctx, actor, claims.ActAccount, func(r claims.Reader) (err error) {
		owner := actor.ID
		if may(ctx, r, actor, claims.ActPeople) == nil {
			owner = ""
		}
		out, err = r.Tokens(ctx, owner)
		return err
	})
	return out, err
}

// RevokeToken ends a token of the actor's; an admin may end anybody's.
func (d *Desk) RevokeToken(ctx context.Context, actor claims.Actor, id string) error {
	return d.act(ctx, actor, func(t *tx) error {
		if actor.ReadOnly {
			return claims.Refuse(claims.KindNotAllowed, "token_read_only")
		}
		owner := actor.ID
		if t.may(claims.ActPeople) == nil {
			owner = ""
		}
		token, err := t.token(ctx, owner, id)
		if err != nil {
			return err
		}
		if err := t.RevokeToken(ctx, token.ID, t.now); err != nil {
			return err
		}
		return t.record(ctx, onToken(ActTokenRevoke, token))
	})
}

// token finds a token in force among the owner's ("" for everybody's).
func (t *tx) token(ctx context.Context, owner, id string) (claims.Token, error) {
	all, err := t.Tokens(ctx, owner)
	if err != nil {
		return claims.Token{}, err
	}
	for _, token := range all {
		if token.ID == id && token.RevokedAt.IsZero() {
			return token, nil
		}
	}
	return claims.Token{}, claims.NotFound("token", clip(id, maxName))
}

// ActorForToken tells who acts with a token.
func (d *Desk) ActorForToken(ctx context.Context, plain string) (claims.Actor, error) {
	if !auth.TokenShaped(plain) {
		return claims.Actor{}, badTokenIf(true, nil)
	}
	now := d.clock.Now()
	var token claims.Token
	var p claims.Person
	err := d.store.View(ctx, func(r claims.Reader) (err error) {
		if token, err = r.TokenByHash(ctx, auth.HashToken(plain)); err != nil {
			return badTokenIf(missing(err), err)
		}
		p, err = r.Person(ctx, token.Person)
		if err != nil || p.Disabled {
			return badTokenIf(err == nil || missing(err), err)
		}
		return badTokenIf(!inForce(token, now), nil)
	})
	if err != nil {
		return claims.Actor{}, err
	}
	if now.Sub(token.UsedAt) >= touchEvery {
		d.touch(ctx, token, now)
	}
	return claims.Actor{ID: p.ID, Name: p.Name, Role: p.Role, ReadOnly: token.Scope != claims.ScopeWrite}, nil
}

// touch writes down that a token was used; a desk too busy for it keeps nobody out.
func (d *Desk) touch(ctx context.Context, token claims.Token, now time.Time) {
	err := d.store.Update(ctx, func(w claims.Writer) error { return w.TouchToken(ctx, token.ID, now) })
	if err != nil {
		d.log.WarnContext(ctx, "the use of a token was not written down", "token", token.ID, "error", err)
	}
}

func inForce(t claims.Token, now time.Time) bool {
	return t.RevokedAt.IsZero() && (t.ExpiresAt.IsZero() || t.ExpiresAt.After(now))
}

func badTokenIf(so bool, err error) error {
	if so {
		return claims.Refuse(claims.KindUnauthenticated, "token.invalid")
	}
	return err
}

func onToken(act string, t claims.Token, changes ...change) entry {
	return entry{act: act, noun: "token", id: t.ID, changes: changes}
}
