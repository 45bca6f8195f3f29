package web

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// asked asks for a page with headers given as name, value pairs.
func (s *site) asked(method, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return s.do(r)
}

// undated are the public answers of which nobody keeps when they were otherwise:
// the growing log, files of the program, and what tells how the process is.
var undated = []string{"/log/", "/assets/", "/healthz", "/readyz", "/api/openapi.json", "/embed.js"}

func isUndated(path string) bool {
	for _, prefix := range undated {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return strings.HasSuffix(path, ".proof.json")
}

// TestEveryPublicRouteCanBeKeptByOthers: it says how long, and answers who has it
// already with 304, by HEAD too.
func TestEveryPublicRouteCanBeKeptByOthers(t *testing.T) {
	w := newWalk(t)
	paths := []string{"/c/" + w.params["c/:id"] + "@1"}
	for _, form := range []string{".json", "@1.json", ".png", "@1.png", "@1.proof.json"} {
		paths = append(paths, "/c/"+w.params["c/:id"]+form)
	}
	for _, r := range w.server.index {
		if r.access.kind == accessPublic && r.method == get && r.path != "/healthz" && r.path != "/readyz" {
			paths = append(paths, w.path(t, r.path))
		}
	}
	w.clock.Advance(time.Hour)
	for _, path := range paths {
		got := w.asked(get, path)
		h := got.Header()
		if got.Code != http.StatusOK || h.Get("ETag") == "" || !strings.HasPrefix(h.Get("Cache-Control"), "public, max-age=") || h.Get("Vary") != "" || h.Get("Set-Cookie") != "" {
			if h.Get("Cache-Control") == "no-store" && strings.HasSuffix(path, "/report") {
				continue // a form
			}
			t.Errorf("%s: %d, headers %v", path, got.Code, h)
			continue
		}
		head := w.asked(http.MethodHead, path)
		if head.Code != http.StatusOK || head.Body.Len() != 0 || head.Header().Get("ETag") != h.Get("ETag") || head.Header().Get("Last-Modified") != h.Get("Last-Modified") ||
			head.Header().Get("Content-Length") != strconv.Itoa(got.Body.Len()) {
			t.Errorf("HEAD %s: %d, %v", path, head.Code, head.Header())
		}
		for _, method := range []string{get, http.MethodHead} {
			if same := w.asked(method, path, "If-None-Match", h.Get("ETag")); same.Code != http.StatusNotModified || same.Body.Len() != 0 || same.Header().Get("ETag") != h.Get("ETag") {
				t.Errorf("%s %s with its ETag: %d", method, path, same.Code)
			}
		}
		last := h.Get("Last-Modified")
		if (last == "") != isUndated(path) {
			t.Errorf("%s was last changed %q", path, last)
		}
		at, err := http.ParseTime(last)
		if last == "" || err != nil {
			continue
		}
		older := at.Add(-time.Second).Format(http.TimeFormat)
		for _, tt := range []struct {
			headers []string
			want    int
		}{
			{[]string{"If-Modified-Since", last}, http.StatusNotModified},
			{[]string{"If-Modified-Since", older}, http.StatusOK},
			{[]string{"If-Modified-Since", "yesterday"}, http.StatusOK},
			{[]string{"If-None-Match", `"other"`, "If-Modified-Since", last}, http.StatusOK},
			{[]string{"If-None-Match", h.Get("ETag"), "If-Modified-Since", older}, http.StatusNotModified},
		} {
			if got := w.asked(get, path, tt.headers...); got.Code != tt.want {
				t.Errorf("%s with %v: %d", path, tt.headers, got.Code)
			}
		}
	}
}

// second is another process on the same database.
func (s *site) second(t *testing.T) *site {
	t.Helper()
	u, err := url.Parse(baseURL)
	if err != nil {
		t.Fatal(err)
	}
	out := *s
	out.desk = workflow.New(s.store, workflow.Options{Clock: s.clock, BaseURL: baseURL})
	if out.server, err = New(Config{Desk: out.desk, Store: s.store, BaseURL: u, Clock: s.clock, Log: slog.New(slog.DiscardHandler)}); err != nil {
		t.Fatal(err)
	}
	return &out
}

// TestNothingOutOfDateIsSent: after every act a process that had kept the pages
// sends what one that had not sends.
func TestNothingOutOfDateIsSent(t *testing.T) {
	s := newSite(t)
	ctx := t.Context()
	editor := s.actor(claims.RoleEditor)
	c := s.published(s.newClaim(articleQuote), "false", "")
	into := s.published(s.newClaim("La Junta anunció ayudas"), "true", "")
	check, err := s.desk.CreateCheck(ctx, editor, workflow.CheckInput{Slug: "agua", Title: "Agua", Language: "es", Body: "[[" + c.ID + "]]"})
	if err != nil {
		t.Fatal(err)
	}
	other := s.second(t)
	forms := []string{"", "@1", ".json", "@1.json", ".png", "/embed"}
	steps := []struct {
		name string
		act  func()
		same bool // the public sees no difference
	}{
		{"a note", func() {
			if _, err := s.desk.AddNote(ctx, editor, c.ID, "nada"); err != nil {
				t.Fatal(err)
			}
		}, true},
		{"the newsroom's name", func() { s.setHouse(func(set *claims.Settings) { set.Newsroom = "Mesa del Río" }) }, false},
		{"a check that cites it", func() {
			if check, err = s.desk.MoveCheck(ctx, editor, check.Slug, check.Version, claims.CheckPublished, ""); err != nil {
				t.Fatal(err)
			}
		}, false},
		{"reopened", func() {
			c = s.move(claims.RoleEditor, s.kept(c.ID), workflow.MoveInput{To: claims.StateReopened, Reason: "Duda."})
		}, false},
		{"kept as it was", func() { c = s.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StatePublished}) }, false},
		{"corrected", func() {
			c = s.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StateReopened, Reason: "Hay padrón."})
			c = s.published(c, "true", "Lo confirma.")
		}, false},
		{"the check withdrawn", func() {
			if _, err := s.desk.MoveCheck(ctx, editor, check.Slug, check.Version, claims.CheckWithdrawn, "No."); err != nil {
				t.Fatal(err)
			}
		}, false},
		{"merged", func() {
			c = s.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StateReopened, Reason: "Está dos veces."})
			c = s.move(claims.RoleChecker, c, workflow.MoveInput{To: claims.StateInCheck})
			c = s.move(claims.RoleChecker, c, workflow.MoveInput{To: claims.StateDismissed, Reason: string(claims.DismissDuplicate), Of: into.ID})
		}, false},
		{"the other withdrawn", func() {
			c = into
			s.move(claims.RoleEditor, s.kept(into.ID), workflow.MoveInput{To: claims.StateWithdrawn, Reason: "No."})
		}, false},
	}
	for _, step := range steps {
		for _, form := range forms {
			other.get("/c/" + c.ID + form)
		}
		before := other.get("/c/" + c.ID)
		s.clock.Advance(300 * time.Millisecond)
		step.act()
		s.clock.Advance(300 * time.Millisecond)
		fresh := s.second(t)
		for _, form := range forms {
			kept, made := other.get("/c/"+c.ID+form), fresh.get("/c/"+c.ID+form)
			if kept.Code != made.Code || kept.Body.String() != made.Body.String() || kept.Header().Get("Last-Modified") != made.Header().Get("Last-Modified") || kept.Header().Get("X-Frame-Options") != made.Header().Get("X-Frame-Options") {
				t.Errorf("%s: /c/ID%s is out of date", step.name, form)
			}
		}
		now := other.asked(get, "/c/"+c.ID, "If-Modified-Since", before.Header().Get("Last-Modified"))
		if step.same {
			if _, ok := other.server.public.get("/c/"+c.ID, mustState(t, other).Seq); !ok {
				t.Errorf("%s: the page is made again for nothing", step.name)
			}
		} else if now.Code == http.StatusNotModified {
			t.Errorf("%s: who asks by time is told that nothing changed", step.name)
		}
	}
}

