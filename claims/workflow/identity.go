package workflow

import (
	"context"
	"strconv"
	"strings"
	"unicode"

	"cotejo/claims"
)

// Proved is who somebody is according to the newsroom's OpenID Connect provider.
type Proved struct {
	Issuer  string
	Subject string
	Email   string // lower case; "" unless the provider has verified it
	Name    string // a proposal for the sign-in name
	Display string
}

// Arrival is how somebody comes from the provider: by an invite, or under the
// role that newcomers get; both may be "".
type Arrival struct {
	Invite    string // token
	Newcomers claims.Role
}

// maxProposal bounds a sign-in name that a provider proposes, so that a number
// still fits behind it.
const maxProposal = 60

// SetIdentity says which verified e-mail address of the provider may sign in as
// a person, in place of the identity they had; "" takes it away.
func (d *Desk) SetIdentity(ctx context.Context, actor claims.Actor, id string, version int64, email string) error {
	email = strings.ToLower(strings.TrimSpace(email))
	return d.act(ctx, actor, func(t *tx) error {
		p, err := t.Person(ctx, id)
		if err != nil {
			return err
		}
		if err := fresh("person", id, version, p.Version); err != nil {
			return err
		}
		if err := t.may(claims.ActPeople); err != nil {
			return err
		}
		if err := checkEmail(email); err != nil {
			return err
		}
		before, err := identityOf(ctx, t, p.ID)
		if err != nil || before.Email == email && !(email == "" && before.Linked()) {
			return err
		}
		if email == "" {
			err = t.DeleteIdentity(ctx, p.ID)
		} else {
			err = t.PutIdentity(ctx, claims.Identity{Person: p.ID, Email: email})
		}
		if err != nil {
			return err
		}
		if err := t.UpdatePerson(ctx, &p); err != nil {
			return err
		}
		return t.record(ctx, onPerson(ActPersonIdentity, p, change{"email", before.Email, email}))
	})
}

func checkEmail(email string) error {
	if email == "" {
		return nil
	}
	var f faults
	f.text("email", email, maxEmail)
	name, host, _ := strings.Cut(email, "@")
	if name == "" || host == "" || strings.ContainsAny(email, " \t\r\n<>,;") || strings.Contains(host, "@") {
		f.add("email", "email.malformed", clip(email, maxName))
	}
	return f.err()
}

const maxEmail = 254

// identityOf reads a person's identity; the zero value for none.
func identityOf(ctx context.Context, r claims.PersonReader, person string) (claims.Identity, error) {
	return findIdentity(ctx, r, func(i claims.Identity) bool { return i.Person == person })
}

func findIdentity(ctx context.Context, r claims.PersonReader, fits func(claims.Identity) bool) (claims.Identity, error) {
	all, err := r.Identities(ctx)
	for _, i := range all {
		if fits(i) {
			return i, err
		}
	}
	return claims.Identity{}, err
}

// SignInByIdentity signs in whoever the provider has proved: by the subject that
// is linked, else by the verified address that an admin gave a person, else by
// an invite, else as a newcomer where those get a role. Where the person has a
// second factor, the refusal is CodeNeeded.
func (d *Desk) SignInByIdentity(ctx context.Context, who Proved, how Arrival) (claims.Person, error) {
	var out claims.Person
	needed := false
	err := d.update(ctx, claims.Actor{}, func(t *tx) error {
		p, err := t.arrive(ctx, who, how)
		if err != nil {
			return err
		}
		if p.Disabled {
			return claims.Refuse(claims.KindUnauthenticated, "identity.disabled")
		}
		f, err := factor(ctx, t, p.ID)
		if err != nil {
			return err
		}
		out = blank(p)
		if needed = f.InForce(); needed {
			return nil
		}
		t.actor = claims.Actor{ID: p.ID, Name: p.Name, Role: p.Role}
		return t.record(ctx, onPerson(ActSignIn, p, change{"provider", nil, who.Issuer}))
	})
	if err == nil && needed {
		err = codeNeeded()
	}
	if claims.KindOf(err) == claims.KindUnauthenticated && !needed {
		d.log.InfoContext(ctx, "sign-in by the provider failed", "issuer", who.Issuer, "subject", clip(who.Subject, maxName), "error", err)
	}
	return out, err
}

