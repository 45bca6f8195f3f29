package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/web/htmlcheck"
)

// reportsOfEveryState gives the ids of a report that is open, one that is overdue and
// taken, one that was answered and one that was erased.
func (s *site) reportsOfEveryState(claim string) []string {
	s.t.Helper()
	ctx, ana, luis := context.Background(), s.actor(claims.RoleChecker), s.actor(claims.RoleEditor)
	add := func(text string) claims.ErrorReport {
		r, err := s.desk.AddReport(ctx, ana, claim, workflow.ReportInput{Text: text, URL: "https://data.test/padron", Contact: "lectora@mail.test"})
		if err != nil {
			s.t.Fatal(err)
		}
		return r
	}
	late := add("La cifra es de 2023. " + strings.Repeat("Y eso importa mucho. ", 30))
	_, err := s.desk.TakeReport(ctx, ana, late.ID, late.Version)
	if err != nil {
		s.t.Fatal(err)
	}
	s.clock.Advance(8 * 24 * time.Hour)
	open, answered, erased := add("Falta la fecha."), add("Son 1.150."), add("Una queja.")
	if _, err := s.desk.AnswerReport(ctx, luis, answered.ID, answered.Version, workflow.AnswerInput{Outcome: claims.ReportCorrected, Note: "Tenía razón.", Public: "Corregimos la cifra."}); err != nil {
		s.t.Fatal(err)
	}
	if err := s.desk.EraseReport(ctx, s.actor(claims.RoleAdmin), erased.ID, "Lo pide"); err != nil {
		s.t.Fatal(err)
	}
	return []string{open.ID, late.ID, answered.ID, erased.ID}
}

// stranger posts a form as somebody's browser does who has no account here.
func (s *site) stranger(path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return s.do(r)
}

func TestAnybodyReportsAnError(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "half_true", "")
	path := "/c/" + c.ID + "/report"
	w := s.get(path)
	page := page200(t, w)
	keepsTheRules(t, page, w.Body.String(), "es")
	if w.Header().Get("Set-Cookie") != "" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%v", w.Header())
	}
	token := page.Attr(`input[name="token"]`, "value")
	form := url.Values{"token": {token}, "text": {"Son <b>1.150</b> familias"}, "url": {"javascript:alert(1)"}, "contact": {"lectora@mail.test"}, "website": {""}}
	w = s.stranger(path, form)
	if page = htmlcheck.Parse(t, w.Body.String()); w.Code != http.StatusUnprocessableEntity || page.Text("textarea") != "Son <b>1.150</b> familias" || page.Attr(`input[name="contact"]`, "value") != "lectora@mail.test" {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
	keepsTheRules(t, page, w.Body.String(), "es")
	form.Set("url", "https://data.test/padron")
	w = s.stranger(path, form)
	if page = htmlcheck.Parse(t, w.Body.String()); w.Code != http.StatusUnprocessableEntity || page.Attr(`input[name="token"]`, "value") != token || !strings.Contains(page.Text("#problems"), "muy rápido") {
		t.Errorf("too quick: %d %s", w.Code, page.Text("main"))
	}
	s.clock.Advance(time.Minute)
	if at := ledTo(t, s.stranger(path, form)); at != path+"?sent=1" {
		t.Errorf("led to %s", at)
	}
	thanks := s.get(path + "?sent=1")
	keepsTheRules(t, page200(t, thanks), thanks.Body.String(), "es")
	if !strings.Contains(thanks.Body.String(), "7 días") {
		t.Errorf("%s", thanks.Body)
	}
	desk := page200(t, s.signIn(claims.RoleEditor).open("/"))
	if !strings.Contains(desk.Text("#reports"), "Son <b>1.150</b> familias") {
		t.Errorf("the desk shows %s", desk.Text("#reports"))
	}
	for line := range strings.Lines(s.log.String()) {
		if strings.Contains(line, "/report") && (strings.Contains(line, "192.0.2.1") || !strings.Contains(line, `ip=""`)) {
			t.Errorf("the log says who reports: %s", line)
		}
	}
	for _, secret := range []string{"lectora@mail.test", "1.150</b>"} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log holds %s", secret)
		}
	}
}

