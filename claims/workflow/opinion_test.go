package workflow_test

import (
	"bytes"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/claims/workflow"
)

// blindDesk withholds proposals from reviewers.
func (k *kit) blindDesk(strict claims.Strictness) {
	k.Helper()
	k.setHouse(func(s *claims.Settings) { s.Blind = strict })
}

// proposed is a claim that ana judged and handed in, with words to look for.
func (k *kit) proposed() claims.Claim {
	k.Helper()
	c := k.judge(k.ana, k.claim(claims.StateInCheck), workflow.VerdictInput{Content: "false", Attribution: "accurate", Rationale: "CANARIO del cálculo.", WhatIsTrue: "CANARIO dicho en una línea."})
	return k.move(k.ana, c, to(claims.StateSubmitted))
}

var sameOpinion = workflow.OpinionInput{Content: "false", Attribution: "accurate", Note: "Igual."}

// opine gives an opinion and ends the test where that is refused.
func (k *kit) opine(actor claims.Actor, c claims.Claim, in workflow.OpinionInput) claims.Opinion {
	k.Helper()
	o, err := k.GiveOpinion(k.Context(), actor, c.ID, c.Version, in)
	if err != nil {
		k.Fatal(err)
	}
	return o
}

// shows lists where somebody can read what was proposed on a claim.
func (k *kit) shows(actor claims.Actor, c claims.Claim) []string {
	k.Helper()
	var out []string
	check := func(where string, seen bool, err error) {
		if err != nil {
			k.Fatalf("%s: %v", where, err)
		}
		if seen {
			out = append(out, where)
		}
	}
	tellsIt := func(events []claims.Event) bool {
		for _, e := range events {
			for _, v := range e.Values {
				if strings.Contains(v.JSON, "CANARIO") || e.Claim == c.ID && v.Name == "content" && v.JSON == `"false"` {
					return true
				}
			}
		}
		return false
	}
	v, err := k.Claim(k.Context(), actor, c.ID)
	check("claim", v.Row.Verdict != nil, err)
	check("lacks", len(v.Lacks) > 0, nil)
	check("history of the claim", tellsIt(v.Events), nil)
	events, err := k.ClaimEvents(k.Context(), actor, c.ID)
	check("events", tellsIt(events), err)
	events, _, err = k.Events(k.Context(), actor, claims.EventFilter{Claim: c.ID, Limit: 100})
	check("history", tellsIt(events), err)
	rows, _, err := k.Claims(k.Context(), actor, claims.ClaimFilter{Article: c.Article})
	check("list", len(rows) != 1 || rows[0].Verdict != nil, err)
	rows, _, err = k.Claims(k.Context(), actor, claims.ClaimFilter{Article: c.Article, Verdict: "false"})
	check("filter", len(rows) > 0, err)
	counts, err := k.CountClaims(k.Context(), actor, claims.ClaimFilter{Article: c.Article, Verdict: "false"})
	check("count", counts[claims.StateSubmitted] > 0, err)
	if actor.Role != claims.RoleContributor {
		var csv bytes.Buffer
		err = k.ExportVerdicts(k.Context(), actor, claims.ClaimFilter{Article: c.Article}, &csv, export.Options{})
		check("csv", strings.Contains(csv.String(), "CANARIO"), err)
	}
	return out
}

// TestAProposalIsWithheldUntilOnesOwnOpinion looks through every way in.
func TestAProposalIsWithheldUntilOnesOwnOpinion(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		k.blindDesk(claims.Block)
		c := k.proposed()
		reading := k.luis
		reading.ReadOnly = true
		for _, actor := range []claims.Actor{k.luis, k.eva, reading} {
			if got := k.shows(actor, c); got != nil {
				t.Errorf("%s reads what was proposed: %v", actor.Name, got)
			}
		}
		all := len(k.shows(k.ana, c))
		if all < 9 {
			t.Errorf("its author reads it only in %d places", all)
		}
		if got := k.shows(k.bea, c); len(got) != all {
			t.Errorf("who may not review it reads it only in %v", got)
		}
		k.opine(k.luis, c, sameOpinion)
		if got := k.shows(k.luis, c); len(got) != all {
			t.Errorf("after an opinion it is read in %v", got)
		}
		if got := k.shows(k.eva, c); got != nil {
			t.Errorf("the next reviewer reads %v", got)
		}
		v, err := k.Claim(t.Context(), k.eva, c.ID)
		if err != nil || len(v.Opinions) != 0 || !v.Owes || !v.Row.Withheld {
			t.Errorf("%v: the next reviewer sees %d opinions", err, len(v.Opinions))
		}
		k.move(k.luis, c, to(claims.StateApproved))
		if got := k.shows(k.eva, c); len(got) < all-1 { // it is no longer submitted, of which the count speaks
			t.Errorf("once approved it is read in %v", got)
		}
		k.sound()
	})
}

