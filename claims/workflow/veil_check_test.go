package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// TestAChecksWordsHideWhoIsProtected: in drafts, lists, searches, the history and
// what is published, for everybody but the source's readers.
func TestAChecksWordsHideWhoIsProtected(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	claim, source := k.guarded()
	must(k.EditSource(ctx, k.ana, source.ID, source.Version, workflow.SourcePatch{Readers: &[]string{k.ana.ID, k.luis.ID}}))
	cites := "[[" + claims.ShowID(claim.ID) + "]]"
	in := workflow.CheckInput{
		Title: "Lo que vio " + canary, Summary: "Habla " + canary, Authors: []string{canary}, Language: "es",
		Body: cites + " **Quetzalina** Canario, Quetzalina&nbsp;Canario y [su correo](https://mail.test/%51uetzalina-canario).",
	}
	c, err := k.CreateCheck(ctx, k.luis, in)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(c.Slug, "quetzalina") {
		t.Errorf("its address names it: %s", c.Slug)
	}
	if got := must(k.Check(ctx, k.luis, c.Slug)); got.Title != in.Title || got.Body != in.Body {
		t.Errorf("its reader sees %+v", got)
	}
	look := func(what string) {
		t.Helper()
		list, _, err := k.Checks(ctx, k.olga, claims.Page{})
		seen := []any{list, must(k.Check(ctx, k.olga, c.Slug)), must(k.PreviewCheck(ctx, k.luis, c.Slug)).CheckPublication,
			must(k.Search(ctx, k.olga, "quetzalina", claims.SearchCheck, claims.Page{}))[0].Items, must(k.Search(ctx, k.olga, c.ID, claims.SearchCheck, claims.Page{}))[0].Items}
		events, _, e := k.Events(ctx, k.olga, claims.EventFilter{Noun: "check"})
		if err != nil || e != nil || len(events) == 0 || len(list) != 1 {
			t.Fatal(err, e, len(events), len(list))
		}
		for i, v := range append(seen, events) {
			if names(v) {
				t.Errorf("%s, %d: %s", what, i, around(v))
			}
		}
	}
	look("a draft")
	if n := must(k.Search(ctx, k.luis, "quetzalina", claims.SearchCheck, claims.Page{}))[0].Total; n != 1 {
		t.Errorf("its reader finds %d", n)
	}

	seen := must(k.Check(ctx, k.olga, c.Slug))
	edited, err := k.EditCheck(ctx, k.olga, c.Slug, seen.Version, workflow.CheckPatch{
		Title: &seen.Title, Summary: ptr("Otro"), Body: &seen.Body, Authors: &seen.Authors, Slug: &seen.Slug,
	})
	if err != nil || names(edited) {
		t.Fatalf("%+v, %v", edited, err)
	}
	if now := must(k.Check(ctx, k.luis, c.Slug)); now.Title != in.Title || now.Body != in.Body || now.Summary != "Otro" || !slices.Equal(now.Authors, in.Authors) {
		t.Errorf("what was sent as it was seen became %+v", now)
	}
	look("edited by another")
	if _, err := k.EditCheck(ctx, k.olga, c.Slug, edited.Version, workflow.CheckPatch{Body: ptr("Nada.")}); err != nil {
		t.Fatal(err)
	}
	look("without what it hung on")
	k.sound()
}
