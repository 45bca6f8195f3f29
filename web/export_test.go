package web

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/export"
)

// TestTablesInEveryFormat: every profile, in every format, follows the filter of the list.
func TestTablesInEveryFormat(t *testing.T) {
	s := newSite(t)
	done := s.published(s.newClaim(articleQuote), "false", "")
	other := s.judged(s.newClaim("La Junta anunció ayudas"), "true")
	b := s.signIn(claims.RoleChecker)
	for _, p := range export.Profiles {
		for _, f := range export.Formats {
			path := "/export/" + p.Name + "." + string(f)
			w := b.open(path + "?state=published")
			body := w.Body.Bytes()
			if w.Code != http.StatusOK || w.Header().Get("Content-Type") != f.MediaType() || w.Header().Get("Content-Disposition") != `attachment; filename="`+p.Name+"."+string(f)+`"` {
				t.Errorf("%s: %d %v", path, w.Code, w.Header())
			}
			if f == export.XLSX {
				if archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body))); err != nil || len(archive.File) == 0 {
					t.Errorf("%s is no workbook: %v", path, err)
				}
				continue
			}
			if has := bytes.Contains(body, []byte(done.ID)); has != (p.Name == "verdicts" || p.Name == "claimreview") || bytes.Contains(body, []byte(other.ID)) {
				t.Errorf("%s does not follow the filter:\n%s", path, body)
			}
			if w := b.open(path + "?state=lost"); w.Code != http.StatusUnprocessableEntity || w.Header().Get("Content-Disposition") != "" {
				t.Errorf("%s of an unknown state: %d %v", path, w.Code, w.Header())
			}
		}
	}
	if w := b.open("/export/claimreview.csv?state=submitted"); strings.Contains(w.Body.String(), other.ID) {
		t.Error("a claim that is not published has ClaimReview")
	}
	if w := s.signIn(claims.RoleContributor).open("/export/verdicts.xlsx"); w.Code != http.StatusForbidden {
		t.Errorf("a contributor exports: %d", w.Code)
	}
}

// TestTablesAreDescribed: a CSV leads to its description, which names the CSV.
func TestTablesAreDescribed(t *testing.T) {
	s := newSite(t)
	s.published(s.newClaim(articleQuote), "false", "")
	b := s.signIn(claims.RoleChecker)
	for path, get := range map[string]func(string) (int, http.Header, []byte){
		"/export/verdicts.csv?state=open": opener(b), "/export/evidence.csv": opener(b), "/public/verdicts.csv": getter(s), "/public/claimreview.csv": getter(s),
	} {
		_, head, _ := get(path)
		link := head.Get("Link")
		target, rest, ok := strings.Cut(strings.TrimPrefix(link, "<"), ">")
		if !ok || rest != `; rel="describedby"; type="application/csvm+json"` {
			t.Errorf("%s: Link is %q", path, link)
			continue
		}
		code, head, body := get(path[:strings.LastIndex(path, "/")+1] + target)
		var d struct{ URL string }
		if err := json.Unmarshal(body, &d); err != nil || code != http.StatusOK || head.Get("Content-Type") != export.MetadataType || d.URL != path[strings.LastIndex(path, "/")+1:] {
			t.Errorf("%s: %d %q describes %q (%v)", target, code, head.Get("Content-Type"), d.URL, err)
		}
	}
}

func opener(b *browser) func(string) (int, http.Header, []byte) {
	return func(path string) (int, http.Header, []byte) {
		w := b.open(path)
		return w.Code, w.Header(), w.Body.Bytes()
	}
}

func getter(s *site) func(string) (int, http.Header, []byte) {
	return func(path string) (int, http.Header, []byte) {
		w := s.get(path)
		return w.Code, w.Header(), w.Body.Bytes()
	}
}

// TestPublicTablesCanBeKept: the same bytes and ETag for all, and 304 for who has them.
func TestPublicTablesCanBeKept(t *testing.T) {
	s := newSite(t)
	s.published(s.newClaim(articleQuote), "false", "")
	for _, path := range []string{"/public/verdicts.csv", "/public/verdicts.xlsx", "/public/verdicts.jsonl", "/public/claimreview.csv", "/public/claimreview.xlsx", "/public/claimreview.jsonl", "/public/verdicts.csv-metadata.json"} {
		first, second := s.get(path), s.get(path)
		if first.Code != http.StatusOK || first.Header().Get("ETag") == "" || first.Header().Get("ETag") != second.Header().Get("ETag") || first.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s: %d %v", path, first.Code, first.Header())
		}
		again := httptest.NewRequest(http.MethodGet, path, nil)
		again.Header.Set("If-None-Match", first.Header().Get("ETag"))
		if w := s.do(again); w.Code != http.StatusNotModified {
			t.Errorf("%s again: %d", path, w.Code)
		}
	}
}
