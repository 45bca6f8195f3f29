package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

// quietText has sentences in which the engine proposes nothing.
const quietText = "Según la alcaldía, el puente costó 15.000 euros.\n\n¿Y ahora qué? ¿Quién lo sabe? ¿Volverá el verano?"

// quiet takes in an article of that text and gives where its last sentence begins.
func (s *site) quiet() (where string, last int) {
	s.t.Helper()
	taken, err := s.desk.TakeIn(context.Background(), s.actor(claims.RoleChecker), workflow.Intake{Input: ingest.Input{
		Raw: []byte(quietText), ContentType: "text/plain; charset=utf-8", Hint: ingest.Hint{Title: "El puente", Language: "es"},
	}})
	if err != nil {
		s.t.Fatal(err)
	}
	return "/articles/" + taken.Article.ID, len([]rune(quietText[:strings.LastIndex(quietText, "¿Volverá")]))
}

func TestSentencesOnTheArticlesPage(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	where, last := s.quiet()
	at := strconv.Itoa(last)
	page := page200(t, ana.open(where+"?at="+at))
	left := page.Text("#cover-bar strong")
	if page.Count("#strip a") != 4 || page.Count("#text .sen") != 4 || !strings.HasPrefix(left, "Left: ") || page.Text(".sen.here") != "¿Volverá el verano?" {
		t.Fatalf("%d parts, %d sentences, %q, at %q", page.Count("#strip a"), page.Count("#text .sen"), left, page.Text(".sen.here"))
	}
	if got := page.Text("#cover blockquote"); got != "¿Volverá el verano?" {
		t.Errorf("the panel shows %q", got)
	}
	form := url.Values{"snapshot": {"1"}, "at": {at}, "reason": {"other"}, "note": {" "}}
	refused := pageWith(t, ana.post(where+"/skips", form), http.StatusUnprocessableEntity)
	if refused.Count("#cover #problems") != 1 || refused.Attr("#f-note-skip", "aria-invalid") != "true" {
		t.Error("the panel does not say what is wrong")
	}
	form.Set("note", "ya dicho antes")
	if led := ledTo(t, ana.post(where+"/skips", form)); led != where+"?at=0#cover" {
		t.Errorf("led to %s, want the next sentence left", led)
	}
	after := page200(t, ana.open(where+"?at="+at))
	if after.Text("#cover-bar strong") == left || !strings.Contains(after.Text("#cover"), "ya dicho antes") || after.Count(`form[action$="/remove"]`) != 1 {
		t.Errorf("after skipping: %q, %q", after.Text("#cover-bar strong"), after.Text("#cover"))
	}
	ledTo(t, ana.post(after.Attr(`form[action$="/remove"]`, "action"), url.Values{"at": {at}}))
	if again := page200(t, ana.open(where+"?at="+at)); again.Text("#cover-bar strong") != left {
		t.Errorf("left %q, want %q again", again.Text("#cover-bar strong"), left)
	}
	if cris := page200(t, s.signIn(claims.RoleContributor).open(where+"?at="+at)); cris.Count(`form[action$="/skips"], #sign`) != 0 {
		t.Error("a contributor is offered what they may not do")
	}
}

func TestSigningOffOnThePage(t *testing.T) {
	s := newSite(t)
	luis := s.signIn(claims.RoleEditor)
	where := "/articles/" + s.article.ID
	version := page200(t, luis.open(where)).Attr("#sign input[name=version]", "value")
	refused := pageWith(t, luis.post(where+"/sign-off", url.Values{"version": {version}, "why": {""}}), http.StatusUnprocessableEntity)
	if refused.Attr("#f-why-sign", "aria-invalid") != "true" || refused.Count("#sign[open]") != 1 {
		t.Error("the form does not say what is wrong")
	}
	ledTo(t, luis.post(where+"/sign-off", url.Values{"version": {version}, "why": {"lo demás es <b>poesía</b>"}}))
	page := page200(t, luis.open(where))
	if !strings.Contains(page.Text("#cover .notice"), "Luis") || !strings.Contains(page.Text("#cover .notice q"), "<b>poesía</b>") {
		t.Errorf("the page says %q", page.Text("#cover .notice"))
	}
	if list := page200(t, luis.open("/articles")); !strings.Contains(list.Text(".article-row"), "Signed off") {
		t.Error("the list does not say so")
	}
	ledTo(t, luis.post(where+"/sign-off", url.Values{"version": {page.Attr("#sign input[name=version]", "value")}, "withdraw": {"yes"}}))
	if page200(t, luis.open(where)).Count("#cover .notice") != 0 {
		t.Error("it is still signed off")
	}
}

func TestCoverageByProgram(t *testing.T) {
	s := newSite(t)
	ana, luis := s.program(claims.RoleChecker, claims.ScopeWrite), s.program(claims.RoleEditor, claims.ScopeWrite)
	where, at := s.quiet()
	before := answer[coverageJSON](t, ana.call(http.MethodGet, where+"/coverage", nil), http.StatusOK)
	last := before.Sentences[len(before.Sentences)-1]
	if len(before.Sentences) != 4 || last.Start != at || last.Cover != claims.CoverUnseen || last.Claims == nil {
		t.Fatalf("%+v", before)
	}
	skip := answer[skipJSON](t, ana.call(http.MethodPost, where+"/skips", map[string]any{"start": last.Start, "reason": "repeated"}), http.StatusCreated)
	answer[map[string]any](t, ana.call(http.MethodPost, where+"/skips", map[string]any{"start": last.Start, "reason": "repeated"}), http.StatusConflict)
	after := answer[coverageJSON](t, ana.call(http.MethodGet, where+"/coverage", nil), http.StatusOK)
	if got := after.Sentences[3]; after.Left != before.Left-1 || got.Skip == nil || got.Skip.ID != skip.ID || got.Skip.Reason != claims.SkipRepeated {
		t.Errorf("%+v", after)
	}
	answer[map[string]any](t, luis.call(http.MethodPost, where+"/sign-off", map[string]any{}, "If-Match", `"1"`), http.StatusUnprocessableEntity)
	signed := answer[articleJSON](t, luis.call(http.MethodPost, where+"/sign-off", map[string]any{"why": "basta"}, "If-Match", `"1"`), http.StatusOK)
	if signed.SignOff == nil || signed.SignOff.Left != after.Left || signed.SignOff.Why != "basta" {
		t.Errorf("%+v", signed.SignOff)
	}
	open := answer[articleJSON](t, luis.call(http.MethodPost, where+"/sign-off", map[string]any{"withdraw": true}, "If-Match", `"2"`), http.StatusOK)
	if open.SignOff != nil {
		t.Errorf("%+v", open.SignOff)
	}
	if w := ana.call(http.MethodDelete, where+"/skips/"+skip.ID, nil); w.Code != http.StatusNoContent {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