// arrive finds the account of a proved identity, or makes it.
func (t *tx) arrive(ctx context.Context, who Proved, how Arrival) (claims.Person, error) {
	known, err := t.IdentityBySubject(ctx, who.Issuer, who.Subject)
	if err == nil {
		return t.Person(ctx, known.Person)
	}
	if !missing(err) {
		return claims.Person{}, err
	}
	if who.Email != "" {
		awaited, err := findIdentity(ctx, t, func(i claims.Identity) bool { return i.Email == who.Email && !i.Linked() })
		if err != nil {
			return claims.Person{}, err
		}
		if awaited.Person != "" {
			return t.link(ctx, awaited.Person, who)
		}
	}
	return t.newcomer(ctx, who, how)
}

// link ties a person whose address an admin gave to the subject that proved it.
func (t *tx) link(ctx context.Context, person string, who Proved) (claims.Person, error) {
	p, err := t.Person(ctx, person)
	if err != nil || p.Disabled {
		return p, err
	}
	if err := t.putIdentity(ctx, p, who); err != nil {
		return p, err
	}
	t.actor = claims.Actor{ID: p.ID, Name: p.Name, Role: p.Role}
	return p, t.record(ctx, onPerson(ActPersonLink, p, change{"provider", nil, who.Issuer}))
}

func (t *tx) putIdentity(ctx context.Context, p claims.Person, who Proved) error {
	return t.PutIdentity(ctx, claims.Identity{Person: p.ID, Issuer: who.Issuer, Subject: who.Subject, Email: who.Email, LinkedAt: t.now})
}

// newcomer makes the account of somebody whom an invite or the configuration
// lets in; it has no password.
func (t *tx) newcomer(ctx context.Context, who Proved, how Arrival) (claims.Person, error) {
	var invite *claims.Invite
	p := claims.Person{Name: who.Name, Display: clip(who.Display, maxName-1), Role: how.Newcomers}
	switch {
	case how.Invite != "":
		open, err := invited(ctx, t, how.Invite, t.now)
		if err != nil {
			return claims.Person{}, err
		}
		invite, p.Role = &open, open.Role
		if open.Name != "" {
			p.Name = open.Name
		}
		if open.Display != "" {
			p.Display = open.Display
		}
	default:
		if err := t.letsIn(ctx, how.Newcomers); err != nil {
			return claims.Person{}, err
		}
	}
	var err error
	if p.Name, err = t.unusedName(ctx, p.Name); err != nil {
		return claims.Person{}, err
	}
	joined, err := t.join(ctx, p, invite, change{"provider", nil, who.Issuer})
	if err != nil {
		return claims.Person{}, err
	}
	return joined, t.putIdentity(ctx, joined, who)
}

// letsIn refuses newcomers where they get no role, and on a desk that nobody has
// set up: the first account is an admin's.
func (t *tx) letsIn(ctx context.Context, role claims.Role) error {
	people, err := t.People(ctx)
	if err == nil && (!role.Valid() || len(people) == 0) {
		err = claims.Refuse(claims.KindUnauthenticated, "identity.unknown")
	}
	return err
}

// unusedName makes a sign-in name of a proposal that nobody has yet.
func (t *tx) unusedName(ctx context.Context, proposed string) (string, error) {
	base := nameOf(proposed)
	for n := 1; ; n++ {
		name := base
		if n > 1 {
			name += strconv.Itoa(n)
		}
		err := t.freeName(ctx, name)
		if claims.KindOf(err) != claims.KindConflict || n == 1000 {
			return name, err
		}
	}
}

// nameOf makes of any text what a sign-in name may be.
func nameOf(proposed string) string {
	proposed, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(proposed)), "@")
	name := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLower(r), unicode.Is(unicode.Lo, r), r >= '0' && r <= '9', r == '.', r == '_', r == '-':
			return r
		case unicode.IsSpace(r):
			return '.'
		}
		return -1
	}, proposed)
	name = strings.TrimLeft(name, "._-")
	if runes := []rune(name); len(runes) > maxProposal {
		name = string(runes[:maxProposal])
	}
	if name == "" {
		return "someone"
	}
	return name
}

// IdentityOf tells the actor how they come in by the provider.
func (d *Desk) IdentityOf(ctx context.Context, actor claims.Actor) (claims.Identity, error) {
	var out claims.Identity
	err := d.look(ctx, actor, claims.ActAccount, func(r claims.Reader) (err error) {
		out, err = identityOf(ctx, r, actor.ID)
		return err
	})
	return out, err
}
