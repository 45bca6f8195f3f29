package web

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

// told takes an article in, with what the engine finds in it.
func (s *site) told(published, text string) claims.Article {
	s.t.Helper()
	taken, err := s.desk.TakeIn(s.t.Context(), s.actor(claims.RoleChecker), workflow.Intake{Input: ingest.Input{
		Raw: []byte(text), ContentType: "text/plain; charset=utf-8", Hint: ingest.Hint{Title: "De " + published, Outlet: "Faro", Language: "en", Published: published},
	}})
	if err != nil {
		s.t.Fatal(err)
	}
	return taken.Article
}

// TestFiguresStandBesideOneAnother opens the ledger, narrows it, and takes its files.
func TestFiguresStandBesideOneAnother(t *testing.T) {
	s := newSite(t)
	s.told("2026-02-20", "Northline Ferries said that 380 crossings were cancelled in 2025.")
	broken := s.told("2026-03-20", "The Merrin Harbour Authority said that 412 crossings were cancelled in 2025. The union said that 12 sailors left in June 2025, of whom 5 were engineers and 9 were deckhands.")
	b := s.signIn(claims.RoleContributor)
	w := b.open("/figures")
	page := page200(t, w)
	keepsTheRules(t, page, w.Body.String(), "en")
	thing := ".thing"
	if page.Count(thing) != 1 || page.Text(thing+" h2") != "crossings · cancelled" || page.Count(thing+" svg circle") != 2 || page.Count(thing+" tbody tr") != 2 {
		t.Fatalf("the crossings read %q", page.Text("main"))
	}
	if text := page.Text(thing + " .notice"); !strings.Contains(text, "380 crossings (Northline Ferries) and 412 crossings (Merrin Harbour Authority) cannot both hold. Time: 2025.") {
		t.Errorf("what clashes reads %q", text)
	}
	if text := page.Text("#doubts"); !strings.Contains(text, "5 + 9 is not 12 sailors") || page.Count(`#doubts a[href="/articles/`+broken.ID+`"]`) != 1 {
		t.Errorf("what does not add up reads %q", text)
	}
	if page.Count(`#single a[href^="/claims/"]`) == 0 || page.Count(`.nav a[aria-current="page"][href="/figures"]`) != 1 {
		t.Error("what stands alone, or where one is, is not said")
	}
	for _, file := range page.Attrs(thing+" .files a", "href") {
		got := b.open(file)
		if strings.HasSuffix(file, ".svg") {
			standsAlone(t, file, got.Body.String())
		} else if rows, err := csv.NewReader(got.Body).ReadAll(); err != nil || len(rows) != 3 || len(rows[0]) != 8 {
			t.Errorf("%s: %v, %v", file, rows, err)
		}
	}
	for path, want := range map[string]int{"/figures?doubt=1": 1, "/figures?q=crossings": 1, "/figures?q=nothing+at+all": 0, "/figures?about=" + s.article.ID: 0, "/figures?about=" + broken.ID: 1, "/figures?skip=1": 0} {
		if got := page200(t, b.open(path)).Count(thing); got != want {
			t.Errorf("%s shows %d things, want %d", path, got, want)
		}
	}
	for path, want := range map[string]int{"/figures?skip=x": http.StatusUnprocessableEntity, "/figures/nothing.csv": http.StatusNotFound, "/figures/.csv": http.StatusNotFound} {
		if got := b.open(path).Code; got != want {
			t.Errorf("%s gives %d, want %d", path, got, want)
		}
	}
	at := page200(t, b.open("/articles/"+broken.ID))
	if at.Count(`.figures-line a[href="/figures?about=`+broken.ID+`"]`) != 1 || page200(t, b.open("/articles/"+s.article.ID)).Count(".figures-line") != 0 {
		t.Errorf("the article says %q", at.Text("main"))
	}
	claim := strings.TrimPrefix(page.Attr(thing+` tbody a[href^="/claims/"]`, "href"), "/claims/")
	if page200(t, b.open("/claims/"+claim)).Count(`a[href="/figures?about=`+claim+`"]`) != 1 {
		t.Error("a claim does not lead to its figures")
	}
	got := answer[ledgerJSON](t, s.program(claims.RoleContributor, claims.ScopeRead).call(http.MethodGet, "/figures?doubt=true", nil), http.StatusOK)
	if len(got.Things) != 1 || len(got.Things[0].Clashes) != 1 || got.Things[0].Clashes[0].Doubt != "apart" || len(got.Things[0].Figures) != 2 || got.Things[0].Figures[0].Sources[0] != "Northline Ferries" || len(got.Doubts) != 1 || len(got.Doubts[0].Figures) != 3 {
		t.Errorf("the API says %+v", got)
	}
}

func TestALedgerWithoutFiguresTeaches(t *testing.T) {
	s := emptySite(t, baseURL)
	s.people = map[claims.Role]claims.Person{claims.RoleAdmin: s.must(s.desk.SetUp(t.Context(), newcomer("eva", claims.RoleAdmin)))}
	if page := page200(t, s.signIn(claims.RoleAdmin).open("/figures")); page.Count(`.empty a[href="/articles/new"]`) != 1 {
		t.Errorf("the empty ledger reads %q", page.Text("main"))
	}
}
