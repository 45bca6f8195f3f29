package claimstest

import (
	"errors"
	"testing"
	"time"

	"cotejo/claims"
)

func runSkips(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a, other := PutArticle(t, store, "Uno"), PutArticle(t, store, "Dos")
	first := claims.Skip{ID: "S1", Article: a.ID, Snapshot: 1, Span: claims.Span{Start: 0, End: 61}, Reason: claims.SkipOpinion, By: "P1", At: Start.Add(time.Minute)}
	second := claims.Skip{ID: "S0", Article: a.ID, Snapshot: 2, Span: claims.Span{Start: 62, End: 109}, Reason: claims.SkipOther, Note: "la dijo otro", By: "P2", At: Start}
	Write(t, store, func(w claims.Writer) error { return errors.Join(w.CreateSkip(ctx, first), w.CreateSkip(ctx, second)) })
	refused(t, store, "skip twice", claims.KindConflict, func(w claims.Writer) error { return w.CreateSkip(ctx, first) })
	refused(t, store, "skip in no article", claims.KindNotFound, func(w claims.Writer) error {
		return w.CreateSkip(ctx, claims.Skip{ID: "S3", Article: "nothing", At: Start})
	})
	Read(t, store, func(r claims.Reader) error {
		all, err := r.Skips(ctx, a.ID)
		equal(t, "skips, oldest first", []claims.Skip{second, first}, all)
		one, oneErr := r.Skip(ctx, a.ID, "S1")
		equal(t, "a skip", first, one)
		none, noneErr := r.Skips(ctx, other.ID)
		equal(t, "skips of another article", 0, len(none))
		return errors.Join(err, oneErr, noneErr)
	})
	missing(t, store, "skip of another article", func(r claims.Reader) error { _, err := r.Skip(ctx, other.ID, "S1"); return err })
	refused(t, store, "removal from another article", claims.KindNotFound, func(w claims.Writer) error { return w.DeleteSkip(ctx, other.ID, "S1") })
	Write(t, store, func(w claims.Writer) error { return w.DeleteSkip(ctx, a.ID, "S1") })
	missing(t, store, "removed skip", func(r claims.Reader) error { _, err := r.Skip(ctx, a.ID, "S1"); return err })
	err := store.Update(ctx, func(w claims.Writer) error { return w.DeleteSkip(ctx, a.ID, "S0") })
	if err == nil {
		t.Error("a skip was removed without an event")
	}
}
