package workflow_test

import (
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
)

// TestAClaimIsSplitAndPutTogether: the new claim takes what stands in its words,
// and undoing gives both back.
func TestAClaimIsSplitAndPutTogether(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		c := k.again(k.claim(claims.StateInCheck, func(c *claims.Claim) { c.Tags = []string{"agua"}; c.Priority = 1 }))
		quote := c.Fragments[0].Text
		figure := strings.Index(quote, "alrededor")
		if figure < 0 {
			t.Fatalf("the sample says %q", quote)
		}
		stays, part, err := k.SplitClaim(t.Context(), k.ana, c.ID, c.Version, workflow.SplitInput{Quote: quote[figure:]})
		if err != nil {
			t.Fatal(err)
		}
		if part.Quote() != quote[figure:] || strings.Contains(stays.Quote(), "alrededor") || stays.Standalone != stays.Quote() {
			t.Errorf("%q and %q", stays.Quote(), part.Quote())
		}
		if len(part.Quantities) != 1 || len(stays.Quantities) != 0 || len(part.Attributions) != len(c.Attributions) {
			t.Errorf("figures %d and %d", len(stays.Quantities), len(part.Quantities))
		}
		if part.State != claims.StateOpen || part.Priority != 1 || len(part.Tags) != 1 || part.Article != c.Article || stays.State != claims.StateInCheck {
			t.Errorf("%+v", part)
		}
		if err := k.undo(k.ana); err != nil {
			t.Fatal(err)
		}
		k.unchanged("splitting", c, stays)
		if got := k.again(part); got.State != claims.StateDismissed {
			t.Errorf("the part is %s", got.State)
		}
		k.sound()
	})
}

func TestSplitsThatAreRefused(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateOpen)
	whole := c.Fragments[0].Text
	for what, test := range map[string]struct {
		in   workflow.SplitInput
		kind claims.ErrKind
		key  string
	}{
		"all words":     {workflow.SplitInput{Quote: whole}, claims.KindInvalid, "fragments:claim.split_outside"},
		"other words":   {workflow.SplitInput{Fragments: []claims.Fragment{{Span: claims.Span{Start: 0, End: 5}}}}, claims.KindInvalid, "fragments:claim.split_outside"},
		"no words":      {workflow.SplitInput{}, claims.KindInvalid, "quote:claim.quote_missing"},
		"unknown words": {workflow.SplitInput{Quote: "no consta"}, claims.KindInvalid, "claim.quote_not_found"},
	} {
		_, _, err := k.SplitClaim(t.Context(), k.ana, c.ID, c.Version, test.in)
		refused(t, what, err, test.kind, test.key)
	}
	_, _, err := k.SplitClaim(t.Context(), k.carla, c.ID, c.Version, workflow.SplitInput{Quote: whole[:8]})
	refused(t, "a contributor", err, claims.KindNotAllowed)
	done := k.claim(claims.StateSubmitted, judged(k.ana, k.ana))
	_, _, err = k.SplitClaim(t.Context(), k.ana, done.ID, done.Version, workflow.SplitInput{Quote: whole[:8]})
	refused(t, "handed in", err, claims.KindIllegalMove, "claim.frozen")
	stays, part, err := k.SplitClaim(t.Context(), k.ana, c.ID, c.Version, workflow.SplitInput{Quote: strings.Fields(whole)[0], Start: &c.Fragments[0].Start})
	if err != nil {
		t.Fatal(err)
	}
	split := k.lastEvent()
	if _, err := k.AddNote(t.Context(), k.bea, part.ID, "Mío"); err != nil {
		t.Fatal(err)
	}
	_, err = k.Undo(t.Context(), k.ana, split.ID)
	refused(t, "somebody works on the part", err, claims.KindConflict, "undo.acted_since")
	if now := k.again(stays); now.Version != stays.Version {
		t.Error("a refused undoing changed the claim")
	}
}

func TestMergingLeadsTheOldLinkOn(t *testing.T) {
	k := newKit(t)
	a := k.article()
	c := claimstest.PutClaim(t, k.store, a.ID, func(c *claims.Claim) { c.State = claims.StateOpen })
	other := k.claim(claims.StateOpen)
	got, err := k.MergeClaim(t.Context(), k.ana, c.ID, c.Version, other.ID, "la misma")
	if err != nil || got.State != claims.StateDismissed || got.Dismissed.Of != other.ID || got.Dismissed.Note != "la misma" {
		t.Errorf("%v: %+v", err, got.Dismissed)
	}
	if err := k.undo(k.ana); err != nil {
		t.Fatal(err)
	}
	k.unchanged("merging", c, got)
	_, err = k.MergeClaim(t.Context(), k.ana, c.ID, k.again(c).Version, c.ID, "")
	refused(t, "into itself", err, claims.KindInvalid, "of:dismissal.of_itself")
}
