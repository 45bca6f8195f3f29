package workflow

import (
	"context"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/claims/auth"
)

// How long an invite opens the door, in days.
const (
	InviteDays    = 7 // where nothing else is said
	MaxInviteDays = 90
)

// NewInvite is what an invite starts with; Name and Display are proposals.
type NewInvite struct {
	Role    claims.Role
	Name    string
	Display string
	Days    int // 0 for InviteDays
}

var inviteFields = []field[claims.Invite]{
	plain("role", func(i *claims.Invite) *claims.Role { return &i.Role }),
	plain("name", func(i *claims.Invite) *string { return &i.Name }),
	plain("display", func(i *claims.Invite) *string { return &i.Display }),
	stamped("expires_at", func(i *claims.Invite) *time.Time { return &i.ExpiresAt }),
	stamped("revoked_at", func(i *claims.Invite) *time.Time { return &i.RevokedAt }),
}

func (in *NewInvite) check() error {
	in.Name = strings.ToLower(strings.TrimSpace(in.Name))
	in.Display = strings.Join(strings.Fields(in.Display), " ")
	if in.Days == 0 {
		in.Days = InviteDays
	}
	var f faults
	if in.Name != "" {
		f.signInName(in.Name)
	}
	f.text("display", in.Display, maxName)
	if !in.Role.Valid() {
		f.add("role", "role.unknown", clip(string(in.Role), maxName))
	}
	if in.Days < 1 || in.Days > MaxInviteDays {
		f.add("days", "number.out_of_range", 1, MaxInviteDays)
	}
	return f.err()
}

// CreateInvite makes a link by which one person gives themselves an account.
// Its token is shown once and never stored.
func (d *Desk) CreateInvite(ctx context.Context, actor claims.Actor, in NewInvite) (token string, invite claims.Invite, err error) {
	token, hash := auth.NewToken()
	err = d.act(ctx, actor, func(t *tx) error {
		if err := t.may(claims.ActPeople); err != nil {
			return err
		}
		if err := in.check(); err != nil {
			return err
		}
		if err := t.freeName(ctx, in.Name); err != nil {
			return err
		}
		id, err := t.newID()
		if err != nil {
			return err
		}
		invite = claims.Invite{
			ID: id, Hash: hash, Role: in.Role, Name: in.Name, Display: in.Display,
			CreatedBy: t.actor.ID, CreatedAt: t.now, ExpiresAt: t.now.Add(time.Duration(in.Days) * 24 * time.Hour),
		}
		if err := t.Writer.CreateInvite(ctx, invite); err != nil {
			return err
		}
		return t.record(ctx, onInvite(ActInviteCreate, invite, born(inviteFields, invite)...))
	})
	if err != nil {
		return "", claims.Invite{}, err
	}
	invite.Hash = ""
	return token, invite, nil
}

// freeName refuses a sign-in name that somebody has; "" is nobody's.
func (t *tx) freeName(ctx context.Context, name string) error {
	if name == "" {
		return nil
	}
	_, err := t.PersonByName(ctx, name)
	switch {
	case err == nil:
		return claims.Refuse(claims.KindConflict, "conflict.person", name)
	case missing(err):
		return nil
	}
	return err
}

// RevokeInvite shuts the door that an invite opened.
func (d *Desk) RevokeInvite(ctx context.Context, actor claims.Actor, id string) error {
	return d.act(ctx, actor, func(t *tx) error {
		before, err := t.Invite(ctx, clip(id, maxName))
		if err != nil {
			return err
		}
		if err := t.may(claims.ActPeople); err != nil {
			return err
		}
		if err := openInvite(before, t.now); err != nil {
			return err
		}
		after := before
		after.RevokedAt = t.now
		if err := t.UpdateInvite(ctx, after); err != nil {
			return err
		}
		return t.record(ctx, onInvite(ActInviteRevoke, after, diff(inviteFields, before, after)...))
	})
}

