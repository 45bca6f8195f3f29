package web

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cotejo/claims"
	"cotejo/web/htmlcheck"
)

// heard is a stream that a browser reads: the names of its events.
type heard struct {
	status int
	events chan string // closed when the stream ends
	stop   context.CancelFunc
}

// follow opens a stream as a role's person; without a role as nobody.
func (w walked) follow(t *testing.T, base string, cookie *http.Cookie, query string) heard {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/live?"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	if cookie != nil {
		r.AddCookie(cookie)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	out := heard{status: answer.StatusCode, events: make(chan string, 100), stop: stop}
	go func() {
		defer close(out.events)
		defer answer.Body.Close()
		lines := bufio.NewScanner(answer.Body)
		for lines.Scan() {
			if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				out.events <- name
			}
		}
	}()
	return out
}

// next waits for an event; "" where the stream ended.
func (h heard) next(t *testing.T) string {
	t.Helper()
	select {
	case name := <-h.events:
		return name
	case <-time.After(10 * time.Second):
		t.Fatal("nothing is heard")
		return ""
	}
}

// quiet waits until nothing more comes, and tells what came.
func (h heard) quiet() (n int) {
	for {
		select {
		case name, ok := <-h.events:
			if !ok {
				return n
			}
			if name == "look" {
				n++
			}
		case <-time.After(300 * time.Millisecond):
			return n
		}
	}
}

// liveWalk is a desk on a listener of its own whose pages ask often.
func liveWalk(t *testing.T) (w walked, base string, end func() error) {
	w = newWalk(t)
	w.server.pages.every = 10 * time.Millisecond
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := w.server.HTTP()
	go func() { _ = server.Serve(listener) }()
	end = func() error {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		return server.Shutdown(ctx)
	}
	t.Cleanup(func() { _ = server.Close() })
	return w, "http://" + listener.Addr().String(), end
}

func (w walked) open() int {
	w.server.pages.mu.Lock()
	defer w.server.pages.mu.Unlock()
	return len(w.server.pages.open)
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal(what)
		}
	}
}

// TestOpenPagesHearOfWhatOthersDo, of what they show and of who is there, and of
// nothing else; what is closed leaves nothing behind.
func TestOpenPagesHearOfWhatOthersDo(t *testing.T) {
	before := goleak.IgnoreCurrent()
	w, base, end := liveWalk(t)
	c := w.kept(w.params["claims/:id"])
	other := w.newClaim("La Junta")
	luis, ana := w.cookieOf(t, claims.RoleEditor), w.cookieOf(t, claims.RoleChecker)
	here := w.follow(t, base, luis, "claim="+c.ID+"&with="+w.people[claims.RoleChecker].ID)
	too := w.follow(t, base, ana, "claim="+c.ID+"&with="+w.people[claims.RoleEditor].ID)
	article := w.follow(t, base, luis, "article="+w.article.ID)
	elsewhere := w.follow(t, base, ana, "claim="+other.ID)
	for _, h := range []heard{here, too, article, elsewhere} {
		if h.status != http.StatusOK {
			t.Fatalf("status %d", h.status)
		}
		h.quiet()
	}
	page := page200(t, (&browser{site: w.site, cookie: luis}).open("/claims/"+c.ID))
	if text := page.Text("#present"); text != "Also here now: Ana." {
		t.Errorf("the page says %q", text)
	}
	if page.Attr("#live", "data-stream") == "" || page.Attr("#live-said", "aria-live") != "polite" || page.Count("[data-live] #live") != 0 {
		t.Error("the page does not follow")
	}
	if _, err := w.desk.AddNote(t.Context(), w.actor(claims.RoleAdmin), c.ID, "Nota."); err != nil {
		t.Fatal(err)
	}
	for name, h := range map[string]heard{"luis": here, "ana": too, "the article": article} {
		if got := h.next(t); got != "look" {
			t.Errorf("%s heard %q", name, got)
		}
	}
	if n := elsewhere.quiet(); n != 0 {
		t.Errorf("another claim's page heard %d", n)
	}
	too.stop()
	if got := here.next(t); got != "look" {
		t.Errorf("that somebody went is told as %q", got)
	}
	if n := page200(t, (&browser{site: w.site, cookie: luis}).open("/claims/"+c.ID)).Count("#present"); n != 0 {
		t.Error("who went is still there")
	}
	here.stop()
	article.stop()
	elsewhere.stop()
	eventually(t, "closed pages stay", func() bool { return w.open() == 0 })
	if w.server.pages.stop != nil {
		t.Error("somebody still asks for news")
	}
	if err := end(); err != nil {
		t.Error(err)
	}
	_ = w.store.Close()
	goleak.VerifyNone(t, before)
}

// TestAPageCatchesUp with what happened since it was rendered.
func TestAPageCatchesUp(t *testing.T) {
	w, base, _ := liveWalk(t)
	c := w.kept(w.params["claims/:id"])
	page := page200(t, w.signIn(claims.RoleEditor).open("/claims/"+c.ID))
	query := strings.TrimPrefix(page.Attr("#live", "data-stream"), "/live?")
	cookie := w.cookieOf(t, claims.RoleEditor)
	if h := w.follow(t, base, cookie, query); h.quiet() != 0 {
		t.Error("a page that is current is told to look")
	}
	if _, err := w.desk.AddNote(t.Context(), w.actor(claims.RoleAdmin), c.ID, "Nota."); err != nil {
		t.Fatal(err)
	}
	if h := w.follow(t, base, cookie, query); h.next(t) != "look" {
		t.Error("a page that is behind is not told")
	}
	said := page200(t, w.signIn(claims.RoleEditor).open("/claims/"+c.ID))
	if news := said.Attr("#live", "data-news"); !strings.HasPrefix(news, "Eva ") {
		t.Errorf("the news is %q", news)
	}
	if news := page200(t, w.signIn(claims.RoleAdmin).open("/claims/"+c.ID)).Attr("#live", "data-news"); news != "" {
		t.Errorf("one's own act is news: %q", news)
	}
}

