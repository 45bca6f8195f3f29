package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// changed fetches the dam's page again after an edit, of which claims are in its way.
func (k *kit) changed(quotes []string, old, new string) (claims.Article, []claims.Claim) {
	k.Helper()
	w := &web{}
	a, list := k.fetchedDam(w, quotes...)
	w.body = strings.Replace(dam, old, new, 1)
	if _, err := k.refetched(a.ID); err != nil {
		k.Fatal(err)
	}
	for i := range list {
		list[i] = k.again(list[i])
	}
	return a, list
}

func (k *kit) anchor(c claims.Claim) workflow.AnchorView {
	k.Helper()
	v, err := k.Anchor(k.Context(), k.ana, c.ID)
	if err != nil {
		k.Fatal(err)
	}
	return v
}

// listed gives the ids of the claims of an article that a filter finds.
func (k *kit) listed(f claims.ClaimFilter) (ids []string) {
	k.Helper()
	rows, _, err := k.Claims(k.Context(), k.ana, f)
	if err != nil {
		k.Fatal(err)
	}
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids
}

func TestSomebodyPutsAChangedClaimInItsPlace(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		a, list := k.changed([]string{"El puente costó 15.000 euros", "El río creció dos metros"}, "15.000", "12.000")
		c := list[0]
		v := k.anchor(c)
		if !v.Behind() || v.Same || len(v.Offered) != 1 || v.Offered[0].Text != "El puente costó 12.000 euros" {
			t.Fatalf("%+v", v.Offered)
		}
		if w := claims.Warnings(v.Changes); len(w) != 1 || w[0] != (claims.Warning{Kind: claims.WarnFigure, Before: "15.000", After: "12.000"}) {
			t.Errorf("%+v", w)
		}
		if got := k.listed(claims.ClaimFilter{Changed: true, Article: a.ID}); !slices.Contains(got, c.ID) {
			t.Errorf("on the list: %v", got)
		}
		in := workflow.PlaceInput{Snapshot: 2, Fragments: v.Offered}
		now, err := k.PlaceClaim(t.Context(), k.ana, c.ID, c.Version, in)
		if err != nil || now.Snapshot != 2 || now.Quote() != "El puente costó 12.000 euros" || now.Standalone != c.Standalone {
			t.Fatalf("%+v, %v", now, err)
		}
		for _, q := range now.Quantities {
			if words, _ := claims.Slice([]rune(v.Now.Text), q.Span); q.Placed() && words != q.Text {
				t.Errorf("the figure %q points at %q", q.Text, words)
			}
		}
		if slices.Contains(k.listed(claims.ClaimFilter{Changed: true, Article: a.ID}), c.ID) {
			t.Error("still on the list")
		}
		refused(t, "twice", errOf(k.PlaceClaim(t.Context(), k.ana, c.ID, now.Version, in)), claims.KindConflict, "anchor.stands")
		if _, err := k.Undo(t.Context(), k.ana, k.lastEvent().ID); err != nil {
			t.Fatal(err)
		}
		if back := k.again(c); back.Snapshot != 1 || back.Quote() != c.Quote() || back.Prefix != c.Prefix || back.Suffix != c.Suffix {
			t.Errorf("after undoing: %+v", back)
		}
		k.sound()
	})
}