// Invited gives what an invite proposes to whoever opens its link, which is
// counted by address. A link that opens nothing any more says why.
func (d *Desk) Invited(ctx context.Context, token, address string) (claims.Invite, error) {
	if err := d.signIn.Visit(address); err != nil {
		return claims.Invite{}, err
	}
	var invite claims.Invite
	err := d.store.View(ctx, func(r claims.Reader) (err error) {
		invite, err = invited(ctx, r, token, d.clock.Now())
		return err
	})
	invite.Hash = ""
	return invite, err
}

// invited finds the invite of a token, where it is open.
func invited(ctx context.Context, r claims.PersonReader, token string, now time.Time) (claims.Invite, error) {
	if !auth.TokenShaped(token) {
		return claims.Invite{}, claims.Refuse(claims.KindNotFound, "invite.unknown")
	}
	invite, err := r.InviteByHash(ctx, auth.HashToken(token))
	if missing(err) {
		return claims.Invite{}, claims.Refuse(claims.KindNotFound, "invite.unknown")
	}
	if err != nil {
		return claims.Invite{}, err
	}
	return invite, openInvite(invite, now)
}

func openInvite(i claims.Invite, now time.Time) error {
	if state := i.State(now); state != claims.InviteOpen {
		return claims.Refuse(claims.KindGone, "invite."+string(state))
	}
	return nil
}

// AcceptInvite makes the account that an invite allows, of the invite's role.
func (d *Desk) AcceptInvite(ctx context.Context, token string, in NewPerson, address string) (claims.Person, error) {
	invite, err := d.Invited(ctx, token, address)
	if err != nil {
		return claims.Person{}, err
	}
	in.Role = invite.Role
	if err := in.check(); err != nil {
		return claims.Person{}, err
	}
	hash, err := d.hasher.Hash(ctx, in.Password)
	if err != nil {
		return claims.Person{}, err
	}
	var out claims.Person
	err = d.update(ctx, claims.Actor{}, func(t *tx) error {
		invite, err := invited(ctx, t, token, t.now)
		if err != nil {
			return err
		}
		p := claims.Person{Name: in.Name, Display: in.Display, Role: invite.Role, Language: in.Language, Password: hash}
		out, err = t.join(ctx, p, &invite)
		return err
	})
	return out, err
}

// join makes an account for whoever comes in by themselves, and uses up the
// invite (nil for none) that let them.
func (t *tx) join(ctx context.Context, p claims.Person, invite *claims.Invite, changes ...change) (claims.Person, error) {
	id, err := t.newID()
	if err != nil {
		return claims.Person{}, err
	}
	p.ID, p.CreatedAt, p.Tour = id, t.now, 1
	t.actor = claims.Actor{ID: p.ID, Name: p.Name, Role: p.Role}
	if err := t.CreatePerson(ctx, &p); err != nil {
		return claims.Person{}, err
	}
	changes = append(born(personFields, p), changes...)
	if invite != nil {
		invite.UsedAt, invite.Person = t.now, p.ID
		if err := t.UpdateInvite(ctx, *invite); err != nil {
			return claims.Person{}, err
		}
		changes = append(changes, change{"invite", nil, invite.ID})
	}
	return blank(p), t.record(ctx, onPerson(ActPersonJoin, p, changes...))
}

// undoInvite takes the making of an invite back by revoking it, and a revoking
// by opening it again.
func (t *tx) undoInvite(ctx context.Context, e claims.Event) error {
	before, err := t.Invite(ctx, e.NounID)
	if err != nil {
		return err
	}
	if !before.UsedAt.IsZero() {
		return claims.Refuse(claims.KindConflict, "invite.used")
	}
	after := before
	if after.RevokedAt = (time.Time{}); e.Act == ActInviteCreate {
		after.RevokedAt = t.now
	}
	if err := t.UpdateInvite(ctx, after); err != nil {
		return err
	}
	return t.record(ctx, undoing(e, diff(inviteFields, before, after)...))
}

func onInvite(act string, i claims.Invite, changes ...change) entry {
	return entry{act: act, noun: "invite", id: i.ID, changes: changes}
}
