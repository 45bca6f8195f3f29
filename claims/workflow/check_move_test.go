package workflow_test

import (
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// go moves a check and ends the test where that is refused.
func (k *kit) moveCheck(actor claims.Actor, c claims.Check, in workflow.CheckMoveInput) claims.Check {
	k.Helper()
	out, err := k.MoveCheckWith(k.Context(), actor, c.Slug, c.Version, in)
	if err != nil {
		k.Fatalf("%s → %s by %s: %v", c.State, in.To, actor.Name, err)
	}
	return out
}

func checkTo(s claims.CheckState) workflow.CheckMoveInput { return workflow.CheckMoveInput{To: s} }

// TestACheckPassesASecondPairOfEyes where the newsroom asks for one.
func TestACheckPassesASecondPairOfEyes(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		k.setHouse(func(s *claims.Settings) { s.ReviewChecks = true })
		claim := k.published()
		c := k.check("Lo dijo [[" + claim.ID + "]].")
		_, err := k.MoveCheck(ctx, k.luis, c.Slug, c.Version, claims.CheckPublished, "")
		refused(t, "past the second pair of eyes", err, claims.KindIllegalMove, "check.review_first")
		c = k.moveCheck(k.luis, c, checkTo(claims.CheckSubmitted))
		if c.SubmittedBy != k.luis.ID || c.SubmittedAt.IsZero() {
			t.Errorf("handed in %+v", c)
		}
		_, err = k.EditCheck(ctx, k.luis, c.Slug, c.Version, workflow.CheckPatch{Title: ptr("Otro")})
		refused(t, "a change to what was handed in", err, claims.KindIllegalMove, "check.frozen")
		_, err = k.MoveCheckWith(ctx, k.luis, c.Slug, c.Version, checkTo(claims.CheckApproved))
		refused(t, "one's own work", err, claims.KindNotAllowed, "not_allowed.own_check")
		_, err = k.MoveCheckWith(ctx, k.olga, c.Slug, c.Version, checkTo(claims.CheckDraft))
		refused(t, "sent back without a reason", err, claims.KindInvalid, "reason:text.missing")
		c = k.moveCheck(k.luis, c, checkTo(claims.CheckDraft)) // taken back
		if _, err := k.Undo(ctx, k.luis, k.lastEvent().ID); err != nil {
			t.Fatal(err)
		}
		if c, _ = k.Check(ctx, k.luis, c.Slug); c.State != claims.CheckSubmitted || c.SubmittedBy != k.luis.ID {
			t.Errorf("undone %+v", c)
		}
		c = k.moveCheck(k.olga, c, checkTo(claims.CheckApproved))
		c = k.moveCheck(k.luis, c, checkTo(claims.CheckPublished))
		if p, err := k.PublicCheck(ctx, c.Slug); err != nil || p.ApprovedBy != k.olga.ID || p.ClaimVersions[claim.ID] != 1 {
			t.Errorf("published %+v, %v", p.CheckPublication, err)
		}
		c, err = k.EditCheck(ctx, k.olga, c.Slug, c.Version, workflow.CheckPatch{Summary: ptr("Nuevo")})
		if err != nil {
			t.Fatal(err)
		}
		c = k.moveCheck(k.olga, c, checkTo(claims.CheckSubmitted))
		if p, err := k.PublicCheck(ctx, c.Slug); err != nil || p.N != 1 {
			t.Errorf("while the next version is looked at, the last one stands: %+v, %v", p.CheckPublication, err)
		}
		_, err = k.MoveCheckWith(ctx, k.olga, c.Slug, c.Version, workflow.CheckMoveInput{To: claims.CheckWithdrawn, Reason: "No"})
		if err != nil {
			t.Errorf("what stands cannot be withdrawn while its next version is looked at: %v", err)
		}
		k.sound()
	})
}

