package workflow

import (
	"context"
	"slices"
	"unicode"

	"cotejo/claims"
	"cotejo/claims/compare"
)

// ChangesView is what became of an article's text from one snapshot to another.
type ChangesView struct {
	Article   claims.Article
	Snapshots []claims.Snapshot // oldest first, without Text
	From, To  claims.Snapshot   // with Text; From.N is 0 where there is one snapshot only
	Changes   []claims.Change
	Erased    bool // one of the two was erased: there is nothing to compare
	Claims    []claims.ClaimRow
}

// Changes compares two snapshots of an article; 0 is the newest for to, and the one
// before to for from.
func (d *Desk) Changes(ctx context.Context, actor claims.Actor, article string, from, to int) (ChangesView, error) {
	var v ChangesView
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		v = ChangesView{}
		if v.Article, err = r.Article(ctx, article); err != nil {
			return err
		}
		if v.Snapshots, err = r.Snapshots(ctx, v.Article.ID); err != nil {
			return err
		}
		if v.To, err = r.Snapshot(ctx, v.Article.ID, to); err != nil {
			return err
		}
		if from == 0 {
			from = v.To.N - 1
		}
		if from > 0 {
			if v.From, err = r.Snapshot(ctx, v.Article.ID, from); err != nil {
				return err
			}
		}
		v.Claims, err = claimsLeft(ctx, r, v.Article.ID)
		return err
	})
	v.Erased = v.From.Erased || v.To.Erased
	if err == nil && v.From.N > 0 && !v.Erased {
		v.Changes = compare.Texts(v.From.Text, v.To.Text, v.Article.Language) // outside the transaction
	}
	return v, err
}

// claimsLeft gives the claims of an article that do not stand in its newest snapshot and
// were not set aside: those to decide on and those decided.
func claimsLeft(ctx context.Context, r claims.Reader, article string) ([]claims.ClaimRow, error) {
	newest, err := r.Snapshot(ctx, article, 0)
	if err != nil {
		return nil, err
	}
	rows, err := claimsIn(ctx, r, article)
	return slices.DeleteFunc(rows, func(c claims.ClaimRow) bool {
		return c.Snapshot == newest.N || c.State == claims.StateDismissed || c.State == claims.StateWithdrawn
	}), err
}

// aroundClaim is how much text is shown beside a claim's words, in code points.
const aroundClaim = 160

// AnchorView sets a claim's words beside what became of them.
type AnchorView struct {
	Row       claims.ClaimRow
	Then, Now claims.Snapshot // where it stands, and the newest; both with Text
	Changes   []claims.Change // around its words
	Own       []claims.Change // those of its words
	Offered   []claims.Fragment
	Same      bool // what is offered are the same words
	Erased    bool
	Refused   error // why the actor may not decide; nil where they may
	Frozen    bool  // only the same words can be taken
}

// Behind reports whether the claim stands in an earlier snapshot than the newest.
func (v AnchorView) Behind() bool { return v.Row.Snapshot < v.Now.N }

// Anchor gives a claim's words and what became of them in the newest snapshot.
func (d *Desk) Anchor(ctx context.Context, actor claims.Actor, id string) (AnchorView, error) {
	var v AnchorView
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		c, err := readClaim(ctx, r, id)
		if err != nil {
			return err
		}
		a, err := r.Article(ctx, c.Article)
		if err != nil {
			return err
		}
		v = AnchorView{}
		if v.Then, err = r.Snapshot(ctx, a.ID, c.Snapshot); err != nil {
			return err
		}
		if v.Now, err = r.Snapshot(ctx, a.ID, 0); err != nil {
			return err
		}
		s, err := r.Settings(ctx)
		v.Row, v.Frozen = rowOf(c, a, v.Then), !c.State.Editable()
		v.Refused = claims.MayOnClaim(actor, claims.ActClaimPlace, c, s)
		return err
	})
	v.Erased = v.Then.Erased || v.Now.Erased
	if err == nil && v.Behind() && !v.Erased {
		v.compare()
	}
	return v, err
}

func (v *AnchorView) compare() {
	changes := compare.Texts(v.Then.Text, v.Now.Text, v.Row.Language)
	text := []rune(v.Now.Text)
	if v.Offered, v.Same = offered(changes, v.Row.Fragments, text); v.Offered == nil && len(v.Row.Fragments) == 1 {
		if same, err := locate(text, v.Row.Fragments[0].Text, nil); err == nil {
			v.Offered, v.Same = same, same[0].Text == v.Row.Fragments[0].Text
		}
	}
	if len(v.Row.Fragments) > 0 {
		v.Changes, v.Own = claims.Around(changes, whole(v.Row.Fragments), aroundClaim), claims.Around(changes, whole(v.Row.Fragments), 0)
	}
}

func whole(list []claims.Fragment) claims.Span {
	return claims.Span{Start: list[0].Start, End: list[len(list)-1].End}
}

// offered is where the fragments of a claim went, and whether their words are the same;
// nil where one of them went nowhere.
func offered(changes []claims.Change, list []claims.Fragment, text []rune) (out []claims.Fragment, same bool) {
	same = true
	end := 0
	for _, f := range list {
		to, ok := claims.Followed(changes, f.Span)
		if !ok {
			return nil, false
		}
		to = trimmed(text, to)
		words, inside := claims.Slice(text, to)
		if !inside || to.Start < end || !to.Placed() {
			return nil, false
		}
		end, same = to.End, same && words == f.Text
		out = append(out, claims.Fragment{Span: to, Text: words})
	}
	return out, same && len(out) > 0
}

