package claimstest

import (
	"errors"
	"testing"
	"time"

	"cotejo/claims"
)

// NewExternal is a check that somebody published elsewhere about a claim.
func NewExternal(id, claim string) claims.ExternalCheck {
	day := claims.Date("2025-10-20")
	return claims.ExternalCheck{ID: id, Claim: claim, URL: "https://faro.test/" + id, Title: "El puente, a cotejo", Outlet: "El Faro", Published: &day, AddedBy: "P1", AddedAt: Start,
		Link: claims.Backlink{State: claims.LinkUnknown, NextAt: Start}}
}

func runExternals(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	c, draft := PutClaim(t, store, a.ID, func(c *claims.Claim) { c.State, c.PublishedVersion = claims.StatePublished, 1 }), PutClaim(t, store, a.ID, nil)
	first, second, third := NewExternal("X1", c.ID), NewExternal("X2", c.ID), NewExternal("X3", draft.ID)
	second.Published, second.AddedAt = nil, Start.Add(time.Hour)
	second.Link = claims.Backlink{State: claims.LinkStands, SeenAt: Start, AskedAt: Start, NextAt: Start.Add(time.Hour)}
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.CreateExternalCheck(ctx, &second), w.CreateExternalCheck(ctx, &first), w.CreateExternalCheck(ctx, &third))
	})
	again := NewExternal("X9", c.ID)
	again.URL = first.URL
	refused(t, store, "the same address twice", claims.KindConflict, func(w claims.Writer) error { return w.CreateExternalCheck(ctx, &again) })
	again.Claim = draft.ID
	Write(t, store, func(w claims.Writer) error { return w.CreateExternalCheck(ctx, &again) })
	refused(t, store, "on no claim", claims.KindNotFound, func(w claims.Writer) error {
		none := NewExternal("X8", "NOPE00")
		return w.CreateExternalCheck(ctx, &none)
	})

	stale := first
	first.Title, first.Published = "Otro título", nil
	Write(t, store, func(w claims.Writer) error { return w.UpdateExternalCheck(ctx, &first) })
	equal(t, "version", int64(2), first.Version)
	refused(t, store, "a stale one", claims.KindStale, func(w claims.Writer) error { return w.UpdateExternalCheck(ctx, &stale) })
	taken := first
	taken.URL = second.URL
	refused(t, store, "an address that is taken", claims.KindConflict, func(w claims.Writer) error { return w.UpdateExternalCheck(ctx, &taken) })
	due := func(what, id string, at time.Time) {
		t.Helper()
		Read(t, store, func(r claims.Reader) error {
			e, err := r.DueBacklink(ctx, at)
			equal(t, what, id, e.ID)
			return err
		})
	}
	due("the first", "X1", Start)
	due("too early", "", Start.Add(-time.Second))
	first.Link = claims.Backlink{State: claims.LinkUnreachable, AskedAt: Start, NextAt: Start.Add(2 * time.Hour), Failures: 3, Problem: &claims.JobProblem{Key: "fetch.timeout"}}
	if err := store.Update(ctx, func(w claims.Writer) error {
		return errors.Join(w.NoteBacklink(ctx, first.ID, first.Link), w.NoteBacklink(ctx, "GONE", first.Link))
	}); err != nil {
		t.Error("what was seen needs an event:", err)
	}
	due("the next", "X2", Start.Add(time.Hour))
	Read(t, store, func(r claims.Reader) error {
		list, err := r.ExternalChecks(ctx, c.ID)
		equal(t, "all", []claims.ExternalCheck{first, second}, list)
		one, err2 := r.ExternalCheck(ctx, "X1")
		equal(t, "one", first, one)
		return errors.Join(err, err2)
	})
	Write(t, store, func(w claims.Writer) error { return w.DeleteExternalCheck(ctx, c.ID, "X1") })
	missing(t, store, "one that is gone", func(r claims.Reader) error { _, err := r.ExternalCheck(ctx, "X1"); return err })
	refused(t, store, "one of another claim", claims.KindNotFound, func(w claims.Writer) error { return w.DeleteExternalCheck(ctx, draft.ID, "X2") })

	a.Restricted, a.Readers = true, []string{"P1"}
	Write(t, store, func(w claims.Writer) error { return w.UpdateArticle(ctx, &a) })
	Read(t, store, func(r claims.Reader) error {
		if err := r.HideFrom(ctx, "P2"); err != nil {
			return err
		}
		list, err := r.ExternalChecks(ctx, c.ID)
		equal(t, "of a hidden article", 0, len(list))
		_, none := r.ExternalCheck(ctx, "X2")
		wantKind(t, "one of a hidden article", claims.KindNotFound, none)
		return err
	})
}
