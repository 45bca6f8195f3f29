package web

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/web/htmlcheck"
)

// badInput is a claim of the tests below, seen by two people who both have it open.
type badInput struct {
	*site
	c         claims.Claim
	ana, luis *browser
	api       program
}

// TestBadInput holds the desk to what it promises of bad input: a clear answer,
// and nothing lost.
func TestBadInput(t *testing.T) {
	for name, run := range map[string]func(*testing.T, badInput){
		"a stale version":                            aStaleVersion,
		"a form sent twice":                          aFormSentTwice,
		"a form sent many times at once":             aFormSentAtOnce,
		"a refused form sent again":                  aRefusedFormSentAgain,
		"a form sent again with other words":         aFormWithOtherWords,
		"a form with a file sent twice":              aFormWithAFileSentTwice,
		"an Idempotency-Key sent twice":              aKeySentTwice,
		"a move that another made a second before":   aMoveMadeBefore,
		"a rationale of 10 MB":                       aHugeRationale,
		"evidence whose URL is none, or runs script": aWrongURL,
		"a file that lies about its type":            aLyingFile,
		"evidence that lies about its type":          aLyingEvidence,
		"a clock that runs backwards":                aClockThatRunsBackwards,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			c := s.move(claims.RoleChecker, s.newClaim(articleQuote), workflow.MoveInput{To: claims.StateInCheck})
			run(t, badInput{s, c, s.signIn(claims.RoleChecker), s.signIn(claims.RoleEditor), s.program(claims.RoleChecker, claims.ScopeWrite)})
			report, err := s.desk.Verify(t.Context())
			if err != nil || !report.OK() {
				t.Errorf("verify: %v %+v", err, report.Problems)
			}
		})
	}
}

// path of the claim, with what follows.
func (in badInput) path(rest string) string { return "/claims/" + in.c.ID + rest }

// form is what a browser sends of a form of the claim's page that nothing was
// typed into.
func (in badInput) form(t *testing.T, b *browser, action string) url.Values {
	t.Helper()
	out := hidden(page200(t, b.open(in.path(""))), action)
	if out.Get(onceField) == "" {
		t.Fatalf("the form to %s has no token", action)
	}
	return out
}

func (in badInput) notes(t *testing.T) []claims.Note {
	t.Helper()
	v, err := in.desk.Claim(t.Context(), in.actor(claims.RoleChecker), in.c.ID)
	if err != nil {
		t.Fatal(err)
	}
	return v.Notes
}

func aStaleVersion(t *testing.T, in badInput) {
	first, second := in.form(t, in.ana, in.path("/verdict")), in.form(t, in.luis, in.path("/verdict"))
	first.Set("rationale", "lo de Ana")
	second.Set("rationale", "lo de Luis")
	ledTo(t, in.ana.post(in.path("/verdict"), first))
	page := pageWith(t, in.luis.post(in.path("/verdict"), second), http.StatusPreconditionFailed)
	if page.Raw(`#verdict textarea[name="rationale"]`) != "lo de Luis" || !strings.Contains(page.Text("#verdict"), "lo de Ana") {
		t.Errorf("both texts are not there: %q", page.Text("#verdict"))
	}
	if got := in.kept(in.c.ID).Verdict.Rationale; got != "lo de Ana" {
		t.Errorf("the desk keeps %q", got)
	}
	w := in.api.call(http.MethodPut, in.path("/verdict"), map[string]any{"content": "true", "rationale": "x"}, "If-Match", etagOf(in.c.Version))
	checkRefused(t, "the API", w, refused{412, "stale.claim", ""})
	w = in.api.call(http.MethodPut, in.path("/verdict"), map[string]any{"content": "true", "rationale": "x"})
	if w.Code != http.StatusPreconditionRequired {
		t.Errorf("without a version: %d", w.Code)
	}
}

func aFormSentTwice(t *testing.T, in badInput) {
	for action, typed := range map[string]url.Values{
		"/notes":    {"text": {"Llamé."}},
		"/contacts": {"whom": {"Alcaldía"}, "question": {"¿Cuántas?"}, "means": {"email"}},
		"/evidence": {"url": {"https://a.test/1"}, "stance": {"for"}, "grade": {"primary"}},
		"/verdict":  {"rationale": {"Por esto."}, "content": {"true"}},
		"/move":     {"to": {"open"}},
	} {
		form := in.form(t, in.ana, in.path(action))
		for name, values := range typed {
			form[name] = values
		}
		first := ledTo(t, in.ana.post(in.path(action), form))
		events := in.events(t)
		if again := ledTo(t, in.ana.post(in.path(action), form)); again != first {
			t.Errorf("%s led to %q, then to %q", action, first, again)
		}
		if now := in.events(t); now != events {
			t.Errorf("%s was done twice: %d events, then %d", action, events, now)
		}
		if form.Has("version") {
			form.Del(onceField)
			if w := in.ana.post(in.path(action), form); w.Code != http.StatusPreconditionFailed {
				t.Errorf("%s without a token: %d", action, w.Code)
			}
		}
		if action == "/move" {
			in.move(claims.RoleChecker, in.kept(in.c.ID), workflow.MoveInput{To: claims.StateInCheck})
		}
	}
	if page := page200(t, in.ana.open("/articles/new")); page.Count(`form[action="/articles/new"] input[name="`+onceField+`"]`) != 1 {
		t.Error("taking an article in has no token")
	}
	if body := in.get("/login").Body.String(); strings.Contains(body, `name="`+onceField+`"`) {
		t.Error("a page that is not the desk's has a token")
	}
}

