package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
	"cotejo/web/htmlcheck"
)

// work does all jobs that may be begun, as a worker would.
func (s *site) work() {
	s.t.Helper()
	ctx := context.Background()
	for {
		j, err := s.desk.LeaseJob(ctx)
		if err != nil {
			s.t.Fatal(err)
		}
		if j.ID == "" {
			return
		}
		do := map[claims.JobKind]func(context.Context, claims.Job, workflow.Tell) error{
			claims.JobLook: s.desk.LookAtPage, claims.JobIntake: s.desk.TakePageIn, claims.JobRefetch: s.desk.RefetchArticle, claims.JobSuggest: s.desk.SuggestForArticle, claims.JobFeed: s.desk.LookAtFeed, claims.JobImport: s.desk.RunImport,
			claims.JobWatch: s.desk.RefetchArticle, claims.JobArchive: s.desk.ArchivePage, claims.JobDeliver: s.desk.DeliverHook, claims.JobPublish: s.desk.PublishScheduled, claims.JobBacklink: s.desk.LookForBacklink,
		}[j.Kind]
		if failure := do(ctx, j, func(string, int64, int64) {}); failure != nil {
			if err := s.desk.FailJob(ctx, j, failure); err != nil {
				s.t.Fatal(err)
			}
		}
	}
}

func (s *site) askPage(address string) claims.Job {
	s.t.Helper()
	j, err := s.desk.AskPage(context.Background(), s.actor(claims.RoleChecker), workflow.PageRequest{Hint: ingest.Hint{URL: address}})
	if err != nil {
		s.t.Fatal(err)
	}
	return j
}

