package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

func TestSearchFindsByWordsNumbersAndIDs(t *testing.T) {
	s := newSite(t)
	c := s.newClaim(articleQuote)
	ctx := context.Background()
	if _, err := s.desk.AddNote(ctx, s.actor(claims.RoleContributor), c.ID, "El padrón dice "+hostile); err != nil {
		t.Fatal(err)
	}
	b := s.signIn(claims.RoleContributor)
	for _, query := range []string{"1200", "1.200 familia", "1,200", "FAMÍLIAS agua", claims.ShowID(c.ID)} {
		w := b.open("/search?q=" + url.QueryEscape(query))
		page := page200(t, w)
		keepsTheRules(t, page, w.Body.String(), "en")
		if !slices.Contains(page.Attrs("#claim .wording a", "href"), "/claims/"+c.ID) {
			t.Errorf("%q does not find the claim", query)
		}
		if strings.HasPrefix(query, "1") && (page.Count("#claim mark") == 0 || page.Count("#article mark") == 0) {
			t.Errorf("%q is not marked", query)
		}
	}
	page := page200(t, b.open("/search?q=padron"))
	if page.Attr("#note a.title", "href") != "/claims/"+c.ID+"#notes" || page.Count("#note script") != 0 {
		t.Errorf("the note leads to %q", page.Attr("#note a.title", "href"))
	}
	if page200(t, b.open("/claims?q=1200")).Count(".claim-row") != 2 || page200(t, b.open("/claims?q=9999")).Count(".claim-row") != 0 {
		t.Error("the list of claims searches otherwise")
	}
	if page200(t, b.open("/")).Count(`header form[action="/search"] input[name="q"]`) != 1 {
		t.Error("no box in the head of the page")
	}
	if w := b.open("/search?q=x&noun=burnt"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a noun that is none: %d", w.Code)
	}
	p := s.program(claims.RoleContributor, claims.ScopeRead)
	got := answer[struct {
		Items []foundJSON
		Next  *string
	}](t, p.call(http.MethodGet, "/search?q=1200&noun=claim&limit=1", nil), 200)
	if len(got.Items) != 1 || got.Next == nil || !strings.HasSuffix(got.Items[0].URL, "/claims/"+got.Items[0].ID) || got.Items[0].Score != 1 {
		t.Errorf("%+v", got)
	}
}

// TestSearchKeepsProtectedSourcesFromOthers, in hits and in what is shown of them.
func TestSearchKeepsProtectedSourcesFromOthers(t *testing.T) {
	s := newSite(t)
	ctx := context.Background()
	src, err := s.desk.AddSource(ctx, s.actor(claims.RoleChecker), workflow.SourceInput{Name: "Quetzal Rojo", Kind: claims.KindPerson, Note: "Vive en Zamora"})
	if err != nil {
		t.Fatal(err)
	}
	yes := true
	if _, err := s.desk.EditSource(ctx, s.actor(claims.RoleChecker), src.ID, src.Version, workflow.SourcePatch{Protected: &yes}); err != nil {
		t.Fatal(err)
	}
	for role, want := range map[claims.Role]int{claims.RoleChecker: 1, claims.RoleEditor: 0, claims.RoleAdmin: 0} {
		b := s.signIn(role)
		for _, query := range []string{"quetzal", "zamora", src.ID} {
			if n := page200(t, b.open("/search?q="+query)).Count("#source .hit"); n != want {
				t.Errorf("%s finds %d sources by %s, want %d", role, n, query, want)
			}
		}
	}
}