// TestOpinionsByStrictnessAndRole tries who may give one, when.
func TestOpinionsByStrictnessAndRole(t *testing.T) {
	k := newKit(t)
	for _, tt := range []struct {
		name   string
		strict claims.Strictness
		actor  claims.Actor
		state  claims.State
		in     workflow.OpinionInput
		kind   claims.ErrKind
		key    string
	}{
		{"off", claims.Off, k.luis, claims.StateSubmitted, sameOpinion, claims.KindConflict, "opinion.off"},
		{"advised", claims.Advise, k.luis, claims.StateSubmitted, sameOpinion, "", ""},
		{"demanded", claims.Block, k.luis, claims.StateSubmitted, sameOpinion, "", ""},
		{"a checker", claims.Block, k.bea, claims.StateSubmitted, sameOpinion, claims.KindNotAllowed, "not_allowed.opinion.add"},
		{"one's own work", claims.Block, k.ana, claims.StateSubmitted, sameOpinion, claims.KindNotAllowed, ""},
		{"too early", claims.Block, k.luis, claims.StateInCheck, sameOpinion, claims.KindIllegalMove, "opinion.not_submitted"},
		{"no content", claims.Block, k.luis, claims.StateSubmitted, workflow.OpinionInput{Attribution: "accurate"}, claims.KindInvalid, "content:verdict.content_missing"},
		{"no attribution", claims.Block, k.luis, claims.StateSubmitted, workflow.OpinionInput{Content: "false"}, claims.KindInvalid, "attribution:verdict.attribution_missing"},
		{"no step", claims.Block, k.luis, claims.StateSubmitted, workflow.OpinionInput{Content: "pants", Attribution: "accurate"}, claims.KindInvalid, "content:verdict.step_unknown"},
		{"too long", claims.Block, k.luis, claims.StateSubmitted, workflow.OpinionInput{Content: "false", Attribution: "accurate", Note: long(20001)}, claims.KindInvalid, "note:text.too_long"},
		{"looks without judging", claims.Advise, k.luis, claims.StateSubmitted, workflow.OpinionInput{Waive: true}, "", ""},
		{"looks without a reason", claims.Block, k.luis, claims.StateSubmitted, workflow.OpinionInput{Waive: true}, claims.KindInvalid, "note:opinion.waive_why"},
		{"looks with a reason", claims.Block, k.luis, claims.StateSubmitted, workflow.OpinionInput{Waive: true, Note: "Ya lo hablé con Ana."}, "", ""},
	} {
		k.blindDesk(tt.strict)
		c := k.proposed()
		if tt.state == claims.StateInCheck {
			c = k.move(k.ana, c, to(claims.StateInCheck))
		}
		_, err := k.GiveOpinion(t.Context(), tt.actor, c.ID, c.Version, tt.in)
		if tt.kind == "" {
			if err != nil {
				t.Errorf("%s: %v", tt.name, err)
			}
			continue
		}
		var keys []string
		if tt.key != "" {
			keys = []string{tt.key}
		}
		refused(t, tt.name, err, tt.kind, keys...)
	}
	k.setHouse(func(s *claims.Settings) { s.CheckersApprove, s.Blind = true, claims.Block })
	c := k.proposed()
	_, err := k.GiveOpinion(t.Context(), k.bea, c.ID, c.Version, workflow.OpinionInput{Waive: true, Note: "x"})
	refused(t, "a checker who looks without judging", err, claims.KindNotAllowed)
	_, err = k.GiveOpinion(t.Context(), k.bea, c.ID, c.Version-1, sameOpinion)
	refused(t, "stale", err, claims.KindStale)
	k.opine(k.bea, c, sameOpinion)
	_, err = k.GiveOpinion(t.Context(), k.bea, c.ID, c.Version, sameOpinion)
	refused(t, "twice", err, claims.KindConflict, "opinion.given_already")
}

