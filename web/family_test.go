package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

// copyOfArticle takes in an agency copy of the sample article and gives its id.
func (s *site) copyOfArticle() string {
	s.t.Helper()
	taken, err := s.desk.TakeIn(s.t.Context(), s.actor(claims.RoleChecker), workflow.Intake{CopyOf: s.article.ID, Input: ingest.Input{
		Raw: []byte("Redacción.\n\n" + articleText + "\n\nEl 40 % de los vecinos protestó el lunes."), ContentType: "text/plain; charset=utf-8",
		Hint: ingest.Hint{Title: "Baja el embalse", Outlet: "La Voz", Language: "es", Published: "2025-10-29"},
	}})
	if err != nil {
		s.t.Fatal(err)
	}
	return taken.Article.ID
}

// erasedArticle gives the id of an article that was erased.
func (s *site) erasedArticle() string {
	s.t.Helper()
	taken := s.takeIn("Un texto pegado por error sobre la uva, que tuvo 12 heridos según la alcaldía.", "Por error").ID
	if err := s.desk.EraseArticle(s.t.Context(), s.actor(claims.RoleAdmin), taken, taken, "Por error"); err != nil {
		s.t.Fatal(err)
	}
	return taken
}

func TestACopySharesWhatIsCheckedOnThePage(t *testing.T) {
	s := newSite(t)
	done := s.published(s.newClaim(articleQuote), "half_true", "")
	ana := s.signIn(claims.RoleChecker)
	form := url.Values{"text": {articleText}, "title": {"Baja el embalse"}, "language": {"es"}}
	page := pageWith(t, ana.post("/articles/new", form), http.StatusConflict)
	form.Set("duplicate", page.Attr("button.primary[name=duplicate]", "value"))
	form.Set("copy_of", page.Attr("input[name=copy_of]", "value"))
	if form.Get("duplicate") != "copy" || form.Get("copy_of") != s.article.ID {
		t.Fatalf("a copy is not offered: %v", form)
	}
	at := ledTo(t, ana.post("/articles/new", form))
	copied := page200(t, ana.open(at))
	if copied.Attr("#copy-of a", "href") != "/articles/"+s.article.ID || copied.Count(`#shared [id="k-`+done.ID+`"]`) != 1 || copied.Count(`#text [id="c-`+done.ID+`"]`) == 0 {
		t.Errorf("the copy does not show what it shares: %s", copied.Text("#copy-of"))
	}
	if !strings.Contains(copied.Text("#shared"), "Half true") && !strings.Contains(copied.Text("#shared"), "Published") {
		t.Errorf("nor what was decided: %s", copied.Text("#shared"))
	}
	claim := page200(t, ana.open("/claims/"+done.ID))
	if claim.Attr("#appearances li a", "href") != at+"#c-"+done.ID {
		t.Errorf("the claim does not say where it appears: %s", claim.Text("#appearances"))
	}
	version := copied.Attr("#copy-of input[name=version]", "value")
	ledTo(t, ana.post(at+"/copy", url.Values{"version": {version}, "copy_of": {""}}))
	alone := page200(t, ana.open(at))
	if alone.Count("#copy-of, #shared") != 0 {
		t.Error("it is still a copy")
	}
	edit := page200(t, ana.open(at+"/edit"))
	version = edit.Attr(`form[action$="/copy"] input[name=version]`, "value")
	wrong := pageWith(t, ana.post(at+"/copy", url.Values{"version": {version}, "copy_of": {"https://desk.test/articles/NOSUCH"}}), http.StatusUnprocessableEntity)
	if wrong.Attr("#f-copy_of", "value") != "https://desk.test/articles/NOSUCH" || wrong.Attr("#f-copy_of", "aria-invalid") != "true" {
		t.Error("what was typed is lost")
	}
	ledTo(t, ana.post(at+"/copy", url.Values{"version": {version}, "copy_of": {"https://desk.test/articles/" + s.article.ID + "?at=3"}}))
	if page200(t, ana.open(at)).Count("#copy-of") != 1 {
		t.Error("it is no copy again")
	}
}

