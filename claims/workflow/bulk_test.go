package workflow_test

import (
	"fmt"
	"reflect"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
)

func chosen(list ...claims.Claim) (out []workflow.BulkClaim) {
	for _, c := range list {
		out = append(out, workflow.BulkClaim{ID: c.ID, Version: c.Version})
	}
	return out
}

// events counts what the history holds.
func (k *kit) events() int64 {
	k.Helper()
	var n int64
	claimstest.Read(k.T, k.store, func(r claims.Reader) (err error) {
		n, _, err = r.ChainHead(k.Context())
		return err
	})
	return n
}

// TestABulkActDoesWhatItsPreviewSays, claim by claim, and leaves what is
// refused as it was.
func TestABulkActDoesWhatItsPreviewSays(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		open, inCheck, published := k.again(k.claim(claims.StateOpen)), k.again(k.claim(claims.StateInCheck)), k.again(k.claim(claims.StatePublished))
		stale := open
		stale.ID, stale.Version = k.claim(claims.StateOpen).ID, 7
		in := workflow.BulkInput{Act: workflow.BulkDismiss, Reason: "trivial", Claims: append(chosen(open, inCheck, published, stale), workflow.BulkClaim{ID: "NOSUCH", Version: 1})}
		before := k.events()
		preview, err := k.PreviewBulk(t.Context(), k.ana, in)
		if err != nil {
			t.Fatal(err)
		}
		if k.events() != before || !reflect.DeepEqual(k.again(open), open) || preview.Event != "" {
			t.Fatal("a preview was kept")
		}
		if got := preview.Items[0].After; got.State != claims.StateDismissed || got.Dismissed.Reason != claims.DismissTrivial {
			t.Errorf("the preview shows %+v", got)
		}
		result, err := k.Bulk(t.Context(), k.ana, in)
		if err != nil || result.Done() != 2 {
			t.Fatalf("%v: %d were dismissed, want 2", err, result.Done())
		}
		for i, want := range []claims.ErrKind{"", "", claims.KindIllegalMove, claims.KindStale, claims.KindNotFound} {
			if got := claims.KindOf(result.Items[i].Refused); got != want || got != claims.KindOf(preview.Items[i].Refused) {
				t.Errorf("claim %d: %v, want %s, as the preview said", i, result.Items[i].Refused, want)
			}
		}
		if n := k.events(); n != before+3 {
			t.Errorf("%d events, want one a claim and one of the whole", n-before)
		}
		if !reflect.DeepEqual(k.again(published), published) {
			t.Error("a refused claim was written to")
		}
		e := k.lastEvent()
		if e.ID != result.Event || e.Act != workflow.ActBulk || e.Claim != "" {
			t.Errorf("the whole is told by %+v", e)
		}
		claimstest.CheckChain(t, k.store)
	})
}

// TestUndoingABulkActTakesBackWhatItCan.
func TestUndoingABulkActTakesBackWhatItCan(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		a, b, c := k.again(k.claim(claims.StateOpen)), k.again(k.claim(claims.StateOpen)), k.again(k.claim(claims.StateOpen))
		result, err := k.Bulk(t.Context(), k.luis, workflow.BulkInput{Act: workflow.BulkTag, Tag: " agua  dulce", Claims: chosen(a, b, c, c)})
		if err != nil || result.Done() != 3 || k.again(a).Tags[1] != "agua dulce" {
			t.Fatalf("%v: %d, %v", err, result.Done(), k.again(a).Tags)
		}
		again, err := k.Bulk(t.Context(), k.luis, workflow.BulkInput{Act: workflow.BulkTag, Tag: "agua dulce", Claims: chosen(k.again(a))})
		if err != nil || again.Event != "" || again.Items[0].Changed || again.Items[0].Refused != nil {
			t.Fatalf("%v: tagging again gave %+v", err, again)
		}
		now := k.again(b)
		if _, err := k.EditClaim(t.Context(), k.bea, b.ID, now.Version, workflow.ClaimPatch{Priority: ptr(2)}); err != nil {
			t.Fatal(err)
		}
		_, err = k.Undo(t.Context(), k.bea, result.Event)
		refused(t, "by another", err, claims.KindNotAllowed, "undo.not_yours")
		e, err := k.Undo(t.Context(), k.luis, result.Event)
		if err != nil {
			t.Fatal(err)
		}
		n, kept, whole := workflow.UndoneOf(e)
		if !whole || n != 2 || len(kept) != 1 || kept[0].Claim != b.ID || kept[0].Why != "undo.acted_since" {
			t.Errorf("taken back %d, kept %+v", n, kept)
		}
		k.unchanged("a", a, a)
		k.unchanged("c", c, c)
		if len(k.again(b).Tags) != 2 {
			t.Error("what another acted on was taken back")
		}
		_, err = k.Undo(t.Context(), k.luis, result.Event)
		refused(t, "twice", err, claims.KindConflict, "undo.done_already")
		claimstest.CheckChain(t, k.store)
	})
}

func TestABulkActAsksPolicyAndKeepsBounds(t *testing.T) {
	k := newKit(t)
	own := k.again(k.claim(claims.StateSubmitted, judged(k.luis, k.luis)))
	other := k.again(k.claim(claims.StateSubmitted, judged(k.ana, k.ana)))
	_, err := k.Bulk(t.Context(), k.ana, workflow.BulkInput{Act: workflow.BulkApprove, Claims: chosen(other)})
	refused(t, "a checker approves", err, claims.KindNotAllowed, "not_allowed.claim.approve")
	result, err := k.Bulk(t.Context(), k.luis, workflow.BulkInput{Act: workflow.BulkApprove, Claims: chosen(own, other)})
	if err != nil || result.Items[0].Refused == nil || !result.Items[1].Changed {
		t.Fatalf("%v: own work %+v", err, result.Items)
	}
	published, err := k.Bulk(t.Context(), k.luis, workflow.BulkInput{Act: workflow.BulkPublish, Claims: chosen(k.again(other))})
	if err != nil || published.Done() != 1 {
		t.Fatalf("%v %+v", err, published)
	}
	_, err = k.Undo(t.Context(), k.luis, published.Event)
	refused(t, "undo of publishing", err, claims.KindConflict, "undo.final")
	many := make([]workflow.BulkClaim, 501)
	for i := range many {
		many[i].ID = fmt.Sprintf("A%05d", i)
	}
	for what, in := range map[string]workflow.BulkInput{
		"no claims": {Act: workflow.BulkOpen}, "too many": {Act: workflow.BulkOpen, Claims: many}, "no such act": {Act: "burn", Claims: chosen(own)},
		"no reason": {Act: workflow.BulkReturn, Claims: chosen(own)}, "no tag": {Act: workflow.BulkTag, Tag: " ", Claims: chosen(own)},
		"priority": {Act: workflow.BulkPriority, Priority: 9, Claims: chosen(own)}, "duplicate of nothing": {Act: workflow.BulkDismiss, Reason: "duplicate", Claims: chosen(own)},
	} {
		if _, err := k.Bulk(t.Context(), k.luis, in); claims.KindOf(err) != claims.KindInvalid {
			t.Errorf("%s: %v", what, err)
		}
	}
}
