package workflow

import (
	"context"
	"slices"

	"cotejo/claims"
)

// Values that tie the two halves of a split claim together in the history.
const (
	valueSplitInto = "split_into"
	valueSplitFrom = "split_from"
)

// SplitInput says which words of a claim become a claim of their own: fragments,
// or an exact quote, which Start chooses a place for.
type SplitInput struct {
	Fragments []claims.Fragment
	Quote     string
	Start     *int
}

// SplitClaim cuts words out of a claim and makes a claim of them, which takes
// over who says so, tags and priority, and the figures and times that stand in
// its words. Both are worded anew by their words. It gives the claim that stays
// and the new one.
func (d *Desk) SplitClaim(ctx context.Context, actor claims.Actor, id string, version int64, in SplitInput) (stays, part claims.Claim, err error) {
	stays, err = d.changeClaim(ctx, actor, id, version, func(t *tx, c *claims.Claim) (entry, error) {
		if !c.State.Editable() {
			return entry{}, frozen(*c)
		}
		if err := claims.MayOnClaim(actor, claims.ActClaimEdit, *c, t.settings); err != nil {
			return entry{}, err
		}
		if part, err = t.split(ctx, c, in); err != nil {
			return entry{}, err
		}
		c.Origin.Accepted = true
		return onClaim(ActClaimSplit, *c, change{valueSplitInto, nil, part.ID}), nil
	})
	return stays, part, err
}

// split takes the part out of c and stores it as a claim of its own.
func (t *tx) split(ctx context.Context, c *claims.Claim, in SplitInput) (claims.Claim, error) {
	snap, err := t.Snapshot(ctx, c.Article, c.Snapshot)
	if err != nil {
		return claims.Claim{}, err
	}
	article, err := t.Article(ctx, c.Article)
	if err != nil {
		return claims.Claim{}, err
	}
	text := []rune(snap.Text)
	words, err := in.words(text)
	if err != nil {
		return claims.Claim{}, err
	}
	rest, ok := claims.Cut(text, c.Fragments, words)
	if !ok {
		return claims.Claim{}, claims.Invalid("fragments", "claim.split_outside", clip(c.Quote(), maxLine))
	}
	part := claims.Claim{
		Assertion: c.Assertion, State: claims.StateOpen, Priority: c.Priority, Tags: c.Tags, MadeOn: c.MadeOn,
		Origin: claims.Origin{By: claims.ByPerson, Accepted: true},
	}
	if c.State == claims.StateSuggested {
		part.State = claims.StateSuggested
	}
	give(&part, text, words)
	give(c, text, rest)
	if err := t.createClaim(ctx, &part, article, snap); err != nil {
		return claims.Claim{}, err
	}
	changes := append(born(claimFields, part), change{valueSplitFrom, nil, c.ID})
	return part, t.record(ctx, onClaim(ActClaimAdd, part, changes...))
}

func (in SplitInput) words(text []rune) ([]claims.Fragment, error) {
	if len(in.Fragments) == 0 {
		return locate(text, in.Quote, in.Start)
	}
	var f faults
	out := f.fragments("fragments", text, in.Fragments)
	return out, f.err()
}

// give lets a claim consist of these words, with the figures and times in them.
func give(c *claims.Claim, text []rune, words []claims.Fragment) {
	inside := func(s claims.Span) bool {
		return slices.ContainsFunc(words, func(w claims.Fragment) bool { return s.Start >= w.Start && s.End <= w.End })
	}
	c.Fragments = words
	c.Prefix, c.Suffix = around(text, words)
	c.Standalone = clip(c.Quote(), maxWording-1)
	c.Quantities = slices.DeleteFunc(slices.Clone(c.Quantities), func(q claims.Quantity) bool { return !inside(q.Span) })
	c.Times = slices.DeleteFunc(slices.Clone(c.Times), func(t claims.Time) bool { return !inside(t.Span) })
}

// undoSplit sets the new claim aside again, unless somebody has worked on it.
func (t *tx) undoSplit(ctx context.Context, e claims.Event) error {
	raw := told(e, claims.SideAfter, valueSplitInto)
	if raw == nil {
		return nil
	}
	var id string
	if err := decode(raw, &id); err != nil {
		return err
	}
	first, err := t.Events(ctx, claims.EventFilter{Claim: id, Limit: 1})
	if err != nil || len(first) == 0 {
		return err
	}
	if err := isLast(ctx, t, t.actor, first[0]); err != nil {
		return err
	}
	return t.undoOnClaim(ctx, first[0])
}

// MergeClaim sets a claim aside as a duplicate of another; what the public has
// of it leads on to that one.
func (d *Desk) MergeClaim(ctx context.Context, actor claims.Actor, id string, version int64, into, note string) (claims.Claim, error) {
	return d.MoveClaim(ctx, actor, id, version, MoveInput{
		To: claims.StateDismissed, Reason: string(claims.DismissDuplicate), Of: into, Note: note,
	})
}
