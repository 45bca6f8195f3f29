package main

import (
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestBrowserBlindReview: the desk asks for opinions of one's own; the reviewer
// judges, compares, and says why the proposal is adopted.
func TestBrowserBlindReview(t *testing.T) {
	base, passwords := startDemoServer(t)
	eva, luis := newPerson(t, base), newPerson(t, base)
	eva.signIn("eva", passwords["eva"])
	eva.open("/settings")
	eva.do("withhold", chromedp.SetValue(chromedp.CSS(`select[name="blind"]`), "block"))
	eva.submit("save the settings", `main form button.primary`)

	luis.signIn("luis", passwords["luis"])
	luis.open("/claims?state=submitted")
	raw := ask(luis, "the claim", chromedp.Evaluate[string](`document.querySelector('main a[href^="/claims/"]').href`))
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	luis.keepEvery("blind-list", "/claims?state=submitted")
	luis.keepEvery("blind-claim", u.Path)
	luis.open(u.Path)
	luis.do("judge", chromedp.Click(chromedp.CSS(`#opinion .step input[value="true"]`)), chromedp.Click(chromedp.CSS(`#opinion input[name="attribution"]`)))
	luis.fill(`#opinion textarea[name="note"]`, "La tabla no llega a ese año.")
	luis.submit("give the opinion", `#opinion button.primary`)
	if text := luis.text("#moves"); !strings.Contains(text, "La tabla no llega a ese año.") {
		t.Fatalf("nothing to compare: %s", text)
	}
	luis.keepEvery("reconcile", u.Path)
	luis.open(u.Path)
	luis.fill(`.reconcile textarea`, "La segunda fuente me convence.")
	luis.submit("approve", `#moves form:has(input[value="approved"]) button.primary`)
	if text := luis.text("#reviews"); !strings.Contains(text, "La segunda fuente me convence.") {
		t.Errorf("the review reads %s", text)
	}
	luis.keepEvery("stats", "/stats")
}
