package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/claims/workflow"
)

func TestPublicListsByTopicAndMonth(t *testing.T) {
	s := newSite(t)
	first := s.published(s.listed(articleQuote, "El Ayuntamiento", "Agua", "¿Cortes?"), "false", "")
	s.clock.Advance(40 * 24 * time.Hour)
	second := s.published(s.listed("La Junta anunció ayudas", "La Junta", "agua"), "true", "")
	hidden := s.judged(s.listed("La Junta", "Nadie", "secreto"), "true")
	for path, want := range map[string][]string{
		"/public": {second.ID, first.ID}, "/public/2025-10": {first.ID}, "/public/2025-12": {second.ID},
		"/public/tag/agua": {second.ID, first.ID}, "/public/tag/cortes": {first.ID}, "/public/tag/agua/2025-10": {first.ID},
		"/public/source/la-junta": {second.ID}, "/public/source/el-ayuntamiento": {first.ID}, "/public/lang/es": {second.ID, first.ID},
		"/public/lang/es/2025-12": {second.ID}, "/public/tag/agua/2025-12/after/" + second.ID: nil,
	} {
		w := s.get(path)
		var ids []string
		for _, href := range page200(t, w).Attrs(".published a", "href") {
			ids = append(ids, strings.TrimPrefix(href, "/c/"))
		}
		if !slices.Equal(ids, want) {
			t.Errorf("%s lists %v, want %v", path, ids, want)
		}
		if h := w.Header(); h.Get("Set-Cookie") != "" || h.Get("Vary") != "" || h.Get("ETag") == "" || strings.Contains(w.Body.String(), "secreto") {
			t.Errorf("%s: %v", path, h)
		}
	}
	for _, path := range []string{"/public/2025-11", "/public/2025-13", "/public/agua", "/public/tag/secreto", "/public/source/nadie", "/public/lang/fr", "/public/tag/agua/2025-11",
		"/public/2025-10/after/" + second.ID, "/public/2025-10/after/" + hidden.ID, "/feeds/tag/secreto.atom", "/feeds/tag/agua.rss", "/claimreview/2025-11.json", "/sitemap/x.xml"} {
		if w := s.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	for asked, want := range map[string]string{"/public/tag/Agua": "/public/tag/agua", "/public/source/La%20Junta/2025-12": "/public/source/la-junta/2025-12"} {
		if w := s.get(asked); w.Code != http.StatusPermanentRedirect || w.Header().Get("Location") != want {
			t.Errorf("%s: %d to %q", asked, w.Code, w.Header().Get("Location"))
		}
	}
	p := page200(t, s.get("/public"))
	if got := p.Attrs(".browse a", "href"); !slices.Equal(got, []string{"/public/tag/agua", "/public/tag/cortes", "/public/source/la-junta", "/public/source/el-ayuntamiento", "/public/2025-12", "/public/2025-10"}) {
		t.Errorf("/public leads to %v", got)
	}
	if got := page200(t, s.get("/c/"+first.ID)).Attrs(".topics a", "href"); !slices.Equal(got, []string{"/public/tag/agua", "/public/tag/cortes", "/public/source/el-ayuntamiento", "/public/lang/es"}) {
		t.Errorf("the claim leads to %v", got)
	}
	s.move(claims.RoleEditor, second, workflow.MoveInput{To: claims.StateWithdrawn, Reason: "No era."})
	for _, path := range []string{"/public/source/la-junta", "/public/2025-12", "/feeds/source/la-junta.atom"} {
		if w := s.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s of what was withdrawn: %d", path, w.Code)
		}
	}
}

func TestATopicHasFeeds(t *testing.T) {
	s := newSite(t)
	c := s.published(s.listed(articleQuote, "Organización Ñ", "Agua"), "false", "")
	for path, kind := range map[string]string{"/feeds/tag/agua.atom": atomType, "/feeds/tag/agua.json": jsonFeedType, "/feeds/source/organizacion-n.atom": atomType, "/feeds/lang/es.json": jsonFeedType} {
		f := readFeed(t, s, path, kind)
		if len(f.Items) != 1 || f.Items[0].GUID != baseURL+"/c/"+c.ID || f.FeedLink != baseURL+path {
			t.Errorf("%s: %+v", path, f)
		}
	}
	p := page200(t, s.get("/public/source/organizacion-n"))
	if got := p.Attrs("head link[rel=alternate]", "href"); !slices.Equal(got, []string{"/feeds/source/organizacion-n.atom", "/feeds/source/organizacion-n.json"}) {
		t.Errorf("discovery %v", got)
	}
	if p.Attr("head link[rel=canonical]", "href") != baseURL+"/public/source/organizacion-n" || p.Text("h1") != "Organización Ñ" {
		t.Error("its address or heading")
	}
}

