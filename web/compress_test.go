package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
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
	for _, visited := range []string{"/", "/articles/" + c.Article, "/claims/" + c.ID, "/queue", "/claims", "/stats", "/public", "/c/" + c.ID} {
		body, total := travels(t, b, visited)
		page := htmlcheck.Parse(t, body)
		scripts := scriptsTravel(t, b, page.Attrs("script[src]", "src"))
		total += scripts
		for _, file := range page.Attrs(`link[rel="stylesheet"], link[rel="icon"]`, "href") {
			_, size := travels(t, b, file)
			total += size
		}
		t.Logf("%s: %d bytes, %d of them scripts", visited, total, scripts)
		if total > mostPage || scripts > mostScript {
			t.Errorf("%s: %d bytes (at most %d), %d of them scripts (at most %d)", visited, total, mostPage, scripts, mostScript)
		}
	}
}

// imported finds the modules that a module names, each by its path from there.
var imported = regexp.MustCompile(`(?:^|\n)import [^"\n]*"(\.[^"]+)";`)

// scriptsTravel sums up the sizes of modules and of all that they import.
func scriptsTravel(t *testing.T, b *browser, files []string) (sum int) {
	t.Helper()
	seen := map[string]bool{}
	for len(files) > 0 {
		file := files[0]
		files = files[1:]
		if seen[file] {
			continue
		}
		seen[file] = true
		body, size := travels(t, b, file)
		sum += size
		for _, m := range imported.FindAllStringSubmatch(body, -1) {
			files = append(files, path.Join(path.Dir(file), m[1]))
		}
	}
	return sum
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
