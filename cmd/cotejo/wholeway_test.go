package main

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"cotejo/claims/claimstest"
)

// TestBrowserWholeWay takes the example article from the form to the public
// page, as two people at two browsers, and again where these run no scripts.
func TestBrowserWholeWay(t *testing.T) {
	t.Run("with scripts", func(t *testing.T) { wholeWay(t, true) })
	t.Run("without scripts", func(t *testing.T) { wholeWay(t, false) })
}

func wholeWay(t *testing.T, scripts bool) {
	base := startServer(t, map[string]string{"ana": "checker", "luis": "editor"})
	ana, luis := newPerson(t, base), newPerson(t, base)
	if !scripts {
		ana.noScripts()
		luis.noScripts()
	}

	ana.signIn("ana", passwordOf("ana"))
	pasteExample(ana)
	id := acceptTroops(ana)
	judge(ana, id)
	approveAndPublish(luis, id)
	readPermalink(t, newPerson(t, base), id)
	readVerdicts(luis, id)
	writeCheck(luis, id)

	// What ana submitted she could not have approved: the page says who can.
	if !strings.Contains(history(luis, id), "luis") {
		t.Error("the history does not name who approved")
	}
}

// pasteExample fills in the form of /articles/new and lands on the article.
func pasteExample(p *person) {
	p.t.Helper()
	raw, err := os.ReadFile(claimstest.Shared(p.t, "examples", "es-choe-putin.txt"))
	if err != nil {
		p.t.Fatal(err)
	}
	p.open("/articles/new")
	p.fill(`textarea[name="text"]`, string(raw))
	p.fill(`input[name="title"]`, "El máximo diplomático norcoreano visita el Kremlin")
	p.fill(`input[name="outlet"]`, "Agencia de prueba")
	p.submit("take the article in", `main form button.primary`)
	if at := p.address(); !strings.Contains(at, "/articles/") || strings.HasSuffix(at, "/new") {
		p.t.Fatalf("after taking the article in the browser is at %s: %s", at, p.text("main"))
	}
	if html := p.text("main"); !strings.Contains(html, "2025") {
		p.t.Error("the article's date was not read from its date line")
	}
}

const troops = "alrededor de 15.000 tropas"

// acceptTroops finds the claim about the troops among the suggestions and
// accepts it without leaving the page.
func acceptTroops(p *person) (id string) {
	p.t.Helper()
	id = ask(p, "find the claim", chromedp.Evaluate[string](
		`[...document.querySelectorAll("#cards .claim")].find((c) => c.textContent.includes(`+quoted(troops)+`)).dataset.claim`))
	card := `#k-` + id
	for _, want := range []string{"Corea del Sur", "Según evaluaciones de", "otoño de 2024"} {
		if got := p.text(card); !strings.Contains(got, want) {
			p.t.Errorf("the card does not say %q: %s", want, got)
		}
	}
	words := ask(p, "highlighted words", chromedp.Evaluate[string](
		`[...document.querySelectorAll('#text mark[data-claim="`+id+`"]')].map((m) => m.textContent).join("")`))
	if !strings.Contains(words, troops) {
		p.t.Errorf("highlighted words are %q", words)
	}
	p.do("accept", chromedp.Click(chromedp.CSS(card+` form[data-act="open"] button`)),
		chromedp.WaitReady(chromedp.CSS(card+`[data-state="open"]`)))
	return id
}

func quoted(s string) string {
	raw, _ := json.Marshal(s)
	return string(raw)
}

// press sends the form of a move on the claim's page that needs no words.
func press(p *person, to string) {
	p.t.Helper()
	p.submit("move to "+to, `form:has(input[name="to"][value="`+to+`"]) button[type="submit"]`)
}

func judge(p *person, id string) {
	p.t.Helper()
	p.open("/claims/" + id)
	press(p, "in_check")
	p.do("choose", chromedp.Click(chromedp.CSS(`input[name="content"][value="unproven"]`)),
		chromedp.Click(chromedp.CSS(`input[name="attribution"][value="accurate"]`)))
	p.fill(`textarea[name="rationale"]`, "Seúl no ha publicado en qué se basa la cifra.")
	p.fill(`input[name="what_is_true"]`, "Solo consta que Seúl lo estima.")
	p.submit("save the verdict", `#verdict form button.primary`)
	press(p, "submitted")
	if got := p.text("main"); !strings.Contains(got, "Seúl no ha publicado") {
		p.t.Errorf("the rationale is not on the page: %s", got)
	}
	if there := ask(p, "look for approve", chromedp.Evaluate[bool](`!!document.querySelector('form input[name="to"][value="approved"]')`)); there {
		p.t.Error("whoever submitted may approve")
	}
}

