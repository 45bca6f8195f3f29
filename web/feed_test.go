package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// faroFeed is a feed of that web of tests.
const faroFeed = `<rss version="2.0"><channel><title>El Faro</title>
<item><title>La presa baja</title><guid>1</guid><link>https://faro.test/presa</link><pubDate>Tue, 28 Oct 2025 10:00:00 GMT</pubDate></item>
<item><title>Solo con programa</title><guid>2</guid><link>https://faro.test/app</link></item>
<item><title>Fútbol</title><guid>3</guid><link>https://faro.test/futbol</link></item>
<item><title>Sin enlace</title><guid>4</guid></item>
</channel></rss>`

func (s *site) addFeed(address string, also workflow.FeedPatch) claims.Feed {
	s.t.Helper()
	also.URL = &address
	f, err := s.desk.AddFeed(context.Background(), s.actor(claims.RoleChecker), also)
	if err != nil {
		s.t.Fatal(err)
	}
	return f
}

// feedsOfEveryState gives the ids of feeds that were read, that fail, that are paused
// and that nobody has looked into.
func (s *site) feedsOfEveryState() []string {
	s.t.Helper()
	name, outlet, language, exclude := "El Faro, edición de la mañana", "El Faro", "es", []string{"fútbol", "/deportes/"}
	read := s.addFeed("https://faro.test/rss", workflow.FeedPatch{Name: &name, Outlet: &outlet, Language: &language, Exclude: &exclude})
	failing := s.addFeed("https://down.test/rss", workflow.FeedPatch{})
	paused := s.addFeed("https://faro.test/presa", workflow.FeedPatch{})
	s.work()
	if _, err := s.desk.PauseFeed(context.Background(), s.actor(claims.RoleChecker), paused.ID); err != nil {
		s.t.Fatal(err)
	}
	fresh := s.addFeed("https://faro.test/rss?2", workflow.FeedPatch{})
	return []string{read.ID, failing.ID, paused.ID, fresh.ID}
}

func TestAFeedIsWatchedFromItsPage(t *testing.T) {
	s := newSite(t)
	ana, cris := s.signIn(claims.RoleChecker), s.signIn(claims.RoleContributor)
	if page := page200(t, ana.open("/articles")); page.Count(`main a[href="/feeds"]`) != 1 {
		t.Error("nothing leads to the feeds")
	}
	form := url.Values{"url": {"https://faro.test/rss"}, "name": {"El Faro"}, "outlet": {""}, "language": {"es"}, "every": {"30"}, "first": {"5"}, "exclude": {"fútbol\n"}}
	bad := url.Values{"url": {"http://127.0.0.1/rss"}, "name": {"Se queda"}, "every": {"x"}, "first": {"5"}}
	page := pageWith(t, ana.post("/feeds/new", bad), http.StatusUnprocessableEntity)
	if !strings.Contains(page.Text("#e-every"), "no number") || page.Attr(`input[name="name"]`, "value") != "Se queda" {
		t.Errorf("%s", page.Text("main"))
	}
	bad.Set("every", "30")
	if page := pageWith(t, ana.post("/feeds/new", bad), http.StatusUnprocessableEntity); !strings.Contains(page.Text("#e-url"), "private network") {
		t.Errorf("%s", page.Text("main"))
	}
	at := ledTo(t, ana.post("/feeds/new", form))
	s.work()
	page = page200(t, ana.open(at))
	if text := page.Text("main"); !strings.Contains(text, "Watched") || !strings.Contains(text, "Taken in") || !strings.Contains(text, "Filtered out") || !strings.Contains(text, "No address") {
		t.Errorf("%s", text)
	}
	if page.Count(`a[href^="/articles/"]`) < 1 || page.Count(`form[action="`+at+`/pause"]`) != 1 {
		t.Errorf("%s", page.Text("main"))
	}
	if page := page200(t, cris.open(at)); page.Count("main form") != 0 {
		t.Error("a contributor is offered what they cannot do")
	}
	if ledTo(t, ana.post(at+"/pause", nil)) != at {
		t.Error("pausing leads elsewhere")
	}
	page = page200(t, ana.open(at))
	if !strings.Contains(page.Text("main"), "until it is watched again") || page.Count(`.flashes form[action$="/undo"]`) != 1 {
		t.Errorf("%s", page.Text("main"))
	}
	ledTo(t, ana.post(at+"/resume", nil))
	ledTo(t, ana.post(at+"/look", nil))
	if to := ledTo(t, ana.post(at+"/delete", nil)); to != "/feeds" {
		t.Errorf("deleting leads to %s", to)
	}
	if page := page200(t, ana.open("/feeds")); page.Count(".feeds > li") != 0 {
		t.Error("a deleted feed is listed")
	}
}