func TestCopiesByProgram(t *testing.T) {
	s := newSite(t)
	ana := s.program(claims.RoleChecker, claims.ScopeWrite)
	c := s.newClaim(articleQuote)
	body := map[string]any{"text": articleText, "language": "es"}
	if w := ana.call(http.MethodPost, "/articles", body); w.Code != http.StatusConflict {
		t.Errorf("a duplicate: %d", w.Code)
	}
	body["copy_of"] = s.article.ID
	made := answer[articleAnswerJSON](t, ana.call(http.MethodPost, "/articles", body), http.StatusCreated)
	got := answer[articleJSON](t, ana.call(http.MethodGet, "/articles/"+made.ID, nil), http.StatusOK)
	if got.CopyOf == nil || *got.CopyOf != s.article.ID || len(got.Here) == 0 {
		t.Errorf("%+v", got)
	}
	one := answer[claimJSON](t, ana.call(http.MethodGet, "/claims/"+c.ID, nil), http.StatusOK)
	if len(one.Appearances) != 1 || one.Appearances[0].Article != made.ID {
		t.Errorf("%+v", one.Appearances)
	}
	if w := ana.call(http.MethodPut, "/articles/"+made.ID+"/copy", map[string]any{"copy_of": ""}); w.Code != http.StatusPreconditionRequired {
		t.Errorf("without a version: %d", w.Code)
	}
	alone := answer[articleJSON](t, ana.call(http.MethodPut, "/articles/"+made.ID+"/copy", map[string]any{"copy_of": ""}, "If-Match", `"1"`), http.StatusOK)
	if alone.CopyOf != nil || len(alone.Here) != 0 {
		t.Errorf("%+v", alone)
	}
}

func TestErasingAnArticleOnThePage(t *testing.T) {
	s := newSite(t)
	at := "/articles/" + s.takeIn("Un texto pegado por error sobre la uva, que tuvo 12 heridos según la alcaldía.", "Pegado por error").ID
	eva := s.signIn(claims.RoleAdmin)
	id := strings.TrimPrefix(at, "/articles/")
	asked := page200(t, eva.open(page200(t, eva.open(at)).Attr(`a[href$="/erase"]`, "href")))
	if !strings.Contains(asked.Text("main"), "1 text") || asked.Count("form[action='"+at+"/erase']") != 1 {
		t.Errorf("%s", asked.Text("main"))
	}
	refused := pageWith(t, eva.post(at+"/erase", url.Values{"reason": {"Se pegó"}, "confirm": {"sí"}}), http.StatusUnprocessableEntity)
	if refused.Attr("#f-reason", "value") != "Se pegó" || refused.Attr("#f-confirm", "aria-invalid") != "true" {
		t.Error("what was typed is lost")
	}
	ledTo(t, eva.post(at+"/erase", url.Values{"reason": {"Se pegó"}, "confirm": {id}}))
	gone := eva.open(at)
	if body := gone.Body.String(); strings.Contains(body, "uva") || !strings.Contains(page200(t, gone).Text("main"), "erased") {
		t.Errorf("%s", page200(t, gone).Text("main"))
	}
	if w := eva.open(at + "/erase"); w.Code != http.StatusConflict {
		t.Errorf("again: %d", w.Code)
	}
	if list := page200(t, eva.open("/articles")); !strings.Contains(list.Text(".list"), "erased") {
		t.Error("the list does not say so")
	}
	done := s.published(s.newClaim(articleQuote), "half_true", "")
	page := page200(t, eva.open("/articles/"+s.article.ID+"/erase"))
	if page.Count(`form[action$="/erase"]`) != 0 || !strings.Contains(page.Text("main"), claims.ShowID(done.ID)) {
		t.Errorf("what stands published: %s", page.Text("main"))
	}
	if w := eva.post("/articles/"+s.article.ID+"/erase", url.Values{"reason": {"x"}, "confirm": {s.article.ID}}); w.Code != http.StatusConflict {
		t.Errorf("what stands published: %d", w.Code)
	}
}

