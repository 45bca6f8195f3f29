package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
)

func idsOf(list []claims.Precedent) (out []string) {
	for _, p := range list {
		out = append(out, p.ID)
	}
	return out
}

func TestPrecedentsBesideThePicker(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		decided := judged(k.ana, k.ana)
		record := k.source(k.ana, workflow.SourceInput{Name: "Alcaldía de Río Seco"})
		secret := k.source(k.ana, workflow.SourceInput{Name: "Quetzalina Roble", Protected: true})
		c := k.claim(claims.StateInCheck, claimstest.Tied(record.ID, "La alcaldía"))
		tied := k.claim(claims.StatePublished, decided, claimstest.Tied(record.ID, "Otra forma"))
		named := k.claim(claims.StateApproved, decided) // tied to nothing, by the record's name
		elsewhere := k.claim(claims.StatePublished, decided, claimstest.Tied("", "Otra fuente"), func(c *claims.Claim) { c.Tags = nil })
		hidden := k.claim(claims.StatePublished, decided, claimstest.Tied(secret.ID, "Quetzalina Roble"), func(c *claims.Claim) {
			c.Standalone, c.Kind = "Quetzalina Roble lo dijo", claims.KindEvent
		})
		k.claim(claims.StateSubmitted, decided, claimstest.Tied(record.ID, "La alcaldía"))

		got, err := k.Precedents(ctx, k.bea, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		source, topic := idsOf(got.Source), idsOf(got.Topic)
		slices.Sort(source)
		slices.Sort(topic)
		if want := []string{tied.ID, named.ID}; !slices.Equal(source, sorted(want)) {
			t.Errorf("same source: %q, want %q", source, want)
		}
		if want := []string{tied.ID, named.ID, elsewhere.ID}; !slices.Equal(topic, sorted(want)) {
			t.Errorf("same topic: %q, want %q", topic, want)
		}

		// Nobody finds a protected source by its name, and its claims stay masked.
		byName := k.claim(claims.StateInCheck, claimstest.Tied("", "Quetzalina Roble"))
		byTie := k.claim(claims.StateInCheck, claimstest.Tied(secret.ID, "Quetzalina Roble"))
		if got, err = k.Precedents(ctx, k.bea, byName.ID); err != nil || len(got.Source) != 0 {
			t.Errorf("by the name of a protected source: %q, %v", idsOf(got.Source), err)
		}
		if got, err = k.Precedents(ctx, k.bea, byTie.ID); err != nil || len(got.Source) != 1 || got.Source[0].ID != hidden.ID ||
			strings.Contains(got.Source[0].Standalone, "Quetzalina") {
			t.Errorf("by a tie to a protected source: %+v, %v", got.Source, err)
		}
		_, err = k.Precedents(ctx, claims.Actor{}, c.ID)
		refused(t, "nobody", err, claims.KindUnauthenticated)
	})
}

func sorted(list []string) []string { slices.Sort(list); return list }
