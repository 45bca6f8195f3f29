package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// read reads a feed by a reader that is not ours.
func readFeed(t *testing.T, s *site, path, contentType string) *gofeed.Feed {
	t.Helper()
	w := s.get(path)
	if got := w.Header().Get("Content-Type"); w.Code != http.StatusOK || got != contentType {
		t.Fatalf("%s: %d as %q", path, w.Code, got)
	}
	f, err := gofeed.NewParser().ParseString(w.Body.String())
	if err != nil {
		t.Fatalf("%s: %v\n%s", path, err, w.Body)
	}
	return f
}

func TestFeedsTellTheNewestVerdicts(t *testing.T) {
	s := newSite(t)
	first := s.published(s.newClaim(articleQuote), "false", "")
	second := s.published(s.newClaim("La Junta anunció ayudas"), "true", "")
	s.judged(s.newClaim("La Junta"), "true") // which nobody outside may see
	want := []string{baseURL + "/c/" + second.ID, baseURL + "/c/" + first.ID}
	for path, kind := range map[string]string{"/feed.atom": atomType, "/feed.json": jsonFeedType} {
		f := readFeed(t, s, path, kind)
		var links, ids []string
		for _, item := range f.Items {
			links, ids = append(links, item.Link), append(ids, item.GUID)
		}
		if !slices.Equal(links, want) || !slices.Equal(ids, want) || f.FeedLink != baseURL+path || f.Link != baseURL+"/public" {
			t.Errorf("%s: %v %v, of %q beside %q", path, links, ids, f.FeedLink, f.Link)
			continue
		}
		item := f.Items[1]
		if item.Title != "Falso: "+first.Standalone || !strings.Contains(item.Description+item.Content, "Son 1.150 familias.") || item.UpdatedParsed == nil || item.PublishedParsed == nil {
			t.Errorf("%s: %+v", path, item)
		}
	}
	p := page200(t, s.get("/public"))
	if got := p.Attrs("head link[rel=alternate]", "href"); !slices.Equal(got, []string{"/feed.atom", "/feed.json"}) {
		t.Errorf("the page leads programs to %v", got)
	}
}

func TestAFeedWithoutNewsIsOneToo(t *testing.T) {
	s := newSite(t)
	for path, kind := range map[string]string{"/feed.atom": atomType, "/feed.json": jsonFeedType, "/corrections.atom": atomType} {
		if f := readFeed(t, s, path, kind); len(f.Items) != 0 || f.Title == "" {
			t.Errorf("%s: %+v", path, f)
		}
	}
}

func TestCorrectionsAreListedAndFollowed(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	gone := s.published(s.newClaim("La Junta anunció ayudas"), "true", "")
	c = s.move(claims.RoleEditor, c, workflow.MoveInput{To: claims.StateReopened, Reason: "Hay padrón nuevo."})
	c = s.published(c, "true", "El padrón nuevo lo confirma.")
	s.clock.Advance(60_000_000_000)
	s.move(claims.RoleEditor, gone, workflow.MoveInput{To: claims.StateWithdrawn, Reason: "Confundimos dos pueblos."})

	f := readFeed(t, s, "/corrections.atom", atomType)
	if len(f.Items) != 2 || f.Items[0].GUID != baseURL+"/c/"+gone.ID+"#withdrawn" || f.Items[1].GUID != baseURL+"/c/"+c.ID+"@2" {
		t.Fatalf("%v", f.Items)
	}
	if !strings.Contains(f.Items[0].Description, "Confundimos dos pueblos.") || !strings.Contains(f.Items[1].Description, "El padrón nuevo lo confirma.") {
		t.Errorf("%v", f.Items)
	}
	w := s.get("/corrections")
	p := page200(t, w)
	if got := p.Attrs(".published a", "href"); !slices.Equal(got, []string{"/c/" + gone.ID, "/c/" + c.ID}) {
		t.Errorf("%v", got)
	}
	if body := w.Body.String(); strings.Contains(body, gone.Standalone) || !strings.Contains(body, "El padrón nuevo lo confirma.") {
		t.Error("the page shows what was withdrawn, or no notice")
	}
	if first := page200(t, s.get("/corrections?limit=1")); first.Count(".published > li") != 1 || first.Count(".pager a[rel=next]") != 1 {
		t.Error("the list has no pages")
	}
}

func TestSearchEnginesAreToldOfWhatIsPublic(t *testing.T) {
	s := newSite(t)
	c := s.published(s.newClaim(articleQuote), "false", "")
	hidden := s.judged(s.newClaim("La Junta anunció ayudas"), "true")
	w := s.get("/sitemap.xml")
	if body := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(body, "<loc>"+baseURL+"/c/"+c.ID+"</loc><lastmod>") || strings.Contains(body, hidden.ID) {
		t.Errorf("%d %s", w.Code, body)
	}
	if body := s.get("/robots.txt").Body.String(); !strings.Contains(body, "Disallow: /\n") || !strings.Contains(body, "Sitemap: "+baseURL+"/sitemap.xml") {
		t.Error(body)
	}
}
