package claims_test

import (
	"math"
	"testing"
	"time"

	"cotejo/claims"
)

// TestWhoOwesAnOpinion tries setting, role, state and whose work it is.
func TestWhoOwesAnOpinion(t *testing.T) {
	at := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	claim := claims.Claim{State: claims.StateSubmitted, SubmittedBy: "A", SubmittedAt: &at, Verdict: &claims.Verdict{ChangedBy: "B"}}
	mine := []claims.Opinion{{Person: me, SubmittedAt: at}}
	earlier := []claims.Opinion{{Person: me, SubmittedAt: at.Add(-time.Hour)}}
	for name, tt := range map[string]struct {
		role     claims.Role
		change   func(*claims.Claim, *claims.Actor, *claims.Settings)
		opinions []claims.Opinion
		want     bool
	}{
		"editor":               {claims.RoleEditor, nil, nil, true},
		"admin":                {claims.RoleAdmin, nil, nil, true},
		"checker":              {claims.RoleChecker, nil, nil, false},
		"contributor":          {claims.RoleContributor, nil, nil, false},
		"checker who approves": {claims.RoleChecker, func(_ *claims.Claim, _ *claims.Actor, s *claims.Settings) { s.CheckersApprove = true }, nil, true},
		"read-only token":      {claims.RoleEditor, func(_ *claims.Claim, a *claims.Actor, _ *claims.Settings) { a.ReadOnly = true }, nil, true},
		"gave it":              {claims.RoleEditor, nil, mine, false},
		"gave it last time":    {claims.RoleEditor, nil, earlier, true},
		"submitted it":         {claims.RoleEditor, func(c *claims.Claim, _ *claims.Actor, _ *claims.Settings) { c.SubmittedBy = me }, nil, false},
		"judged it":            {claims.RoleEditor, func(c *claims.Claim, _ *claims.Actor, _ *claims.Settings) { c.Verdict.ChangedBy = me }, nil, false},
		"own work, alone": {claims.RoleEditor, func(c *claims.Claim, _ *claims.Actor, s *claims.Settings) {
			c.SubmittedBy, s.SingleReview = me, true
		}, nil, false},
		"others' work, alone": {claims.RoleEditor, func(_ *claims.Claim, _ *claims.Actor, s *claims.Settings) { s.SingleReview = true }, nil, true},
		"in check":            {claims.RoleEditor, func(c *claims.Claim, _ *claims.Actor, _ *claims.Settings) { c.State = claims.StateInCheck }, nil, false},
		"approved":            {claims.RoleEditor, func(c *claims.Claim, _ *claims.Actor, _ *claims.Settings) { c.State = claims.StateApproved }, nil, false},
	} {
		for _, strict := range claims.AllStrictness {
			c, v, actor, s := claim, *claim.Verdict, claims.Actor{ID: me, Role: tt.role}, claims.Settings{Blind: strict}
			c.Verdict = &v
			if tt.change != nil {
				tt.change(&c, &actor, &s)
			}
			if got := claims.OwesOpinion(actor, c, tt.opinions, s); got != (tt.want && strict != claims.Off) {
				t.Errorf("%s, %s: owes %v", name, strict, got)
			}
			if got := claims.Withholds(actor, c, tt.opinions, s); got != (tt.want && strict == claims.Block) {
				t.Errorf("%s, %s: withheld %v", name, strict, got)
			}
		}
	}
}

func TestAgreement(t *testing.T) {
	cell := func(proposed, given string, n int) claims.AgreementCell {
		return claims.AgreementCell{Layer: claims.LayerContent, Proposed: proposed, Given: given, N: n}
	}
	for name, tt := range map[string]struct {
		cells  []claims.AgreementCell
		n, hit int
		kappa  float64
		has    bool
	}{
		"nothing":          {nil, 0, 0, 0, false},
		"one step alone":   {[]claims.AgreementCell{cell("true", "true", 4)}, 4, 4, 0, false},
		"all agree":        {[]claims.AgreementCell{cell("true", "true", 4), cell("false", "false", 4)}, 8, 8, 1, true},
		"as chance has it": {[]claims.AgreementCell{cell("true", "true", 1), cell("true", "false", 1), cell("false", "true", 1), cell("false", "false", 1)}, 4, 2, 0, true},
		"never":            {[]claims.AgreementCell{cell("true", "false", 2), cell("false", "true", 2)}, 4, 0, -1, true},
		// the textbook's grants: 20 both yes, 15 both no, 5 and 10 apart
		"textbook":      {[]claims.AgreementCell{cell("true", "true", 20), cell("true", "false", 5), cell("false", "true", 10), cell("false", "false", 15)}, 50, 35, 0.4, true},
		"another layer": {[]claims.AgreementCell{{Layer: claims.LayerAttribution, Proposed: "a", Given: "a", N: 9}}, 0, 0, 0, false},
	} {
		got := claims.AgreementOf(claims.LayerContent, []string{"true", "half_true", "false"}, tt.cells)
		if got.N != tt.n || got.Agreed != tt.hit || got.HasKappa != tt.has || math.Abs(got.Kappa-tt.kappa) > 1e-9 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	got := claims.AgreementOf(claims.LayerContent, []string{"true", "false"}, []claims.AgreementCell{cell("old_step", "true", 1), cell("false", "true", 2)})
	if len(got.Steps) != 3 || got.Steps[0].Step != "true" || got.Steps[0].GivenInstead != 3 || got.Steps[2].Step != "old_step" || got.Steps[1].Elsewhere["true"] != 2 {
		t.Errorf("%+v", got.Steps)
	}
}
