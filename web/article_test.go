package web

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
	"cotejo/web/htmlcheck"
)

// pageWith demands a status and reads the page.
func pageWith(t testing.TB, w *httptest.ResponseRecorder, status int) *htmlcheck.Page {
	t.Helper()
	if w.Code != status {
		t.Fatalf("status %d, want %d: %s", w.Code, status, w.Body)
	}
	return htmlcheck.Parse(t, w.Body.String())
}

// ledTo demands a redirect after a form and gives where it leads.
func ledTo(t testing.TB, w *httptest.ResponseRecorder) string {
	t.Helper()
	if w.Code != http.StatusSeeOther {
		t.Fatalf("status %d, want 303: %s", w.Code, w.Body)
	}
	return w.Header().Get("Location")
}

// upload sends a form with a file.
func (b *browser) upload(path, name string, file []byte, form url.Values) *httptest.ResponseRecorder {
	b.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	part, err := m.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(file)
	}
	for key := range form {
		if err == nil {
			err = m.WriteField(key, form.Get(key))
		}
	}
	if err == nil {
		err = m.Close()
	}
	if err != nil {
		b.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.send(r)
}

// takeIn adds an article straight to the desk.
func (s *site) takeIn(text, title string) claims.Article {
	s.t.Helper()
	s.clock.Advance(time.Minute)
	taken, err := s.desk.TakeIn(context.Background(), s.actor(claims.RoleChecker), workflow.Intake{Input: ingest.Input{
		Raw: []byte(text), ContentType: "text/plain; charset=utf-8", Hint: ingest.Hint{Title: title, Language: "ca"},
	}})
	if err != nil {
		s.t.Fatal(err)
	}
	return taken.Article
}

func TestIntakeTakesPastedTextAndLeadsToTheArticle(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	at := ledTo(t, ana.post("/articles/new", url.Values{
		"text": {"Un texto nuevo, con <b>letras</b> raras: 𝔸."}, "title": {"Un título"}, "outlet": {"El Medio"}, "authors": {"Ana Paz; Luis Gil"},
		"published": {"2025-10-28"}, "language": {"es"}, "url": {"https://medio.test/a"},
	}))
	page := page200(t, ana.open(at))
	if got := page.Text("h1"); got != "Un título" {
		t.Errorf("title %q", got)
	}
	if got := page.Raw("#text p"); got != "Un texto nuevo, con <b>letras</b> raras: 𝔸." {
		t.Errorf("text %q", got)
	}
	if got := page.Text(".page-head .muted"); got != "El Medio · Ana Paz, Luis Gil · 28 October 2025 · Spanish · medio.test" {
		t.Errorf("source line %q", got)
	}
	if page.Text(".flashes .notice") == "" || len(page.Text(".frozen .hash")) != 64 {
		t.Error("no message, or no SHA-256")
	}
}

func TestIntakeTakesAFile(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	html := `<html><head><title>De la página</title></head><body><article><h1>De la página</h1><p>` +
		strings.Repeat("Una frase del artículo que cuenta lo que pasó ayer en la ciudad. ", 10) + `</p><script>alert(1)</script></article></body></html>`
	at := ledTo(t, ana.upload("/articles/new", "nota.html", []byte(html), url.Values{"language": {"es"}}))
	page := page200(t, ana.open(at))
	if text := page.Raw("#text"); !strings.Contains(text, "Una frase del artículo") || strings.Contains(text, "alert") {
		t.Errorf("text %q", text)
	}
}

