package main

import (
	"net/url"
	"strings"

	"github.com/chromedp/chromedp"
)

// listPages are the public lists that the demo has, one of each kind.
func listPages(p *person) map[string]string {
	p.t.Helper()
	return map[string]string{
		"public-month": p.linked("/public", `main a[href^="/public/20"]`), "public-tag": p.linked("/public", `main a[href^="/public/tag/"]`),
		"public-source": p.linked("/public", `main a[href^="/public/source/"]`), "public-tags": "/public/tag", "public-languages": "/public/lang",
	}
}

// linked gives the path that the first such link of a page leads to.
func (p *person) linked(page, selector string) string {
	p.t.Helper()
	p.open(page)
	raw := ask(p, selector, chromedp.Evaluate[string](`document.querySelector(`+quoted(selector)+`).href`))
	u, err := url.Parse(raw)
	if err != nil {
		p.t.Fatal(err)
	}
	return u.Path
}

// unfold opens what is folded around an element, so that it can be clicked.
func (p *person) unfold(selector string) {
	p.t.Helper()
	p.do("unfold "+selector, chromedp.Evaluate[chromedp.Void](`for (let at = document.querySelector(`+quoted(selector)+`); at; at = at.parentElement) if (at.matches("details")) at.open = true`))
}

// addElsewhere writes down what others published about a claim, an address too long for its column among it.
func (p *person) addElsewhere(claim string) {
	p.t.Helper()
	for _, one := range []struct{ url, title, outlet string }{
		{"https://verifica.example/2026/11/el-coste-de-los-retrasos", "El coste de los retrasos, cifra por cifra", "Verifica"},
		{"https://checks.example/" + strings.Repeat("a-very-long-part-of-an-address-", 6), "Untitled", "Checks.example"},
	} {
		const form = `#external form[action$="/external"] `
		p.open(claim)
		p.unfold(form)
		p.fill(form+`input[name="url"]`, one.url)
		p.fill(form+`input[name="title"]`, one.title)
		p.fill(form+`input[name="outlet"]`, one.outlet)
		p.submit("add what was published elsewhere", form+`button[type="submit"]`)
		p.within("the record", `#external .list li`)
	}
}

// checkPages writes checks that stand in ways that the demo's do not, and gives their pages:
// one that cites what is not ready, one that waits for its time, one that was withdrawn.
func checkPages(p *person, ready, open string) map[string]string {
	p.t.Helper()
	blocked := p.writeCheck("What is not ready yet", "The claim stands here: [["+idIn(ready)+"]]\n\nThis one is still looked into: [["+idIn(open)+"]]")
	waits := p.writeCheck("What waits for its time", "The claim stands here: [["+idIn(ready)+"]]")
	const form = `.publish form[action$="/move"] `
	p.unfold(form + `input[name="at"]`)
	p.fill(form+`input[name="at"]`, "2027-06-01T08:00")
	p.submit("publish it later", form+`button[formaction$="/schedule"]`)
	p.within("that it waits", "#schedule")
	gone := p.writeCheck("What had to go", "The claim stands here: [["+idIn(ready)+"]]")
	p.submit("publish it", form+`button.primary`)
	p.open(gone)
	const withdraw = `form:has(input[name="to"][value="withdrawn"]) `
	p.unfold(withdraw)
	p.fill(withdraw+`textarea[name="reason"]`, "The ministry showed that the table we relied on was of another year.")
	p.submit("withdraw it", withdraw+`button.danger`)
	return map[string]string{"check-blocked": blocked, "check-waits": waits, "check-withdrawn": gone, "public-check-gone": strings.TrimSuffix(gone, "/edit")}
}

// writeCheck saves a check and gives the page on which it is edited.
func (p *person) writeCheck(title, body string) string {
	p.t.Helper()
	p.open("/checks/new")
	p.fill(`input[name="title"]`, title)
	p.fill(`textarea[name="body"]`, body)
	p.submit("save the check", `form.stack .actions button.primary, main form .actions button.primary`)
	at, err := url.Parse(p.address())
	if err != nil || !strings.HasSuffix(at.Path, "/edit") {
		p.t.Fatalf("a saved check leads to %v, %v", at, err)
	}
	return at.Path
}

// idIn is the id at the end of a page's path.
func idIn(path string) string { return path[strings.LastIndex(path, "/")+1:] }
