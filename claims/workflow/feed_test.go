package workflow_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/fetch"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

// paper is a site with a feed that tests put answers on.
type paper struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]http.HandlerFunc
	asked map[string]int
}

func newPaper(t *testing.T) *paper {
	p := &paper{pages: map[string]http.HandlerFunc{}, asked: map[string]int{}}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		page := p.pages[r.URL.Path]
		p.asked[r.URL.Path]++
		p.mu.Unlock()
		switch {
		case page != nil:
			page(w, r)
		case strings.HasPrefix(r.URL.Path, "/n/"):
			fmt.Fprintf(w, "<html lang=es><title>Nota %[1]s</title><article><p>La obra número %[1]s de %[2]s costó 15.000 euros, dijo la alcaldesa en la sesión de ayer.</p></article>", r.URL.Path[3:], strings.Repeat(r.URL.Path[3:]+" ", 9))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *paper) put(path string, answer http.HandlerFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pages[path] = answer
}

func (p *paper) times(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked[path]
}

// rss is a feed of numbered items, the newest first.
func (p *paper) rss(numbers ...int) http.HandlerFunc {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>Diario</title>`)
	for _, n := range numbers {
		fmt.Fprintf(&b, "<item><title>Nota %d</title><guid isPermaLink=\"false\">g%[1]d</guid><link>%[2]s/n/%[1]d</link></item>", n, p.URL)
	}
	b.WriteString("</channel></rss>")
	return says(http.StatusOK, b.String())
}

// says answers with a status and headers.
func says(code int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
		_, _ = w.Write([]byte(body))
	}
}

// watching gives the kit a fetcher that reaches the paper.
func (k *kit) watching(p *paper) {
	k.Desk = workflow.New(k.store, workflow.Options{Clock: tick{k.clock}, BaseURL: "https://desk.test", Fetcher: fetch.New(fetch.Config{
		Allow: []string{strings.TrimPrefix(p.URL, "http://")}, Timeout: 2 * time.Second, Now: k.clock.Now})})
}

func (k *kit) addFeed(p *paper, path string, in workflow.FeedPatch) claims.Feed {
	k.Helper()
	in.URL = ptr(p.URL + path)
	f, err := k.AddFeed(k.Context(), k.ana, in)
	if err != nil {
		k.Fatal(err)
	}
	return f
}

// work does all jobs that may be begun, as workers do.
func (k *kit) work() {
	k.Helper()
	ctx := k.Context()
	for {
		j, err := k.LeaseJob(ctx)
		if err != nil {
			k.Fatal(err)
		}
		do := map[claims.JobKind]func() error{
			claims.JobFeed:   func() error { return k.LookAtFeed(ctx, j, silent) },
			claims.JobIntake: func() error { return k.TakePageIn(ctx, j, silent) },
			claims.JobImport: func() error { return k.RunImport(ctx, j, silent) },
		}[j.Kind]
		if do == nil {
			return
		}
		if failure := do(); failure != nil {
			if err := k.FailJob(ctx, j, failure); err != nil {
				k.Fatal(err)
			}
		}
	}
}

// later lets time pass until a feed is due, and looks.
func (k *kit) later(d time.Duration) {
	k.Helper()
	k.clock.Advance(d)
	if _, err := k.QueueFeeds(k.Context()); err != nil {
		k.Fatal(err)
	}
	k.work()
}

func (k *kit) feed(id string) workflow.FeedView {
	k.Helper()
	v, err := k.Feed(k.Context(), k.ana, id, claims.Page{})
	if err != nil {
		k.Fatal(err)
	}
	return v
}

// fates counts what became of a feed's items.
func fates(v workflow.FeedView) map[claims.FeedFate]int {
	out := map[claims.FeedFate]int{}
	for _, i := range v.Items {
		out[i.Fate]++
	}
	return out
}

func wantFates(t *testing.T, what string, v workflow.FeedView, want map[claims.FeedFate]int) {
	t.Helper()
	if got := fates(v); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func acts(v workflow.FeedView) (out []string) {
	for _, e := range v.Events {
		out = append(out, e.Act)
	}
	return out
}

func TestAFeedIsWatched(t *testing.T) { onEveryEngine(t, aFeedIsWatched) }

func aFeedIsWatched(t *testing.T, k *kit) {
	p := newPaper(t)
	k.watching(p)
	p.put("/rss", p.rss(4, 3, 2, 1))
	f := k.addFeed(p, "/rss", workflow.FeedPatch{First: ptr(2), Outlet: ptr("Diario"), Every: ptr(30)})
	if f.Name != "127.0.0.1" || f.State != claims.FeedWatched || f.CreatedBy != k.ana.ID {
		t.Errorf("%+v", f)
	}
	k.work()
	v := k.feed(f.ID)
	wantFates(t, "the first look", v, map[claims.FeedFate]int{claims.FateKept: 2, claims.FateOld: 2})
	if v.Feed.ReadAt.IsZero() || v.Feed.Problem != nil || v.Feed.NextAt.Sub(v.Feed.ReadAt) != 30*time.Minute {
		t.Errorf("%+v", v.Feed)
	}
	for _, i := range v.Items {
		if i.Fate != claims.FateKept {
			continue
		}
		a := v.Articles[i.Article]
		if a.URL != i.URL || a.Outlet != "Diario" || a.Title != i.Title || a.CreatedBy != k.ana.ID {
			t.Errorf("%+v came of %+v", a, i)
		}
		events, _, err := k.Events(t.Context(), k.eva, claims.EventFilter{Article: i.Article, After: 0, Limit: 1})
		if err != nil || len(events) == 0 || events[0].Act != workflow.ActArticleAdd || events[0].Actor != "" {
			t.Errorf("the history tells %+v, %v", events, err)
		}
	}
	if got := acts(v); !slices.Equal(got, []string{workflow.ActFeedItems, workflow.ActFeedAdd}) || v.Events[0].Actor != "" || v.Events[1].Actor != k.ana.ID {
		t.Errorf("history %v", got)
	}

	before := k.seq()
	k.later(29 * time.Minute)
	if p.times("/rss") != 1 {
		t.Error("it was looked at before its time")
	}
	k.later(2 * time.Minute)
	if p.times("/rss") != 2 || k.seq() != before {
		t.Errorf("looked %d times; a look that brought nothing left %d events", p.times("/rss"), k.seq()-before)
	}
	p.put("/rss", p.rss(6, 5, 4, 3))
	k.later(31 * time.Minute)
	wantFates(t, "new items", k.feed(f.ID), map[claims.FeedFate]int{claims.FateKept: 4, claims.FateOld: 2})
	k.sound()
}

func TestADuplicateIsNotTakenTwice(t *testing.T) {
	k := newKit(t)
	p := newPaper(t)
	k.watching(p)
	taken, err := k.FetchArticle(t.Context(), k.ana, pageOf(p.URL+"/n/1"))
	if err != nil {
		t.Fatal(err)
	}
	p.put("/n/2", says(200, "<html lang=es><title>Copia</title><article><p>"+taken.Snapshot.Text+"</p></article>"))
	p.put("/rss", p.rss(1, 2, 3))
	p.put("/atom", says(200, `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>other</id><title>Nota 3</title><link href="`+p.URL+`/n/3"/></entry></feed>`))
	f := k.addFeed(p, "/rss", workflow.FeedPatch{})
	other := k.addFeed(p, "/atom", workflow.FeedPatch{})
	k.work()
	wantFates(t, "known by address and by text", k.feed(f.ID), map[claims.FeedFate]int{claims.FateDuplicate: 2, claims.FateKept: 1})
	wantFates(t, "in another feed", k.feed(other.ID), map[claims.FeedFate]int{claims.FateDuplicate: 1})
	if rows, _, err := k.Articles(t.Context(), k.ana, claims.ArticleFilter{}); err != nil || len(rows) != 2 {
		t.Errorf("%d articles, %v", len(rows), err)
	}
	if p.times("/n/1") != 1 || p.times("/n/3") != 1 {
		t.Errorf("what was known was fetched again: %v", p.asked)
	}
	for _, i := range k.feed(f.ID).Items {
		if i.Fate == claims.FateDuplicate && i.Article != taken.Article.ID {
			t.Errorf("%+v", i)
		}
	}
}

func TestFiltersOfAFeed(t *testing.T) {
	k := newKit(t)
	p := newPaper(t)
	k.watching(p)
	var b strings.Builder
	for n, title := range []string{"El Agua sube", "Sequía: sin agua", "Fútbol", "Agua de deportes", "aguacero"} {
		section := map[bool]string{true: "sport", false: "city"}[n == 3]
		fmt.Fprintf(&b, `<item><title>%s</title><link>%s/n/%s-%d</link></item>`, title, p.URL, section, n)
	}
	p.put("/rss", says(200, "<rss><channel>"+b.String()+"<item><title>Agua sin enlace</title></item></channel></rss>"))
	f := k.addFeed(p, "/rss", workflow.FeedPatch{Include: &[]string{"agua", "*/nothing/*"}, Exclude: &[]string{"/n/sport*", "SEQUIA"}})
	k.work()
	v := k.feed(f.ID)
	wantFates(t, "filtered", v, map[claims.FeedFate]int{claims.FateKept: 1, claims.FateFiltered: 4, claims.FateUnusable: 1})
}

// TestWhatServersAnswer goes through what may go wrong with a feed, and when it is
// looked at again.
func TestWhatServersAnswer(t *testing.T) {
	k := newKit(t)
	p := newPaper(t)
	k.watching(p)
	const ok = "<rss><channel><title>x</title></channel></rss>"
	for path, want := range map[string]struct {
		answer http.HandlerFunc
		key    string
		next   time.Duration // from the look
	}{
		"/429":       {says(429, "", "Retry-After", "7200"), "fetch.status", 2 * time.Hour},
		"/429-plain": {says(429, ""), "fetch.status", time.Hour},
		"/503":       {says(503, ""), "fetch.status", time.Hour},
		"/404":       {says(404, ""), "fetch.status", time.Hour},
		"/malformed": {says(200, "<rss><channel><item>"), "feed.malformed", time.Hour},
		"/html":      {says(200, "<html><p>x"), "feed.not_a_feed", time.Hour},
		"/endless": {func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		}, "fetch.too_large", time.Hour},
		"/private":   {says(302, "", "Location", "http://169.254.169.254/latest"), "fetch.robots_down", time.Hour}, // nobody there can say,
		"/file":      {says(302, "", "Location", "file:///etc/passwd"), "fetch.malformed", time.Hour},
		"/forbidden": {says(200, ok), "fetch.robots", time.Hour},
		"/ok":        {says(200, ok), "", 30 * time.Minute},
	} {
		p.put(path, want.answer)
		p.put("/robots.txt", says(200, "User-agent: *\nDisallow: /forbidden\n"))
		f := k.addFeed(p, path, workflow.FeedPatch{})
		k.work()
		got := k.feed(f.ID).Feed
		key := ""
		if got.Problem != nil {
			key = got.Problem.Key
		}
		if key != want.key || got.State != claims.FeedWatched || got.NextAt.Sub(got.TriedAt) != want.next || (got.Fails > 0) != (want.key != "") {
			t.Errorf("%s: %s, %d failures, next after %v", path, key, got.Fails, got.NextAt.Sub(got.TriedAt))
		}
	}
	if p.times("/forbidden") != 0 {
		t.Error("robots.txt was not obeyed")
	}
	if _, err := k.AddFeed(t.Context(), k.ana, workflow.FeedPatch{URL: ptr("http://127.0.0.1:1/rss")}); err == nil {
		t.Error("a private address was taken")
	} else {
		refused(t, "a private address", err, claims.KindInvalid, "url:fetch.address")
	}
}

func TestFailuresPauseLongerAndLonger(t *testing.T) {
	k := newKit(t)
	p := newPaper(t)
	k.watching(p)
	p.put("/rss", says(500, ""))
	f := k.addFeed(p, "/rss", workflow.FeedPatch{Every: ptr(60)})
	k.work()
	for fails, want := range map[int]time.Duration{1: 2 * time.Hour} {
		if got := k.feed(f.ID).Feed; got.Fails != fails || got.NextAt.Sub(got.TriedAt) != want {
			t.Errorf("%+v", got)
		}
	}
	for range 6 {
		k.later(25 * time.Hour)
	}
	if got := k.feed(f.ID).Feed; got.Fails != 7 || got.NextAt.Sub(got.TriedAt) != 24*time.Hour || p.times("/rss") != 7 {
		t.Errorf("%+v", got)
	}
	p.put("/rss", p.rss(1))
	if _, err := k.LookAtFeedNow(t.Context(), k.ana, f.ID); err != nil {
		t.Fatal(err)
	}
	k.work()
	if got := k.feed(f.ID).Feed; got.Fails != 0 || got.Problem != nil || got.ReadAt.IsZero() {
		t.Errorf("%+v", got)
	}
}

func TestOnlyWhatIsNewIsSent(t *testing.T) {
	k := newKit(t)
	p := newPaper(t)
	k.watching(p)
	var mu sync.Mutex
	var given []string
	p.put("/rss", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		given = append(given, r.Header.Get("If-None-Match")+"|"+r.Header.Get("If-Modified-Since"))
		mu.Unlock()
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Last-Modified", "Tue, 28 Oct 2025 10:00:00 GMT")
		p.rss(1)(w, r)
	})
	f := k.addFeed(p, "/rss", workflow.FeedPatch{})
	k.work()
	k.later(time.Hour)
	mu.Lock()
	defer mu.Unlock()
	if want := []string{"|", `"v1"|Tue, 28 Oct 2025 10:00:00 GMT`}; !slices.Equal(given, want) {
		t.Errorf("%q", given)
	}
	if got := k.feed(f.ID); got.Feed.Tag != `"v1"` || got.Feed.Fails != 0 || got.Feed.ReadAt != got.Feed.TriedAt || len(got.Items) != 1 {
		t.Errorf("%+v", got.Feed)
	}
}

func TestAFeedThatMovesAndOneThatIsGone(t *testing.T) { onEveryEngine(t, feedsThatMove) }

func feedsThatMove(t *testing.T, k *kit) {
	p := newPaper(t)
	k.watching(p)
	p.put("/new", p.rss(1))
	p.put("/for-good", says(301, "", "Location", "/then"))
	p.put("/then", says(308, "", "Location", "/new"))
	p.put("/today", says(302, "", "Location", "/elsewhere"))
	p.put("/elsewhere", p.rss(2))
	moved, stays := k.addFeed(p, "/for-good", workflow.FeedPatch{}), k.addFeed(p, "/today", workflow.FeedPatch{})
	k.work()
	v := k.feed(moved.ID)
	if v.Feed.URL != p.URL+"/new" || v.Feed.Version != 2 || !slices.Contains(acts(v), workflow.ActFeedMoved) {
		t.Errorf("%+v, %v", v.Feed, acts(v))
	}
	if v := k.feed(stays.ID); v.Feed.URL != p.URL+"/today" {
		t.Errorf("%+v", v.Feed)
	}
	p.put("/today", says(301, "", "Location", "/new"))
	k.later(time.Hour)
	if v := k.feed(stays.ID); v.Feed.URL != p.URL+"/today" || v.Feed.Fails != 0 {
		t.Errorf("it moved to where another feed stands: %+v", v.Feed)
	}
	p.put("/new", says(410, ""))
	k.later(time.Hour)
	v = k.feed(moved.ID)
	if v.Feed.State != claims.FeedGone || v.Events[0].Act != workflow.ActFeedGone || v.Events[0].Actor != "" || v.Feed.Problem.Args[0] != 410.0 {
		t.Errorf("%+v, %v", v.Feed, acts(v))
	}
	times := p.times("/new")
	k.later(100 * time.Hour)
	if p.times("/new") != times {
		t.Errorf("a feed that is gone was looked at %d times more", p.times("/new")-times)
	}
	p.put("/new", p.rss(1))
	if f, err := k.ResumeFeed(t.Context(), k.ana, moved.ID); err != nil || f.State != claims.FeedWatched {
		t.Errorf("%+v, %v", f, err)
	}
	k.work()
	if v := k.feed(moved.ID); v.Feed.Problem != nil || v.Feed.Fails != 0 {
		t.Errorf("%+v", v.Feed)
	}
	k.sound()
}

// TestLatinLettersOfAFeed: some say their encoding in the header, some in the text, and
// some wrongly.
func TestLatinLettersOfAFeed(t *testing.T) {
	k := newKit(t)
	p := newPaper(t)
	k.watching(p)
	item := "<rss><channel><item><title>A\xf1o de ca\xf1as</title><link>" + p.URL + "/n/%s</link></item></channel></rss>"
	p.put("/header", says(200, fmt.Sprintf(item, "h"), "Content-Type", "application/rss+xml; charset=ISO-8859-1"))
	p.put("/text", says(200, `<?xml version="1.0" encoding="iso-8859-1"?>`+fmt.Sprintf(item, "t"), "Content-Type", "application/rss+xml"))
	p.put("/wrong", says(200, `<?xml version="1.0" encoding="utf-8"?>`+fmt.Sprintf(item, "w"), "Content-Type", "application/rss+xml"))
	p.put("/also-wrong", says(200, `<?xml version="1.0" encoding="iso-8859-1"?><rss><channel><item><title>Año de cañas</title><link>`+p.URL+`/n/u</link></item></channel></rss>`))
	for _, path := range []string{"/header", "/text", "/wrong", "/also-wrong"} {
		f := k.addFeed(p, path, workflow.FeedPatch{})
		k.work()
		if v := k.feed(f.ID); len(v.Items) != 1 || v.Items[0].Title != "Año de cañas" {
			t.Errorf("%s: %+v, %+v", path, v.Items, v.Feed.Problem)
		}
	}
}

func TestPagesOfAFeedThatFail(t *testing.T) {
	k := newKit(t)
	p := newPaper(t)
	k.watching(p)
	p.put("/rss", p.rss(1, 2))
	p.put("/n/1", says(404, ""))
	p.put("/robots.txt", says(200, "User-agent: *\nDisallow: /n/2\n"))
	f := k.addFeed(p, "/rss", workflow.FeedPatch{})
	k.work()
	v := k.feed(f.ID)
	wantFates(t, "failed", v, map[claims.FeedFate]int{claims.FateFailed: 2})
	if p.times("/n/2") != 0 {
		t.Error("robots.txt was not obeyed")
	}
	p.put("/n/1", nil)
	for _, i := range v.Items {
		if strings.HasSuffix(i.URL, "/n/1") {
			if _, err := k.RetryJob(t.Context(), k.ana, i.Job); err != nil {
				t.Fatal(err)
			}
		}
	}
	k.work()
	wantFates(t, "tried again", k.feed(f.ID), map[claims.FeedFate]int{claims.FateFailed: 1, claims.FateKept: 1})
}

func TestWhatPeopleDecideOfAFeed(t *testing.T) { onEveryEngine(t, whatPeopleDecide) }

func whatPeopleDecide(t *testing.T, k *kit) {
	ctx := t.Context()
	p := newPaper(t)
	k.watching(p)
	p.put("/rss", p.rss(1))
	f := k.addFeed(p, "/rss", workflow.FeedPatch{})
	k.work()
	_, err := k.AddFeed(ctx, k.bea, workflow.FeedPatch{URL: ptr(p.URL + "/rss")})
	refused(t, "an address that is watched", err, claims.KindInvalid, "url:feed.watched_already")
	for key, in := range map[string]workflow.FeedPatch{
		"url:url.malformed":         {URL: ptr("javascript:1")},
		"url:text.missing":          {URL: ptr(" ")},
		"every:feed.every_range":    {Every: ptr(1)},
		"first:feed.first_range":    {First: ptr(51)},
		"language:language.unknown": {Language: ptr("qq")},
		"include:list.too_long":     {Include: ptr(numbered(51))},
		"exclude:text.too_long":     {Exclude: ptr([]string{long(201)})},
		"name:text.too_long":        {Name: ptr(long(501))},
	} {
		_, err := k.EditFeed(ctx, k.ana, f.ID, f.Version, in)
		refused(t, key, err, claims.KindInvalid, key)
	}
	_, err = k.EditFeed(ctx, k.ana, f.ID, f.Version+1, workflow.FeedPatch{Name: ptr("x")})
	refused(t, "stale", err, claims.KindStale, "stale.feed")
	_, err = k.EditFeed(ctx, k.bea, f.ID, f.Version, workflow.FeedPatch{Name: ptr("x")})
	refused(t, "another checker", err, claims.KindNotAllowed, "not_allowed.feed_of_others")
	_, err = k.AddFeed(ctx, k.carla, workflow.FeedPatch{URL: ptr(p.URL + "/x")})
	refused(t, "a contributor", err, claims.KindNotAllowed, "not_allowed.feed.watch")
	_, err = k.PauseFeed(ctx, k.ana, "NOSUCHFEED")
	refused(t, "no such feed", err, claims.KindNotFound)

	got, err := k.EditFeed(ctx, k.luis, f.ID, f.Version, workflow.FeedPatch{Name: ptr("Diario"), Exclude: &[]string{"fútbol"}, Every: ptr(60)})
	if err != nil || got.Name != "Diario" || got.Version != f.Version+1 || got.Every != 60 {
		t.Errorf("%+v, %v", got, err)
	}
	k.undoLast(k.luis)
	if got := k.feed(f.ID).Feed; got.Name != f.Name || len(got.Exclude) != 0 || got.Every != 30 {
		t.Errorf("undone: %+v", got)
	}
	if got, err = k.PauseFeed(ctx, k.ana, f.ID); err != nil || got.State != claims.FeedPaused {
		t.Errorf("%+v, %v", got, err)
	}
	_, err = k.LookAtFeedNow(ctx, k.ana, f.ID)
	refused(t, "looking while paused", err, claims.KindConflict, "feed.not_watched")
	times := p.times("/rss")
	k.later(100 * time.Hour)
	if p.times("/rss") != times {
		t.Error("a paused feed was looked at")
	}
	k.undoLast(k.ana)
	if got := k.feed(f.ID).Feed; got.State != claims.FeedWatched {
		t.Errorf("%+v", got)
	}
	k.work()
	if err := k.DeleteFeed(ctx, k.ana, f.ID); err != nil {
		t.Fatal(err)
	}
	_, err = k.Feed(ctx, k.ana, f.ID, claims.Page{})
	refused(t, "deleted", err, claims.KindNotFound)
	k.undoLast(k.ana)
	k.work()
	v := k.feed(f.ID)
	if v.Feed.URL != f.URL || v.Feed.CreatedBy != k.ana.ID || v.Feed.State != claims.FeedWatched {
		t.Errorf("%+v", v.Feed)
	}
	wantFates(t, "begun anew", v, map[claims.FeedFate]int{claims.FateDuplicate: 1})
	list, _, err := k.Feeds(ctx, k.carla)
	if err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
	k.sound()
}

// undoLast takes back what somebody did last.
func (k *kit) undoLast(actor claims.Actor) {
	k.Helper()
	id, err := k.LastUndoable(k.Context(), actor, time.Time{})
	if err == nil {
		_, err = k.Undo(k.Context(), actor, id)
	}
	if err != nil {
		k.Fatal(err)
	}
}

// TestAFeedBearsTheRightsOfItsPerson: who may take nothing in any more has nothing
// taken in.
func TestAFeedBearsTheRightsOfItsPerson(t *testing.T) {
	k := newKit(t)
	p := newPaper(t)
	k.watching(p)
	p.put("/rss", p.rss(1))
	f := k.addFeed(p, "/rss", workflow.FeedPatch{})
	if err := k.SetDisabled(t.Context(), k.eva, k.ana.ID, 1, true); err != nil {
		t.Fatal(err)
	}
	k.work()
	got, err := k.Feed(t.Context(), k.bea, f.ID, claims.Page{})
	if err != nil || got.Feed.Problem == nil || got.Feed.Problem.Key != "job.person_disabled" || p.times("/rss") != 0 {
		t.Errorf("%+v, %v", got.Feed, err)
	}
}

// TestEachDueFeedIsQueuedOnce, whatever number of nodes look for what is due.
func TestEachDueFeedIsQueuedOnce(t *testing.T) { onEveryEngine(t, eachDueFeedOnce) }

func eachDueFeedOnce(t *testing.T, k *kit) {
	feed := claimstest.NewFeed(0)
	claimstest.Write(t, k.store, func(w claims.Writer) error { feed.Version = 0; return w.CreateFeed(t.Context(), &feed) })
	k.clock.Advance(time.Hour)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if _, err := k.QueueFeeds(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	v, err := k.Jobs(t.Context(), k.ana, claims.JobFilter{Kind: claims.JobFeed})
	if err != nil || len(v.Jobs) != 1 {
		t.Errorf("%d jobs, %v", len(v.Jobs), err)
	}
}

func pageOf(address string) workflow.PageRequest {
	return workflow.PageRequest{Hint: ingest.Hint{URL: address}}
}
