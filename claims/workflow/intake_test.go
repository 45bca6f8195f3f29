package workflow_test

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

const wire = `date 2025-10-28

RÍO SECO (Agencia Molino) – Según la alcaldía, el puente nuevo costó alrededor de 15.000 euros.
El río creció dos metros desde el otoño pasado, dijo el ingeniero Tomás Okoro.
`

func TestTakingAnArticleIn(t *testing.T) { onEveryEngine(t, takingAnArticleIn) }

func takingAnArticleIn(t *testing.T, k *kit) {
	ctx := t.Context()
	in := pasted(wire)
	in.Hint = ingest.Hint{Title: "El puente de Río Seco", Outlet: "Diario del Río", URL: "https://rio.test/puente"}
	got, err := k.TakeIn(ctx, k.ana, in)
	if err != nil {
		t.Fatal(err)
	}
	a := got.Article
	if a.Title != "El puente de Río Seco" || a.Language != "es" || a.Published == nil || *a.Published != "2025-10-28" || a.CreatedBy != k.ana.ID || a.Version != 1 {
		t.Errorf("article %+v", a)
	}
	sum := sha256.Sum256([]byte(got.Snapshot.Text))
	raw := sha256.Sum256([]byte(wire))
	if s := got.Snapshot; s.N != 1 || s.SHA256 != hex.EncodeToString(sum[:]) || s.RawSHA256 != hex.EncodeToString(raw[:]) || strings.Contains(s.Text, "date 2025") || s.Notice != "" {
		t.Errorf("snapshot %+v", s)
	}
	v, err := k.Article(ctx, k.carla, a.ID)
	if err != nil || got.Claims == 0 || len(v.Claims) != got.Claims || len(v.Snapshots) != 1 || v.Snapshot.Text != got.Snapshot.Text {
		t.Fatalf("%d claims found, view %d claims, %v", got.Claims, len(v.Claims), err)
	}
	k.checkSuggestions(v)
	k.checkRaw(got.Snapshot.RawSHA256, wire)
	k.sound()
}

// checkSuggestions looks at the claims that the engine proposed.
func (k *kit) checkSuggestions(v workflow.ArticleView) {
	k.Helper()
	text := []rune(v.Snapshot.Text)
	last := 0
	for _, row := range v.Claims {
		c := row.Claim
		if c.State != claims.StateSuggested || c.Origin.By != claims.ByEngine || c.Origin.Rule == "" || c.Origin.Accepted || c.Language != "es" || c.Version != 1 {
			k.Errorf("claim %+v", c)
		}
		first, end := c.Fragments[0], c.Fragments[len(c.Fragments)-1]
		if s, ok := claims.Slice(text, first.Span); !ok || s != first.Text || first.Start < last {
			k.Errorf("fragment %+v stands at %q", first, s)
		}
		if !strings.HasSuffix(string(text[:first.Start]), c.Prefix) || !strings.HasPrefix(string(text[end.End:]), c.Suffix) || len([]rune(c.Prefix)) > 40 {
			k.Errorf("context %q … %q", c.Prefix, c.Suffix)
		}
		last = first.Start
		if got := k.history(c); !slices.Equal(got, []string{workflow.ActClaimAdd}) {
			k.Errorf("history %v", got)
		}
		events, err := k.ClaimEvents(k.Context(), k.ana, c.ID)
		if err != nil || !strings.Contains(tells(events[0], claims.SideAfter, "origin"), claims.ByEngine) {
			k.Errorf("the history does not say where the claim is from: %+v, %v", events, err)
		}
	}
}

func (k *kit) checkRaw(sha, want string) {
	k.Helper()
	err := k.store.View(k.Context(), func(r claims.Reader) error {
		body, err := r.Blob(k.Context(), sha)
		if err != nil {
			return err
		}
		got, err := io.ReadAll(body)
		if string(got) != want {
			k.Errorf("kept %q", got)
		}
		return err
	})
	if err != nil {
		k.Error(err)
	}
}

func TestDuplicatesAreAskedBack(t *testing.T) { onEveryEngine(t, duplicatesAreAskedBack) }