// trimmed leaves blank space at the ends out of a span.
func trimmed(text []rune, s claims.Span) claims.Span {
	for s.Placed() && unicode.IsSpace(text[s.Start]) {
		s.Start++
	}
	for s.Placed() && unicode.IsSpace(text[s.End-1]) {
		s.End--
	}
	return s
}

// PlaceInput says where a claim's words stand in the newest snapshot: by fragments, or
// by words that are looked for there, Start choosing among several places.
type PlaceInput struct {
	Snapshot  int // the newest that the caller saw
	Fragments []claims.Fragment
	Quote     string
	Start     *int
}

// PlaceClaim puts a claim where somebody found its words in the newest snapshot. Of what
// was handed in or published the words must be the same: others take reopening it.
func (d *Desk) PlaceClaim(ctx context.Context, actor claims.Actor, id string, version int64, in PlaceInput) (claims.Claim, error) {
	return d.changeClaim(ctx, actor, id, version, func(t *tx, c *claims.Claim) (entry, error) {
		e := onClaim(ActClaimPlace, *c)
		if err := claims.MayOnClaim(t.actor, claims.ActClaimPlace, *c, t.settings); err != nil {
			return e, err
		}
		now, err := t.newerThan(ctx, *c)
		if err != nil {
			return e, err
		}
		switch {
		case in.Snapshot != now.N:
			return e, claims.Refuse(claims.KindConflict, "anchor.newer", now.N)
		case now.Erased:
			return e, claims.Refuse(claims.KindGone, "anchor.erased")
		}
		text := []rune(now.Text)
		list, err := in.fragments(text)
		if err != nil {
			return e, err
		}
		before := c.Quote()
		was, err := t.Snapshot(ctx, c.Article, c.Snapshot)
		if err != nil {
			return e, err
		}
		c.Fragments, c.Snapshot, c.Anchor = list, now.N, ""
		if !c.State.Editable() && c.Quote() != before {
			return e, claims.Refuse(claims.KindIllegalMove, "anchor.frozen", string(c.State))
		}
		c.Prefix, c.Suffix = around(text, list)
		takeAlong(c, compare.Texts(was.Text, now.Text, c.Language))
		return e, nil
	})
}

func (in PlaceInput) fragments(text []rune) ([]claims.Fragment, error) {
	if len(in.Fragments) == 0 {
		return locate(text, in.Quote, in.Start)
	}
	var f faults
	list := f.fragments("fragments", text, in.Fragments)
	return list, f.err()
}

// takeAlong gives what a claim points to its new places; what does not stand as it did
// counts as typed by hand.
func takeAlong(c *claims.Claim, changes []claims.Change) {
	move := func(s *claims.Span) {
		if s.Placed() {
			*s = stood(changes, *s)
		}
	}
	c.Attributions = claims.CopyAttributions(c.Attributions)
	for i := range c.Attributions {
		a := &c.Attributions[i]
		for _, links := range [][]claims.Link{a.Sources, a.Via} {
			for k := range links {
				move(&links[k].Span)
			}
		}
		if a.Original != nil {
			move(&a.Original.Span)
		}
		if a.Cue != nil {
			move(&a.Cue.Span)
		}
	}
	c.Quantities, c.Times = slices.Clone(c.Quantities), slices.Clone(c.Times)
	for i := range c.Quantities {
		move(&c.Quantities[i].Span)
	}
	for i := range c.Times {
		move(&c.Times[i].Span)
	}
}

// stood is where a stretch went that did not change; the zero Span where it did.
func stood(changes []claims.Change, s claims.Span) claims.Span {
	for _, c := range changes {
		if c.Same() && c.BeforeSpan.Contains(s) {
			by := c.AfterSpan.Start - c.BeforeSpan.Start
			return claims.Span{Start: s.Start + by, End: s.End + by}
		}
	}
	return claims.Span{}
}

// newerThan gives the newest snapshot, which a claim must not stand in.
func (t *tx) newerThan(ctx context.Context, c claims.Claim) (claims.Snapshot, error) {
	now, err := t.Snapshot(ctx, c.Article, 0)
	if err == nil && now.N == c.Snapshot {
		err = claims.Refuse(claims.KindConflict, "anchor.stands")
	}
	return now, err
}

var anchorActs = map[claims.Anchor]string{claims.AnchorKept: ActClaimStay, claims.AnchorOrphan: ActClaimOrphan, "": ActClaimUnsettle}

// SettleAnchor decides about a claim whose words changed without moving it: it stays with
// the words of its snapshot, or is an orphan (which takes a reason), or, for "", that is
// to be decided anew.
func (d *Desk) SettleAnchor(ctx context.Context, actor claims.Actor, id string, version int64, to claims.Anchor, reason string) (claims.Claim, error) {
	return d.changeClaim(ctx, actor, id, version, func(t *tx, c *claims.Claim) (entry, error) {
		act, known := anchorActs[to]
		e := onClaim(act, *c)
		if err := claims.MayOnClaim(t.actor, claims.ActClaimPlace, *c, t.settings); err != nil {
			return e, err
		}
		if !known {
			return e, claims.Invalid("to", "anchor.unknown", clip(string(to), maxName))
		}
		if _, err := t.newerThan(ctx, *c); err != nil {
			return e, err
		}
		e.reason = clean(reason)
		var f faults
		if to == claims.AnchorOrphan && e.reason == "" {
			f.add("reason", "text.missing")
		}
		f.text("reason", e.reason, maxReason)
		if err := f.err(); err != nil {
			return e, err
		}
		if c.Anchor == to {
			return e, claims.Refuse(claims.KindConflict, "anchor.settled")
		}
		c.Anchor = to
		return e, nil
	})
}