func TestTheReportFormFindsItsClaim(t *testing.T) {
	s := newSite(t)
	done := s.published(s.newClaim(articleQuote), "half_true", "")
	open := s.newClaim("La Junta anunció ayudas")
	for path, want := range map[string]int{
		"/c/" + open.ID + "/report": 404, "/c/ZZZZZZ/report": 404, "/c/" + done.ID + "@1/report": 404, "/c/" + strings.ToLower(done.ID) + "/report": 308, "/c/" + done.ID + "/report": 200,
	} {
		if w := s.get(path); w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
	s.move(claims.RoleEditor, done, workflow.MoveInput{To: claims.StateWithdrawn, Reason: "Error"})
	w := s.get("/c/" + done.ID + "/report")
	if page200(t, w); strings.Contains(w.Body.String(), "1.200 familias") {
		t.Error("the form shows what was withdrawn")
	}
	r := httptest.NewRequest(http.MethodPost, "/c/"+done.ID+"/report", strings.NewReader("text=x"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if w := s.do(r); w.Code != http.StatusForbidden {
		t.Errorf("from another site: %d", w.Code)
	}
}

func TestManyReportsAreStoppedKindly(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "half_true", "")
	path := "/c/" + c.ID + "/report"
	token := page200(t, s.get(path)).Attr(`input[name="token"]`, "value")
	s.clock.Advance(time.Minute)
	for n := 0; ; n++ {
		w := s.stranger(path, url.Values{"token": {token}, "text": {"Mal " + strings.Repeat("x", n)}})
		if w.Code == http.StatusSeeOther && n < 20 {
			continue
		}
		page := htmlcheck.Parse(t, w.Body.String())
		if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" || !strings.HasPrefix(page.Text("textarea"), "Mal x") {
			t.Errorf("after %d: %d %v %s", n, w.Code, w.Header(), page.Text("main"))
		}
		break
	}
	w := s.stranger(path, url.Values{"token": {token}, "text": {"Compra"}, "website": {"https://pills.test"}})
	if page := htmlcheck.Parse(t, w.Body.String()); w.Code != http.StatusUnprocessableEntity || page.Text("textarea") != "Compra" || page.Attr("#f-website", "value") != "" {
		t.Errorf("a program: %d %s", w.Code, w.Body)
	}
}

func TestReportsAreAnsweredOnThePage(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "half_true", "")
	id := s.reportsOfEveryState(c.ID)[0]
	luis, path := s.signIn(claims.RoleEditor), "/reports/"+id
	seen := page200(t, luis.open(path)).Attr(`input[name="version"]`, "value")
	ledTo(t, luis.post(path+"/take", url.Values{"version": {seen}}))
	w := luis.post(path+"/answer", url.Values{"version": {seen}, "outcome": {"no_error"}, "note": {"Mi nota"}, "public": {"Para todos"}})
	if page := htmlcheck.Parse(t, w.Body.String()); w.Code != http.StatusPreconditionFailed || !strings.Contains(w.Body.String(), "Mi nota") || page.Count(".clash") == 0 {
		t.Errorf("stale: %d %s", w.Code, page.Text("main"))
	}
	seen = page200(t, luis.open(path)).Attr(`#answer input[name="version"]`, "value")
	w = luis.post(path+"/answer", url.Values{"version": {seen}, "outcome": {""}, "note": {"Mi nota"}})
	if page := htmlcheck.Parse(t, w.Body.String()); w.Code != http.StatusUnprocessableEntity || page.Text(`textarea[name="note"]`) != "Mi nota" {
		t.Errorf("no outcome: %d", w.Code)
	}
	ledTo(t, luis.post(path+"/answer", url.Values{"version": {seen}, "outcome": {"no_error"}, "note": {"Mi nota"}, "public": {"Para todos"}}))
	if w := s.get("/c/" + c.ID + "/report"); !strings.Contains(w.Body.String(), "Para todos") || strings.Contains(w.Body.String(), "Mi nota") {
		t.Errorf("%s", w.Body)
	}
	ana := s.signIn(claims.RoleChecker)
	if page := page200(t, ana.open("/claims/"+c.ID)); page.Count("#reports li") != 4 {
		t.Errorf("%s", page.Text("#reports"))
	}
	ledTo(t, ana.post("/claims/"+c.ID+"/reports", url.Values{"text": {"Llamó una lectora"}}))
	if w := ana.post("/claims/"+c.ID+"/reports", url.Values{"text": {" "}, "contact": {"quien@mail.test"}}); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "quien@mail.test") {
		t.Errorf("%d", w.Code)
	}
	if w := ana.open("/reports?claim=" + c.ID); !strings.Contains(w.Body.String(), "Llamó una lectora") {
		t.Errorf("%s", w.Body)
	}
}

