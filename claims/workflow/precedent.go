package workflow

import (
	"context"
	"slices"

	"cotejo/claims"
	"cotejo/claims/text"
)

// precedentsRead is how many verdicts the nearest are picked from.
const precedentsRead = 50

// Precedents gives the verdicts that stand on the same source, and on claims of
// the same kind and topic.
func (d *Desk) Precedents(ctx context.Context, actor claims.Actor, id string) (claims.Precedents, error) {
	var out claims.Precedents
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		c, err := readClaim(ctx, r, id)
		if err != nil {
			return err
		}
		f, err := sameSource(ctx, r, c)
		if err != nil {
			return err
		}
		found, err := r.Precedents(ctx, f)
		if err != nil {
			return err
		}
		out = claims.Precedents{Source: claims.RankPrecedents(c, found, false)}
		found, err = r.Precedents(ctx, claims.PrecedentFilter{
			Claim: c.ID, Kind: c.Kind, Units: claims.UnitsOf(c.Quantities), Tags: c.Tags, Limit: precedentsRead,
		})
		out.Topic = claims.RankPrecedents(c, found, true)
		return err
	})
	return out, err
}

// sameSource asks for what those who said a claim said otherwise: by the records
// that it is tied to, and by name. The names of a protected source find nothing.
func sameSource(ctx context.Context, r claims.Reader, c claims.Claim) (claims.PrecedentFilter, error) {
	f := claims.PrecedentFilter{Claim: c.ID, Limit: precedentsRead}
	add := func(names ...string) {
		for _, name := range names {
			if fold := text.Fold(name); fold != "" && !slices.Contains(f.Names, fold) {
				f.Names = append(f.Names, fold)
			}
		}
	}
	for _, l := range claims.SaidBy(c.Attributions) {
		switch {
		case l.Source == "" && l.Name != "":
			add(l.Name)
		case l.Source == "":
			add(l.Text)
		case !slices.Contains(f.Sources, l.Source):
			f.Sources = append(f.Sources, l.Source)
			s, err := standingSource(ctx, r, l.Source)
			if err != nil && !missing(err) {
				return f, err
			}
			if err == nil && !s.Protected {
				add(s.Names()...)
			}
		}
	}
	return f, nil
}