func TestPlacesThatAreRefused(t *testing.T) {
	k := newKit(t)
	_, list := k.changed([]string{"El puente costó 15.000 euros", "El río creció dos metros"}, "15.000", "12.000")
	c, still := list[0], list[1]
	quote := workflow.PlaceInput{Snapshot: 2, Quote: "El puente costó 12.000 euros"}
	place := func(actor claims.Actor, c claims.Claim, in workflow.PlaceInput) error {
		return errOf(k.PlaceClaim(t.Context(), actor, c.ID, c.Version, in))
	}
	refused(t, "stale", errOf(k.PlaceClaim(t.Context(), k.ana, c.ID, c.Version-1, quote)), claims.KindStale)
	refused(t, "a contributor", place(k.carla, c, quote), claims.KindNotAllowed)
	refused(t, "what did not change", place(k.ana, still, quote), claims.KindConflict, "anchor.stands")
	refused(t, "an older page", place(k.ana, c, workflow.PlaceInput{Snapshot: 1, Quote: quote.Quote}), claims.KindConflict, "anchor.newer")
	refused(t, "the old words", place(k.ana, c, workflow.PlaceInput{Snapshot: 2, Quote: c.Quote()}), claims.KindInvalid, "claim.quote_not_found")
	refused(t, "words of many places", place(k.ana, c, workflow.PlaceInput{Snapshot: 2, Quote: "d"}), claims.KindInvalid, "claim.quote_ambiguous")
	refused(t, "outside", place(k.ana, c, workflow.PlaceInput{Snapshot: 2, Fragments: []claims.Fragment{{Span: claims.Span{Start: 5, End: 99999}}}}), claims.KindInvalid)
	out := k.approved(c)
	refused(t, "other words than were approved", place(k.ana, out, quote), claims.KindIllegalMove, "anchor.frozen")
	if err := place(k.ana, c, quote); claims.KindOf(err) != claims.KindStale {
		t.Errorf("after it moved on: %v", err)
	}
}

// TestThePublishedWordsMayMove: where only the sentence beside them changed, they are
// still what was published.
func TestThePublishedWordsMayMove(t *testing.T) {
	k := newKit(t)
	_, list := k.changed([]string{"El río creció dos metros"}, "afirmó Ana Paz", "negó Eva Paz")
	c := k.move(k.luis, k.approved(list[0]), to(claims.StatePublished))
	v := k.anchor(c)
	if !v.Same || !v.Frozen || len(claims.Warnings(v.Changes)) != 1 {
		t.Fatalf("%+v", v)
	}
	now, err := k.PlaceClaim(t.Context(), k.bea, c.ID, c.Version, workflow.PlaceInput{Snapshot: 2, Fragments: v.Offered})
	if err != nil || now.Snapshot != 2 || now.State != claims.StatePublished {
		t.Errorf("%+v, %v", now, err)
	}
}

func TestAClaimStaysOrIsAnOrphan(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx, w := t.Context(), &web{}
		a, list := k.fetchedDam(w, "El puente costó 15.000 euros", "El río creció dos metros", "Nadie resultó herido en la crecida")
		page := strings.Replace(strings.Replace(strings.Replace(dam, "15.000", "12.000", 1), "dos metros", "tres metros", 1), "Nadie resultó herido en la crecida, que duró tres días y cuatro noches.", "", 1)
		w.body = page
		if _, err := k.refetched(a.ID); err != nil {
			t.Fatal(err)
		}
		bridge, river, hurt := list[0], list[1], list[2]
		if v := k.anchor(hurt); v.Offered != nil || len(v.Changes) == 0 {
			t.Errorf("a place for what is gone: %+v", v.Offered)
		}
		refused(t, "an orphan without a reason", errOf(k.SettleAnchor(ctx, k.ana, hurt.ID, hurt.Version, claims.AnchorOrphan, " ")), claims.KindInvalid, "reason:text.missing")
		refused(t, "no such decision", errOf(k.SettleAnchor(ctx, k.ana, hurt.ID, hurt.Version, "x", "")), claims.KindInvalid, "to:anchor.unknown")
		refused(t, "a contributor", errOf(k.SettleAnchor(ctx, k.carla, hurt.ID, hurt.Version, claims.AnchorKept, "")), claims.KindNotAllowed)
		hurt, err := k.SettleAnchor(ctx, k.ana, hurt.ID, hurt.Version, claims.AnchorOrphan, "La frase se quitó")
		if err != nil {
			t.Fatal(err)
		}
		if got := k.listed(claims.ClaimFilter{Orphan: true}); !slices.Equal(got, []string{hurt.ID}) {
			t.Errorf("orphans: %v", got)
		}
		bridge, err = k.SettleAnchor(ctx, k.ana, bridge.ID, bridge.Version, claims.AnchorKept, "")
		if err != nil {
			t.Fatal(err)
		}
		refused(t, "twice", errOf(k.SettleAnchor(ctx, k.ana, bridge.ID, bridge.Version, claims.AnchorKept, "")), claims.KindConflict, "anchor.settled")
		left := func() []string { return k.listed(claims.ClaimFilter{Changed: true, Article: a.ID}) }
		if got := left(); slices.Contains(got, bridge.ID) || slices.Contains(got, hurt.ID) || !slices.Contains(got, river.ID) {
			t.Errorf("left: %v", got)
		}

		events := len(k.history(bridge))
		w.body = strings.Replace(page, "Primera noticia", "Segunda noticia", 1)
		if _, err := k.refetched(a.ID); err != nil {
			t.Fatal(err)
		}
		if got := left(); slices.Contains(got, bridge.ID) || len(k.history(bridge)) != events || len(k.history(river)) != 2 {
			t.Errorf("a change elsewhere: left %v; %v, %v", got, k.history(bridge), k.history(river))
		}
		w.body = strings.Replace(w.body, "12.000", "11.000", 1)
		if _, err := k.refetched(a.ID); err != nil {
			t.Fatal(err)
		}
		if got := left(); !slices.Contains(got, bridge.ID) || slices.Contains(got, hurt.ID) {
			t.Errorf("after its words changed anew: %v", got)
		}
		w.body = dam
		if _, err := k.refetched(a.ID); err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			if now := k.again(c); now.Snapshot != 5 || now.Anchor != "" {
				t.Errorf("the page is as it was, and %s stands in %d, %q", c.Quote(), now.Snapshot, now.Anchor)
			}
		}
		k.sound()
	})
}

