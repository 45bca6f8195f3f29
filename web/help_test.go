package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/docs/guide"
)

func TestTheGuideIsReadInTheReadersLanguage(t *testing.T) {
	s := newSite(t)
	eva := s.signIn(claims.RoleAdmin)
	for _, lang := range guide.Langs {
		ledTo(t, eva.post("/account/language", url.Values{"language": {lang}}))
		index := page200(t, eva.open("/help"))
		chapters := guide.In(lang)
		if got := index.Texts(".guide-contents li a"); len(got) != len(chapters) || got[0] != chapters[0].Title {
			t.Errorf("%s: contents %q", lang, got)
		}
		for i, c := range chapters {
			page := page200(t, eva.open("/help/"+c.Name))
			if page.Text("h1") != c.Title || page.Attr(".guide-text", "lang") != lang || page.Attr(".guide-side a[aria-current]", "href") != "/help/"+c.Name {
				t.Errorf("%s/%s: %q", lang, c.Name, page.Text("h1"))
			}
			if page.Count(`a[rel="prev"]`) != min(i, 1) || page.Count(`a[rel="next"]`) != min(len(chapters)-1-i, 1) {
				t.Errorf("%s/%s does not lead to its neighbours", lang, c.Name)
			}
			if strings.Contains(page.Raw(".guide-text"), "](") || page.Count(".guide-text h2:not([id])") != 0 {
				t.Errorf("%s/%s: Markdown is left, or a heading has no anchor", lang, c.Name)
			}
			for _, to := range append(page.Attrs(".guide-text a", "href"), page.Attrs(".guide-text img", "src")...) {
				path, anchor, _ := strings.Cut(to, "#")
				target := page
				if path != "" {
					w := eva.open(path)
					if w.Code != http.StatusOK {
						t.Errorf("%s/%s leads to %s: %d", lang, c.Name, to, w.Code)
					}
					if anchor == "" {
						continue
					}
					target = page200(t, w)
				}
				if target.Count("#"+anchor) != 1 {
					t.Errorf("%s/%s: nothing stands at %s", lang, c.Name, to)
				}
			}
		}
	}
}

func TestTheGuideHasNoOtherChapters(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleContributor)
	for _, path := range []string{"/help/nothing", "/help/img/nothing.png", "/help/..%2Fguide.go"} {
		if w := b.open(path); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "<h1") {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
	w := b.open("/help/img/" + guide.Pictures()[0])
	if w.Header().Get("Content-Type") != "image/png" || !strings.Contains(w.Header().Get("Cache-Control"), "max-age=") || w.Header().Get("ETag") == "" {
		t.Errorf("a picture is sent with %v", w.Header())
	}
}
