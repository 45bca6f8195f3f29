package assets

import (
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
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

// A library stands here as its package has it: what is changed in it would be lost
// with its next version. The digest is of dist/htmx.esm.min.js in htmx.org 4.0.1.
func TestTheLibraryIsAsItsPackageHasIt(t *testing.T) {
	raw, err := files.ReadFile("vendor/htmx-4.0.1.js")
	if err != nil {
		t.Fatal(err)
	}
	const want = "df982506d1529a193f6073f568ec821d4ae8db761bdb0ef07bd6a3d5eace0b2e"
	if got := fmt.Sprintf("%x", sha256.Sum256(raw)); got != want {
		t.Errorf("the digest is %s", got)
	}
}

// What stands compressed is the same file, at an address that always answers so.
func TestStylesAndScriptsStandCompressedBesideThemselves(t *testing.T) {
	for _, file := range []string{"css/base.css", "js/partial.js", "vendor/htmx-4.0.1.js"} {
		w := serve(PackedURL(file))
		if got := w.Header(); w.Code != http.StatusOK || got.Get("Content-Encoding") != "gzip" || got.Get("Vary") != "" ||
			got.Get("Content-Type") != serve(URL(file)).Header().Get("Content-Type") || got.Get("Cache-Control") != "public, max-age=31536000, immutable" {
			t.Errorf("%s: %d %v", file, w.Code, got)
		}
		unzipped, err := gzip.NewReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(unzipped)
		if want := serve(URL(file)).Body.String(); err != nil || string(got) != want {
			t.Errorf("%s: %d bytes, %v; %d stand there", file, len(got), err, len(want))
		}
	}
	if w := serve(PackedURL("img/mark.svg")); w.Code != http.StatusOK || w.Header().Get("Content-Encoding") != "" {
		t.Errorf("a picture beside them: %d %v", w.Code, w.Header())
	}
}
