package workflow_test

import (
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

// press is a newspaper's server.
type press struct {
	*httptest.Server
	mu     sync.Mutex
	page   string
	code   int // of the page; 0 for 200
	robots string
	asked  []string // If-None-Match of each time the page was asked for
}

func newPress(t *testing.T) *press {
	t.Helper()
	p := &press{page: dam}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if r.URL.Path == "/robots.txt" {
			_, _ = w.Write([]byte(p.robots))
			return
		}
		p.asked = append(p.asked, r.Header.Get("If-None-Match"))
		tag := `"` + claimstest.Hash(p.page)[:8] + `"`
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch {
		case p.code != 0:
			w.Header().Set("Retry-After", "86400")
			w.WriteHeader(p.code)
		case r.Header.Get("If-None-Match") == tag:
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", tag)
			_, _ = w.Write([]byte(p.page))
		}
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *press) set(page string, code int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.page, p.code = page, code
}

func (p *press) times() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.asked)
}

// watchingPress takes the paper's page in on a desk whose house watches every six hours for
// two days.
func (k *kit) watchingPress(p *press, quotes ...string) (claims.Article, []claims.Claim) {
	k.Helper()
	client := fetch.New(fetch.Config{Allow: []string{strings.TrimPrefix(p.URL, "http://")}, UserAgent: "Cotejo/9", Now: k.clock.Now})
	k.Desk = workflow.New(k.store, workflow.Options{Clock: tick{k.clock}, BaseURL: "https://desk.test", Fetcher: client})
	s := claims.DefaultSettings()
	s.Watch.Every, s.Watch.Days = 6, 2
	if err := k.EditSettings(k.Context(), k.eva, s); err != nil {
		k.Fatal(err)
	}
	taken, err := k.FetchArticle(k.Context(), k.ana, workflow.PageRequest{Hint: ingest.Hint{URL: p.URL + "/presa"}})
	if err != nil {
		k.Fatal(err)
	}
	var out []claims.Claim
	for _, q := range quotes {
		c, err := k.AddClaim(k.Context(), k.ana, workflow.NewClaim{Article: taken.Article.ID, Quote: q})
		if err != nil {
			k.Fatal(err)
		}
		out = append(out, c)
	}
	return taken.Article, out
}

// pass lets time go by and a worker look for work; it gives the kind of what it did.
func (k *kit) pass(by time.Duration) claims.JobKind {
	k.Helper()
	k.clock.Advance(by)
	j, err := k.LeaseJob(k.Context())
	if err != nil {
		k.Fatal(err)
	}
	if j.ID == "" {
		return ""
	}
	if err := k.RefetchArticle(k.Context(), j, func(string, int64, int64) {}); err != nil {
		if err := k.FailJob(k.Context(), j, err); err != nil {
			k.Fatal(err)
		}
	}
	return j.Kind
}

func (k *kit) watch(article string) workflow.WatchView {
	k.Helper()
	v, err := k.WatchOf(k.Context(), k.ana, article)
	if err != nil {
		k.Fatal(err)
	}
	return v
}

func TestPagesAreWatched(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		p := newPress(t)
		a, _ := k.watchingPress(p)
		fetches := func(what string, by time.Duration, want int) {
			t.Helper()
			before := p.times()
			if kind := k.pass(by); p.times()-before != want || (kind == claims.JobWatch) != (want > 0) {
				t.Errorf("%s: %d fetches by %q, want %d", what, p.times()-before, kind, want)
			}
		}
		fetches("at once", 0, 0)
		fetches("before time", 5*time.Hour, 0)
		events := k.seq()
		fetches("in time", time.Hour, 1)
		fetches("again at once", 0, 0)
		if v := k.watch(a.ID); v.Watch.SeenAt.IsZero() || v.Watch.Problem != nil || v.Watch.Tag == "" || v.Watch.NextAt.Sub(v.Watch.AskedAt) != 6*time.Hour {
			t.Errorf("%+v", v.Watch)
		}
		fetches("once more", 6*time.Hour, 1)
		if n := len(p.asked); p.asked[n-2] != "" || p.asked[n-1] == "" {
			t.Errorf("asked for what is new by %q", p.asked)
		}
		if k.seq() != events {
			t.Error("the history tells of pages on which nothing changed")
		}
		p.set(strings.Replace(dam, "dos metros", "tres metros", 1), 0)
		fetches("a change", 6*time.Hour, 1)
		v, err := k.Article(t.Context(), k.ana, a.ID)
		if err != nil || len(v.Snapshots) != 2 {
			t.Fatalf("%d snapshots, %v", len(v.Snapshots), err)
		}
		fetches("too old", 48*time.Hour, 0)
		k.sound()
	})
}

