package claimstest

import (
	"errors"
	"testing"
	"time"

	"cotejo/claims"
)

func runContacts(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	c, other := PutClaim(t, store, a.ID, nil), PutClaim(t, store, a.ID, nil)
	due := Start.Add(48 * time.Hour)
	first := claims.Contact{ID: "K1", Claim: c.ID, Whom: "Ministerio", Means: claims.MeansEmail, Question: "¿Cuántas?", AskedAt: Start.Add(time.Hour),
		Deadline: &due, CreatedBy: "P1", CreatedAt: Start}
	second := claims.Contact{ID: "K2", Claim: c.ID, Whom: "Alcaldía", Means: claims.MeansPhone, Question: "¿Cuándo?", AskedAt: Start, CreatedBy: "P1", CreatedAt: Start, Public: "No contestó."}
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.CreateContact(ctx, &first), w.CreateContact(ctx, &second))
	})
	refused(t, store, "contact id twice", claims.KindConflict, func(w claims.Writer) error { return w.CreateContact(ctx, &claims.Contact{ID: "K1", Claim: c.ID}) })
	refused(t, store, "contact of no claim", claims.KindNotFound, func(w claims.Writer) error {
		return w.CreateContact(ctx, &claims.Contact{ID: "K9", Claim: "NOPE00"})
	})
	stale := first
	answered := Start.Add(2 * time.Hour)
	first.Answer, first.AnsweredAt = "Doce.", &answered
	Write(t, store, func(w claims.Writer) error { return w.UpdateContact(ctx, &first) })
	equal(t, "version", int64(2), first.Version)
	refused(t, store, "stale contact", claims.KindStale, func(w claims.Writer) error { return w.UpdateContact(ctx, &stale) })
	Read(t, store, func(r claims.Reader) error {
		list, err := r.Contacts(ctx, c.ID)
		equal(t, "contacts", []claims.Contact{second, first}, list)
		one, err2 := r.Contact(ctx, c.ID, "K1")
		equal(t, "contact", first, one)
		waiting, _, err3 := r.Claims(ctx, claims.ClaimFilter{Waiting: true})
		if len(waiting) != 1 || waiting[0].ID != c.ID {
			t.Errorf("%d claims wait for an answer, want one", len(waiting))
		}
		return errors.Join(err, err2, err3)
	})
	missing(t, store, "contact of another claim", func(r claims.Reader) error { _, err := r.Contact(ctx, other.ID, "K1"); return err })
	Write(t, store, func(w claims.Writer) error { return w.DeleteContact(ctx, c.ID, "K2") })
	refused(t, store, "contact that is gone", claims.KindNotFound, func(w claims.Writer) error { return w.DeleteContact(ctx, c.ID, "K2") })
	Read(t, store, func(r claims.Reader) error {
		waiting, _, err := r.Claims(ctx, claims.ClaimFilter{Waiting: true})
		equal(t, "claims that wait", 0, len(waiting))
		return err
	})
}
