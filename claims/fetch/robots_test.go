package fetch

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cotejo/claims"
)

func TestRobotsRules(t *testing.T) {
	for name, c := range map[string]struct{ file, allowed, refused string }{
		"no file":               {"", "/ /a", ""},
		"nothing is forbidden":  {"User-agent: *\nDisallow:\n", "/ /a", ""},
		"all is forbidden":      {"User-agent: *\nDisallow: /\n", "/robots.txt", "/ /a /a?b"},
		"a folder":              {"user-agent:*\ndisallow:/private/ # ours\n", "/ /private /priv/x", "/private/ /private/x"},
		"the longest match":     {"User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\n", "/a/b /a/b/x /b", "/a /a/x /a/b/c"},
		"allowed where equal":   {"User-agent: *\nDisallow: /page\nAllow: /page\n", "/page", ""},
		"our group only":        {"User-agent: *\nDisallow: /\n\nUser-agent: cotejo\nDisallow: /x\n", "/ /a", "/x"},
		"our name of a version": {"User-agent: COTEJO/1.0\nDisallow: /x\nUser-agent: *\nDisallow: /\n", "/a", "/x"},
		"no part of a name":     {"User-agent: Cote\nUser-agent: Cotejobot\nDisallow: /\n", "/ /a", ""},
		"groups are put together": {"User-agent: Cotejo\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nUser-agent: Other\nUser-agent: Cotejo\nDisallow: /b\n",
			"/c /", "/a /b"},
		"a group without rules":      {"User-agent: Cotejo\n\nUser-agent: *\nDisallow: /\n", "", "/ /a"},
		"an own group that is empty": {"User-agent: Cotejo\nDisallow:\n\nUser-agent: *\nDisallow: /\n", "/ /a", ""},
		"other lines":                {"Sitemap: https://x.test/s\nUser-agent: *\nCrawl-delay: 9\nDisallow: /a\nnonsense\nSitemap: x\nDisallow: /b\n", "/c", "/a /b"},
		"rules before any group":     {"Disallow: /\nUser-agent: *\nDisallow: /a\n", "/b", "/a"},
		"wildcards":                  {"User-agent: *\nDisallow: /*.pdf\nDisallow: /a/*/print\n", "/pdf /a/print /a.html", "/x.pdf /x.pdf?y /b/c.pdfx /a/b/print /a/b/c/print/d"},
		"the end":                    {"User-agent: *\nDisallow: /*.php$\nDisallow: /only$\n", "/a.php?x /only/ /onlyx", "/a.php /b/c.php /only /a.php.php"},
		"stars by the end":           {"User-agent: *\nDisallow: /a*b*$\nDisallow: /**z\n", "/a /ac /y", "/ab /acb /abx /z /yz"},
		"queries":                    {"User-agent: *\nDisallow: /*?print=\nDisallow: /s?q=a\n", "/x /x?a /s?q=b", "/x?print=1 /s?q=ab"},
		"escapes":                    {"User-agent: *\nDisallow: /a%3cb\nDisallow: /c%7Ed\nDisallow: /ñ\nDisallow: /a%2Fb\n", "/a/b", "/a%3Cb /c~d /c%7ed /%C3%B1andu /a%2fb"},
		"broken escapes":             {"User-agent: *\nDisallow: /a%z\nDisallow: /b%\n", "/a /b", "/b%25"},
		"line ends and a mark":       {"\ufeffUser-agent: *\rDisallow: /a\r\nDisallow: /b\n", "/c", "/a /b"},
	} {
		rules := parseRobots(c.file, "Cotejo")
		for want, paths := range map[bool]string{true: c.allowed, false: c.refused} {
			for path := range strings.FieldsSeq(paths) {
				u, err := url.Parse("https://faro.test" + path)
				if err != nil {
					t.Fatal(err)
				}
				if got := rules.allow(u); got != want {
					t.Errorf("%s: %s allowed: %v", name, path, got)
				}
			}
		}
	}
}

