package claimstest

import (
	"errors"
	"testing"
	"time"

	"cotejo/claims"
)

// runPresence hears of people once a claim, and forgets them.
func runPresence(t *testing.T, store claims.Store) {
	ctx := t.Context()
	at := func(claim, person string, minute int) claims.Presence {
		return claims.Presence{Claim: claim, Person: person, SeenAt: Start.Add(time.Duration(minute) * time.Minute)}
	}
	present := func(claim string, minute int, want ...claims.Presence) {
		t.Helper()
		Read(t, store, func(r claims.Reader) error {
			got, err := r.Present(ctx, claim, Start.Add(time.Duration(minute)*time.Minute))
			equal(t, "present", want, got)
			return err
		})
	}
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.PutPresence(ctx, at("C1", "P2", 1)), w.PutPresence(ctx, at("C1", "P1", 2)), w.PutPresence(ctx, at("C2", "P1", 3)), w.PutPresence(ctx, at("C1", "P2", 4)))
	})
	present("C1", 0, at("C1", "P1", 2), at("C1", "P2", 4))
	present("C1", 3, at("C1", "P2", 4))
	present("", 3, at("C1", "P2", 4), at("C2", "P1", 3))
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.DeletePresence(ctx, "C1", "P2"), w.DeletePresence(ctx, "C1", "NOBODY"), w.DeletePresenceBefore(ctx, Start.Add(3*time.Minute)))
	})
	present("", 0, at("C2", "P1", 3))
}