func TestAFailingFeedSaysSo(t *testing.T) {
	s := newSite(t)
	f := s.addFeed("https://down.test/rss", workflow.FeedPatch{})
	s.work()
	ana := s.signIn(claims.RoleChecker)
	for _, path := range []string{"/feeds", "/feeds/" + f.ID} {
		if text := page200(t, ana.open(path)).Text("main"); !strings.Contains(text, "Failing") || !strings.Contains(text, "answered 503") {
			t.Errorf("%s: %s", path, text)
		}
	}
	s.clock.Advance(48 * time.Hour)
	if n, err := s.desk.QueueFeeds(t.Context()); n != 1 || err != nil {
		t.Errorf("%d queued, %v", n, err)
	}
}

func TestFeedsOfTheAPI(t *testing.T) {
	s := newSite(t)
	ana := s.program(claims.RoleChecker, claims.ScopeWrite)
	w := ana.call(http.MethodPost, "/feeds", map[string]any{"feed_url": "http://127.0.0.1/rss"})
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "body.feed_url") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	w = ana.call(http.MethodPost, "/feeds", map[string]any{"feed_url": "https://faro.test/rss", "name": "El Faro", "language": "es", "exclude": []string{"fútbol"}, "first": 2})
	var f feedJSON
	jsonOf(t, w, http.StatusCreated, &f)
	if f.Name != "El Faro" || f.Every != 30 || f.First != 2 || f.State != claims.FeedWatched || w.Header().Get("ETag") != `"1"` || !strings.HasSuffix(w.Header().Get("Location"), f.ID) {
		t.Errorf("%+v", f)
	}
	s.work()
	var items page[feedItemJSON]
	jsonOf(t, ana.call(http.MethodGet, "/feeds/"+f.ID+"/items", nil), http.StatusOK, &items)
	if len(items.Items) != 4 {
		t.Errorf("%+v", items)
	}
	if w := ana.call(http.MethodPatch, "/feeds/"+f.ID, map[string]any{"every": 60}); w.Code != http.StatusPreconditionRequired {
		t.Errorf("without a version: %d", w.Code)
	}
	jsonOf(t, ana.call(http.MethodPatch, "/feeds/"+f.ID, map[string]any{"every": 60}, "If-Match", `"1"`), http.StatusOK, &f)
	if f.Every != 60 || f.Version != 2 {
		t.Errorf("%+v", f)
	}
	if w := ana.call(http.MethodPatch, "/feeds/"+f.ID, map[string]any{"every": 90}, "If-Match", `"1"`); w.Code != http.StatusPreconditionFailed {
		t.Errorf("stale: %d", w.Code)
	}
	jsonOf(t, ana.call(http.MethodPost, "/feeds/"+f.ID+"/pause", nil), http.StatusOK, &f)
	if f.State != claims.FeedPaused || f.NextAt != nil {
		t.Errorf("%+v", f)
	}
	if w := ana.call(http.MethodPost, "/feeds/"+f.ID+"/look", nil); w.Code != http.StatusConflict {
		t.Errorf("looking while paused: %d", w.Code)
	}
	jsonOf(t, ana.call(http.MethodPost, "/feeds/"+f.ID+"/resume", nil), http.StatusOK, &f)
	var list page[feedJSON]
	jsonOf(t, ana.call(http.MethodGet, "/feeds", nil), http.StatusOK, &list)
	if len(list.Items) != 1 || list.Next != nil {
		t.Errorf("%+v", list)
	}
	if w := ana.call(http.MethodDelete, "/feeds/"+f.ID, nil); w.Code != http.StatusNoContent {
		t.Errorf("deleting: %d", w.Code)
	}
}

// jsonOf reads an answer that must have a status.
func jsonOf(t *testing.T, w *httptest.ResponseRecorder, status int, to any) {
	t.Helper()
	if w.Code != status {
		t.Fatalf("%d, want %d: %s", w.Code, status, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), to); err != nil {
		t.Fatal(err)
	}
}