func duplicatesAreAskedBack(t *testing.T, k *kit) {
	ctx := t.Context()
	first, err := k.TakeIn(ctx, k.ana, pasted(wire))
	if err != nil {
		t.Fatal(err)
	}
	before := k.seq()
	same := pasted("\ufeff" + strings.ReplaceAll(wire, "\n", "\r\n"))
	_, err = k.TakeIn(ctx, k.ana, same)
	refused(t, "the same text", err, claims.KindConflict, "article.duplicate")
	if args := err.(*claims.Error).Args; len(args) != 3 || args[0] != first.Article.ID || args[1] != 1.0 || args[2] != workflow.SameText {
		t.Errorf("it names %v", args)
	}
	if k.seq() != before {
		t.Error("a refused intake left a trace")
	}
	same.AcceptDuplicate = true
	second, err := k.TakeIn(ctx, k.ana, same)
	if err != nil || second.Article.ID == first.Article.ID || second.Snapshot.SHA256 != first.Snapshot.SHA256 {
		t.Errorf("accepted: %+v, %v", second.Article, err)
	}
	k.sound()
}

// TestALanguageWithoutAPack gives no claims and says so.
func TestALanguageWithoutAPack(t *testing.T) {
	k := newKit(t)
	_, snap := k.taken()
	if snap.Notice != "language.no_pack" {
		t.Errorf("notice %q", snap.Notice)
	}
	in := pasted("12 34 56 ok")
	got, err := k.TakeIn(t.Context(), k.ana, in)
	if err != nil || got.Article.Language != "" || got.Snapshot.Notice != "language.unclear" || got.Claims != 0 {
		t.Errorf("unclear: %+v, %+v, %v", got.Article, got.Snapshot, err)
	}
	c, err := k.AddClaim(t.Context(), k.ana, workflow.NewClaim{Article: got.Article.ID, Quote: "34 56"})
	if err != nil || c.Language != "" || c.Kind != claims.KindOther {
		t.Errorf("a claim in it by hand: %+v, %v", c, err)
	}
}