func (in badInput) events(t *testing.T) int {
	t.Helper()
	events, err := in.desk.ClaimEvents(t.Context(), in.actor(claims.RoleAdmin), in.c.ID)
	if err != nil {
		t.Fatal(err)
	}
	return len(events)
}

func aFormSentAtOnce(t *testing.T, in badInput) {
	form := in.form(t, in.ana, in.path("/notes"))
	form.Set("text", "Llamé una vez.")
	const times = 6
	var all sync.WaitGroup
	answers := make([]*httptest.ResponseRecorder, times)
	for i := range times {
		one := *in.ana
		all.Go(func() { answers[i] = one.post(in.path("/notes"), form) })
	}
	all.Wait()
	for _, w := range answers {
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != answers[0].Header().Get("Location") {
			t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
		}
	}
	if n := len(in.notes(t)); n != 1 {
		t.Errorf("%d notes", n)
	}
}

func aRefusedFormSentAgain(t *testing.T, in badInput) {
	form := in.form(t, in.ana, in.path("/notes"))
	form.Set("text", " ")
	for range 2 {
		if w := in.ana.post(in.path("/notes"), form); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("an empty note: %d", w.Code)
		}
	}
	form.Set("text", "Ahora sí.")
	ledTo(t, in.ana.post(in.path("/notes"), form))
	if n := len(in.notes(t)); n != 1 {
		t.Errorf("%d notes", n)
	}
}

// aFormWithOtherWords: whoever goes back in the browser and writes on is no
// double submit.
func aFormWithOtherWords(t *testing.T, in badInput) {
	form := in.form(t, in.ana, in.path("/notes"))
	for _, text := range []string{"Uno.", "Dos.", "Uno."} {
		form.Set("text", text)
		ledTo(t, in.ana.post(in.path("/notes"), form))
	}
	if n := len(in.notes(t)); n != 2 {
		t.Errorf("%d notes", n)
	}
	same := in.form(t, in.ana, in.path("/notes"))
	same.Set("text", "Uno.")
	ledTo(t, in.ana.post(in.path("/notes"), same))
	if n := len(in.notes(t)); n != 3 {
		t.Errorf("the same words from a fresh page: %d notes", n)
	}
}

func aFormWithAFileSentTwice(t *testing.T, in badInput) {
	form := hidden(page200(t, in.ana.open("/articles/new")), "/articles/new")
	form.Set("title", "Otro")
	send := func() string {
		return ledTo(t, in.ana.send(multi(t, "/articles/new", form, map[string]string{"file": "a.txt"})))
	}
	if first, again := send(), send(); first != again {
		t.Errorf("led to %q, then to %q", first, again)
	}
	rows, _, err := in.desk.Articles(t.Context(), in.actor(claims.RoleChecker), claims.ArticleFilter{})
	if err != nil || len(rows) != 2 {
		t.Errorf("%v: %d articles", err, len(rows))
	}
}

func aKeySentTwice(t *testing.T, in badInput) {
	body := map[string]any{"text": "Llamé."}
	first := in.api.call(http.MethodPost, in.path("/notes"), body, "Idempotency-Key", "k1")
	again := in.api.call(http.MethodPost, in.path("/notes"), body, "Idempotency-Key", "k1")
	if first.Code != http.StatusCreated || again.Code != first.Code || again.Body.String() != first.Body.String() || again.Header().Get("Idempotency-Replayed") != "true" {
		t.Errorf("%d %s, then %d %s", first.Code, first.Body, again.Code, again.Body)
	}
	other := in.api.call(http.MethodPost, in.path("/notes"), map[string]any{"text": "Otra."}, "Idempotency-Key", "k1")
	checkRefused(t, "another request under the key", other, refused{409, "idempotency.other_request", ""})
	if n := len(in.notes(t)); n != 1 {
		t.Errorf("%d notes", n)
	}
	move := map[string]any{"to": "open"}
	match := []string{"If-Match", etagOf(in.kept(in.c.ID).Version)}
	if w := in.api.call(http.MethodPost, in.path("/moves"), move, match...); w.Code/100 != 2 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	checkRefused(t, "the same without a key", in.api.call(http.MethodPost, in.path("/moves"), move, match...), refused{412, "stale.claim", ""})
}

