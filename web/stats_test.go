package web

import (
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/views/desk"
)

// TestNumbersStandAsPictureTableAndFile opens the page, each chart's table and files.
func TestNumbersStandAsPictureTableAndFile(t *testing.T) {
	s := newSite(t)
	b := s.signIn(claims.RoleContributor)
	s.published(s.newClaim(articleQuote), "half_true", "")
	s.newClaim("La Junta anunció ayudas")
	page := page200(t, b.open("/stats"))
	if page.Text(`.tabs a[aria-current="page"]`) != "3 months" || page.Count(".tabs a") != 4 {
		t.Errorf("the periods are %q", page.Text(".tabs"))
	}
	for _, name := range []string{"states", "waits", "ages", "times", "outlets"} {
		at := "#" + name
		if page.Count(at+" svg[role=img]") != 1 || page.Count(at+" table tbody tr") == 0 || page.Text(at+" svg > desc") == "" || page.Count(at+" .files a") != 2 {
			t.Errorf("%s is not whole: %s", name, page.Text(at))
		}
		for _, file := range page.Attrs(at+" .files a", "href") {
			w := b.open(file)
			if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Content-Disposition"), "cotejo-"+name) {
				t.Errorf("%s: %d %v", file, w.Code, w.Header())
			}
			if strings.Contains(file, ".csv") {
				if rows, err := csv.NewReader(w.Body).ReadAll(); err != nil || len(rows) != page.Count(at+" table tr") {
					t.Errorf("%s has %d rows of %d, %v", file, len(rows), page.Count(at+" table tr"), err)
				}
			} else {
				standsAlone(t, file, w.Body.String())
			}
		}
	}
	if text := page.Text("#outlets table"); !strings.Contains(text, "Diario del Río") || page.Count("#outlets svg rect.f-half-true") != 2 { // the bar and its line in the legend
		t.Errorf("verdicts by outlet read %q", text)
	}
	if page.Count("#sources .empty") != 1 || page.Count("#sources svg") != 0 {
		t.Error("a chart without numbers does not say how to get some")
	}
	for path, want := range map[string]int{"/stats?period=7": http.StatusUnprocessableEntity, "/stats/nothing.csv": http.StatusNotFound, "/stats/states.exe": http.StatusNotFound, "/stats/states": http.StatusNotFound} {
		if w := b.open(path); w.Code != want {
			t.Errorf("%s gives %d, want %d", path, w.Code, want)
		}
	}
	got := answer[statsJSON](t, s.program(claims.RoleContributor, claims.ScopeRead).call(http.MethodGet, "/stats?period=30", nil), http.StatusOK)
	if len(got.States) != 30 || got.States[29].Claims["published"] != 1 || len(got.Outlets) != 1 || got.Outlets[0].Verdicts["half_true"] != 1 || got.Times.N != 1 || len(got.Times.Counts) != 7 {
		t.Errorf("the API says %+v", got)
	}
}

// standsAlone demands a picture that needs no style sheet.
func standsAlone(t *testing.T, file, body string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(body))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%s: %v in %s", file, err, body)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		colour := false
		for _, a := range start.Attr {
			colour = colour || a.Name.Local == "fill" || a.Name.Local == "stroke"
			if a.Name.Local == "class" || a.Name.Local == "style" {
				t.Errorf("%s: %s has a %s", file, start.Name.Local, a.Name.Local)
			}
		}
		if name := start.Name.Local; (name == "rect" || name == "path" || name == "text" || name == "line") && !colour {
			t.Errorf("%s: a %s without colour: %v", file, name, start.Attr)
		}
	}
}

func TestADeskWithoutClaimsTeachesHowToCount(t *testing.T) {
	s := emptySite(t, baseURL)
	s.people = map[claims.Role]claims.Person{}
	s.people[claims.RoleAdmin] = s.must(s.desk.SetUp(t.Context(), newcomer("eva", claims.RoleAdmin)))
	page := page200(t, s.signIn(claims.RoleAdmin).open("/stats"))
	if page.Count(`.empty a[href="/articles/new"]`) != 1 || page.Count("svg[role=img]") != 0 {
		t.Errorf("the empty page reads %q", page.Text("main"))
	}
}

// Pictures in files have the colours of the page by day.
func TestPicturesInFilesHaveTheColoursOfThePage(t *testing.T) {
	read := func(name string) string {
		raw, err := os.ReadFile(claimstest.RepoRoot(t) + "/views/assets/css/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	base, _, _ := strings.Cut(read("base.css"), "@media")
	tokens := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(base, -1) {
		tokens[m[1]] = m[2]
	}
	inks := desk.Inks()
	for _, m := range regexp.MustCompile(`\.([a-z-]+) \{ (fill|stroke): var\(--([a-z0-9-]+)\)`).FindAllStringSubmatch(read("stats.css"), -1) {
		if got := inks[m[1]][m[2]]; got != tokens[m[3]] {
			t.Errorf(".%s has the %s %v in files, %s on the page", m[1], m[2], got, tokens[m[3]])
		}
		delete(inks, m[1])
	}
	for class := range inks {
		t.Errorf("the page does not know .%s", class)
	}
}