// TestACheckTakesItsClaimsAlong publishes what is approved with it, and names what stands
// in the way of the rest.
func TestACheckTakesItsClaimsAlong(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		stands, ready, open := k.published(), k.approved(k.claim(claims.StateOpen)), k.claim(claims.StateOpen)
		c := k.check("[[" + stands.ID + "]] [[" + ready.ID + "]] [[" + open.ID + "]]")
		plan, err := k.CheckPlan(ctx, k.luis, c.Slug)
		if err != nil || plan.Ready() || plan.N != 1 || plan.Along() != 1 || len(plan.Claims) != 3 {
			t.Fatalf("%+v, %v", plan, err)
		}
		if one := plan.Claims; one[0].Version != 1 || one[0].Along || !one[1].Along || len(one[1].Blockers) != 0 || len(one[2].Blockers) != 1 {
			t.Errorf("%+v", plan.Claims)
		}
		before := k.seq()
		_, err = k.MoveCheckWith(ctx, k.luis, c.Slug, c.Version, workflow.CheckMoveInput{To: claims.CheckPublished, Along: true})
		refused(t, "one that is not ready", err, claims.KindInvalid, "check.cites_unpublished")
		if k.again(ready).State != claims.StateApproved || k.seq() != before {
			t.Error("half of it was done")
		}
		c, err = k.EditCheck(ctx, k.luis, c.Slug, c.Version, workflow.CheckPatch{Body: ptr("[[" + stands.ID + "]] [[" + ready.ID + "]]")})
		if err != nil {
			t.Fatal(err)
		}
		_, err = k.MoveCheck(ctx, k.luis, c.Slug, c.Version, claims.CheckPublished, "")
		refused(t, "without being told to", err, claims.KindInvalid, "body:check.cites_approved")
		if plan, err = k.CheckPlan(ctx, k.luis, c.Slug); err != nil || !plan.Ready() {
			t.Errorf("%+v, %v", plan, err)
		}
		c = k.moveCheck(k.luis, c, workflow.CheckMoveInput{To: claims.CheckPublished, Along: true})
		if got := k.again(ready); got.State != claims.StatePublished || got.PublishedVersion != 1 {
			t.Errorf("%+v", got)
		}
		if acts := k.history(ready); acts[len(acts)-1] != string(claims.ActClaimPublish) {
			t.Errorf("%v", acts)
		}
		if p, err := k.PublicCheck(ctx, c.Slug); err != nil || p.ClaimVersions[ready.ID] != 1 {
			t.Errorf("%+v, %v", p.CheckPublication, err)
		}
		k.sound()
	})
}

// TestWhatReadersAreToldOfACheck: effects and notices, versions and the tombstone.
func TestWhatReadersAreToldOfACheck(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	claim := k.published()
	c := k.moveCheck(k.luis, k.check("[["+claim.ID+"]]"), checkTo(claims.CheckPublished))
	_, err := k.MoveCheckWith(ctx, k.luis, c.Slug, c.Version, workflow.CheckMoveInput{To: claims.CheckPublished, Effect: claims.EffectVerdict})
	refused(t, "readers are told nothing", err, claims.KindInvalid, "notice:publication.notice_missing")
	c = k.moveCheck(k.luis, c, workflow.CheckMoveInput{To: claims.CheckPublished, Effect: claims.EffectVerdict, Notice: "Era otra cifra."})
	c = k.moveCheck(k.luis, c, checkTo(claims.CheckPublished))
	p, err := k.PublicCheckVersion(ctx, c.Slug, 2)
	if err != nil || p.Effect != claims.EffectVerdict || p.Notice != "Era otra cifra." || p.Newest != 3 || len(p.Versions) != 3 || p.Versions[2].Effect != claims.EffectClarification {
		t.Errorf("%+v, %v", p, err)
	}
	_, err = k.PublicCheckVersion(ctx, c.Slug, 4)
	refused(t, "a version that is not", err, claims.KindNotFound, "not_found.check_publication")
	if told, gone, err := k.PublicCheckCorrections(ctx); err != nil || len(told) != 1 || told[0].N != 2 || len(gone) != 0 {
		t.Errorf("%+v, %+v, %v", told, gone, err)
	}
	c = k.moveCheck(k.luis, c, workflow.CheckMoveInput{To: claims.CheckWithdrawn, Reason: "Estaba mal."})
	if told, gone, err := k.PublicCheckCorrections(ctx); err != nil || len(told) != 0 || len(gone) != 1 || gone[0].Withdrawn.Reason != "Estaba mal." {
		t.Errorf("%+v, %+v, %v", told, gone, err)
	}
	if p, err = k.PublicCheckVersion(ctx, c.Slug, 0); err != nil || p.Withdrawn == nil {
		t.Errorf("%+v, %v", p, err)
	}
	if public := k.public(claim.ID, 0); len(public.Checks) != 0 {
		t.Error("the claim still says that a withdrawn check cites it")
	}
}

// TestRelatedChecks: those that were chosen, then those that cite the same.
func TestRelatedChecks(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	claim, other := k.published(), k.published()
	publish := func(title, body string, related ...string) claims.Check {
		c, err := k.CreateCheck(ctx, k.luis, workflow.CheckInput{Title: title, Body: body, Language: "es", Related: related})
		if err != nil {
			t.Fatal(err)
		}
		return k.moveCheck(k.luis, c, checkTo(claims.CheckPublished))
	}
	chosen := publish("Elegida", "[["+other.ID+"]]")
	same := publish("Misma", "[["+claim.ID+"]]")
	publish("Ajena", "Nada.")
	c := publish("Una", "[["+claim.ID+"]]", chosen.Slug)
	p, err := k.PublicCheck(ctx, c.Slug)
	var slugs []string
	for _, r := range p.Related {
		slugs = append(slugs, r.Slug)
	}
	if got := strings.Join(slugs[:min(2, len(slugs))], " "); err != nil || got != chosen.Slug+" "+same.Slug {
		t.Errorf("%v, %v", slugs, err)
	}
	for name, slug := range map[string]string{"body:x": "nada", "itself": c.Slug} {
		_, err := k.EditCheck(ctx, k.luis, c.Slug, c.Version, workflow.CheckPatch{Related: &[]string{slug}})
		refused(t, name, err, claims.KindInvalid)
	}
}