func TestTheDataFeedHoldsTheMarkupOfThePages(t *testing.T) {
	s := newSite(t)
	first := s.published(s.newClaim(articleQuote), "false", "")
	gone := s.published(s.newClaim("La Junta anunció ayudas"), "true", "")
	s.move(claims.RoleEditor, gone, workflow.MoveInput{To: claims.StateWithdrawn, Reason: "No era."})
	for _, path := range []string{"/claimreview.json", "/claimreview/" + monthPublished + ".json"} {
		w := s.get(path)
		var feed struct {
			Type     string `json:"@type"`
			Modified string `json:"dateModified"`
			Elements []struct {
				Type string            `json:"@type"`
				Item []json.RawMessage `json:"item"`
			} `json:"dataFeedElement"`
		}
		if err := json.Unmarshal(w.Body.Bytes(), &feed); err != nil || feed.Type != "DataFeed" || feed.Modified == "" || len(feed.Elements) != 1 || feed.Elements[0].Type != "DataFeedItem" {
			t.Fatalf("%s: %v %s", path, err, w.Body)
		}
		var listed, marked export.ClaimReview
		if err := json.Unmarshal(feed.Elements[0].Item[0], &listed); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(page200(t, s.get("/c/"+first.ID)).Raw("script[type='application/ld+json']")), &marked); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(marked, listed); diff != "" {
			t.Errorf("page and feed differ: %s", diff)
		}
		r := w.Header().Get("ETag")
		if again := s.askWith(path, "If-None-Match", r); again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("%s with its ETag: %d", path, again.Code)
		}
	}
}

func TestALongSitemapHasParts(t *testing.T) {
	s := newSite(t)
	var ids []string
	for range 5 {
		ids = append(ids, s.published(s.listed("familias", fmt.Sprint("Fuente ", len(ids)), "agua"), "false", "").ID)
	}
	whole := s.get("/sitemap.xml").Body.String()
	was := maxSitemap
	maxSitemap = 2
	defer func() { maxSitemap = was }()
	index := s.get("/sitemap.xml").Body.String()
	if !strings.Contains(index, "<sitemapindex") {
		t.Fatal(index)
	}
	parts := ""
	for _, piece := range strings.Split(index, "<loc>")[1:] {
		address, _, _ := strings.Cut(piece, "</loc>")
		w := s.get(strings.TrimPrefix(address, baseURL))
		if n := strings.Count(w.Body.String(), "<url>"); w.Code != http.StatusOK || n == 0 || n > 2 {
			t.Errorf("%s: %d, %d pages", address, w.Code, n)
		}
		parts += w.Body.String()
	}
	for _, piece := range strings.Split(whole, "<loc>")[1:] {
		address, _, _ := strings.Cut(piece, "</loc>")
		if strings.Count(parts, "<loc>"+address+"</loc>") != 1 {
			t.Errorf("%s stands %d times in the parts", address, strings.Count(parts, "<loc>"+address+"</loc>"))
		}
	}
	for _, want := range append(ids, "public/tag/agua", "public/lang/es", "public/"+monthPublished, "checks", "corrections") {
		if !strings.Contains(whole, want+"</loc>") {
			t.Errorf("the sitemap lacks %s", want)
		}
	}
}

func TestAMonthThatIsLongGoesOnByPath(t *testing.T) {
	s := newSite(t)
	var want []string
	for range 3 {
		want = append([]string{s.published(s.newClaim("familias"), "false", "").ID}, want...)
	}
	p := page200(t, s.get("/public/"+monthPublished+"/after/"+want[0]))
	if got := p.Attrs(".published a", "href"); !slices.Equal(got, []string{"/c/" + want[1], "/c/" + want[2]}) {
		t.Errorf("%v", got)
	}
	if w := s.get("/public/" + monthPublished + "/after/" + strings.ToLower(claims.ShowID(want[0]))); w.Code != http.StatusPermanentRedirect {
		t.Errorf("spoken: %d", w.Code)
	}
}