// TestStreamsAreForThoseWhoMaySee, are bounded, and end with the session and the server.
func TestStreamsAreForThoseWhoMaySee(t *testing.T) {
	w, base, end := liveWalk(t)
	w.server.pages.beat = 20 * time.Millisecond
	c := w.kept(w.params["claims/:id"])
	cookie := w.cookieOf(t, claims.RoleChecker)
	for query, want := range map[string]int{"": http.StatusNoContent, "claim=ZZZZZZ": http.StatusNotFound, "article=ZZZZZZZZZZ": http.StatusNotFound, "claim=%00": http.StatusNoContent} {
		if h := w.follow(t, base, cookie, query); h.status != want {
			t.Errorf("%q: %d, want %d", query, h.status, want)
		}
	}
	if h := w.follow(t, base, nil, "claim="+c.ID); h.status == http.StatusOK {
		t.Error("nobody may follow")
	}
	first := w.follow(t, base, cookie, "claim="+c.ID)
	for range livePerson {
		w.follow(t, base, cookie, "claim="+c.ID)
	}
	for name := first.next(t); name != "end"; name = first.next(t) {
		if name == "" {
			t.Fatal("the oldest page is cut off instead of told")
		}
	}
	if n := w.open(); n != livePerson {
		t.Errorf("%d streams of one person", n)
	}
	out := w.follow(t, base, w.cookieOf(t, claims.RoleContributor), "claim="+c.ID)
	if err := w.desk.SignOutEverywhere(t.Context(), w.actor(claims.RoleContributor)); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a stream outlives its session", func() bool { return w.open() == livePerson })
	if out.next(t); out.status != http.StatusOK {
		t.Error(out.status)
	}
	if err := end(); err != nil {
		t.Errorf("open pages hold the server up: %v", err)
	}
	if w.server.pages.enter(&openPage{}) {
		t.Error("a page enters a server that ended")
	}
}

// TestAPageThatFetchesItselfTakesNoMessage away from the page it is for.
func TestAPageThatFetchesItselfTakesNoMessage(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	b := s.signIn(claims.RoleChecker)
	ledTo(t, b.post("/claims/"+c.ID+"/notes", map[string][]string{"text": {"Nota."}}))
	r := httptest.NewRequest(http.MethodGet, "/claims/"+c.ID, nil)
	r.Header.Set(liveHeader, "1")
	if n := page200(t, b.send(r)).Count(".flashes .notice"); n != 0 {
		t.Error("the fetch took the message")
	}
	if n := page200(t, b.open("/claims/"+c.ID)).Count(".flashes .notice"); n != 1 {
		t.Error("the message is lost")
	}
	form := map[string][]string{"version": {"1"}, "content": {"x"}, "rationale": {"mío"}}
	w := b.post("/claims/"+c.ID+"/verdict", form)
	if page := htmlcheck.Parse(t, w.Body.String()); w.Code < 400 || page.Count("#live") != 0 {
		t.Error("a refused form could be taken over")
	}
}

// TestTheDeskAndArticlesFollowToo: each says what another did, and not what one
// did oneself; a form that was refused is left alone.
func TestTheDeskAndArticlesFollowToo(t *testing.T) {
	w, base, _ := liveWalk(t)
	c := w.kept(w.params["claims/:id"])
	luis, cookie := w.signIn(claims.RoleEditor), w.cookieOf(t, claims.RoleEditor)
	pages := map[string]string{"/": "desk", "/articles/" + w.article.ID: "article"}
	streams := map[string]heard{}
	for path, watch := range pages {
		page := page200(t, luis.open(path))
		query := strings.TrimPrefix(page.Attr("#live", "data-stream"), "/live?")
		if !strings.HasPrefix(query, watch) || page.Count("[data-live]") < 3 || page.Count("[data-live] #live") != 0 {
			t.Fatalf("%s follows %q with %d parts", path, query, page.Count("[data-live]"))
		}
		streams[path] = w.follow(t, base, cookie, query)
		streams[path].quiet()
	}
	if _, err := w.desk.AddNote(t.Context(), w.actor(claims.RoleAdmin), c.ID, "Nota."); err != nil {
		t.Fatal(err)
	}
	for path, h := range streams {
		if got := h.next(t); got != "look" {
			t.Errorf("%s heard %q", path, got)
		}
		if news := page200(t, luis.open(path)).Attr("#live", "data-news"); !strings.HasPrefix(news, "Eva ") {
			t.Errorf("%s tells %q", path, news)
		}
		if news := page200(t, w.signIn(claims.RoleAdmin).open(path)).Attr("#live", "data-news"); news != "" {
			t.Errorf("%s tells of one's own act: %q", path, news)
		}
	}
	refused := htmlcheck.Parse(t, luis.post("/articles/"+w.article.ID+"/claims", url.Values{"quote": {"nada de esto"}}).Body.String())
	if refused.Count("#live") != 0 || refused.Count("#add[open]") != 1 {
		t.Error("a page with a refused form follows")
	}
}
