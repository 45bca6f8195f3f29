package workflow_test

import (
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// TestStatsFollowTheWork counts what acts did, undone ones included.
func TestStatsFollowTheWork(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		article := k.article()
		empty, err := k.Stats(t.Context(), k.carla, claims.PeriodMonth)
		if err != nil || !empty.Empty() {
			t.Fatalf("a desk without claims: %+v, %v", empty, err)
		}
		add := func(quote string) claims.Claim {
			c, err := k.AddClaim(t.Context(), k.ana, workflow.NewClaim{Article: article.ID, Quote: quote})
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		c := add("el puente")
		k.clock.Advance(48 * time.Hour)
		c = k.move(k.ana, c, workflow.MoveInput{To: claims.StateInCheck})
		if c, err = k.Judge(t.Context(), k.ana, c.ID, c.Version, workflow.VerdictInput{Content: "false", Attribution: "accurate", Rationale: "No."}); err != nil {
			t.Fatal(err)
		}
		c = k.move(k.ana, c, workflow.MoveInput{To: claims.StateSubmitted})
		v, err := k.Stats(t.Context(), k.carla, claims.PeriodMonth)
		if err != nil {
			t.Fatal(err)
		}
		if len(v.Outlets) != 0 || v.Times.N != 0 {
			t.Errorf("a verdict that nobody approved counts: %+v, %+v", v.Outlets, v.Times)
		}
		if want := (claims.Wait{Who: k.ana.ID, Whom: claims.PartyReviewer, N: 1}); len(v.Waits) != 1 || v.Waits[0].Who != want.Who || v.Waits[0].Whom != want.Whom {
			t.Errorf("waits are %+v", v.Waits)
		}
		c = k.move(k.luis, c, workflow.MoveInput{To: claims.StateApproved})
		v, err = k.Stats(t.Context(), k.carla, claims.PeriodMonth)
		if err != nil {
			t.Fatal(err)
		}
		last, before := v.States[len(v.States)-1], v.States[len(v.States)-2]
		if last[claims.StateApproved] != 1 || last[claims.StateOpen] != 0 || before[claims.StateOpen] != 1 || before[claims.StateApproved] != 0 {
			t.Errorf("states are %v, before %v", last, before)
		}
		if n := v.States[0]; len(n) != 0 && n[claims.StateOpen]+n[claims.StateApproved] != 0 {
			t.Errorf("at the beginning there was %v", n)
		}
		if len(v.Outlets) != 1 || v.Outlets[0].Steps["false"] != 1 || v.Times.N != 1 || v.Times.Median < 48*time.Hour || v.Missed != 1 || v.Untied != 1 {
			t.Errorf("outlets %+v, times %+v, missed %d, untied %d", v.Outlets, v.Times, v.Missed, v.Untied)
		}
		events, _, err := k.Events(t.Context(), k.luis, claims.EventFilter{Claim: c.ID, Before: 1 << 40, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := k.Undo(t.Context(), k.luis, events[0].ID); err != nil {
			t.Fatal(err)
		}
		if v, err = k.Stats(t.Context(), k.carla, claims.PeriodMonth); err != nil || len(v.Outlets) != 0 || v.States[len(v.States)-1][claims.StateSubmitted] != 1 || v.States[len(v.States)-2][claims.StateOpen] != 1 {
			t.Errorf("after the undoing: %+v, %v, %v", v.Outlets, v.States, err)
		}
	})
}

// TestStatsNameNoHiddenSource: who may not know a source reads a label, who may reads
// the name; a restricted article counts for its readers alone.
func TestStatsNameNoHiddenSource(t *testing.T) {
	k := newKit(t)
	pike, err := k.AddSource(t.Context(), k.luis, workflow.SourceInput{Name: "Rosalind Pike", Kind: claims.KindPerson, Protected: true})
	if err != nil {
		t.Fatal(err)
	}
	at := k.clock.Now()
	c := k.claim(claims.StateApproved, judged(k.ana, k.ana), func(c *claims.Claim) {
		c.ReviewedAt, c.ApprovedBy = &at, k.luis.ID
		c.Attributions = []claims.Attribution{{Mode: claims.ModeDirect, Sources: []claims.Link{{Source: pike.ID, Name: "Rosalind Pike"}}}}
	})
	for actor, want := range map[claims.Actor]string{k.luis: "Rosalind Pike", k.olga: claims.ProtectedLabel("en"), k.carla: claims.ProtectedLabel("en")} {
		v, err := k.Stats(t.Context(), actor, claims.PeriodAll)
		if err != nil || len(v.Sources) != 1 || v.Sources[0].Name != want || (v.Sources[0].ID == "") != (actor != k.luis) {
			t.Errorf("%s reads %+v, %v", actor.Name, v.Sources, err)
		}
	}
	if err := k.restrict(c.Article, k.luis); err != nil {
		t.Fatal(err)
	}
	for actor, want := range map[claims.Actor]int{k.luis: 1, k.olga: 0} {
		v, err := k.Stats(t.Context(), actor, claims.PeriodAll)
		if err != nil || len(v.Outlets) != want || v.Times.N != want || len(v.Waits) != want || len(v.Ages) != want {
			t.Errorf("%s counts %+v, %v", actor.Name, v, err)
		}
	}
}