func TestReportsByTheAPI(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "half_true", "")
	ana, luis, eva := s.program(claims.RoleChecker, claims.ScopeWrite), s.program(claims.RoleEditor, claims.ScopeWrite), s.program(claims.RoleAdmin, claims.ScopeWrite)
	w := ana.call(http.MethodPost, "/claims/"+c.ID+"/reports", map[string]any{"text": "Son 1.150", "evidence": "https://data.test/1", "contact": "a@mail.test"})
	r := answer[reportJSON](t, w, http.StatusCreated)
	if r.Claim != c.ID || r.Version != 1 || *r.Contact != "a@mail.test" || r.Outcome != nil {
		t.Errorf("%+v", r)
	}
	if w := ana.call(http.MethodPost, "/claims/"+c.ID+"/reports", map[string]any{"text": "x", "evidence": "javascript:x"}); w.Code != 422 || !strings.Contains(w.Body.String(), `body.evidence`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := s.program(claims.RoleContributor, claims.ScopeRead).call(http.MethodGet, "/reports", nil); w.Code != http.StatusForbidden {
		t.Errorf("a contributor: %d", w.Code)
	}
	one := "/reports/" + r.ID
	r = answer[reportJSON](t, ana.call(http.MethodPost, one+"/take", nil, "If-Match", etagOf(r.Revision)), 200)
	if r.Assignee == nil || *r.Assignee != s.people[claims.RoleChecker].ID {
		t.Errorf("%+v", r)
	}
	if w := luis.call(http.MethodPost, one+"/answer", map[string]any{"outcome": "no_error"}); w.Code != http.StatusPreconditionRequired {
		t.Errorf("%d", w.Code)
	}
	r = answer[reportJSON](t, luis.call(http.MethodPost, one+"/reopen", map[string]any{"reason": "Cifra"}, "If-Match", etagOf(r.Revision)), 200)
	r = answer[reportJSON](t, luis.call(http.MethodPost, one+"/answer", map[string]any{"outcome": "corrected", "public": "Corregido."}, "If-Match", etagOf(r.Revision)), 200)
	if *r.Outcome != claims.ReportCorrected || s.kept(c.ID).State != claims.StateReopened {
		t.Errorf("%+v", r)
	}
	list := answer[struct{ Items []reportJSON }](t, ana.call(http.MethodGet, "/reports?show=open", nil), 200)
	all := answer[struct{ Items []reportJSON }](t, ana.call(http.MethodGet, "/reports?claim="+c.ID, nil), 200)
	if len(list.Items) != 0 || len(all.Items) != 1 {
		t.Errorf("%d open, %d in all", len(list.Items), len(all.Items))
	}
	if w := eva.call(http.MethodPost, one+"/erase", map[string]any{"reason": "Lo pide"}); w.Code != http.StatusNoContent {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if r = answer[reportJSON](t, ana.call(http.MethodGet, one, nil), 200); !r.Erased || r.Text != "" || r.Contact != nil {
		t.Errorf("%+v", r)
	}
}