func TestRulesOfWatching(t *testing.T) {
	k, p := newKit(t), newPress(t)
	a, list := k.watchingPress(p, "El río creció dos metros")
	edit := func(in workflow.WatchInput) {
		t.Helper()
		v := k.watch(a.ID)
		if _, err := k.EditWatch(t.Context(), k.ana, a.ID, v.Article.Version, in); err != nil {
			t.Fatal(err)
		}
	}
	edit(workflow.WatchInput{Mode: claims.WatchPaused})
	if kind := k.pass(7 * time.Hour); kind != "" {
		t.Errorf("paused, yet %s", kind)
	}
	if _, err := k.Undo(t.Context(), k.ana, k.lastEvent().ID); err != nil {
		t.Fatal(err)
	}
	if kind := k.pass(0); kind != claims.JobWatch {
		t.Errorf("after undoing: %q", kind)
	}
	edit(workflow.WatchInput{Mode: claims.WatchOwn, Every: 1, Days: 30})
	if kind := k.pass(time.Hour); kind != claims.JobWatch {
		t.Errorf("by its own rule: %q", kind)
	}
	if kind := k.pass(60 * 24 * time.Hour); kind != "" {
		t.Errorf("too old, yet %s", kind)
	}
	k.move(k.luis, k.approved(list[0]), to(claims.StatePublished))
	if kind := k.pass(0); kind != claims.JobWatch {
		t.Errorf("published: %q", kind)
	}
	if kind := k.pass(23 * time.Hour); kind != "" {
		t.Errorf("more than once a day: %s", kind)
	}
	s, err := k.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Watch.Paused = true
	if err := k.EditSettings(t.Context(), k.eva, s); err != nil {
		t.Fatal(err)
	}
	if kind := k.pass(48 * time.Hour); kind != "" {
		t.Errorf("the house pauses, yet %s", kind)
	}
	v := k.watch(a.ID)
	for what, err := range map[string]error{
		"mode":  errOf(k.EditWatch(t.Context(), k.ana, a.ID, v.Article.Version, workflow.WatchInput{Mode: "x"})),
		"every": errOf(k.EditWatch(t.Context(), k.ana, a.ID, v.Article.Version, workflow.WatchInput{Mode: claims.WatchOwn, Every: 0, Days: 1})),
		"days":  errOf(k.EditWatch(t.Context(), k.ana, a.ID, v.Article.Version, workflow.WatchInput{Mode: claims.WatchOwn, Every: 1, Days: 0})),
	} {
		refused(t, what, err, claims.KindInvalid)
	}
	refused(t, "a contributor", errOf(k.EditWatch(t.Context(), k.carla, a.ID, v.Article.Version, workflow.WatchInput{Mode: claims.WatchPaused})), claims.KindNotAllowed)
	refused(t, "stale", errOf(k.EditWatch(t.Context(), k.ana, a.ID, v.Article.Version-1, workflow.WatchInput{Mode: claims.WatchPaused})), claims.KindStale)
}

