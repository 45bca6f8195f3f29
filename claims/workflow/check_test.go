package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

func (k *kit) check(body string) claims.Check {
	k.Helper()
	c, err := k.CreateCheck(k.Context(), k.luis, workflow.CheckInput{Title: "¿Qué costó el puente?", Body: body, Language: "ES", Authors: []string{"Luis", " Luis "}})
	if err != nil {
		k.Fatal(err)
	}
	return c
}

func TestWritingAndPublishingACheck(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	claim := k.published()
	c := k.check("Lo dijo [[" + claims.ShowID(claim.ID) + "]].")
	if c.Slug != "que-costo-el-puente" || c.Language != "es" || !slices.Equal(c.Authors, []string{"Luis"}) || c.State != claims.CheckDraft {
		t.Errorf("created %+v", c)
	}
	_, err := k.PublicCheck(ctx, c.Slug)
	refused(t, "a draft in public", err, claims.KindNotFound)
	preview, err := k.PreviewCheck(ctx, k.luis, c.Slug)
	if err != nil || preview.Claims[claim.ID].Document.ID != claim.ID || preview.N != 1 {
		t.Errorf("preview %+v, %v", preview, err)
	}
	c, err = k.MoveCheck(ctx, k.luis, c.Slug, c.Version, claims.CheckPublished, "")
	if err != nil || c.Published != 1 || c.State != claims.CheckPublished {
		t.Fatalf("published %+v, %v", c, err)
	}
	if e := k.lastEvent(); e.Act != workflow.ActCheckPublish || e.NounID != c.ID {
		t.Errorf("event %+v", e)
	}
	if p := k.public(claim.ID, 0); len(p.Checks) != 1 || p.Checks[0].Slug != c.Slug {
		t.Errorf("the claim does not say which check cites it: %+v", p.Checks)
	}

	c, err = k.EditCheck(ctx, k.luis, c.Slug, c.Version, workflow.CheckPatch{Title: ptr("Otro título"), Body: ptr("Nada.")})
	if err != nil {
		t.Fatal(err)
	}
	public, err := k.PublicCheck(ctx, c.Slug)
	if err != nil || public.Title != "¿Qué costó el puente?" || len(public.Claims) != 1 {
		t.Errorf("half an edit is public: %+v, %v", public.CheckPublication, err)
	}
	if _, err = k.MoveCheck(ctx, k.luis, c.Slug, c.Version, claims.CheckPublished, ""); err != nil {
		t.Fatal(err)
	}
	if public, err = k.PublicCheck(ctx, c.Slug); err != nil || public.N != 2 || public.Title != "Otro título" || len(public.Claims) != 0 {
		t.Errorf("published again: %+v, %v", public.CheckPublication, err)
	}
	if p := k.public(claim.ID, 0); len(p.Checks) != 0 {
		t.Error("the claim says that a check cites it which no longer does")
	}
	k.sound()
}