func approveAndPublish(p *person, id string) {
	p.t.Helper()
	p.signIn("luis", passwordOf("luis"))
	p.open("/claims/" + id)
	press(p, "approved")
	press(p, "published")
}

// readPermalink is what anybody sees who follows the link.
func readPermalink(t *testing.T, reader *person, id string) {
	t.Helper()
	reader.open("/c/" + strings.ToLower(id[:4]) + "-" + id[4:])
	if at := reader.address(); path.Base(at) != id {
		t.Errorf("the permalink in people's notation leads to %s, want …/%s", at, id)
	}
	page := reader.text("body")
	for _, want := range []string{troops, "Sin pruebas", "Corea del Sur", "Solo consta"} {
		if !strings.Contains(page, want) {
			t.Errorf("the public page does not say %q", want)
		}
	}
	var review struct {
		Type   string `json:"@type"`
		URL    string `json:"url"`
		Rating struct {
			Name  string   `json:"alternateName"`
			Value *float64 `json:"ratingValue"`
		} `json:"reviewRating"`
	}
	raw := reader.text(`script[type="application/ld+json"]`)
	if err := json.Unmarshal([]byte(raw), &review); err != nil {
		t.Fatalf("JSON-LD: %v in %s", err, raw)
	}
	if review.Type != "ClaimReview" || review.Rating.Name != "Sin pruebas" || review.Rating.Value != nil || path.Base(review.URL) != id {
		t.Errorf("ClaimReview: %+v", review)
	}
	if lang := ask(reader, "language", chromedp.Evaluate[string](`document.documentElement.lang`)); lang != "es" {
		t.Errorf("the page of a Spanish claim is in %q", lang)
	}
}

// readVerdicts fetches the CSV as the browser that is signed in would.
func readVerdicts(p *person, id string) {
	p.t.Helper()
	body := ask(p, "fetch the CSV", chromedp.Evaluate[string](
		`fetch("/export/verdicts.csv?state=published").then((r) => r.text())`, chromedp.EvalAwaitPromise))
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil || len(rows) != 2 {
		p.t.Fatalf("%d rows, %v: %s", len(rows), err, body)
	}
	row := map[string]string{}
	for i, name := range rows[0] {
		row[name] = rows[1][i]
	}
	for name, want := range map[string]string{"claim_id": id, "verdict_code": "unproven", "attribution_verdict": "accurate", "figure_value": "15000",
		"figure_hedge": "alrededor de", "time_from": "2024-09", "origin_source": "Corea del Sur", "approved_by": "luis", "state": "published"} {
		if row[name] != want {
			p.t.Errorf("%s = %q, want %q", name, row[name], want)
		}
	}
	answer, err := http.Get(p.base + "/export/verdicts.csv")
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	if leaked, _ := io.ReadAll(answer.Body); strings.Contains(string(leaked), id) {
		p.t.Error("the export answers nobody in particular")
	}
}

// writeCheck cites the claim in a check of the newsroom's own. As long as it
// cites an unpublished one too, it is refused and says which.
func writeCheck(p *person, id string) {
	p.t.Helper()
	p.open("/claims?state=suggested")
	other := ask(p, "an unpublished claim", chromedp.Evaluate[string](`document.querySelector('main a[href^="/claims/"]').pathname.split("/").at(-1)`))
	p.open("/checks/new")
	p.fill(`input[name="title"]`, "Lo que se sabe de las tropas")
	p.fill(`textarea[name="body"]`, "Seúl da una cifra.\n\n[["+id+"]]\n\nY esto: [["+other+"]].")
	p.do("language", chromedp.SetValue(chromedp.CSS(`select[name="language"]`), "es"))
	p.submit("save the check", `main form button.primary[type="submit"]`)
	p.submit("publish too early", `form:has(input[name="to"][value="published"]) button[type="submit"]`)
	if page := p.text("main"); !strings.Contains(strings.ReplaceAll(page, "-", ""), other) {
		p.t.Errorf("the refusal does not name %s: %s", other, page)
	}
	p.fill(`textarea[name="body"]`, "Seúl da una cifra.\n\n[["+id+"]]\n")
	p.submit("save the check again", `main form button.primary[type="submit"]`)
	p.submit("publish the check", `form:has(input[name="to"][value="published"]) button[type="submit"]`)
	reader := newPerson(p.t, p.base)
	reader.open("/checks/lo-que-se-sabe-de-las-tropas")
	if page := reader.text("main"); !strings.Contains(page, "Sin pruebas") {
		p.t.Errorf("the check does not show the claim's verdict: %s", page)
	}
	reader.open("/c/" + id)
	if page := reader.text("main"); !strings.Contains(page, "Lo que se sabe de las tropas") {
		p.t.Error("the claim does not name the check that cites it")
	}
}

func history(p *person, id string) string {
	p.t.Helper()
	p.open("/claims/" + id)
	return p.text("#history")
}