// TestApprovingAfterAnOpinion: agreement is one step, disagreement needs a reason,
// no opinion at all needs an editor's.
func TestApprovingAfterAnOpinion(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		other := workflow.OpinionInput{Content: "misleading", Attribution: "accurate"}
		for _, tt := range []struct {
			name     string
			strict   claims.Strictness
			opinion  *workflow.OpinionInput
			reason   string
			override string
			key      string // of the refusal, "" for none
			passed   bool
		}{
			{"off", claims.Off, nil, "", "", "", false},
			{"advised, none", claims.Advise, nil, "", "", "", false},
			{"demanded, none", claims.Block, nil, "", "", "opinion.missing", false},
			{"demanded, passed over", claims.Block, nil, "", "Urge.", "", true},
			{"agrees", claims.Block, &sameOpinion, "", "", "", false},
			{"differs", claims.Block, &other, "", "", "reason:opinion.reconcile", false},
			{"differs, advised", claims.Advise, &other, "", "", "reason:opinion.reconcile", false},
			{"differs, adopts", claims.Block, &other, "La tabla me convence.", "", "", false},
			{"looked only", claims.Block, &workflow.OpinionInput{Waive: true, Note: "x"}, "", "", "", false},
		} {
			k.blindDesk(tt.strict)
			c := k.proposed()
			if tt.opinion != nil {
				k.opine(k.luis, c, *tt.opinion)
			}
			in := workflow.MoveInput{To: claims.StateApproved, Reason: tt.reason, Override: tt.override}
			_, err := k.MoveClaim(t.Context(), k.luis, c.ID, c.Version, in)
			if tt.key != "" {
				refused(t, tt.name, err, claims.KindInvalid, tt.key)
				back := k.move(k.luis, c, because(claims.StateReturned, "No coincide."))
				if back.State != claims.StateReturned {
					t.Errorf("%s: cannot be returned", tt.name)
				}
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", tt.name, err)
				continue
			}
			if r := k.reviews(c)[0]; r.Reason != tt.reason || (r.Override != "") != tt.passed {
				t.Errorf("%s: %+v", tt.name, r)
			}
		}
		k.sound()
	})
}

// TestAnOpinionTakenBack blinds again, and what is given then does not count.
func TestAnOpinionTakenBack(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		k.blindDesk(claims.Block)
		c := k.proposed()
		k.opine(k.luis, c, sameOpinion)
		events, err := k.ClaimEvents(t.Context(), k.ana, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		e := events[0]
		if e.Act != workflow.ActOpinionAdd || tells(e, claims.SideAfter, "content") != `"false"` {
			t.Errorf("the history tells %s of %s", tells(e, claims.SideAfter, "content"), e.Act)
		}
		v, err := k.Agreement(t.Context(), k.ana)
		if err != nil || v.Content.N != 1 || v.Content.Agreed != 1 || v.Withheld != 1 {
			t.Errorf("%v: %+v", err, v)
		}
		if err := k.undo(k.luis); err != nil {
			t.Fatal(err)
		}
		if got := k.shows(k.luis, c); got != nil {
			t.Errorf("taken back, and yet shown in %v", got)
		}
		o := k.opine(k.luis, k.again(c), workflow.OpinionInput{Content: "true", Attribution: "accurate"})
		if !o.SeenAlready {
			t.Error("an opinion of who has seen the proposal counts as if it were blind")
		}
		if v, err := k.Agreement(t.Context(), k.ana); err != nil || v.Content.N != 0 {
			t.Errorf("%v: %+v", err, v)
		}
		k.sound()
	})
}

// TestOnePersonDesksAreNotBlind: nobody is kept from their own proposal.
func TestOnePersonDesksAreNotBlind(t *testing.T) {
	k := newKit(t)
	k.setHouse(func(s *claims.Settings) { s.SingleReview, s.Blind = true, claims.Block })
	c := k.judge(k.luis, k.claim(claims.StateInCheck), verdict)
	c = k.move(k.luis, c, to(claims.StateSubmitted))
	if len(k.shows(k.luis, c)) == 0 {
		t.Error("an editor is kept from what they proposed themselves")
	}
	k.move(k.luis, c, to(claims.StateApproved))
}
