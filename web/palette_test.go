package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/web/htmlcheck"
)

// offered is what the palette offers for a query, or, for ""; what was open lately.
func offered(t *testing.T, b *browser, query string, recent ...string) *htmlcheck.Page {
	t.Helper()
	w := b.open("/palette?" + url.Values{"q": {query}, "recent": recent}.Encode())
	if w.Code != http.StatusOK || strings.Contains(w.Body.String(), "<html") {
		t.Fatalf("%q: %d %s", query, w.Code, w.Body)
	}
	return htmlcheck.Parse(t, w.Body.String())
}

func TestThePaletteOffersThingsAndPages(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	b := s.signIn(claims.RoleContributor)
	for _, query := range []string{"familias agua", "FAMÍLIAS", "1200", claims.ShowID(c.ID)} {
		if !slices.Contains(offered(t, b, query).Attrs(`[data-group="claim"] [role="option"]`, "data-href"), "/claims/"+c.ID) {
			t.Errorf("%q does not find the claim", query)
		}
	}
	if got := offered(t, b, "inbox").Attrs(`[data-group="pages"] [role="option"]`, "data-href"); !slices.Equal(got, []string{"/inbox"}) {
		t.Errorf("inbox gives %v", got)
	}
	if n := offered(t, b, "<script>").Count("script"); n != 0 {
		t.Errorf("%d scripts", n)
	}
	page := offered(t, b, "", "claim:"+c.ID, "article:"+s.article.ID, "claim:0000", "claim:../x", "nothing")
	if got := page.Attrs(`[data-group="recent"] [role="option"]`, "data-href"); !slices.Equal(got, []string{"/claims/" + c.ID, "/articles/" + s.article.ID}) {
		t.Errorf("open lately: %v", got)
	}
	pages := page.Attrs(`[data-group="pages"] [role="option"]`, "data-href")
	if slices.Contains(pages, "/people") || !slices.Contains(pages, "/claims") {
		t.Errorf("a contributor is offered %v", pages)
	}
	for _, path := range offered(t, s.signIn(claims.RoleAdmin), "").Attrs(`[data-group="pages"] [role="option"]`, "data-href") {
		if w := s.signIn(claims.RoleAdmin).open(path); w.Code != http.StatusOK {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// What the reader may not see is not offered, also where their browser remembers it.
func TestThePaletteKeepsToWhatTheReaderMaySee(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	src, err := s.desk.AddSource(t.Context(), s.actor(claims.RoleEditor), workflow.SourceInput{Name: "Quetzal Rojo", Protected: true})
	if err == nil {
		yes := true
		_, err = s.desk.EditArticle(t.Context(), s.actor(claims.RoleEditor), s.article.ID, s.article.Version, workflow.ArticlePatch{Restricted: &yes, Readers: &[]string{s.actor(claims.RoleEditor).ID}})
	}
	if err != nil {
		t.Fatal(err)
	}
	for role, want := range map[claims.Role]int{claims.RoleEditor: 1, claims.RoleChecker: 0, claims.RoleContributor: 0} {
		b := s.signIn(role)
		for _, page := range []*htmlcheck.Page{
			offered(t, b, "familias"), offered(t, b, claims.ShowID(c.ID)), offered(t, b, "", "claim:"+c.ID), offered(t, b, "", "article:"+s.article.ID),
			offered(t, b, "quetzal"), offered(t, b, "", "source:"+src.ID),
		} {
			n := page.Count(`[role="option"][data-href="/claims/`+c.ID+`"]`) + page.Count(`[role="option"][data-href="/articles/`+s.article.ID+`"]`) + page.Count(`[role="option"][data-href="/sources/`+src.ID+`"]`)
			if (n > 0) != (want > 0) {
				t.Errorf("%s is offered %d", role, n)
			}
		}
	}
}
