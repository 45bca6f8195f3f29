package fetch_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/fetch"
)

const limit = 1 << 20

// hostOf is the host with port of a test server.
func hostOf(s *httptest.Server) string { return strings.TrimPrefix(s.URL, "http://") }

func serve(t *testing.T, handle http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(handle)
	t.Cleanup(s.Close)
	return s
}

// wants ends with an error of a key, and no other.
func wants(t *testing.T, what, key string, err error) {
	t.Helper()
	var refused *claims.Error
	if !errors.As(err, &refused) || refused.Key != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

func TestWhatAServerGivesIsKeptAsItCame(t *testing.T) {
	var agent, referer string
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		agent, referer = r.UserAgent(), r.Referer()
		if r.URL.Path == "/from" {
			http.Redirect(w, r, "/to?x=1", http.StatusFound)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
		_, _ = w.Write([]byte("<p>a\xf1o</p>"))
	})
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	page, err := fetch.New(fetch.Config{Allow: []string{hostOf(s)}, UserAgent: "Cotejo/9 (+https://desk.test)"}).Get(t.Context(), fetch.Request{URL: s.URL + "/from#part", Limit: limit})
	if err != nil || string(page.Body) != "<p>a\xf1o</p>" || page.MediaType != "text/html; charset=iso-8859-1" || page.URL != s.URL+"/to?x=1" {
		t.Errorf("%+v, %v", page, err)
	}
	if agent != "Cotejo/9 (+https://desk.test)" || referer != "" {
		t.Errorf("asked as %q, coming from %q", agent, referer)
	}
}

func TestPrivateAddressesAreRefused(t *testing.T) {
	reached := false
	inner := serve(t, func(http.ResponseWriter, *http.Request) { reached = true })
	port := inner.URL[strings.LastIndex(inner.URL, ":"):]
	c := fetch.New(fetch.Config{Timeout: 5 * time.Second})
	for _, address := range []string{
		inner.URL, "http://localhost" + port, "http://[::1]" + port, "http://[::ffff:127.0.0.1]" + port, "http://0.0.0.0" + port, "http://10.0.0.1/", "http://192.168.1.1/",
		"http://172.16.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://[fc00::1]/", "http://100.64.0.1/", "http://[fe80::1%25lo]/", "https://127.0.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://017700000001/", "http://127.0.0.1./",
		"http://[::ffff:a9fe:a9fe]/", "http://[::127.0.0.1]/", "http://[2002:7f00:1::]/", "http://224.0.0.1/", "http://255.255.255.255/", "http://198.18.0.1/",
		"http://192.0.2.1:8080/", "http://[64:ff9b::7f00:1]/",
	} {
		_, err := c.Get(t.Context(), fetch.Request{URL: address, Limit: limit})
		wants(t, address, "fetch.address", err)
		wants(t, "before a fetch: "+address, "fetch.address", c.Check(t.Context(), address))
	}
	for _, address := range []string{"", "x", "ftp://a.test/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http://ana:secret@a.test/", "gopher://127.0.0.1/", "dict://127.0.0.1:11211/", "data:text/html,x", "http:///x", "//a.test/", "http://a.test/" + strings.Repeat("x", 2000)} {
		_, err := c.Get(t.Context(), fetch.Request{URL: address, Limit: limit})
		wants(t, address, "fetch.malformed", err)
		wants(t, "before a fetch: "+address, "fetch.malformed", c.Check(t.Context(), address))
	}
	if reached {
		t.Error("a private server was reached")
	}
}

