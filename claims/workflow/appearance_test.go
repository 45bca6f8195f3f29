package workflow_test

import (
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

const (
	agencyWire    = "El puerto de Vela perdió 12 millones de euros en 2024. La alcaldesa Ana Paz dijo que cerrará tres grúas. Los barcos irán a Nuevo Puerto hasta otoño."
	agencyReprint = "Redacción, Madrid.\n\nEl puerto de Vela perdió 12 millones de euros en 2024. La alcaldesa Ana Paz dijo que cerrará cuatro grúas. Los barcos irán a Nuevo Puerto hasta otoño. El 40 % de los pescadores protestó el lunes."
)

func inSpanish(text string) workflow.Intake {
	return workflow.Intake{Input: ingest.Input{Raw: []byte(text), ContentType: "text/plain", Hint: ingest.Hint{Language: "es"}}}
}

func TestCopiesShareTheirClaims(t *testing.T) { onEveryEngine(t, copiesShareTheirClaims) }

func copiesShareTheirClaims(t *testing.T, k *kit) {
	ctx := t.Context()
	first, err := k.TakeIn(ctx, k.ana, inSpanish(agencyWire))
	if err != nil {
		t.Fatal(err)
	}
	lost := k.claimOn(first.Article.ID, "12 millones")
	lost = k.move(k.ana, lost, to(claims.StateOpen))
	lost = k.move(k.luis, k.approved(lost), to(claims.StatePublished))

	in := inSpanish(agencyReprint)
	in.CopyOf = first.Article.ID
	second, err := k.TakeIn(ctx, k.bea, in)
	if err != nil || second.Article.CopyOf != first.Article.ID || second.Shared == 0 {
		t.Fatalf("%+v, %v", second, err)
	}
	v, err := k.Article(ctx, k.bea, second.Article.ID)
	if err != nil || v.Original == nil || v.Original.ID != first.Article.ID {
		t.Fatalf("%+v, %v", v.Original, err)
	}
	text := []rune(v.Snapshot.Text)
	shown := map[string]bool{}
	for _, h := range v.Here {
		shown[h.ID] = true
		for _, f := range h.Fragments {
			if words, ok := claims.Slice(text, f.Span); !ok || words != f.Text {
				t.Errorf("%s appears as %q at %v", h.ID, words, f.Span)
			}
		}
		if strings.Contains(h.Quote(), "tres grúas") {
			t.Error("a claim appears where its figure is another")
		}
	}
	if !shown[lost.ID] {
		t.Errorf("the published claim does not appear: %v", shown)
	}
	for _, row := range v.Claims {
		if strings.Contains(row.Quote(), "12 millones") {
			t.Errorf("it is suggested again: %s", row.Quote())
		}
	}
	if at := v.Coverage.At(strings.Index(v.Snapshot.Text, "perdió")); v.Coverage.Sentences[at].Cover != claims.CoverClaimed {
		t.Errorf("its sentence is %s", v.Coverage.Sentences[at].Cover)
	}
	one, err := k.Claim(ctx, k.ana, lost.ID)
	if err != nil || len(one.Appearances) != 1 || one.Appearances[0].Article.ID != second.Article.ID {
		t.Errorf("appearances %+v, %v", one.Appearances, err)
	}
	original, err := k.Article(ctx, k.ana, first.Article.ID)
	if err != nil || len(original.Copies) != 1 {
		t.Errorf("copies %+v, %v", original.Copies, err)
	}
	k.unlinkAndBack(second.Article, lost)
	k.sound()
}

// unlinkAndBack takes a link away and back, by the act and by undoing it.
func (k *kit) unlinkAndBack(a claims.Article, shared claims.Claim) {
	k.Helper()
	ctx := k.Context()
	a, err := k.LinkCopy(ctx, k.bea, a.ID, a.Version, "")
	if err != nil || a.CopyOf != "" {
		k.Fatalf("%+v, %v", a, err)
	}
	v, err := k.Article(ctx, k.bea, a.ID)
	if err != nil || len(v.Here) != 0 || v.Original != nil {
		k.Errorf("unlinked, it shares %d claims, %v", len(v.Here), err)
	}
	if _, err := k.Undo(ctx, k.bea, k.lastEvent().ID); err != nil {
		k.Fatal(err)
	}
	if v, err = k.Article(ctx, k.bea, a.ID); err != nil || len(v.Here) == 0 {
		k.Errorf("linked again, it shares %d claims, %v", len(v.Here), err)
	}
	one, err := k.Claim(ctx, k.bea, shared.ID)
	if err != nil || len(one.Appearances) != 1 {
		k.Errorf("%+v, %v", one.Appearances, err)
	}
}

// claimOn gives the claim of an article that has some words.
func (k *kit) claimOn(article, words string) claims.Claim {
	k.Helper()
	v, err := k.Article(k.Context(), k.ana, article)
	if err != nil {
		k.Fatal(err)
	}
	for _, row := range v.Claims {
		if strings.Contains(row.Quote(), words) {
			return row.Claim
		}
	}
	k.Fatalf("no claim has %q", words)
	return claims.Claim{}
}

func TestLinksOfCopiesAreKeptInOrder(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	take := func(text string) claims.Article {
		in := inSpanish(text)
		in.AcceptDuplicate = true
		out, err := k.TakeIn(ctx, k.ana, in)
		if err != nil {
			t.Fatal(err)
		}
		return out.Article
	}
	a, b, c := take(agencyWire), take(agencyReprint), take(agencyReprint+" Nada más.")
	b, err := k.LinkCopy(ctx, k.ana, b.ID, b.Version, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if c, err = k.LinkCopy(ctx, k.ana, c.ID, c.Version, b.ID); err != nil || c.CopyOf != a.ID {
		t.Errorf("a copy of a copy: %+v, %v", c, err)
	}
	_, err = k.LinkCopy(ctx, k.ana, a.ID, a.Version, b.ID)
	refused(t, "a circle", err, claims.KindInvalid, "copy_of:family.itself")
	d := take("Otra cosa muy distinta sobre la uva.")
	_, err = k.LinkCopy(ctx, k.ana, a.ID, a.Version, d.ID)
	refused(t, "an original with copies", err, claims.KindInvalid, "copy_of:family.has_copies")
	_, err = k.LinkCopy(ctx, k.ana, d.ID, d.Version, "NOSUCH")
	refused(t, "no article", err, claims.KindInvalid, "copy_of:family.unknown")
	_, err = k.LinkCopy(ctx, k.ana, b.ID, b.Version-1, "")
	refused(t, "a stale version", err, claims.KindStale)
	_, err = k.LinkCopy(ctx, k.carla, b.ID, b.Version, "")
	refused(t, "a contributor", err, claims.KindNotAllowed)
	if _, err := k.EditArticle(ctx, k.luis, a.ID, a.Version, workflow.ArticlePatch{Restricted: ptr(true), Readers: &[]string{k.luis.ID}}); err != nil {
		t.Fatal(err)
	}
	if v, err := k.Article(ctx, k.bea, b.ID); err != nil || v.Original != nil {
		t.Errorf("bea learns of an article that is not for her: %+v, %v", v.Original, err)
	}
	in := inSpanish(agencyReprint)
	in.CopyOf = a.ID
	_, err = k.TakeIn(ctx, k.bea, in)
	refused(t, "a copy of what bea may not know of", err, claims.KindInvalid, "copy_of:family.unknown")
}

func TestWhereFieldsWereFoundIsKeptAfterALook(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	page := `<html lang="es"><head><title>La presa</title><meta name="author" content="Rita Sol"><meta property="article:published_time" content="2025-10-28"></head><body><article><p>El puente costó 15.000 euros, según dijo la alcaldía en un comunicado.</p></article></body></html>`
	in := workflow.Intake{Input: ingest.Input{Raw: []byte(page), ContentType: "text/html"}, Looked: true}
	looked, err := k.LookAt(ctx, k.ana, in.Input)
	if err != nil {
		t.Fatal(err)
	}
	in.Hint = ingest.Hint{Title: looked.Title, Outlet: "El Faro", Language: looked.Language, Published: string(*looked.Published)} // the author was taken out
	taken, err := k.TakeIn(ctx, k.ana, in)
	if err != nil {
		t.Fatal(err)
	}
	origins := taken.Snapshot.Meta.Origins
	if origins["title"] != looked.Origins["title"] || origins["published"] != looked.Origins["published"] || origins["outlet"] != ingest.FromGiven {
		t.Errorf("origins %v, looked at %v", origins, looked.Origins)
	}
	if len(taken.Article.Authors) != 0 || taken.Article.Outlet != "El Faro" {
		t.Errorf("%+v", taken.Article)
	}
}
