package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"cotejo/claims"
	"cotejo/web/htmlcheck"
)

// Bounds of what a first visit to a page takes, in bytes as they travel.
const (
	mostPage   = 150_000
	mostScript = 30_000
)

// travels gives an answer's body as it is read and its size as it travels.
func travels(t *testing.T, b *browser, path string) (string, int) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", "gzip, br")
	w := b.send(r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d", path, w.Code)
	}
	size := w.Body.Len()
	if w.Header().Get("Content-Encoding") != "gzip" {
		return w.Body.String(), size
	}
	unzipped, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(unzipped)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw), size
}

func TestAFirstVisitIsLight(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim("La Junta anunció ayudas"), "true", "")
	b := s.signIn(claims.RoleAdmin)
	for _, path := range []string{"/", "/articles/" + c.Article, "/claims/" + c.ID, "/queue", "/claims", "/stats", "/public", "/c/" + c.ID} {
		body, total := travels(t, b, path)
		page := htmlcheck.Parse(t, body)
		scripts := 0
		for _, file := range page.Attrs("script[src]", "src") {
			_, size := travels(t, b, file)
			scripts += size
		}
		total += scripts
		for _, file := range page.Attrs(`link[rel="stylesheet"], link[rel="icon"]`, "href") {
			_, size := travels(t, b, file)
			total += size
		}
		t.Logf("%s: %d bytes, %d of them scripts", path, total, scripts)
		if total > mostPage || scripts > mostScript {
			t.Errorf("%s: %d bytes (at most %d), %d of them scripts (at most %d)", path, total, mostPage, scripts, mostScript)
		}
	}
}

func TestWhatIsReadByOneIsCompressedAndWhatAllReadIsNot(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleAdmin)
	for path, want := range map[string]string{"/claims": "gzip", "/login": "gzip", "/public": "", "/methodology": ""} {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		send := b.send
		if path == "/login" {
			send = s.do
		}
		w := send(r)
		if got := w.Header().Get("Content-Encoding"); got != want {
			t.Errorf("%s: %d, encoding %q, want %q", path, w.Code, got, want)
		}
		if varies := w.Header().Get("Vary") != ""; varies != (want != "") {
			t.Errorf("%s: Vary is %q", path, w.Header().Get("Vary"))
		}
		plain := httptest.NewRequest(http.MethodGet, path, nil)
		if got := send(plain).Header().Get("Content-Encoding"); got != "" {
			t.Errorf("%s: encoding %q that was not asked for", path, got)
		}
	}
}