// TestACheckCitesOnlyWhatStands: the refusal lists every claim that does not.
func TestACheckCitesOnlyWhatStands(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	open, gone, good := k.claim(claims.StateOpen), k.published(), k.published()
	k.move(k.luis, gone, because(claims.StateWithdrawn, "No"))
	c := k.check("[[" + open.ID + "]] [[000000]] [[" + good.ID + "]] [[" + gone.ID + "]]")
	_, err := k.MoveCheck(ctx, k.luis, c.Slug, c.Version, claims.CheckPublished, "")
	refused(t, "three that do not stand", err, claims.KindInvalid, "check.cites_unpublished", "body:check.cites_withdrawn")
	var named []string
	for _, f := range err.(*claims.Error).Fields {
		named = append(named, f.Args[0].(string))
	}
	if want := []string{open.ID, "000000", gone.ID}; !slices.Equal(named, want) {
		t.Errorf("the refusal names %v, want %v", named, want)
	}
	if got, _ := k.Check(ctx, k.luis, c.Slug); got.State != claims.CheckDraft || got.Version != c.Version {
		t.Error("the refused check moved")
	}
	c, err = k.EditCheck(ctx, k.luis, c.Slug, c.Version, workflow.CheckPatch{Body: ptr("[[" + good.ID + "]]")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.MoveCheck(ctx, k.luis, c.Slug, c.Version, claims.CheckPublished, ""); err != nil {
		t.Fatal(err)
	}
	k.move(k.luis, good, because(claims.StateWithdrawn, "Tampoco"))
	public, err := k.PublicCheck(ctx, c.Slug)
	if err != nil || public.Claims[good.ID].Withdrawn == nil {
		t.Errorf("withdrawn later, it is not marked: %+v, %v", public.Claims, err)
	}
}

// TestACheckFollowsMergedClaims: what stands for the cited claim is shown.
func TestACheckFollowsMergedClaims(t *testing.T) {
	k := newKit(t)
	cited, into := k.published(), k.published()
	c := k.check("[[" + cited.ID + "]]")
	if _, err := k.MoveCheck(t.Context(), k.luis, c.Slug, c.Version, claims.CheckPublished, ""); err != nil {
		t.Fatal(err)
	}
	cited = k.move(k.luis, cited, because(claims.StateReopened, "Repetida"))
	cited = k.move(k.ana, cited, to(claims.StateInCheck))
	k.move(k.ana, cited, workflow.MoveInput{To: claims.StateDismissed, Reason: string(claims.DismissDuplicate), Of: into.ID})
	public, err := k.PublicCheck(t.Context(), c.Slug)
	if got := public.Claims[cited.ID]; err != nil || got.MergedInto != into.ID || got.Document.ID != into.ID {
		t.Errorf("shows %+v, %v", got.Publication, err)
	}
}

func TestChecksThatAreRefused(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	c := k.check("Nada.")
	for key, in := range map[string]workflow.CheckInput{
		"title:text.missing":        {Title: " "},
		"title:text.too_long":       {Title: long(501)},
		"summary:text.too_long":     {Title: "a", Summary: long(2001)},
		"body:text.too_long":        {Title: "a", Body: long(500001)},
		"authors:list.too_long":     {Title: "a", Authors: strings.Split(strings.Repeat("x,", 25)+"y,"+strings.Join(numbered(60), ","), ",")},
		"language:language.unknown": {Title: "a", Language: "klingon"},
		"slug:check.slug_reserved":  {Title: "a", Slug: "new"},
		"slug:check.slug_malformed": {Title: "a", Slug: "Año nuevo"},
		"slug:text.too_long":        {Title: "a", Slug: strings.Repeat("a", 101)},
		"slug:text.missing":         {Title: "東京"},
	} {
		_, err := k.CreateCheck(ctx, k.luis, in)
		refused(t, key, err, claims.KindInvalid, key)
	}
	_, err := k.CreateCheck(ctx, k.ana, workflow.CheckInput{Title: "a"})
	refused(t, "by a checker", err, claims.KindNotAllowed)
	_, err = k.CreateCheck(ctx, k.luis, workflow.CheckInput{Title: "otra", Slug: c.Slug})
	refused(t, "a slug that is taken", err, claims.KindConflict, "slug:check.slug_taken")
	_, err = k.EditCheck(ctx, k.luis, "nosuch", 1, workflow.CheckPatch{})
	refused(t, "no such check", err, claims.KindNotFound)
	_, err = k.EditCheck(ctx, k.luis, c.Slug, 7, workflow.CheckPatch{Title: ptr("b")})
	refused(t, "stale", err, claims.KindStale, "stale.check")
	_, err = k.MoveCheck(ctx, k.luis, c.Slug, c.Version, claims.CheckWithdrawn, "x")
	refused(t, "a draft withdrawn", err, claims.KindIllegalMove)
	_, err = k.MoveCheck(ctx, k.ana, c.Slug, c.Version, claims.CheckPublished, "")
	refused(t, "published by a checker", err, claims.KindNotAllowed)
	_, err = k.MoveCheck(ctx, k.luis, c.Slug, c.Version, "burnt", "")
	refused(t, "moved nowhere", err, claims.KindInvalid, "to:state.unknown")
}

func numbered(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = "autor " + string(rune('a'+i%26)) + string(rune('a'+i/26))
	}
	return out
}

func TestWithdrawingACheck(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	c := k.check("Nada.")
	c, err := k.MoveCheck(ctx, k.luis, c.Slug, c.Version, claims.CheckPublished, "")
	if err != nil {
		t.Fatal(err)
	}
	_, err = k.EditCheck(ctx, k.luis, c.Slug, c.Version, workflow.CheckPatch{Slug: ptr("otro")})
	refused(t, "another slug once it is public", err, claims.KindInvalid, "slug:check.slug_published")
	_, err = k.MoveCheck(ctx, k.luis, c.Slug, c.Version, claims.CheckWithdrawn, " ")
	refused(t, "without a reason", err, claims.KindInvalid, "reason:text.missing")
	c, err = k.MoveCheck(ctx, k.luis, c.Slug, c.Version, claims.CheckWithdrawn, "Estaba mal")
	if err != nil {
		t.Fatal(err)
	}
	_, err = k.PublicCheck(ctx, c.Slug)
	refused(t, "in public", err, claims.KindGone)
	if pubs, _, err := k.PublicChecks(ctx, claims.Page{}); err != nil || len(pubs) != 0 {
		t.Errorf("it stands in the public list: %v, %v", pubs, err)
	}
	if c, err = k.MoveCheck(ctx, k.luis, c.Slug, c.Version, claims.CheckPublished, "Corregido"); err != nil || c.Published != 2 {
		t.Errorf("published again as %d, %v", c.Published, err)
	}
	all, _, err := k.Checks(ctx, k.carla, claims.Page{})
	if err != nil || len(all) != 1 {
		t.Errorf("checks %v, %v", all, err)
	}
	k.sound()
}

func TestAnotherThoughtOfADraft(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		c := k.check("Nada.")
		if err := k.undo(k.luis); err != nil {
			t.Fatal(err)
		}
		_, err := k.Check(t.Context(), k.luis, c.Slug)
		refused(t, "the draft", err, claims.KindNotFound)
		if found, err := k.Search(t.Context(), k.luis, c.Title, "", claims.Page{}); err != nil || len(found) != 0 {
			t.Errorf("searches find %+v, %v", found, err)
		}
		again := k.check("Nada.")
		begun := k.eventOf(workflow.ActCheckAdd)
		if _, err := k.MoveCheck(t.Context(), k.luis, again.Slug, again.Version, claims.CheckPublished, ""); err != nil {
			t.Fatal(err)
		}
		_, err = k.Undo(t.Context(), k.luis, begun.ID)
		refused(t, "beginning what was published", err, claims.KindConflict, "undo.not_last")
		k.sound()
	})
}