func mustState(t *testing.T, s *site) workflow.PublicState {
	t.Helper()
	state, err := s.server.publicState(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// TestKeptPagesAreBounded by their bytes; what was used last stays.
func TestKeptPagesAreBounded(t *testing.T) {
	p := newPublicPages()
	body := make([]byte, keptBytes/4)
	for _, key := range []string{"a", "b", "c", "a", "d", "e"} {
		if _, ok := p.get(key, 1); !ok {
			p.put(key, publicAnswer{body: body, seq: 1})
		}
	}
	if _, ok := p.get("b", 1); ok || p.bytes > keptBytes || len(p.kept) != 4 {
		t.Errorf("%d bytes of %d pages", p.bytes, len(p.kept))
	}
	if _, ok := p.get("a", 2); ok {
		t.Error("a page of before the newest change is sent")
	}
}

// TestLastModifiedNeverLiesAhead, and two changes in a second differ.
func TestLastModifiedNeverLiesAhead(t *testing.T) {
	start := time.Date(2026, 1, 1, 10, 0, 0, 0, time.UTC)
	at := func(ms int) time.Time { return start.Add(time.Duration(ms) * time.Millisecond) }
	for _, tt := range []struct {
		changed, now int
		want         int // seconds
	}{{0, 0, 0}, {300, 400, 0}, {300, 1000, 1}, {300, 90_000, 1}, {1000, 5000, 1}} {
		if got := shownTime(at(tt.changed), at(tt.now)); !got.Equal(start.Add(time.Duration(tt.want) * time.Second)) {
			t.Errorf("%+v: %v", tt, got)
		}
	}
	since := http.Header{"If-Modified-Since": {shownTime(at(300), at(400)).Format(http.TimeFormat)}}
	if unchanged(since, "", at(700)) {
		t.Error("a second change in one second is not seen")
	}
}