func TestIntakesThatAreRefused(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	hinted := func(h ingest.Hint) workflow.Intake {
		in := pasted(wire)
		in.Hint = h
		return in
	}
	before := k.seq()
	for _, tt := range []struct {
		what  string
		actor claims.Actor
		in    workflow.Intake
		kind  claims.ErrKind
		key   string
	}{
		{"nobody", claims.Actor{}, pasted(wire), claims.KindUnauthenticated, "sign_in_first"},
		{"a contributor", k.carla, pasted(wire), claims.KindNotAllowed, "not_allowed.article.add"},
		{"empty", k.ana, pasted(" \n"), claims.KindInvalid, "ingest.empty"},
		{"binary", k.ana, workflow.Intake{Input: ingest.Input{Raw: []byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00")}}, claims.KindUnsupported, "ingest.binary"},
		{"too large", k.ana, workflow.Intake{Input: ingest.Input{Raw: bytes.Repeat([]byte("a b "), 3<<20)}}, claims.KindTooLarge, "ingest.too_large"},
		{"an unknown language", k.ana, hinted(ingest.Hint{Language: "qq"}), claims.KindInvalid, "language:language.unknown"},
		{"a date that is none", k.ana, hinted(ingest.Hint{Published: "2025-02-30"}), claims.KindInvalid, "published:date.impossible"},
		{"an address that is none", k.ana, hinted(ingest.Hint{URL: "javascript:1"}), claims.KindInvalid, "url:url.malformed"},
	} {
		_, err := k.TakeIn(ctx, tt.actor, tt.in)
		refused(t, tt.what, err, tt.kind, tt.key)
	}
	if k.seq() != before {
		t.Error("a refused intake left a trace")
	}
}

func TestEditingAnArticle(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	a := k.article()
	got, err := k.EditArticle(ctx, k.ana, a.ID, 1, workflow.ArticlePatch{
		Title: ptr(" El  puente viejo "), Published: ptr(""), Authors: ptr([]string{"Inés Vega"}), URL: ptr(""), Language: ptr("EN"),
	})
	if err != nil || got.Title != "El puente viejo" || got.Published != nil || len(got.Authors) != 1 || got.URL != "" || got.Language != "en" || got.Outlet != a.Outlet || got.Version != 2 {
		t.Errorf("edited to %+v, %v", got, err)
	}
	if e := k.lastEvent(); e.Act != workflow.ActArticleEdit || tells(e, claims.SideBefore, "published") != `"2025-10-28"` || tells(e, claims.SideAfter, "outlet") != "" {
		t.Errorf("event %+v", e)
	}
	before := k.seq()
	if got, err = k.EditArticle(ctx, k.ana, a.ID, 2, workflow.ArticlePatch{Title: ptr("El puente viejo")}); err != nil || got.Version != 2 || k.seq() != before {
		t.Errorf("nothing changed, version %d, %v", got.Version, err)
	}
	for key, p := range map[string]workflow.ArticlePatch{
		"title:text.missing":          {Title: ptr(" ")},
		"title:text.too_long":         {Title: ptr(long(501))},
		"outlet:text.too_long":        {Outlet: ptr(long(501))},
		"url:url.malformed":           {URL: ptr("file:///etc/passwd")},
		"canonical_url:url.malformed": {CanonicalURL: ptr("https://")},
		"language:language.unknown":   {Language: ptr("qq")},
		"published:date.malformed":    {Published: ptr("ayer")},
		"authors:list.too_long":       {Authors: ptr(numbered(51))},
		"authors:text.too_long":       {Authors: ptr([]string{long(501)})},
	} {
		_, err := k.EditArticle(ctx, k.ana, a.ID, 2, p)
		refused(t, key, err, claims.KindInvalid, key)
	}
	_, err = k.EditArticle(ctx, k.ana, a.ID, 1, workflow.ArticlePatch{})
	refused(t, "stale", err, claims.KindStale, "stale.article")
	_, err = k.EditArticle(ctx, k.ana, "NOSUCH", 1, workflow.ArticlePatch{})
	refused(t, "no such article", err, claims.KindNotFound)
	_, err = k.EditArticle(ctx, k.carla, a.ID, 2, workflow.ArticlePatch{})
	refused(t, "by a contributor", err, claims.KindNotAllowed)
	_, _, err = k.Articles(ctx, k.carla, claims.ArticleFilter{Query: long(501)})
	refused(t, "an endless search", err, claims.KindInvalid, "q:text.too_long")
	rows, _, err := k.Articles(ctx, k.carla, claims.ArticleFilter{})
	if err != nil || len(rows) != 1 {
		t.Errorf("articles %v, %v", rows, err)
	}
}

// loaded gives the bytes it was loaded with, then real randomness.
type loaded struct {
	bytes.Buffer
}

func (l *loaded) Read(p []byte) (int, error) {
	if l.Len() >= len(p) {
		return l.Buffer.Read(p)
	}
	return rand.Read(p)
}

// TestAnIDThatIsTakenIsDrawnAgain: claim ids are short, so it happens.
func TestAnIDThatIsTakenIsDrawnAgain(t *testing.T) {
	k := newKit(t)
	a := k.article()
	random := &loaded{}
	d := workflow.New(k.store, workflow.Options{Clock: tick{k.clock}, Random: random})
	random.WriteString("\x01\x01\x01\x01\x01\x01")
	first, err := d.AddClaim(t.Context(), k.ana, workflow.NewClaim{Article: a.ID, Quote: "el puente"})
	if err != nil || first.ID != "111111" {
		t.Fatalf("first %q, %v", first.ID, err)
	}
	random.Reset()
	random.WriteString("\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x02\x02\x02\x02\x02\x02")
	second, err := d.AddClaim(t.Context(), k.ana, workflow.NewClaim{Article: a.ID, Quote: "El río"})
	if err != nil || second.ID != "222222" {
		t.Errorf("second %q, %v", second.ID, err)
	}
}

// TestFiguresOfAClaimByHand are found by the engine where none are given.
func TestFiguresOfAClaimByHand(t *testing.T) {
	k := newKit(t)
	a := k.article()
	c, err := k.AddClaim(t.Context(), k.ana, workflow.NewClaim{Article: a.ID, Quote: "el puente costó alrededor de 15.000 euros"})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Quantities) != 1 || *c.Quantities[0].Value != 15000 || c.Quantities[0].Start != 35 || c.Kind != claims.KindQuantity {
		t.Errorf("quantities %+v, kind %s", c.Quantities, c.Kind)
	}
	c, err = k.AddClaim(t.Context(), k.ana, workflow.NewClaim{Article: a.ID, Quote: "El río creció dos metros desde el otoño pasado"})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Times) != 1 || c.Times[0].Start != 87 || c.Times[0].From == nil || *c.Times[0].From != "2024-09" {
		t.Errorf("times %+v", c.Times)
	}
}
