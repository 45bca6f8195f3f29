package workflow_test

import (
	"errors"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
)

// fourSentences has no claim that the engine could propose in its second paragraph.
const fourSentences = "Según la alcaldía, el puente costó 15.000 euros.\n\nQué bonito es el río. Quién sabe. ¿Volverá el verano?"

// covered words what became of an article's sentences, a letter each, and how many are left.
func (k *kit) covered(id string) (letters string, left int) {
	k.Helper()
	v, err := k.Article(k.Context(), k.carla, id)
	if err != nil {
		k.Fatal(err)
	}
	for _, s := range v.Coverage.Sentences {
		letters += string(s.Cover)[:1]
	}
	return letters, v.Coverage.Left
}

func (k *kit) wantCovered(id, want string, left int) {
	k.Helper()
	if got, n := k.covered(id); got != want || n != left {
		k.Errorf("sentences are %s with %d left, want %s with %d", got, n, want, left)
	}
}

// sampled stores an article of a text without asking the engine.
func (k *kit) sampled(text string) claims.Article {
	k.Helper()
	a := claimstest.NewArticle("Uno")
	claimstest.Write(k.T, k.store, func(w claims.Writer) error {
		raw := "raw " + text
		if err := errors.Join(w.CreateArticle(k.Context(), &a), w.PutBlob(k.Context(), claims.Blob{SHA256: claimstest.Hash(raw), MediaType: "text/plain", Data: []byte(raw)})); err != nil {
			return err
		}
		return w.CreateSnapshot(k.Context(), claimstest.NewSnapshot(a.ID, 1, text))
	})
	return a
}

func TestSentencesAreClaimedSkippedOrLeft(t *testing.T) { onEveryEngine(t, sentencesAreCovered) }

func sentencesAreCovered(t *testing.T, k *kit) {
	ctx := t.Context()
	a := k.sampled(fourSentences)
	k.wantCovered(a.ID, "uuuu", 4)
	c, err := k.AddClaim(ctx, k.carla, workflow.NewClaim{Article: a.ID, Quote: "el puente costó 15.000 euros"})
	if err != nil {
		t.Fatal(err)
	}
	k.wantCovered(a.ID, "suuu", 4)
	k.move(k.ana, c, to(claims.StateOpen))
	k.wantCovered(a.ID, "cuuu", 3)

	start := len([]rune(strings.Split(fourSentences, "\n\n")[0])) + 2
	first, err := k.SkipSentences(ctx, k.ana, a.ID, workflow.SkipInput{Snapshot: 1, Start: start + 3, Reason: claims.SkipOpinion})
	if err != nil || first.Start != start || first.By != k.ana.ID {
		t.Fatalf("%+v, %v", first, err)
	}
	k.wantCovered(a.ID, "csuu", 2)
	rest, err := k.SkipSentences(ctx, k.bea, a.ID, workflow.SkipInput{Start: first.End + 1, Rest: true, Reason: claims.SkipOther, Note: " preguntas \n"})
	if err != nil || rest.Note != "preguntas" || rest.End != len([]rune(fourSentences)) {
		t.Fatalf("%+v, %v", rest, err)
	}
	k.wantCovered(a.ID, "csss", 0)
	if e := k.lastEvent(); e.Act != workflow.ActSkipAdd || e.Article != a.ID || tells(e, claims.SideAfter, "note") != `"preguntas"` {
		t.Errorf("the history tells %+v", e)
	}
	if err := k.undo(k.bea); err != nil {
		t.Fatal(err)
	}
	k.wantCovered(a.ID, "csuu", 2)
	if err := k.UnskipSentences(ctx, k.luis, a.ID, first.ID); err != nil {
		t.Fatal(err)
	}
	k.wantCovered(a.ID, "cuuu", 3)
	if err := k.undo(k.luis); err != nil {
		t.Fatal(err)
	}
	k.wantCovered(a.ID, "csuu", 2)
	v, err := k.Article(ctx, k.ana, a.ID)
	if err != nil || v.Coverage.Sentences[1].Skip == nil || v.Coverage.Sentences[1].Skip.By != k.ana.ID || !v.Coverage.Sentences[1].Skip.At.Equal(first.At) {
		t.Errorf("what came back is not as it was: %+v, %v", v.Coverage.Sentences[1].Skip, err)
	}
	k.sound()
}

