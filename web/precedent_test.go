package web

import (
	"net/http"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

func TestPrecedentsStandBesideThePicker(t *testing.T) {
	s := newSite(t)
	alone := s.newClaim("La Junta anunció ayudas")
	alone = s.move(claims.RoleChecker, alone, workflow.MoveInput{To: claims.StateInCheck})
	ana := s.signIn(claims.RoleChecker)
	if page := page200(t, ana.open("/claims/"+alone.ID)); page.Count("p#precedents") != 1 || page.Count("details.precedents") != 0 {
		t.Error("nothing found is not said in a line")
	}
	old := s.published(s.newClaim(articleQuote), "half_true", "")
	tags := []string{"agua"}
	kind := old.Kind
	for _, c := range []claims.Claim{old, alone} {
		var err error
		if c, err = s.desk.EditClaim(t.Context(), s.actor(claims.RoleChecker), c.ID, c.Version, workflow.ClaimPatch{Tags: &tags}); err != nil {
			t.Fatal(err)
		}
		alone = c
	}
	if _, err := s.desk.EditClaim(t.Context(), s.actor(claims.RoleChecker), alone.ID, alone.Version, workflow.ClaimPatch{Kind: &kind}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/claims/" + alone.ID, "/queue"} {
		page := page200(t, ana.open(path))
		if page.Count(`#verdict details.precedents ul[aria-labelledby="prec-topic"] a[href="/claims/`+old.ID+`"]`) != 1 ||
			!strings.Contains(page.Text("details.precedents"), "#agua") || page.Count("details.precedents .verdict.v-half-true") != 1 {
			t.Errorf("%s: %s", path, page.Text("#verdict"))
		}
	}
	got := answer[precedentsJSON](t, s.program(claims.RoleChecker, claims.ScopeRead).call(http.MethodGet, "/claims/"+alone.ID+"/precedents", nil), http.StatusOK)
	if len(got.Source) != 0 || len(got.Topic) != 1 || got.Topic[0].ID != old.ID || got.Topic[0].PublicURL == nil || got.Topic[0].Tags[0] != "agua" {
		t.Errorf("%+v", got)
	}
	if page := page200(t, ana.open("/claims/"+old.ID)); page.Count("#precedents") != 0 {
		t.Error("precedents without a picker")
	}
}