func TestIntakeKeepsWhatWasTypedAndLinksWhatIsWrong(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	page := pageWith(t, ana.post("/articles/new", url.Values{
		"text": {"Texto <script>"}, "title": {`"><script>x</script>`}, "outlet": {"El Medio"}, "published": {"2025-02-30"},
		"language": {"es"}, "url": {"javascript:alert(1)"},
	}), http.StatusUnprocessableEntity)
	for selector, want := range map[string]string{
		`input[name="title"]`: `"><script>x</script>`, `input[name="outlet"]`: "El Medio", `input[name="published"]`: "2025-02-30",
		`select[name="language"] option[selected]`: "es",
	} {
		if got := page.Attr(selector, "value"); got != want {
			t.Errorf("%s keeps %q, want %q", selector, got, want)
		}
	}
	if got := page.Raw(`textarea[name="text"]`); got != "Texto <script>" {
		t.Errorf("text keeps %q", got)
	}
	for _, field := range []string{"published", "url"} {
		if page.Count(`#problems a[href="#f-`+field+`"]`) != 1 || page.Attr("#f-"+field, "aria-invalid") != "true" {
			t.Errorf("%s is not linked or not marked", field)
		}
		if described := page.Attr("#f-"+field, "aria-describedby"); !strings.Contains(described, "e-"+field) || page.Count("#e-"+field) != 1 {
			t.Errorf("%s is not described by what is wrong: %q", field, described)
		}
	}
}

