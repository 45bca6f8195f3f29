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
	article, snap, err := d.placeOf(ctx, actor, in)
	if err != nil {
		return claims.Claim{}, err
	}
	text := []rune(snap.Text)
	assertion, err := in.assertion(ctx, article, text)
	if err != nil {
		return claims.Claim{}, err
	}
	var out claims.Claim
	err = d.act(ctx, actor, func(t *tx) (err error) {
		if err := t.may(claims.ActClaimSuggest); err != nil {
			return err
		}
		out, err = t.addClaim(ctx, article, snap, assertion, func(*claims.Claim) error { return nil })
		return err
	})
	return out, err
}

// addClaim puts a claim of a person's onto the desk, with what also makes of it.
func (t *tx) addClaim(ctx context.Context, article claims.Article, snap claims.Snapshot, assertion claims.Assertion, also func(*claims.Claim) error) (claims.Claim, error) {
	c := claims.Claim{Assertion: assertion, State: t.firstState(), Origin: claims.Origin{By: claims.ByPerson, Accepted: true}}
	c.Prefix, c.Suffix = around([]rune(snap.Text), c.Fragments)
	c.Attributions = claims.CopyAttributions(c.Attributions)
	var f faults
	if err := errorOf(t.settleTies(ctx, &f, "", nil, c.Attributions), &f); err != nil {
		return c, err
	}
	if err := also(&c); err != nil {
		return c, err
	}
	if err := t.createClaim(ctx, &c, article, snap); err != nil {
		return c, err
	}
	return c, t.record(ctx, onClaim(ActClaimAdd, c, born(claimFields, c)...))
}

// placeOf reads where a claim shall stand. Snapshots never change, so the words
// can be worked out before the transaction.
func (d *Desk) placeOf(ctx context.Context, actor claims.Actor, in NewClaim) (a claims.Article, snap claims.Snapshot, err error) {
	if !actor.SignedIn() {
		return a, snap, nobody()
	}
	err = d.view(ctx, actor, func(r claims.Reader) error {
		if a, err = r.Article(ctx, in.Article); err != nil {
			return err
		}
		n := max(in.Snapshot, 0)
		if snap, err = r.Snapshot(ctx, a.ID, n); err != nil {
			return err
		}
		if snap.Erased {
			return claims.Refuse(claims.KindGone, "snapshot.erased", snapshotID(a.ID, snap.N))
		}
		return may(ctx, r, actor, claims.ActClaimSuggest)
	})
	return a, snap, err
}

// firstState is open for whoever may open claims, suggested for others.
func (t *tx) firstState() claims.State {
	if t.may(claims.ActClaimOpen) == nil {
		return claims.StateOpen
	}
	return claims.StateSuggested
}

// assertion checks what was given against the text and works out the rest.
func (in NewClaim) assertion(ctx context.Context, article claims.Article, text []rune) (claims.Assertion, error) {
	a, err := in.given(text)
	if err != nil {
		return a, err
	}
	figures, times, err := findParts(ctx, article, a.Fragments)
	if err != nil {
		return a, err
	}
	if len(a.Quantities) == 0 {
		a.Quantities = figures
	}
	if len(a.Times) == 0 {
		a.Times = times
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
	return a, nil
}

// given is what the input says, checked against the text. A claim that a person
// adds is worth checking.
func (in NewClaim) given(text []rune) (claims.Assertion, error) {
	marked := in.Fragments
	if len(marked) == 0 {
		var err error
		if marked, err = locate(text, in.Quote, in.Start); err != nil {
			return claims.Assertion{}, err
		}
	}
	var f faults
	a := claims.Assertion{Checkable: true, Worth: 1, Reasons: []string{}, Kind: in.Kind, Standalone: clean(in.Standalone)}
	a.Fragments = f.fragments("fragments", text, marked)
	a.Attributions = f.attributions("attributions", text, in.Attributions)
	a.Quantities = f.quantities("quantities", text, in.Quantities)
	a.Times = f.times("times", text, in.Times)
	f.text("standalone", a.Standalone, maxWording)
	if a.Kind != "" {
		f.kind("kind", a.Kind)
	}
	return a, f.err()
}