// TestRedirectsLeadNowherePrivate: the first host is allowed, what it leads to is not.
func TestRedirectsLeadNowherePrivate(t *testing.T) {
	reached := false
	inner := serve(t, func(http.ResponseWriter, *http.Request) { reached = true })
	outer := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/again" {
			http.Redirect(w, r, "/again", http.StatusFound)
			return
		}
		http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusFound)
	})
	c := fetch.New(fetch.Config{Allow: []string{hostOf(outer)}})
	for to, key := range map[string]string{
		inner.URL: "fetch.address", "http://169.254.169.254/": "fetch.address", "file:///etc/passwd": "fetch.malformed", "http://x:y@" + hostOf(outer): "fetch.malformed",
	} {
		_, err := c.Get(t.Context(), fetch.Request{URL: outer.URL + "/?to=" + url.QueryEscape(to), Limit: limit})
		wants(t, "to "+to, key, err)
	}
	_, err := c.Get(t.Context(), fetch.Request{URL: outer.URL + "/again", Limit: limit})
	wants(t, "for ever", "fetch.redirects", err)
	if reached {
		t.Error("a private server was reached")
	}
}

func gzipped(t *testing.T, n int) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := io.Copy(z, io.LimitReader(zeros{}, int64(n))); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestNothingIsReadWithoutEnd(t *testing.T) {
	bomb, small := gzipped(t, 64<<20), gzipped(t, 1000)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/endless":
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		case "/said":
			w.Header().Set("Content-Length", fmt.Sprint(limit+1))
			_, _ = w.Write([]byte("x"))
		case "/exact":
			_, _ = w.Write(make([]byte, limit))
		case "/drip":
			for r.Context().Err() == nil {
				_, _ = w.Write([]byte("."))
				w.(http.Flusher).Flush()
				time.Sleep(20 * time.Millisecond)
			}
		case "/silent":
			<-r.Context().Done()
		case "/bomb", "/packed":
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(map[string][]byte{"/bomb": bomb, "/packed": small}[r.URL.Path])
		case "/broken":
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write([]byte("no gzip at all"))
		case "/brotli":
			w.Header().Set("Content-Encoding", "br")
			_, _ = w.Write([]byte("x"))
		case "/headers":
			for i := range 200 {
				w.Header().Set(fmt.Sprintf("X-%d", i), strings.Repeat("y", 1000))
			}
		case "/short":
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte("x"))
		case "/missing":
			http.NotFound(w, r)
		}
	})
	c := fetch.New(fetch.Config{Allow: []string{hostOf(s)}, Timeout: 700 * time.Millisecond})
	for path, key := range map[string]string{
		"/endless": "fetch.too_large", "/said": "fetch.too_large", "/drip": "fetch.timeout", "/silent": "fetch.timeout", "/bomb": "fetch.too_large",
		"/broken": "fetch.encoding", "/brotli": "fetch.encoding", "/headers": "fetch.failed", "/short": "fetch.failed", "/missing": "fetch.status", "/empty": "fetch.empty",
	} {
		page, err := c.Get(t.Context(), fetch.Request{URL: s.URL + path, Limit: limit})
		wants(t, path, key, err)
		if page.Body != nil {
			t.Errorf("%s: %d bytes with an error", path, len(page.Body))
		}
	}
	for path, size := range map[string]int{"/exact": limit, "/packed": 1000} {
		if page, err := c.Get(t.Context(), fetch.Request{URL: s.URL + path, Limit: limit}); err != nil || len(page.Body) != size {
			t.Errorf("%s: %d bytes, %v", path, len(page.Body), err)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Get(ended, fetch.Request{URL: s.URL + "/exact", Limit: limit}); !errors.Is(err, context.Canceled) {
		t.Errorf("after the caller went away: %v", err)
	}
}

func TestOnlySomeFetchesAtOnce(t *testing.T) {
	let := make(chan bool)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		<-let
		_, _ = w.Write([]byte("x"))
	})
	c := fetch.New(fetch.Config{Allow: []string{hostOf(s)}})
	done := make(chan error, 20)
	for range 20 {
		go func() {
			_, err := c.Get(context.Background(), fetch.Request{URL: s.URL, Limit: limit})
			done <- err
		}()
	}
	busy := 0
	for busy < 16 {
		wants(t, "one too many", "fetch.busy", <-done)
		busy++
	}
	close(let)
	for range 4 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