func TestIntakeRefusesWhatIsNoText(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	for name, c := range map[string]struct {
		file   []byte
		status int
	}{
		"empty":     {nil, http.StatusUnprocessableEntity},
		"binary":    {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"), http.StatusUnsupportedMediaType},
		"too large": {bytes.Repeat([]byte("una frase. "), ingest.MaxBytes/11+1), http.StatusRequestEntityTooLarge},
	} {
		page := pageWith(t, ana.upload("/articles/new", "nota.txt", c.file, url.Values{"title": {"Se queda"}}), c.status)
		if page.Count("#problems") != 1 || page.Attr(`input[name="title"]`, "value") != "Se queda" {
			t.Errorf("%s: no answer, or the form was lost", name)
		}
	}
}

func TestADuplicateIsOfferedAndTakenInAnyway(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	form := url.Values{"text": {articleText}, "title": {"Otra vez"}, "language": {"es"}}
	page := pageWith(t, ana.post("/articles/new", form), http.StatusConflict)
	if page.Attr("#problems a", "href") != "/articles/"+s.article.ID || page.Count(`button[name="duplicate"][value="accept"]`) != 1 {
		t.Error("the article that has it is not named, or taking it in is not offered")
	}
	form.Set("duplicate", "accept")
	if at := ledTo(t, ana.post("/articles/new", form)); at == "/articles/"+s.article.ID {
		t.Error("the duplicate did not become an article of its own")
	}
}

func TestANearDuplicateSaysHowNearAndWhatIsDecided(t *testing.T) {
	s := newSite(t)
	done := s.published(s.newClaim(articleQuote), "half_true", "")
	var agency strings.Builder
	for i := range 20 {
		fmt.Fprintf(&agency, "El municipio %d de la comarca gastó %d euros en el puente %d. ", i, i*i+7, i+3)
	}
	both := articleText + "\n\n" + agency.String()
	s.takeIn(agency.String(), "Los puentes")
	ana := s.signIn(claims.RoleChecker)
	w := ana.post("/articles/new", url.Values{"text": {"Hoy se supo.\n\n" + agency.String()}, "language": {"es"}})
	page := pageWith(t, w, http.StatusConflict)
	keepsTheRules(t, page, w.Body.String(), "en")
	if said := page.Text("#problems"); !strings.Contains(said, "nearly this text") || !strings.Contains(said, "Los puentes") || !strings.Contains(said, "98 %") {
		t.Errorf("it says %q", said)
	}
	same := pageWith(t, ana.post("/articles/new", url.Values{"text": {articleText}, "language": {"es"}}), http.StatusConflict)
	if said := same.Text("#problems"); !strings.Contains(said, "100 %") || same.Attr("#problems li a", "href") != "/claims/"+done.ID {
		t.Errorf("it says %q", said)
	}
	p := answer[problem](t, s.program(claims.RoleChecker, claims.ScopeWrite).call(http.MethodPost, "/articles", map[string]any{"text": both, "language": "es"}), http.StatusConflict)
	if p.Likeness != workflow.NearText || p.Overlap == nil || *p.Overlap < 0.6 || *p.Overlap >= 1 {
		t.Errorf("%+v", p)
	}
}

func TestTheArticlesListSearches(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	s.takeIn("Otro texto distinto.", "La sequía <i>sigue</i>")
	page := page200(t, ana.open("/articles"))
	if got := page.Texts(".article-row .title"); len(got) != 2 || got[0] != "La sequía <i>sigue</i>" {
		t.Errorf("newest first: %q", got)
	}
	if got := page200(t, ana.open("/articles?q=embalse")).Texts(".article-row .title"); len(got) != 1 || got[0] != "El embalse baja" {
		t.Errorf("found %q", got)
	}
	if page := page200(t, ana.open("/articles?q=nada")); page.Count(".empty a") != 1 {
		t.Error("nothing found says nothing of what to do")
	}
}

func TestTheArticlePageSetsTextBesideClaims(t *testing.T) {
	s := newSite(t)
	a := s.takeIn("🇪🇸 El 𝔸lcalde dijo que son 1.200 familias.\nOtra línea.", "Con letras raras")
	put := func(start, end int, words string) claims.Claim {
		return claimstest.PutClaim(t, s.store, a.ID, func(c *claims.Claim) {
			c.Fragments = []claims.Fragment{{Span: claims.Span{Start: start, End: end}, Text: words}}
			c.Standalone = "[El alcalde] " + words
			c.State, c.Origin = claims.StateSuggested, claims.Origin{By: claims.ByEngine, Rule: "regla-7"}
		})
	}
	whole := put(3, 42, "El 𝔸lcalde dijo que son 1.200 familias.")
	part := put(27, 41, "1.200 familias")
	ana := s.signIn(claims.RoleChecker)
	page := page200(t, ana.open("/articles/"+a.ID))
	if got := page.Raw("#text p"); got != "🇪🇸 El 𝔸lcalde dijo que son 1.200 familias." {
		t.Errorf("text %q", got)
	}
	if got := page.Raw("mark#c-" + whole.ID + ` + mark mark[data-claim="` + part.ID + `"]`); got != "1.200 familias" {
		t.Errorf("inner claim marks %q", got)
	}
	if got := page.Attrs("#text p", "data-start"); len(got) != 2 || got[1] != "43" {
		t.Errorf("paragraphs begin at %v", got)
	}
	card := "#k-" + part.ID
	if got := page.Text(card + " .wording"); got != "[El alcalde] 1.200 familias" {
		t.Errorf("wording %q", got)
	}
	for selector, count := range map[string]int{
		card + " .supplied": 1, card + ` a[href="#c-` + part.ID + `"]`: 1, card + ` a[href="/claims/` + part.ID + `"]`: 2,
		card + " .badge.machine": 1, card + ` form[data-act="open"]`: 1, card + " details.edit textarea": 1,
		card + ` details.dismiss button[name="reason"]`: 5, `script[type="module"][src$="/js/article.js"]`: 1, `#said[aria-live="polite"]`: 1,
	} {
		if got := page.Count(selector); got != count {
			t.Errorf("%s: %d, want %d", selector, got, count)
		}
	}
	if got := page.Text(card + " .badge.machine .mono"); got != "regla-7" {
		t.Errorf("the machine's rule is %q", got)
	}
	if got := page.Attr("#k-"+whole.ID+` form[data-act="open"] input[name="back"]`, "value"); got != "/articles/"+a.ID+"#k-"+part.ID {
		t.Errorf("accepting leads to %q, want the next claim", got)
	}
}

func TestAcceptingLeadsToTheNextClaimAndDismissingNeedsAReason(t *testing.T) {
	s := newSite(t)
	a := s.takeIn("Uno dos tres.", "Breve")
	c := claimstest.PutClaim(t, s.store, a.ID, func(c *claims.Claim) {
		c.Fragments = []claims.Fragment{{Span: claims.Span{Start: 0, End: 3}, Text: "Uno"}}
		c.State, c.Origin = claims.StateSuggested, claims.Origin{By: claims.ByEngine, Rule: "r"}
	})
	ana := s.signIn(claims.RoleChecker)
	back := "/articles/" + a.ID + "#k-NEXT"
	form := url.Values{"to": {"open"}, "version": {"1"}, "back": {back}}
	if at := ledTo(t, ana.post("/claims/"+c.ID+"/move", form)); at != back {
		t.Errorf("led to %q", at)
	}
	page := page200(t, ana.open("/articles/"+a.ID))
	if page.Count("#k-"+c.ID+" .badge.machine") != 0 || page.Text("#left") != "All decided on" {
		t.Error("what a person accepted is still marked as a machine's, or still counted")
	}
	form = url.Values{"to": {"dismissed"}, "version": {"2"}, "back": {back}}
	page = pageWith(t, ana.post("/claims/"+c.ID+"/move", form), http.StatusUnprocessableEntity)
	if page.Text("#e-reason") == "" {
		t.Error("a dismissal without a reason is not refused beside the field")
	}
	form.Set("reason", "trivial")
	if at := ledTo(t, ana.post("/claims/"+c.ID+"/move", form)); at != back {
		t.Errorf("led to %q", at)
	}
	if got := page200(t, ana.open("/articles/"+a.ID)).Text("#k-" + c.ID + " .state"); got != "Dismissed" {
		t.Errorf("state %q", got)
	}
}

func TestAFormLeadsBackOnlyWithinTheDesk(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	ana := s.signIn(claims.RoleChecker)
	form := url.Values{"to": {"in_check"}, "version": {"1"}, "back": {"https://evil.test/"}}
	if at := ledTo(t, ana.post("/claims/"+c.ID+"/move", form)); at != "/" {
		t.Errorf("led to %q", at)
	}
}

func TestAClaimIsAddedByQuotingItsWords(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	path := "/articles/" + s.article.ID + "/claims"
	at := ledTo(t, ana.post(path, url.Values{"snapshot": {"1"}, "quote": {articleQuote}}))
	id := at[strings.LastIndex(at, "-")+1:]
	page := page200(t, ana.open(at[:strings.Index(at, "#")]))
	if got := page.Text("#k-" + id + " .state"); got != "Open" {
		t.Errorf("state %q", got)
	}

	page = pageWith(t, ana.post(path, url.Values{"snapshot": {"1"}, "quote": {"palabras que no están"}}), http.StatusUnprocessableEntity)
	if page.Raw(`#add textarea[name="quote"]`) != "palabras que no están" || page.Text("#e-quote") == "" || page.Count("details#add[open]") != 1 {
		t.Error("a quote that is not there loses what was typed, or is not explained")
	}
}

func TestAnAmbiguousQuoteIsAskedBackWithItsPlaces(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	path := "/articles/" + s.article.ID + "/claims"
	form := url.Values{"snapshot": {"1"}, "quote": {"La Junta anunció ayudas"}}
	page := pageWith(t, ana.post(path, form), http.StatusUnprocessableEntity)
	places := page.Attrs(`#add input[type="radio"][name="place"]`, "value")
	if len(places) != 2 {
		t.Fatalf("places %v, want two", places)
	}
	if got := page.Texts("#add .place"); !strings.Contains(got[1], "anunció ayudas. La Junta anunció ayudas") {
		t.Errorf("a place does not show its context: %q", got)
	}
	form.Set("place", places[1])
	at := ledTo(t, ana.post(path, form))
	page = page200(t, ana.open(at[:strings.Index(at, "#")]))
	id := at[strings.LastIndex(at, "-")+1:]
	if page.Count("mark#c-"+id) != 1 {
		t.Fatal("the words chosen are not marked")
	}
	if text := page.Raw("#text p:last-of-type"); strings.Index(text, "La Junta") == strings.LastIndex(text, "La Junta") {
		t.Error("the test's text no longer repeats itself")
	}
}

func TestAClaimIsAddedByTheCodePointsOfASelection(t *testing.T) {
	s := newSite(t)
	a := s.takeIn("𝔸𝔹 son 1.200 familias.", "Letras")
	ana := s.signIn(claims.RoleChecker)
	path := "/articles/" + a.ID + "/claims"
	form := url.Values{"snapshot": {"1"}, "quote": {"1.200 familias"}, "start": {"7"}, "end": {"21"}}
	at := ledTo(t, ana.post(path, form))
	page := page200(t, ana.open(at[:strings.Index(at, "#")]))
	if got := page.Raw("#text mark"); got != "1.200 familias" {
		t.Errorf("marked %q", got)
	}
	form.Set("start", "8") // as a browser that counts UTF-16 would
	page = pageWith(t, ana.post(path, form), http.StatusUnprocessableEntity)
	if page.Count("#add #problems") != 1 || page.Raw(`textarea[name="quote"]`) != "1.200 familias" {
		t.Error("words that do not stand there are taken, or what was typed is lost")
	}
}

func TestAContributorSuggests(t *testing.T) {
	s := newSite(t)
	cris := s.signIn(claims.RoleContributor)
	path := "/articles/" + s.article.ID
	page := page200(t, cris.open(path))
	if page.Count(`form[data-act="open"], details.edit, details.dismiss`) != 0 || page.Count(`a[href="`+path+`/edit"]`) != 0 {
		t.Error("a contributor is offered what they may not do")
	}
	at := ledTo(t, cris.post(path+"/claims", url.Values{"snapshot": {"1"}, "quote": {articleQuote}}))
	id := at[strings.LastIndex(at, "-")+1:]
	if got := page200(t, cris.open(path)).Text("#k-" + id + " .state"); got != "Suggested" {
		t.Errorf("state %q", got)
	}
}

func TestArticleDetailsAreEditedAndNothingIsLostWhenSomebodyWasFaster(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	path := "/articles/" + s.article.ID + "/edit"
	page := page200(t, ana.open(path))
	form := url.Values{"version": {page.Attr(`input[name="version"]`, "value")}, "title": {"Nuevo título"}, "outlet": {"Otro"}, "language": {"es"}, "published": {"2025-10"}}
	if at := ledTo(t, ana.post(path, form)); at != "/articles/"+s.article.ID {
		t.Errorf("led to %q", at)
	}
	form.Set("title", "El mío")
	page = pageWith(t, ana.post(path, form), http.StatusPreconditionFailed)
	if page.Attr(`input[name="title"]`, "value") != "El mío" || page.Text("#problems") == "" {
		t.Error("a stale edit loses what was typed")
	}
	form.Set("version", page.Attr(`input[name="version"]`, "value"))
	ledTo(t, ana.post(path, form))
	form.Set("title", "")
	page = pageWith(t, ana.post(path, form), http.StatusPreconditionFailed)
	form.Set("version", page.Attr(`input[name="version"]`, "value"))
	page = pageWith(t, ana.post(path, form), http.StatusUnprocessableEntity)
	if page.Text("#e-title") == "" {
		t.Error("an empty title is not explained")
	}
}

func TestErasedTextLeavesItsHashes(t *testing.T) {
	s := newSite(t)
	eva := s.signIn(claims.RoleAdmin)
	path := "/articles/" + s.article.ID
	hash := page200(t, eva.open(path)).Text(".frozen .hash")
	ledTo(t, eva.post(path+"/snapshots/1/erase", url.Values{"reason": {"a lawful request"}}))
	page := page200(t, eva.open(path))
	if page.Count("#text") != 0 || page.Text(".frozen .hash") != hash || page.Count("#add") != 0 {
		t.Error("the text is still there, or its hash is not")
	}
}

func TestTakingInCanBeUndoneFromItsMessage(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	article := ledTo(t, ana.post("/articles/new", url.Values{"text": {"La presa guarda 300 toneladas de agua, dijo el ministerio en mayo de 2025."}, "language": {"es"}}))
	undo := page200(t, ana.open(article)).Attr(".flashes form", "action")
	if at := ledTo(t, ana.post(undo, url.Values{"back": {article}})); at != "/articles" {
		t.Errorf("led to %s, which is no more", at)
	}
	if page := page200(t, ana.open("/articles")); page.Count(`a[href="`+article+`"]`) != 0 || !strings.Contains(page.Text(".flashes"), "put aside") {
		t.Errorf("%s", page.Text("main"))
	}
	if page := page200(t, s.signIn(claims.RoleAdmin).open(article)); page.Count(".badge.guarded") != 1 {
		t.Error("an admin does not see that it is put aside")
	}
}