// jobsOfEveryState gives the ids of jobs that were fetched, could not be read, failed,
// were stopped, run and wait to be tried again.
func (s *site) jobsOfEveryState() []string {
	s.t.Helper()
	ctx := context.Background()
	ids := []string{s.askPage("https://faro.test/presa").ID, s.askPage("https://faro.test/app").ID}
	s.work()
	failed := s.askPage("https://down.test/again")
	s.work()
	stopped := s.askPage("https://faro.test/stopped")
	if _, err := s.desk.StopJob(ctx, s.actor(claims.RoleChecker), stopped.ID); err != nil {
		s.t.Fatal(err)
	}
	running := s.askPage("https://faro.test/running")
	j, err := s.desk.LeaseJob(ctx)
	if err == nil && j.ID == running.ID {
		j.Step, j.Done, j.Total = workflow.StepRead, 3, 7
		err = s.desk.HoldJob(ctx, j)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return append(ids, failed.ID, stopped.ID, running.ID)
}

func TestAPageComesInByItsAddress(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	at := ledTo(t, ana.post("/articles/new", url.Values{"url": {"https://faro.test/presa"}, "fetch": {"1"}, "outlet": {"Otro medio"}}))
	waiting := ana.open(at)
	if page := page200(t, waiting); !refreshes(page) || !strings.Contains(page.Text("main"), "Waiting") {
		t.Errorf("%s", page.Text("main"))
	}
	s.work()
	found := page200(t, ana.open(ledTo(t, ana.open(at))))
	for field, want := range map[string]string{"title": "La presa baja", "outlet": "Otro medio", "authors": "Ana Paz", "published": "2025-10-28", "url": "https://faro.test/presa"} {
		if got := found.Attr(`input[name="`+field+`"]`, "value"); got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	if text := found.Text("#found"); !strings.Contains(text, "OpenGraph") && !strings.Contains(text, "the page's head") || !strings.Contains(text, "18 % del agua") {
		t.Errorf("%s", text)
	}
	if rows := page200(t, ana.open("/articles")).Count(".article-row"); rows != 1 {
		t.Errorf("%d articles before anybody kept it", rows)
	}
	form := url.Values{"job": {found.Attr(`input[name="job"]`, "value")}, "title": {"Corregido"}, "outlet": {"Otro medio"}, "authors": {""}, "published": {"2025-10-28"}, "url": {"https://faro.test/presa"}, "language": {"es"}}
	article := ledTo(t, ana.post("/articles/new", form))
	v, err := s.desk.Article(t.Context(), s.actor(claims.RoleChecker), strings.TrimPrefix(article, "/articles/"))
	if err != nil {
		t.Fatal(err)
	}
	if a := v.Article; a.Title != "Corregido" || len(a.Authors) != 0 || a.Published == nil || a.URL != "https://faro.test/presa" {
		t.Errorf("%+v", a)
	}
	if v.Snapshot.MediaType != "text/html" || !strings.Contains(v.Snapshot.Text, "18 % del agua") || v.Snapshot.Meta.Origins["published"] == ingest.FromGiven {
		t.Errorf("%+v", v.Snapshot)
	}
}

func TestAPageThatCannotBeReadLetsOnePasteInstead(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	for address, says := range map[string]string{"https://faro.test/app": "by script only", "https://down.test/x": "answered 503"} {
		at := ledTo(t, ana.post("/articles/new", url.Values{"url": {address}, "title": {"Se queda"}, "outlet": {"El Faro"}}))
		for range 3 {
			s.work()
			s.clock.Advance(time.Hour)
		}
		page := page200(t, ana.open(ledTo(t, ana.open(at))))
		if text := page.Text("#no-page"); !strings.Contains(text, says) || !strings.Contains(text, "Paste") && !strings.Contains(text, "paste") {
			t.Errorf("%s: %q", address, text)
		}
		if page.Attr(`input[name="title"]`, "value") != "Se queda" || page.Attr(`input[name="url"]`, "value") != address || page.Count(`input[name="job"]`) != 0 {
			t.Errorf("%s: what was given is lost", address)
		}
	}
	bad := pageWith(t, ana.post("/articles/new", url.Values{"url": {"http://127.0.0.1/x"}, "title": {"Se queda"}}), http.StatusUnprocessableEntity)
	if !strings.Contains(bad.Text("#e-url"), "private network") || bad.Attr(`input[name="title"]`, "value") != "Se queda" {
		t.Errorf("%s", bad.Text("main"))
	}
}

func TestATextPastedOverAFetchedPageIsTaken(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	j := s.askPage("https://faro.test/presa")
	s.work()
	article := ledTo(t, ana.post("/articles/new", url.Values{"job": {j.ID}, "text": {"El río creció dos metros."}, "url": {"https://faro.test/presa"}, "language": {"es"}}))
	if text := page200(t, ana.open(article)).Text("#text"); text != "El río creció dos metros." {
		t.Errorf("%q", text)
	}
}

func TestJobsAreStoppedAndTriedAgainOnTheirPage(t *testing.T) {
	s := newSite(t)
	ana, cris := s.signIn(claims.RoleChecker), s.signIn(claims.RoleContributor)
	j := s.askPage("https://down.test/x")
	if page := page200(t, cris.open("/jobs")); page.Count(".jobs > li") != 1 || page.Count(".jobs form") != 0 {
		t.Errorf("a contributor sees %s", page.Text("main"))
	}
	if at := ledTo(t, ana.post("/jobs/"+j.ID+"/stop", url.Values{"back": {"/jobs"}})); at != "/jobs" {
		t.Errorf("led to %s", at)
	}
	page := page200(t, ana.open("/jobs"))
	if text := page.Text(".jobs"); !strings.Contains(text, "Stopped") || !strings.Contains(text, "Try again now") {
		t.Errorf("%s", text)
	}
	if page.Count(`.flashes form[action^="/events/"]`) != 1 {
		t.Error("stopping cannot be undone")
	}
	ledTo(t, ana.post("/jobs/"+j.ID+"/retry", url.Values{}))
	s.work()
	if text := page200(t, ana.open("/jobs/"+j.ID)).Text("main"); !strings.Contains(text, "answered 503") || !strings.Contains(text, "Tried again") {
		t.Errorf("%s", text)
	}
}

func TestAPIFetchesByAddress(t *testing.T) {
	s := newSite(t)
	ana := s.program(claims.RoleChecker, claims.ScopeWrite)
	w := ana.call(http.MethodPost, "/articles", map[string]any{"url": "https://faro.test/presa", "outlet": "El Faro"})
	asked := answer[articleAnswerJSON](t, w, http.StatusAccepted)
	if asked.Job == nil || asked.Job.State != claims.JobWaiting || w.Header().Get("Location") != apiRoot+"/jobs/"+asked.Job.ID {
		t.Fatalf("%s", w.Body)
	}
	s.work()
	done := answer[jobJSON](t, ana.call(http.MethodGet, "/jobs/"+asked.Job.ID, nil), http.StatusOK)
	if done.State != claims.JobDone || done.Article == nil || done.Result == nil {
		t.Fatalf("%+v", done)
	}
	a := answer[articleJSON](t, ana.call(http.MethodGet, "/articles/"+*done.Article, nil), http.StatusOK)
	if a.Title != "La presa baja" || a.SourceURL != "https://faro.test/presa" || a.Outlet != "El Faro" {
		t.Errorf("%+v", a)
	}
	again := answer[articleAnswerJSON](t, ana.call(http.MethodPost, "/articles", map[string]any{"url": "https://faro.test/presa"}), http.StatusAccepted)
	s.work()
	refused := answer[jobJSON](t, ana.call(http.MethodGet, "/jobs/"+again.Job.ID, nil), http.StatusOK)
	if refused.State != claims.JobFailed || refused.Problem.Code != "article.duplicate" || refused.Attempt != 1 {
		t.Errorf("%+v", refused)
	}
	for _, address := range []string{"http://127.0.0.1/", "javascript:alert(1)", "x"} {
		if w := ana.call(http.MethodPost, "/articles", map[string]any{"url": address}); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "body.url") {
			t.Errorf("%s: %d %s", address, w.Code, w.Body)
		}
	}
	if list := answer[page[jobJSON]](t, ana.call(http.MethodGet, "/jobs", nil), http.StatusOK); len(list.Items) != 2 {
		t.Errorf("%d jobs", len(list.Items))
	}
}

func TestAnArticleIsFetchedAgain(t *testing.T) {
	s := newSite(t)
	ana, api := s.signIn(claims.RoleChecker), s.program(claims.RoleChecker, claims.ScopeWrite)
	j := s.askPage("https://faro.test/presa")
	s.work()
	article := ledTo(t, ana.post("/articles/new", url.Values{"job": {j.ID}, "title": {"La presa"}, "language": {"es"}, "url": {"https://faro.test/presa"}}))
	if page200(t, ana.open(article)).Count(`form[action="`+article+`/refetch"]`) != 1 {
		t.Error("the article's page does not offer it")
	}
	at := ledTo(t, ana.post(article+"/refetch", url.Values{}))
	asked := answer[jobJSON](t, api.call(http.MethodPost, article+"/refetch", nil), http.StatusAccepted)
	if !strings.HasPrefix(at, "/jobs/"+asked.ID) || asked.Kind != claims.JobRefetch {
		t.Errorf("asked twice at once: %s, %+v", at, asked)
	}
	s.work()
	if led := ledTo(t, ana.open(at)); led != article {
		t.Errorf("led to %s", led)
	}
	if w := ana.post("/articles/NOSUCHARTI/refetch", url.Values{}); w.Code != http.StatusNotFound {
		t.Errorf("no such article: %d", w.Code)
	}
}

// refreshes reports whether a page follows what goes on: a part of it with scripts, all of
// it without.
func refreshes(page *htmlcheck.Page) bool {
	return page.Count("[data-polls]") == 1 && strings.Contains(page.Text("head noscript"), `http-equiv="refresh"`)
}