func aMoveMadeBefore(t *testing.T, in badInput) {
	c := in.judgedHere(t)
	form := in.form(t, in.luis, in.path("/move"))
	form["to"] = []string{"approved"}
	in.move(claims.RoleChecker, c, workflow.MoveInput{To: claims.StateInCheck}) // taken back
	w := in.luis.post(in.path("/move"), form)
	page := pageWith(t, w, http.StatusPreconditionFailed)
	if !strings.Contains(page.Text("main"), "In check") {
		t.Errorf("where it stands is not said: %q", page.Text("main"))
	}
	p := in.program(claims.RoleEditor, claims.ScopeWrite)
	checkRefused(t, "the API", p.call(http.MethodPost, in.path("/moves"), map[string]any{"to": "approved"}, "If-Match", etagOf(c.Version)), refused{412, "stale.claim", ""})
	if got := in.kept(in.c.ID); got.State != claims.StateInCheck {
		t.Errorf("it is %s", got.State)
	}
	now := in.kept(in.c.ID)
	checkRefused(t, "having read again", p.call(http.MethodPost, in.path("/moves"), map[string]any{"to": "approved"}, "If-Match", etagOf(now.Version)), refused{409, "move.illegal", ""})
}

// judgedHere judges the claim and hands it in.
func (in badInput) judgedHere(t *testing.T) claims.Claim {
	t.Helper()
	c, err := in.desk.Submit(t.Context(), in.actor(claims.RoleChecker), in.c.ID, in.kept(in.c.ID).Version, workflow.VerdictInput{
		Content: "true", Attribution: "accurate", Rationale: "Consta."})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func aHugeRationale(t *testing.T, in badInput) {
	huge := strings.Repeat("palabra ", 10<<20/8)
	form := in.form(t, in.ana, in.path("/verdict"))
	form.Set("rationale", huge)
	page := pageWith(t, in.ana.post(in.path("/verdict"), form), http.StatusRequestEntityTooLarge)
	if page.Text("h1") == "" || page.Count("main p") == 0 {
		t.Error("the answer says nothing")
	}
	w := in.api.call(http.MethodPut, in.path("/verdict"), map[string]any{"content": "true", "rationale": huge}, "If-Match", etagOf(in.c.Version))
	if w.Code != http.StatusRequestEntityTooLarge || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/problem+json") {
		t.Errorf("the API: %d %s", w.Code, w.Header())
	}
	aHugeBodyOnTheWire(t, in, huge)
	long := strings.Repeat("ñ", 100_000)
	form.Set("rationale", long)
	page = pageWith(t, in.ana.post(in.path("/verdict"), form), http.StatusUnprocessableEntity)
	if page.Raw(`#verdict textarea[name="rationale"]`) != long || page.Text("#e-rationale") == "" {
		t.Error("a rationale that is too long is lost, or the refusal is not said beside it")
	}
	if got := in.kept(in.c.ID); got.Version != in.c.Version || got.Verdict != nil {
		t.Errorf("the claim changed: %+v", got.Verdict)
	}
}

// aHugeBodyOnTheWire: the answer arrives though the sender has not ended, and no reset
// comes in its place.
func aHugeBodyOnTheWire(t *testing.T, in badInput, huge string) {
	t.Helper()
	server := httptest.NewServer(in.server.Handler())
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	body := `{"content": "true", "rationale": "` + huge + `"}`
	fmt.Fprintf(conn, "PUT /api/v1%s HTTP/1.1\r\nHost: desk.test\r\nAuthorization: Bearer %s\r\nIf-Match: \"%d\"\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n",
		in.path("/verdict"), in.api.token, in.c.Version, len(body))
	if _, err := io.WriteString(conn, body); err != nil {
		t.Fatalf("sending: %v", err)
	}
	w, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("the answer: %v", err)
	}
	defer w.Body.Close()
	if w.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("answered %d", w.StatusCode)
	}
}

