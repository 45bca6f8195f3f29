package workflow_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// TestOneOfManyWins: of many who saw the same version, one is done and all
// others are told that it is stale.
func TestOneOfManyWins(t *testing.T) { onEveryEngine(t, oneOfManyWins) }

func oneOfManyWins(t *testing.T, k *kit) {
	c := k.claim(claims.StateOpen)
	const people = 12
	errs := make([]error, people)
	var all sync.WaitGroup
	for i := range people {
		all.Go(func() {
			_, errs[i] = k.EditClaim(t.Context(), k.ana, c.ID, c.Version, workflow.ClaimPatch{Standalone: ptr(fmt.Sprint("palabras ", i))})
		})
	}
	all.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
			continue
		}
		refused(t, "the others", err, claims.KindStale, "stale.claim")
	}
	if got := k.again(c); done != 1 || got.Version != c.Version+1 {
		t.Errorf("%d were done, version %d after %d", done, got.Version, c.Version)
	}
	k.sound()
}

// TestNothingIsLostBetweenMany: people who read again when they are stale all
// get their tag onto the claim, each by one event.
func TestNothingIsLostBetweenMany(t *testing.T) { onEveryEngine(t, nothingIsLostBetweenMany) }

func nothingIsLostBetweenMany(t *testing.T, k *kit) {
	c := k.claim(claims.StateOpen, func(c *claims.Claim) { c.Tags = nil })
	const people, each = 4, 5
	var all sync.WaitGroup
	for i := range people {
		all.Go(func() {
			for j := range each {
				k.tag(t, c.ID, fmt.Sprintf("p%d-%d", i, j))
			}
		})
	}
	all.Wait()
	got := k.again(c)
	if len(got.Tags) != people*each || got.Version != c.Version+people*each {
		t.Errorf("%d tags of %d, version %d", len(got.Tags), people*each, got.Version)
	}
	if acts := k.history(c); len(acts) != people*each {
		t.Errorf("%d events of %d", len(acts), people*each)
	}
	k.sound()
}

// tag puts a tag on a claim, again and again until nobody was quicker.
func (k *kit) tag(t *testing.T, id, tag string) {
	for {
		v, err := k.Claim(t.Context(), k.ana, id)
		if err != nil {
			t.Error(err)
			return
		}
		tags := append(slices.Clone(v.Row.Tags), tag)
		_, err = k.EditClaim(t.Context(), k.ana, id, v.Row.Version, workflow.ClaimPatch{Tags: &tags})
		if claims.KindOf(err) == claims.KindStale {
			continue
		}
		if err != nil {
			t.Error(err)
		}
		return
	}
}

// TestOneKeyActsOnce: the same Idempotency-Key sent many times at once is acted
// on by one.
func TestOneKeyActsOnce(t *testing.T) { onEveryEngine(t, oneKeyActsOnce) }

func oneKeyActsOnce(t *testing.T, k *kit) {
	const times = 8
	won := make([]bool, times)
	var all sync.WaitGroup
	for i := range times {
		all.Go(func() {
			_, fresh, err := k.Reserve(t.Context(), k.ana, "key", "digest")
			won[i] = fresh
			if !fresh {
				refused(t, "the others", err, claims.KindBusy)
			}
		})
	}
	all.Wait()
	if n := len(slices.DeleteFunc(won, func(w bool) bool { return !w })); n != 1 {
		t.Errorf("%d may act", n)
	}
}

// TestOneAdminIsLeft: two admins who demote each other at once do not leave the
// desk without one.
func TestOneAdminIsLeft(t *testing.T) { onEveryEngine(t, oneAdminIsLeft) }

func oneAdminIsLeft(t *testing.T, k *kit) {
	if err := k.SetRole(t.Context(), k.eva, k.olga.ID, 1, claims.RoleAdmin); err != nil {
		t.Fatal(err)
	}
	k.olga.Role = claims.RoleAdmin
	var errs [2]error
	var all sync.WaitGroup
	all.Go(func() { errs[0] = k.SetRole(t.Context(), k.eva, k.olga.ID, 2, claims.RoleEditor) })
	all.Go(func() { errs[1] = k.SetRole(t.Context(), k.olga, k.eva.ID, 1, claims.RoleEditor) })
	all.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("%v, %v: one and only one may be done", errs[0], errs[1])
	}
}