func TestDecisionsAreTakenBack(t *testing.T) {
	k := newKit(t)
	a, list := k.changed([]string{"El puente costó 15.000 euros"}, "15.000", "12.000")
	c, err := k.SettleAnchor(t.Context(), k.ana, list[0].ID, list[0].Version, claims.AnchorOrphan, "No está")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Undo(t.Context(), k.ana, k.lastEvent().ID); err != nil {
		t.Fatal(err)
	}
	if c = k.again(c); c.Anchor != "" {
		t.Errorf("after undoing: %q", c.Anchor)
	}
	if c, err = k.SettleAnchor(t.Context(), k.ana, c.ID, c.Version, claims.AnchorKept, ""); err != nil {
		t.Fatal(err)
	}
	if _, err = k.SettleAnchor(t.Context(), k.luis, c.ID, c.Version, "", ""); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(k.listed(claims.ClaimFilter{Changed: true, Article: a.ID}), c.ID) {
		t.Error("not to be decided anew")
	}
	v, err := k.Changes(t.Context(), k.ana, a.ID, 0, 0)
	if err != nil || v.From.N != 1 || v.To.N != 2 || len(v.Claims) == 0 || len(claims.Warnings(v.Changes)) != 1 {
		t.Errorf("%+v, %v", v.Changes, err)
	}
	if v, err := k.Changes(t.Context(), k.ana, a.ID, 0, 1); err != nil || v.From.N != 0 || v.Changes != nil {
		t.Errorf("before the first: %+v, %v", v.Changes, err)
	}
	if _, err := k.Changes(t.Context(), k.ana, a.ID, 1, 7); claims.KindOf(err) != claims.KindNotFound {
		t.Errorf("no such snapshot: %v", err)
	}
	if err := k.EraseSnapshot(t.Context(), k.eva, a.ID, 1, "Por ley"); err != nil {
		t.Fatal(err)
	}
	if v, err := k.Changes(t.Context(), k.ana, a.ID, 1, 2); err != nil || !v.Erased || v.Changes != nil {
		t.Errorf("erased: %+v, %v", v.Changes, err)
	}
	if v := k.anchor(c); !v.Erased || v.Offered != nil {
		t.Errorf("erased: %+v", v.Offered)
	}
}