func TestSkipsThatAreRefused(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	a := k.sampled(fourSentences)
	if _, err := k.AddClaim(ctx, k.ana, workflow.NewClaim{Article: a.ID, Quote: "el puente costó 15.000 euros"}); err != nil {
		t.Fatal(err)
	}
	seq := k.seq()
	for _, tt := range []struct {
		what string
		by   claims.Actor
		in   workflow.SkipInput
		kind claims.ErrKind
		key  string
	}{
		{"a contributor", k.carla, workflow.SkipInput{Start: 60, Reason: claims.SkipOpinion}, claims.KindNotAllowed, "not_allowed.article.skip"},
		{"no reason", k.ana, workflow.SkipInput{Start: 60}, claims.KindInvalid, "reason:text.missing"},
		{"a reason of one's own", k.ana, workflow.SkipInput{Start: 60, Reason: "bored"}, claims.KindInvalid, "reason:coverage.reason_unknown"},
		{"another reason without words", k.ana, workflow.SkipInput{Start: 60, Reason: claims.SkipOther, Note: " "}, claims.KindInvalid, "note:text.missing"},
		{"a long note", k.ana, workflow.SkipInput{Start: 60, Reason: claims.SkipOther, Note: long(2001)}, claims.KindInvalid, "note:text.too_long"},
		{"outside the text", k.ana, workflow.SkipInput{Start: 9000, Reason: claims.SkipOpinion}, claims.KindInvalid, "start:coverage.no_sentence"},
		{"before the text", k.ana, workflow.SkipInput{Start: -1, Reason: claims.SkipOpinion}, claims.KindInvalid, "start:coverage.no_sentence"},
		{"between sentences", k.ana, workflow.SkipInput{Start: 49, Reason: claims.SkipOpinion}, claims.KindInvalid, "start:coverage.no_sentence"},
		{"a claimed sentence", k.ana, workflow.SkipInput{Start: 0, Reason: claims.SkipOpinion}, claims.KindConflict, "coverage.looked_at.claimed"},
		{"another snapshot", k.ana, workflow.SkipInput{Snapshot: 2, Start: 60, Reason: claims.SkipOpinion}, claims.KindConflict, "coverage.other_snapshot"},
	} {
		_, err := k.SkipSentences(ctx, tt.by, a.ID, tt.in)
		refused(t, tt.what, err, tt.kind, tt.key)
	}
	_, err := k.SkipSentences(ctx, k.ana, "NONE", workflow.SkipInput{Reason: claims.SkipOpinion})
	refused(t, "no article", err, claims.KindNotFound)
	refused(t, "no skip", k.UnskipSentences(ctx, k.ana, a.ID, "NONE"), claims.KindNotFound)
	if k.seq() != seq {
		t.Error("a refused act stands in the history")
	}
}

func TestSkipsFollowTheirWordsIntoTheNextSnapshot(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	a := k.sampled("El río creció dos metros. Qué bonito es. Murieron 15 personas.")
	for _, start := range []int{0, 26, 41} {
		if _, err := k.SkipSentences(ctx, k.ana, a.ID, workflow.SkipInput{Start: start, Reason: claims.SkipTrivial}); err != nil {
			t.Fatal(err)
		}
	}
	claimstest.Write(t, k.store, func(w claims.Writer) error {
		return w.CreateSnapshot(ctx, claimstest.NewSnapshot(a.ID, 2, "Actualizado ñ 🇪🇸 hoy. El río creció dos metros. Murieron 16 personas. Qué bonito es. Qué bonito es."))
	})
	k.wantCovered(a.ID, "usuuu", 4)
}

func TestAnArticleIsSignedOff(t *testing.T) { onEveryEngine(t, articleIsSignedOff) }

func articleIsSignedOff(t *testing.T, k *kit) {
	ctx := t.Context()
	a := k.sampled("Qué bonito es el río. Quién sabe.")
	_, err := k.SignOff(ctx, k.ana, a.ID, a.Version, "basta")
	refused(t, "a checker", err, claims.KindNotAllowed, "not_allowed.article.sign_off")
	_, err = k.SignOff(ctx, k.luis, a.ID, a.Version, "  ")
	refused(t, "two left", err, claims.KindInvalid, "why:coverage.left")
	_, err = k.SignOff(ctx, k.luis, a.ID, a.Version+1, "basta")
	refused(t, "stale", err, claims.KindStale)
	_, err = k.WithdrawSignOff(ctx, k.luis, a.ID, a.Version, "")
	refused(t, "not signed", err, claims.KindConflict, "coverage.not_signed")
	signed, err := k.SignOff(ctx, k.luis, a.ID, a.Version, " el resto es poesía ")
	if err != nil || signed.SignOff.By != k.luis.ID || signed.SignOff.Left != 2 || signed.SignOff.Why != "el resto es poesía" || signed.SignOff.Snapshot != 1 {
		t.Fatalf("%+v, %v", signed.SignOff, err)
	}
	if e := k.lastEvent(); e.Act != workflow.ActArticleSign || tells(e, claims.SideAfter, "signed_why") != `"el resto es poesía"` || tells(e, claims.SideAfter, "signed_left") != "2" {
		t.Errorf("the history tells %+v", e)
	}
	if err := k.undo(k.luis); err != nil {
		t.Fatal(err)
	}
	v, err := k.Article(ctx, k.ana, a.ID)
	if err != nil || v.Article.SignOff.Signed() || !v.Article.SignOff.At.IsZero() {
		t.Fatalf("%+v, %v", v.Article.SignOff, err)
	}
	if _, err := k.SkipSentences(ctx, k.ana, a.ID, workflow.SkipInput{Rest: true, Reason: claims.SkipOpinion}); err != nil {
		t.Fatal(err)
	}
	signed, err = k.SignOff(ctx, k.olga, a.ID, v.Article.Version, "")
	if err != nil || signed.SignOff.Left != 0 {
		t.Fatalf("%+v, %v", signed.SignOff, err)
	}
	_, err = k.SignOff(ctx, k.luis, a.ID, signed.Version, "otra vez")
	refused(t, "signed already", err, claims.KindConflict, "coverage.signed_already")
	after, err := k.WithdrawSignOff(ctx, k.luis, a.ID, signed.Version, "hay más")
	if err != nil || after.SignOff != (claims.SignOff{}) {
		t.Fatalf("%+v, %v", after.SignOff, err)
	}
	if e := k.lastEvent(); tells(e, claims.SideReason, "reason") != `"hay más"` {
		t.Errorf("the history tells %+v", e)
	}
	if err := k.undo(k.luis); err != nil {
		t.Fatal(err)
	}
	v, err = k.Article(ctx, k.ana, a.ID)
	if err != nil || v.Article.SignOff.By != k.olga.ID || !v.Article.SignOff.At.Equal(signed.SignOff.At) {
		t.Errorf("%+v, %v", v.Article.SignOff, err)
	}
	k.sound()
}
