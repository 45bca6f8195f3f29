package webarchive_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/webarchive"
)

// archive answers as a test says, and notes what it was asked.
type archive struct {
	*httptest.Server
	submit, status http.HandlerFunc
	authorization  string
	form           string
}

func newArchive(t *testing.T) *archive {
	a := &archive{}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /save", func(w http.ResponseWriter, r *http.Request) {
		a.authorization, a.form = r.Header.Get("Authorization"), r.FormValue("url")
		a.submit(w, r)
	})
	mux.HandleFunc("GET /save/status/{id}", func(w http.ResponseWriter, r *http.Request) { a.status(w, r) })
	a.Server = httptest.NewServer(mux)
	t.Cleanup(a.Close)
	a.submit = says(200, `{"url":"https://news.test/a","job_id":"spn2-7"}`)
	a.status = says(200, `{"status":"pending","job_id":"spn2-7"}`)
	return a
}

func says(code int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	}
}

func (a *archive) client(t *testing.T, timeout time.Duration) *webarchive.Client {
	t.Helper()
	c, err := webarchive.New(webarchive.Config{Address: a.URL + "/", Key: "access:secret", UserAgent: "Cotejo/test", Timeout: timeout})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func wants(t *testing.T, what string, err error, kind claims.ErrKind, key string) {
	t.Helper()
	var refused *claims.Error
	if !errors.As(err, &refused) || refused.Kind != kind || refused.Key != key {
		t.Errorf("%s: %v, want %s %s", what, err, kind, key)
	}
	if err != nil && strings.Contains(err.Error(), "secret") {
		t.Errorf("%s tells the key: %v", what, err)
	}
}

func TestAPageIsSubmittedAndThenArchived(t *testing.T) {
	a := newArchive(t)
	c := a.client(t, 0)
	receipt, err := c.Submit(t.Context(), "https://news.test/a?b=1&c=ñ")
	if err != nil || receipt != "spn2-7" || a.authorization != "LOW access:secret" || a.form != "https://news.test/a?b=1&c=ñ" {
		t.Fatalf("%q, %v, asked %q as %q", receipt, err, a.form, a.authorization)
	}
	if out, err := c.Outcome(t.Context(), receipt); err != nil || !out.Pending || out.Address != "" {
		t.Errorf("submitted is archived: %+v, %v", out, err)
	}
	a.status = says(200, `{"status":"success","timestamp":"20261128200102","original_url":"https://news.test/a?b=1"}`)
	out, err := c.Outcome(t.Context(), receipt)
	if err != nil || out.Pending || out.Address != a.URL+"/web/20261128200102/https://news.test/a?b=1" || !out.At.Equal(time.Date(2026, 11, 28, 20, 1, 2, 0, time.UTC)) {
		t.Errorf("%+v, %v", out, err)
	}
}

func TestArchivesThatBehaveBadly(t *testing.T) {
	a := newArchive(t)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("the key went elsewhere: %s", r.Header.Get("Authorization"))
	}))
	t.Cleanup(elsewhere.Close)
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		kind   claims.ErrKind
		key    string
	}{
		"too many requests": {says(429, "slow down"), claims.KindBusy, "archive.busy"},
		"broken":            {says(502, "<html>"), claims.KindBusy, "archive.busy"},
		"a session's limit": {says(200, `{"status":"error","status_ext":"error:user-session-limit","message":"You have reached the limit"}`), claims.KindBusy, "archive.busy"},
		"blocked":           {says(200, `{"status":"error","status_ext":"error:blocked-url","message":"This URL is excluded."}`), claims.KindInvalid, "archive.refused"},
		"no key":            {says(401, `{"message":"You need to be logged in"}`), claims.KindConflict, "archive.key"},
		"no answer":         {says(200, "<html>OK</html>"), claims.KindConflict, "archive.answer"},
		"an empty one":      {says(200, `{}`), claims.KindConflict, "archive.answer"},
		"half an answer":    {says(200, `{"status":"success","timestamp":"yesterday","original_url":"https://news.test/"}`), claims.KindConflict, "archive.answer"},
		"a redirect":        {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, http.StatusFound) }, claims.KindConflict, "archive.answer"},
		"without end": {func(w http.ResponseWriter, _ *http.Request) {
			for range 3000 {
				_, _ = io.WriteString(w, strings.Repeat("x", 1024))
			}
		}, claims.KindConflict, "archive.answer"},
		"cut off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, "{")
		}, claims.KindBusy, "archive.unreachable"},
	} {
		a.submit, a.status = test.answer, test.answer
		c := a.client(t, 5*time.Second)
		_, err := c.Submit(t.Context(), "https://news.test/a")
		wants(t, name+", submitting", err, test.kind, test.key)
		_, err = c.Outcome(t.Context(), "../../r")
		wants(t, name+", asking", err, test.kind, test.key)
	}
}

func TestSlowAndMissingArchives(t *testing.T) {
	a := newArchive(t)
	a.submit = func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(5 * time.Second):
		}
	}
	_, err := a.client(t, 50*time.Millisecond).Submit(t.Context(), "https://news.test/a")
	wants(t, "slow", err, claims.KindBusy, "archive.unreachable")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := a.client(t, 0).Submit(ctx, "https://news.test/a"); !errors.Is(err, context.Canceled) {
		t.Errorf("whoever went away is told %v", err)
	}
	c := a.client(t, 0)
	a.Close()
	_, err = c.Submit(t.Context(), "https://news.test/a")
	wants(t, "missing", err, claims.KindBusy, "archive.unreachable")
}

func TestWhichArchivesMayBeAsked(t *testing.T) {
	for address, want := range map[string]bool{
		"https://web.archive.test": true, "https://web.archive.test/x/": true, "http://127.0.0.1:8099": true, "http://localhost": true, "http://[::1]:80": true,
		"http://web.archive.test": false, "": false, "ftp://x.test": false, "https://": false, "https://ana:x@web.archive.test": false, "https://web.archive.test?key=1": false,
	} {
		if _, err := webarchive.New(webarchive.Config{Address: address}); (err == nil) != want {
			t.Errorf("%q: %v", address, err)
		}
	}
}
