package workflow

import (
	"context"

	"cotejo/claims"
)

// NewClaim is a claim added by hand: either Fragments or a Quote, which Start
// chooses a place for where it stands in several. What else is left open is
// worked out: the wording is the quote, figures and times are those of the words.
type NewClaim struct {
	Article      string
	Snapshot     int // 0 for the newest
	Fragments    []claims.Fragment
	Quote        string
	Start        *int
	Standalone   string
	Kind         claims.Kind
	Attributions []claims.Attribution
	Quantities   []claims.Quantity
	Times        []claims.Time
}

// AddClaim adds a claim by hand: open, or suggested where a contributor adds it.
func (d *Desk) AddClaim(ctx context.Context, actor claims.Actor, in NewClaim) (claims.Claim, error) {
	var out claims.Claim
	err := d.act(ctx, actor, func(t *tx) error {
		a, err := t.Article(ctx, in.Article)
		if err != nil {
			return err
		}
		snap, err := t.Snapshot(ctx, a.ID, in.Snapshot)
		if err != nil {
			return err
		}
		if err := t.may(claims.ActClaimSuggest); err != nil {
			return err
		}
		if snap.Erased {
			return claims.Refuse(claims.KindGone, "snapshot.erased", a.ID, snap.N)
		}
		c := claims.Claim{State: t.firstState(), Origin: claims.Origin{By: claims.ByPerson, Accepted: true}}
		text := []rune(snap.Text)
		if c.Assertion, err = in.assertion(text); err != nil {
			return err
		}
		c.Prefix, c.Suffix = around(text, c.Fragments)
		if err := t.createClaim(ctx, &c, a, snap); err != nil {
			return err
		}
		out = c
		return t.record(ctx, onClaim(ActClaimAdd, c, born(claimFields, c)...))
	})
	return out, err
}

// firstState is open for whoever may open claims, suggested for others.
func (t *tx) firstState() claims.State {
	if t.may(claims.ActClaimOpen) == nil {
		return claims.StateOpen
	}
	return claims.StateSuggested
}

// assertion checks what was given against the text and works out the rest.
func (in NewClaim) assertion(text []rune) (claims.Assertion, error) {
	marked := in.Fragments
	if len(marked) == 0 {
		var err error
		if marked, err = locate(text, in.Quote, in.Start); err != nil {
			return claims.Assertion{}, err
		}
	}
	var f faults
	a := claims.Assertion{Checkable: true, Worth: 1, Kind: in.Kind, Standalone: clean(in.Standalone)}
	a.Fragments = f.fragments("fragments", text, marked)
	a.Attributions = f.attributions("attributions", text, in.Attributions)
	a.Quantities = f.quantities("quantities", text, in.Quantities)
	a.Times = f.times("times", text, in.Times)
	if err := f.err(); err != nil {
		return a, err
	}
	if a.Standalone == "" {
		a.Standalone = clip(a.Quote(), maxWording-1)
	}
	if a.Kind == "" {
		a.Kind = claims.KindOther
		if len(a.Quantities) > 0 {
			a.Kind = claims.KindQuantity
		}
	}
	f.text("standalone", a.Standalone, maxWording)
	f.kind("kind", a.Kind)
	return a, f.err()
}
