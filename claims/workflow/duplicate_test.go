package workflow_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

// agencyCopy is long enough to be told from other texts.
func agencyCopy(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "El municipio %d de la comarca gastó %d euros en el puente %d. ", i, i*i+7, i+3)
	}
	return b.String()
}

// likeness reads how a refused article is like another.
func likeness(t testing.TB, err error) (id string, share float64, how string) {
	t.Helper()
	var e *claims.Error
	if !errors.As(err, &e) || e.Key != "article.duplicate" || len(e.Args) != 3 {
		t.Fatalf("%v, want a duplicate", err)
	}
	return e.Args[0].(string), e.Args[1].(float64), e.Args[2].(string)
}

func TestDuplicatesAreRecognised(t *testing.T) { onEveryEngine(t, duplicatesAreRecognised) }

func duplicatesAreRecognised(t *testing.T, k *kit) {
	ctx := t.Context()
	page := func(canonical, text string) workflow.Intake {
		return workflow.Intake{Input: ingest.Input{ContentType: "text/html", Hint: ingest.Hint{Language: "es"},
			Raw: []byte(`<html><head><link rel="canonical" href="` + canonical + `"></head><body><article><p>` + text + `</p></article></body></html>`)}}
	}
	first, err := k.TakeIn(ctx, k.ana, page("https://agencia.test/puentes", agencyCopy(20)))
	if err != nil {
		t.Fatal(err)
	}
	_, err = k.TakeIn(ctx, k.bea, pasted(first.Snapshot.Text))
	if id, share, how := likeness(t, err); id != first.Article.ID || share != 1 || how != workflow.SameText {
		t.Errorf("the same text: %s %v %s", id, share, how)
	}
	copied := "Lo cuenta nuestra redacción desde la capital. " + agencyCopy(20)
	_, err = k.TakeIn(ctx, k.bea, pasted(copied))
	if id, share, how := likeness(t, err); id != first.Article.ID || share < 0.9 || share >= 1 || how != workflow.NearText {
		t.Errorf("agency copy: %s %v %s", id, share, how)
	}
	other := "Un texto muy distinto sobre la cosecha de la uva, que este año viene tarde."
	_, err = k.TakeIn(ctx, k.bea, page("https://agencia.test/puentes", other))
	if id, share, how := likeness(t, err); id != first.Article.ID || share > 0.1 || how != workflow.SameAddress {
		t.Errorf("the same address: %s %v %s", id, share, how)
	}
	in := pasted(copied)
	in.AcceptDuplicate = true
	if _, err := k.TakeIn(ctx, k.bea, in); err != nil {
		t.Error(err)
	}
	if _, err := k.TakeIn(ctx, k.bea, page("https://agencia.test/uva", other)); err != nil {
		t.Errorf("another article: %v", err)
	}
	k.sound()
}

func TestARestrictedArticleIsNobodysDuplicate(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	first, err := k.TakeIn(ctx, k.luis, pasted(agencyCopy(20)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.EditArticle(ctx, k.luis, first.Article.ID, first.Article.Version, workflow.ArticlePatch{Restricted: ptr(true), Readers: &[]string{k.luis.ID}}); err != nil {
		t.Fatal(err)
	}
	_, err = k.TakeIn(ctx, k.luis, pasted("Hoy. "+agencyCopy(20)))
	likeness(t, err)
	for _, text := range []string{"Hoy. " + agencyCopy(20), agencyCopy(20)} {
		in := pasted(text)
		_, err := k.TakeIn(ctx, k.bea, in)
		if text == agencyCopy(20) {
			if id, _, _ := likeness(t, err); id == first.Article.ID {
				t.Error("an article that bea may not know of is named")
			}
		} else if err != nil {
			t.Errorf("an article that bea may not know of shows itself: %v", err)
		}
	}
}
