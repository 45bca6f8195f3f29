package workflow

import (
	"context"
	"time"

	"cotejo/claims"
)

// Roster is who has an account and how they come in, for admins. Secrets and
// hashes are left out.
type Roster struct {
	People     []claims.Person
	Factors    map[string]time.Time // by person: since when sign-in asks for a code
	Identities map[string]claims.Identity
	Invites    []claims.Invite // newest first
	Now        time.Time       // the moment that the states of invites are told for
}

// Roster lists everybody with an account, and the invites.
func (d *Desk) Roster(ctx context.Context, actor claims.Actor) (Roster, error) {
	var out Roster
	err := d.look(ctx, actor, claims.ActPeople, func(r claims.Reader) error {
		out = Roster{Factors: map[string]time.Time{}, Identities: map[string]claims.Identity{}, Now: d.clock.Now()}
		people, err := r.People(ctx)
		if err != nil {
			return err
		}
		for _, p := range people {
			out.People = append(out.People, blank(p))
		}
		factors, err := r.SecondFactors(ctx)
		if err != nil {
			return err
		}
		for _, f := range factors {
			if f.InForce() {
				out.Factors[f.Person] = f.ConfirmedAt
			}
		}
		identities, err := r.Identities(ctx)
		if err != nil {
			return err
		}
		for _, i := range identities {
			out.Identities[i.Person] = i
		}
		out.Invites, err = r.Invites(ctx)
		for i := range out.Invites {
			out.Invites[i].Hash = ""
		}
		return err
	})
	return out, err
}

// SignOutPerson ends every session of somebody else. Their tokens stay: each is
// revoked by itself.
func (d *Desk) SignOutPerson(ctx context.Context, actor claims.Actor, id string) error {
	return d.act(ctx, actor, func(t *tx) error {
		p, err := t.Person(ctx, id)
		if err != nil {
			return err
		}
		if err := t.may(claims.ActPeople); err != nil {
			return err
		}
		if err := t.DeleteSessionsOf(ctx, p.ID); err != nil {
			return err
		}
		return t.record(ctx, onPerson(ActPersonSignOut, p))
	})
}
