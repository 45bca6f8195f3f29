package workflow_test

import (
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// Everybody who comes new is shown the way, and says for themselves how far they are.
func TestTheTourIsOnesOwn(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	p, err := k.AddPerson(ctx, k.eva, workflow.NewPerson{Name: "nora", Password: "correct horse battery", Role: claims.RoleContributor})
	if err != nil {
		t.Fatal(err)
	}
	nora := claims.Actor{ID: p.ID, Name: p.Name, Role: p.Role}
	if step, err := k.Tour(ctx, nora); err != nil || step != 1 {
		t.Fatalf("a newcomer is at %d, %v", step, err)
	}
	if err := k.SetTour(ctx, k.ana, 3); err != nil {
		t.Fatal(err)
	}
	if step, err := k.Tour(ctx, k.ana); err != nil || step != 3 {
		t.Errorf("gone on to 3, one is at %d, %v", step, err)
	}
	if step, err := k.Tour(ctx, nora); err != nil || step != 1 {
		t.Errorf("somebody else is at %d, %v", step, err)
	}
	for _, step := range []int{-1, claims.TourSteps + 1} {
		refused(t, "a step that is none", k.SetTour(ctx, k.ana, step), claims.KindInvalid, "step:tour.step_unknown")
	}
	reader := k.ana
	reader.ReadOnly = true
	refused(t, "a token that only reads", k.SetTour(ctx, reader, 0), claims.KindNotAllowed, "token_read_only")
	if err := k.SetTour(ctx, k.ana, 0); err != nil {
		t.Fatal(err)
	}
	if step, err := k.Tour(ctx, k.ana); err != nil || step != 0 {
		t.Errorf("skipped, one is at %d, %v", step, err)
	}
}
