package claimstest

import (
	"errors"
	"testing"
	"time"

	"cotejo/claims"
)

func runWatches(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a, other := PutArticle(t, store, "Uno"), PutArticle(t, store, "Dos")
	write := func(list ...claims.Watch) {
		t.Helper()
		err := store.Update(ctx, func(w claims.Writer) (err error) {
			for _, watch := range list {
				err = errors.Join(err, w.PutWatch(ctx, watch))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	is := func(what string, want claims.Watch) {
		t.Helper()
		Read(t, store, func(r claims.Reader) error {
			got, err := r.Watch(ctx, want.Article)
			equal(t, what, want, got)
			return err
		})
	}
	due := func(what, article string, at time.Time) {
		t.Helper()
		Read(t, store, func(r claims.Reader) error {
			got, err := r.DueWatch(ctx, at)
			equal(t, what, article, got.Article)
			return err
		})
	}
	is("the watch of a new article", claims.Watch{Article: a.ID, NextAt: Start})
	is("the watch of no article", claims.Watch{Article: "NOSUCHARTI"})
	whole := claims.Watch{Article: a.ID, NextAt: Start.Add(time.Hour), AskedAt: Start, SeenAt: Start.Add(-time.Hour), NotBefore: Start.Add(time.Minute), Tag: `"ñ"`, Modified: "Mon, 27 Oct 2025 09:00:00 GMT",
		Failures: 2, Problem: &claims.JobProblem{Key: "fetch.status", Args: []any{"503"}}, GoneSince: Start.Add(-time.Minute)}
	write(whole, claims.Watch{Article: other.ID})
	is("a watch", whole)
	is("a watch that rests", claims.Watch{Article: other.ID})
	due("nothing is due", "", Start.Add(time.Hour-1000))
	due("one is due", a.ID, Start.Add(time.Hour))
	refused(t, store, "a watch of no article", claims.KindNotFound, func(w claims.Writer) error { return w.PutWatch(ctx, claims.Watch{Article: "NOSUCHARTI"}) })

	woken := func(what, article string, wake func(w claims.Writer) error) {
		t.Helper()
		write(claims.Watch{Article: a.ID}, claims.Watch{Article: other.ID})
		due("all rest", "", Start.Add(time.Hour))
		Write(t, store, wake)
		due(what, article, Start)
	}
	woken("after its article changed", other.ID, func(w claims.Writer) error { return w.UpdateArticle(ctx, &other) })
	woken("after the settings changed", min(a.ID, other.ID), func(w claims.Writer) error { return w.PutSettings(ctx, claims.DefaultSettings()) })
	c := PutClaim(t, store, other.ID, nil)
	woken("after a claim was published", other.ID, func(w claims.Writer) error {
		return w.CreatePublication(ctx, claims.Publication{Claim: c.ID, N: 1, Document: []byte("{}"), SHA256: Hash("{}"), PublishedAt: Start})
	})
}

// runAnchors: which claims wait for somebody after their article changed.
func runAnchors(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	Write(t, store, func(w claims.Writer) error { return w.CreateSnapshot(ctx, NewSnapshot(a.ID, 2, "Otro texto.")) })
	put := func(change func(*claims.Claim)) string { return PutClaim(t, store, a.ID, change).ID }
	open := put(func(c *claims.Claim) {})
	put(func(c *claims.Claim) { c.Snapshot = 2 })
	put(func(c *claims.Claim) { c.State = claims.StateDismissed })
	put(func(c *claims.Claim) { c.Anchor = claims.AnchorKept })
	orphan := put(func(c *claims.Claim) { c.Anchor, c.State = claims.AnchorOrphan, claims.StatePublished })
	for what, one := range map[string]struct {
		f    claims.ClaimFilter
		want string
	}{"changed": {claims.ClaimFilter{Changed: true}, open}, "orphans": {claims.ClaimFilter{Orphan: true}, orphan}} {
		Read(t, store, func(r claims.Reader) error {
			rows, _, err := r.Claims(ctx, one.f)
			if len(rows) != 1 || rows[0].ID != one.want {
				t.Errorf("%s: %d rows", what, len(rows))
			}
			return err
		})
	}
}