func aWrongURL(t *testing.T, in badInput) {
	for _, wrong := range []string{
		"javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,<script>", "vbscript:x", "file:///etc/passwd",
		"no url", "https://", "https:///x", "//host.test/x", "/x", "http://[::1", "https://a b.test/", "https://a.test/%zz", "https://a.test:99999999/", "https://:80/", "ftp://a.test/",
		"https://a.test/" + strings.Repeat("x", 5000),
	} {
		form := in.form(t, in.ana, in.path("/evidence"))
		form.Set("url", wrong)
		form.Set("quote", "lo que dice")
		answer := in.ana.post(in.path("/evidence"), form)
		if answer.Code != http.StatusUnprocessableEntity {
			t.Errorf("%.40q: %d", wrong, answer.Code)
			continue
		}
		page := htmlcheck.Parse(t, answer.Body.String())
		if page.Text("#e-url") == "" || page.Raw(`#evidence textarea[name="quote"]`) != "lo que dice" {
			t.Errorf("%.40q: what is wrong is not said beside the field, or what was typed is lost", wrong)
		}
		w := in.api.call(http.MethodPost, in.path("/evidence"), map[string]any{"url": wrong}, "If-Match", etagOf(in.c.Version))
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%.40q by the API: %d", wrong, w.Code)
		}
	}
	if got := in.kept(in.c.ID); got.Evidence != 0 || got.Version != in.c.Version {
		t.Errorf("%d pieces of evidence", got.Evidence)
	}
}

func aLyingFile(t *testing.T, in badInput) {
	for name, bytes := range map[string]string{
		"informe.pdf": "<!doctype html><script>alert(1)</script>", "informe.docx": "%PDF-1.7 no more than this",
		"foto.pdf": "\x89PNG\r\n\x1a\n0000", "nota.txt": "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00", "vacio.pdf": "",
	} {
		form := hidden(page200(t, in.ana.open("/articles/new")), "/articles/new")
		form.Set("title", "El embalse")
		w := in.ana.send(multiBytes(t, "/articles/new", form, "file", name, bytes))
		if w.Code == http.StatusSeeOther {
			page := page200(t, in.ana.open(w.Header().Get("Location")))
			if page.Count("main script") != 0 || name != "informe.pdf" {
				t.Errorf("%s was taken in", name)
			}
			continue
		}
		page := htmlcheck.Parse(t, w.Body.String())
		if w.Code != http.StatusUnprocessableEntity && w.Code != http.StatusUnsupportedMediaType || page.Attr(`input[name="title"]`, "value") != "El embalse" || page.Count("#problems") != 1 {
			t.Errorf("%s: %d, title %q", name, w.Code, page.Attr(`input[name="title"]`, "value"))
		}
	}
}

// aLyingEvidence is aLyingFile for what is put beside a claim.
func aLyingEvidence(t *testing.T, in badInput) {
	for name, bytes := range map[string]string{
		"a.png": "%PDF-1.7\n", "a.pdf": tinyPNG, "b.pdf": "<!doctype html><script>alert(1)</script>", "c.png": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
		"d.html": "<p>hola</p>", "e.exe": "MZ\x90\x00", "f.pdf": "",
	} {
		form := in.form(t, in.ana, in.path("/evidence"))
		form.Set("title", "El padrón")
		w := in.ana.send(multiBytes(t, in.path("/evidence"), form, "file", name, bytes))
		page := pageWith(t, w, http.StatusUnprocessableEntity)
		if page.Attr(`input[name="title"]`, "value") != "El padrón" || page.Count("#e-file, #e-url") == 0 {
			t.Errorf("%s: what was typed is lost, or nothing is said beside a field", name)
		}
	}
	if got := in.kept(in.c.ID); got.Evidence != 0 {
		t.Errorf("%d pieces of evidence", got.Evidence)
	}
}

func aClockThatRunsBackwards(t *testing.T, in badInput) {
	for _, back := range []time.Duration{time.Second, time.Hour, 40 * 24 * time.Hour} {
		in.clock.Advance(-back)
		form := in.form(t, in.ana, in.path("/notes"))
		form.Set("text", "Antes de ayer.")
		first := ledTo(t, in.ana.post(in.path("/notes"), form))
		if again := ledTo(t, in.ana.post(in.path("/notes"), form)); again != first {
			t.Errorf("%s back: sent twice it led to %q", back, again)
		}
		for _, path := range []string{"/", "/queue", "/claims", "/history", in.path(""), "/inbox", "/account"} {
			page200(t, in.ana.open(path))
		}
	}
	if n := len(in.notes(t)); n != 3 {
		t.Errorf("%d notes", n)
	}
	c := in.judgedHere(t)
	c = in.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StateApproved})
	in.clock.Advance(-time.Minute)
	c = in.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StatePublished})
	events, err := in.desk.ClaimEvents(t.Context(), in.actor(claims.RoleAdmin), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if events[0].Act != string(claims.ActClaimPublish) {
		t.Errorf("the newest act is %s, by the clock and not by the order", events[0].Act)
	}
	page200(t, in.ana.open("/c/"+c.ID))
}