func TestFailuresOfWatching(t *testing.T) {
	for name, c := range map[string]struct {
		code   int
		robots string
		key    string
		next   time.Duration // after the failure, at least
	}{
		"out of order":     {code: 500, key: "fetch.status", next: 24 * time.Hour}, // it says so itself
		"too many":         {code: 429, key: "fetch.status", next: 24 * time.Hour},
		"for persons only": {robots: "User-agent: *\nDisallow: /\n", key: "fetch.robots", next: 12 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			k, p := newKit(t), newPress(t)
			a, _ := k.watchingPress(p)
			p.set(dam, c.code)
			p.mu.Lock()
			p.robots = c.robots
			p.mu.Unlock()
			if kind := k.pass(6 * time.Hour); kind != claims.JobWatch {
				t.Fatalf("%q", kind)
			}
			v := k.watch(a.ID).Watch
			if v.Failures != 1 || v.Problem == nil || v.Problem.Key != c.key || v.NextAt.Sub(v.AskedAt) < c.next-time.Second || v.Gone() {
				t.Errorf("%+v %+v, next in %v", v, v.Problem, v.NextAt.Sub(v.AskedAt))
			}
			if kind := k.pass(c.next - time.Minute); kind != "" {
				t.Errorf("again too soon: %s", kind)
			}
			// A person's asking is nobody's program.
			got, err := k.refetched(a.ID)
			if c.code == 0 && (err != nil || got.Snapshot != 0) || c.code != 0 && err == nil {
				t.Errorf("by hand: %+v, %v", got, err)
			}
		})
	}
}

func TestAPageThatIsGone(t *testing.T) {
	for _, code := range []int{http.StatusNotFound, http.StatusGone} {
		k, p := newKitAt(t, t.TempDir()+"/cotejo.db"), newPress(t)
		a, list := k.watchingPress(p, "El río creció dos metros")
		p.set(dam, code)
		k.pass(6 * time.Hour)
		since := k.watch(a.ID).Watch.GoneSince
		k.pass(12 * time.Hour)
		if v := k.watch(a.ID).Watch; since.IsZero() || !v.GoneSince.Equal(since) || v.Failures != 2 {
			t.Errorf("%d: gone since %v, then %+v", code, since, v)
		}
		if c := k.again(list[0]); c.Snapshot != 1 || c.Version != list[0].Version {
			t.Errorf("%d: the claim was touched: %+v", code, c)
		}
		p.set(dam, 0)
		if got, err := k.refetched(a.ID); err != nil || got.Gone {
			t.Errorf("%d: back: %+v, %v", code, got, err)
		}
		if v := k.watch(a.ID).Watch; v.Gone() || v.Failures != 0 || v.Problem != nil {
			t.Errorf("%d: back: %+v", code, v)
		}
		events, _, err := k.Events(t.Context(), k.eva, claims.EventFilter{Article: a.ID, Before: 1 << 40})
		var acts []string
		for _, e := range events {
			if strings.HasPrefix(e.Act, "article.") {
				acts = append(acts, e.Act)
			}
		}
		if err != nil || !slices.Equal(acts, []string{workflow.ActArticleBack, workflow.ActArticleGone, workflow.ActArticleAdd}) {
			t.Errorf("%d: the history tells %v, %v", code, acts, err)
		}
		k.sound()
	}
}

func TestAPersonsJobGoesFirst(t *testing.T) {
	k, p := newKit(t), newPress(t)
	a, _ := k.watchingPress(p)
	k.clock.Advance(7 * time.Hour)
	asked, err := k.AskRefetch(t.Context(), k.ana, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if j, err := k.LeaseJob(t.Context()); err != nil || j.ID != asked.ID {
		t.Errorf("%+v, %v", j, err)
	}
	if j, err := k.LeaseJob(t.Context()); err != nil || j.Kind != claims.JobWatch {
		t.Errorf("%+v, %v", j, err)
	}
	if j, err := k.LeaseJob(t.Context()); err != nil || j.ID != "" {
		t.Errorf("a second watch at once: %+v, %v", j, err)
	}
}