func TestAProductIsTheNameBeforeItsVersion(t *testing.T) {
	for agent, want := range map[string]string{"Cotejo/9 (+https://desk.test)": "Cotejo", "Cotejo": "Cotejo", "my-bot_x 2": "my-bot_x", "": "", "9": ""} {
		if got := product(agent); got != want {
			t.Errorf("%q: %q", agent, got)
		}
	}
}

// site is a server whose robots.txt says what a test wants.
type site struct {
	*httptest.Server
	robots func(http.ResponseWriter, *http.Request)
	asked  atomic.Int64 // for its robots.txt
	got    atomic.Int64 // for anything else
}

func newSite(t *testing.T, robots http.HandlerFunc) *site {
	t.Helper()
	s := &site{robots: robots}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case robotsPath:
			s.asked.Add(1)
			s.robots(w, r)
			return
		case "/on":
			http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusFound)
			return
		}
		s.got.Add(1)
		_, _ = w.Write([]byte("x"))
	}))
	t.Cleanup(s.Close)
	return s
}

func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(text)) }
}

func answers(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func (s *site) host() string { return strings.TrimPrefix(s.URL, "http://") }

// unasked fetches as a program does by itself.
func unasked(t *testing.T, c *Client, address string) string {
	t.Helper()
	_, err := c.Get(t.Context(), Request{URL: address, Limit: 1 << 20, Unasked: true})
	if err == nil {
		return ""
	}
	return err.(*claims.Error).Key
}

func TestRobotsAreObeyedOnlyUnasked(t *testing.T) {
	s := newSite(t, says("User-agent: Cotejo\nDisallow: /no\n"))
	c := New(Config{Allow: []string{s.host()}, UserAgent: "Cotejo/1"})
	if _, err := c.Get(t.Context(), Request{URL: s.URL + "/no", Limit: 1 << 20}); err != nil || s.asked.Load() != 0 {
		t.Errorf("asked for by a person: %v, robots.txt read %d times", err, s.asked.Load())
	}
	for path, want := range map[string]string{"/no": "fetch.robots", "/yes": "", "/on?to=/no": "fetch.robots", "/on?to=/yes": ""} {
		if got := unasked(t, c, s.URL+path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	if s.asked.Load() != 1 {
		t.Errorf("robots.txt was read %d times", s.asked.Load())
	}
	if s.got.Load() != 3 {
		t.Errorf("%d pages were fetched", s.got.Load())
	}
}

func TestRobotsOfEverySiteOnTheWay(t *testing.T) {
	there := newSite(t, says("User-agent: *\nDisallow: /\n"))
	here := newSite(t, answers(http.StatusNotFound))
	c := New(Config{Allow: []string{here.host(), there.host()}})
	if got := unasked(t, c, here.URL+"/on?to="+url.QueryEscape(there.URL+"/a")); got != "fetch.robots" || there.got.Load() != 0 {
		t.Errorf("%s; %d pages fetched there", got, there.got.Load())
	}
}

func TestWhatASiteAnswersForItsRobots(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte("User-agent: *\nDisallow: /\n"))
	_ = z.Close()
	for name, c := range map[string]struct {
		robots http.HandlerFunc
		want   string
	}{
		"none":         {answers(404), ""},
		"gone":         {answers(410), ""},
		"forbidden":    {answers(403), ""},
		"out of order": {answers(500), "fetch.robots_down"},
		"not now":      {answers(503), "fetch.robots_down"},
		"empty":        {says(""), ""},
		"a web page":   {says("<!doctype html><title>Faro</title>"), ""},
		"without end": {func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "User-agent: *\n", strings.Repeat("# \n", maxRobots/3), "Disallow: /\n")
		}, ""},
		"long": {func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "User-agent: *\n", strings.Repeat("# \n", maxRobots/3-20), "Disallow: /\n")
		}, "fetch.robots"},
		"elsewhere":   {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/on?to=/", http.StatusFound) }, ""},
		"in a circle": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, robotsPath, http.StatusFound) }, ""},
		"a private host": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusFound)
		}, "fetch.robots_down"},
		"packed": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(packed.Bytes())
		}, "fetch.robots"},
		"silent": {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "fetch.robots_down"},
	} {
		s := newSite(t, c.robots)
		if got := unasked(t, New(Config{Allow: []string{s.host()}, Timeout: time.Second}), s.URL+"/a"); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestRobotsAreAskedForAgainInTime(t *testing.T) {
	now := time.Date(2025, 10, 27, 9, 0, 0, 0, time.UTC)
	s := newSite(t, answers(500))
	c := New(Config{Allow: []string{s.host()}, Now: func() time.Time { return now }})
	for _, step := range []struct {
		pass time.Duration
		want string
		file int64
	}{{0, "fetch.robots_down", 1}, {9 * time.Minute, "fetch.robots_down", 1}, {2 * time.Minute, "", 2}, {23 * time.Hour, "", 2}, {2 * time.Hour, "", 3}} {
		if now = now.Add(step.pass); step.file == 2 {
			s.robots = answers(404)
		}
		if got := unasked(t, c, s.URL+"/a"); got != step.want || s.asked.Load() != step.file {
			t.Errorf("at %v: %s, read %d times; want %+v", now, got, s.asked.Load(), step)
		}
	}
}

func TestWhatIsKnownIsNotFetchedAgain(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/later":
			w.Header().Set("Retry-After", r.URL.Query().Get("after"))
			w.WriteHeader(http.StatusTooManyRequests)
		case r.Header.Get("If-None-Match") == `"1"` || r.Header.Get("If-Modified-Since") == "Mon, 27 Oct 2025 09:00:00 GMT":
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Last-Modified", "Mon, 27 Oct 2025 09:00:00 GMT")
			if r.URL.Path == "/wordy" {
				w.Header().Set("ETag", `"`+strings.Repeat("x", maxTag)+`"`)
			}
			_, _ = w.Write([]byte("x"))
		}
	}))
	t.Cleanup(s.Close)
	now := time.Date(2025, 10, 27, 9, 0, 0, 0, time.UTC)
	c := New(Config{Allow: []string{strings.TrimPrefix(s.URL, "http://")}, Now: func() time.Time { return now }})
	first, err := c.Get(t.Context(), Request{URL: s.URL, Limit: 9})
	if err != nil || first.Same || first.Tag != `"1"` || first.Modified == "" {
		t.Fatalf("%+v, %v", first, err)
	}
	for _, in := range []Request{{Tag: first.Tag}, {Modified: first.Modified}, {Tag: first.Tag, Modified: first.Modified}} {
		in.URL, in.Limit = s.URL, 9
		if again, err := c.Get(t.Context(), in); err != nil || !again.Same || again.Body != nil {
			t.Errorf("%+v, %v", again, err)
		}
	}
	if wordy, err := c.Get(t.Context(), Request{URL: s.URL + "/wordy", Limit: 9}); err != nil || wordy.Tag != "" {
		t.Errorf("%+v, %v", wordy, err)
	}
	for after, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, "-5": 0, "99999999999": maxPause, "soon": 0, "Mon, 27 Oct 2025 09:10:00 GMT": 10 * time.Minute, "Mon, 27 Oct 2025 08:00:00 GMT": 0, "Wed, 27 Oct 2027 09:00:00 GMT": maxPause,
	} {
		page, err := c.Get(t.Context(), Request{URL: s.URL + "/later?after=" + url.QueryEscape(after), Limit: 9})
		if err == nil || page.RetryAfter != want {
			t.Errorf("%q: %v, %v", after, page.RetryAfter, err)
		}
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /%c3", "/a?b")
	f.Fuzz(func(t *testing.T, file, path string) {
		u, err := url.Parse("https://faro.test/" + path)
		if err != nil {
			return
		}
		parseRobots(file, "Cotejo").allow(u)
		if once := canonicalPath(path); canonicalPath(once) != once && !strings.Contains(path, "%") {
			t.Errorf("%q: %q, then %q", path, once, canonicalPath(once))
		}
	})
}