func TestErasingAnArticleByProgram(t *testing.T) {
	s := newSite(t)
	id := s.takeIn("Un texto pegado por error sobre la uva, que tuvo 12 heridos.", "Pegado por error").ID
	eva := s.program(claims.RoleAdmin, claims.ScopeWrite)
	plan := answer[erasePlanJSON](t, eva.call(http.MethodGet, "/articles/"+id+"/erase", nil), http.StatusOK)
	if plan.Snapshots != 1 || plan.Erased || len(plan.Published) != 0 {
		t.Errorf("%+v", plan)
	}
	if w := eva.call(http.MethodPost, "/articles/"+id+"/erase", map[string]any{"confirm": "x", "reason": "y"}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("unconfirmed: %d", w.Code)
	}
	if w := eva.call(http.MethodPost, "/articles/"+id+"/erase", map[string]any{"confirm": id, "reason": "y"}); w.Code != http.StatusNoContent {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if got := answer[articleJSON](t, eva.call(http.MethodGet, "/articles/"+id, nil), http.StatusOK); !got.Erased || got.Text != "" {
		t.Errorf("%+v", got)
	}
}

func TestThePageSaysWhatBecameAtTheArchive(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	at := "/articles/" + s.article.ID
	ask := page200(t, ana.open(at)).Attr(`form[action$="/archive"]`, "action")
	ledTo(t, ana.post(ask, nil))
	page := page200(t, ana.open(at))
	if !strings.Contains(page.Text(".archive-note"), "asked") || page.Count(`form[action$="/archive"]`) != 0 {
		t.Errorf("asked: %s", page.Text(".archive-note"))
	}
	s.work()
	page = page200(t, ana.open(at))
	if page.Text(".archive-note .badge") != "archived" || page.Attr(".archive-note a", "href") != "https://archive.test/web/20260101000000/r1" {
		t.Errorf("archived: %s", page.Raw(".archive-note"))
	}
	c := s.newClaim(articleQuote)
	s.clock.Advance(time.Minute)
	e, err := s.desk.AddDocument(t.Context(), s.actor(claims.RoleChecker), c.ID, c.Version, workflow.EvidenceInput{Evidence: claims.Evidence{URL: "https://refused.test/x", Title: "Padrón", Stance: claims.StanceFor}})
	if err != nil {
		t.Fatal(err)
	}
	row := `[id="e-` + e.ID + `"] .archive-note`
	ledTo(t, ana.post(page200(t, ana.open("/claims/"+c.ID)).Attr(row+" form", "action"), nil))
	s.work()
	if got := page200(t, ana.open("/claims/"+c.ID)).Text(row); !strings.Contains(got, "refused") || !strings.Contains(got, "<b>excluded</b>") {
		t.Errorf("refused: %q", got)
	}
	cris := page200(t, s.signIn(claims.RoleContributor).open(at))
	if cris.Count(`form[action$="/archive"]`) != 0 || cris.Count(".archive-note .badge") != 1 {
		t.Error("a contributor is offered what they may not do, or not told")
	}
	all := answer[list[archiveJSON]](t, s.program(claims.RoleChecker, claims.ScopeRead).call(http.MethodGet, at+"/archive", nil), http.StatusOK)
	if len(all.Items) != 2 || all.Items[0].State != claims.ArchiveRefused || all.Items[0].Problem == nil || all.Items[1].Address == nil {
		t.Errorf("%+v", all.Items)
	}
	asked := answer[archiveJSON](t, s.program(claims.RoleChecker, claims.ScopeWrite).call(http.MethodPost, at+"/archive", nil), http.StatusAccepted)
	if asked.State != claims.ArchiveAsked || asked.Job == "" {
		t.Errorf("%+v", asked)
	}
}

func TestFetchesAreSentAsWARC(t *testing.T) {
	s := newSite(t)
	at := ledTo(t, s.signIn(claims.RoleChecker).post("/articles/new", url.Values{"url": {"https://faro.test/presa"}, "fetch": {"1"}}))
	s.work()
	ana := s.signIn(claims.RoleChecker)
	found := page200(t, ana.open(ledTo(t, ana.open(at))))
	article := ledTo(t, ana.post("/articles/new", url.Values{"job": {found.Attr("input[name=job]", "value")}, "title": {"La presa"}, "language": {"es"}, "url": {"https://faro.test/presa"}}))
	link := page200(t, ana.open(article)).Attr(`a[href$="/warc"]`, "href")
	read := func(file []byte) string {
		zip, err := gzip.NewReader(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(zip)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	w := ana.open(link)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != typeWARC || !strings.Contains(w.Header().Get("Content-Disposition"), "-1.warc.gz") || !strings.Contains(read(w.Body.Bytes()), "La presa guarda hoy") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	all := s.program(claims.RoleChecker, claims.ScopeRead).call(http.MethodGet, article+"/warc", nil)
	if all.Code != http.StatusOK || all.Header().Get("Content-Type") != typeWARC || !strings.Contains(read(all.Body.Bytes()), "WARC-Type: resource") {
		t.Errorf("%d %v", all.Code, all.Header())
	}
	for path, want := range map[string]int{article + "/snapshots/9/warc": 404, article + "/snapshots/x/warc": 404, "/articles/NOSUCH/warc": 404} {
		if got := ana.open(path); got.Code != want || strings.Contains(got.Header().Get("Content-Type"), "warc") || got.Header().Get("Content-Disposition") != "" {
			t.Errorf("%s: %d %v", path, got.Code, got.Header())
		}
	}
	if w := s.signIn(claims.RoleContributor).open(link); w.Code != http.StatusForbidden {
		t.Errorf("a contributor: %d", w.Code)
	}
}
