package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

func TestAListComesInFromItsPage(t *testing.T) {
	s := newSite(t)
	ana, cris := s.signIn(claims.RoleChecker), s.signIn(claims.RoleContributor)
	if page := page200(t, ana.open("/articles")); page.Count(`main a[href="/import"]`) != 1 {
		t.Error("nothing leads there")
	}
	if page := page200(t, cris.open("/articles")); page.Count(`main a[href="/import"]`) != 0 {
		t.Error("a contributor is led where they may not go")
	}
	page200(t, ana.open("/import"))
	bad := pageWith(t, ana.post("/import", url.Values{"kind": {"claims"}, "text": {"a,b\n1,2"}}), http.StatusUnprocessableEntity)
	if !strings.Contains(bad.Text("#e-file"), "must name the columns") || !strings.Contains(bad.Text("textarea"), "1,2") {
		t.Errorf("%s", bad.Text("main"))
	}
	form := url.Values{"kind": {"addresses"}, "text": {"# hoy\nhttps://faro.test/presa\nhttps://news.test/embalse\nhttp://127.0.0.1/\n"}}
	plan := page200(t, ana.post("/import", form))
	if text := plan.Text("#report"); !strings.Contains(text, "Row 2") || !strings.Contains(text, "Would be taken in 1") || !strings.Contains(text, "private network") || !strings.Contains(text, "Here already") {
		t.Errorf("%s", text)
	}
	if rows, _, err := s.desk.Articles(t.Context(), s.actor(claims.RoleChecker), claims.ArticleFilter{}); err != nil || len(rows) != 1 {
		t.Errorf("%d articles before anybody confirmed, %v", len(rows), err)
	}
	sent := url.Values{"confirm": {"1"}}
	for _, field := range []string{"kind", "name", "text"} {
		sent.Set(field, plan.Attr(`#report input[name="`+field+`"]`, "value"))
	}
	at := ledTo(t, ana.post("/import", sent))
	if page := page200(t, ana.open(at)); !strings.Contains(page.Text("h1"), "many at once") || !refreshes(page) {
		t.Errorf("%s", page.Text("main"))
	}
	s.work()
	done := ledTo(t, ana.open(at))
	page := page200(t, ana.open(done))
	if text := page.Text("#report"); !strings.HasPrefix(done, "/import/") || !strings.Contains(text, "Taken in 1") || page.Count(`#report a[href^="/articles/"]`) != 2 || page.Count("#report form") != 0 {
		t.Errorf("%s: %s", done, text)
	}
	if page := page200(t, ana.open("/jobs")); page.Count(`a[href="`+done+`"]`) != 1 {
		t.Error("the list of work does not lead to the report")
	}
	if at := ledTo(t, ana.open("/import/"+s.askPage("https://faro.test/presa").ID)); !strings.HasPrefix(at, "/jobs/") {
		t.Errorf("the report of another job leads to %s", at)
	}
}

func TestATableComesInOverTheAPI(t *testing.T) {
	s := newSite(t)
	ana := s.program(claims.RoleChecker, claims.ScopeWrite)
	body := map[string]any{"kind": "claims", "text": "article_id,quote\n" + s.article.ID + ",La Junta anunció ayudas\n" + s.article.ID + "," + articleQuote + "\n", "dry_run": true}
	plan := answer[importAnswerJSON](t, ana.call(http.MethodPost, "/imports", body), http.StatusOK)
	if plan.Plan == nil || plan.Plan.Counts[workflow.ImportReady] != 1 || plan.Plan.Rows[0].Problem == nil || !strings.Contains(plan.Plan.Rows[0].Problem.Detail, "in 2 places") {
		t.Errorf("%+v", plan.Plan)
	}
	body["dry_run"] = false
	w := ana.call(http.MethodPost, "/imports", body)
	asked := answer[importAnswerJSON](t, w, http.StatusAccepted)
	if asked.Job == nil || w.Header().Get("Location") != apiRoot+"/jobs/"+asked.Job.ID {
		t.Fatalf("%+v", asked)
	}
	s.work()
	got := answer[jobJSON](t, ana.call(http.MethodGet, "/jobs/"+asked.Job.ID, nil), http.StatusOK)
	if got.State != claims.JobDone || got.Result == nil || !strings.Contains(string(*got.Result), `"taken":1`) {
		t.Errorf("%+v", got)
	}
	if w := ana.call(http.MethodPost, "/imports", map[string]any{"kind": "claims", "text": "x"}); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "sheet.no_columns") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// importedJob gives the id of a job that took some rows in and refused others.
func (s *site) importedJob() string {
	s.t.Helper()
	j, err := s.desk.AskImport(s.t.Context(), s.actor(claims.RoleChecker), workflow.ImportRequest{
		Kind: workflow.ImportAddresses, Name: "hoy.txt", Text: "https://faro.test/otra\nhttps://faro.test/app\nnada\nhttps://down.test/x\nhttps://faro.test/otra",
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.work()
	return j.ID
}
