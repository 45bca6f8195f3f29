package assets

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func serve(path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func TestFilesAreServedAndKept(t *testing.T) {
	for file, kind := range map[string]string{"css/base.css": "text/css", "js/article.js": "text/javascript", "img/mark.svg": "image/svg+xml"} {
		w := serve(URL(file))
		if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), kind) {
			t.Errorf("%s: %d %s", file, w.Code, w.Header().Get("Content-Type"))
		}
		if got := w.Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
			t.Errorf("%s: kept as %q", file, got)
		}
	}
}

func TestAnOldTabGetsThePresentFileAndAsksAgain(t *testing.T) {
	w := serve(Root + "000000000000/css/base.css")
	if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("%d, %q", w.Code, w.Header().Get("Cache-Control"))
	}
}

func TestOnlyFilesAreServed(t *testing.T) {
	for _, path := range []string{Root, URL("css"), URL(""), URL("css/none.css"), URL("../assets.go"), Root + "css/base.css"} {
		if w := serve(path); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
}

// The content policy allows no other site, and no data but pictures.
func TestStyleSheetsAskForNothingElsewhere(t *testing.T) {
	for _, file := range []string{"css/base.css", "css/desk.css"} {
		raw, err := files.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, sign := range []string{"@import", "http:", "https:", "//"} {
			if strings.Contains(string(raw), sign) {
				t.Errorf("%s holds %s", file, sign)
			}
		}
	}
}
