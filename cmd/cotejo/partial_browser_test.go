package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// stays marks the document, to tell a page that changed in part from one that was loaded.
func (p *person) stays() {
	p.t.Helper()
	p.do("mark the document", chromedp.Evaluate[chromedp.Void](`document.marked = true; undefined`))
}

// TestBrowserFiltersInPlace: a choice among filters changes the list and the address
// without the page being left; the keyboard stays where it is, and a screen reader is told.
func TestBrowserFiltersInPlace(t *testing.T) {
	base, passwords := startDemoServer(t)
	eva := newPerson(t, base)
	eva.signIn("eva", passwords["eva"])
	eva.open("/claims?state=published")
	before := eva.count("li.pick-row, li.claim-row")
	eva.unfold(`select[name="verdict"]`)
	eva.stays()
	eva.do("take the keyboard there", chromedp.Focus(chromedp.CSS(`select[name="verdict"]`)))
	verdict := ask(eva, "a verdict", chromedp.Evaluate[string](`[...document.querySelectorAll('select[name="verdict"] option')].map(o => o.value).filter(v => v).at(-1)`))
	eva.fill(`select[name="verdict"]`, verdict)
	eva.until("the list is narrowed in place", `document.marked && new URL(location.href).searchParams.get("verdict") === `+quoted(verdict)+` && new URL(location.href).searchParams.get("state") === "published"`)
	if at := ask(eva, "focus", chromedp.Evaluate[string](`document.activeElement.name`)); at != "verdict" {
		t.Errorf("the keyboard is at %q", at)
	}
	if now := eva.count("li.pick-row, li.claim-row"); now >= before {
		t.Errorf("of %d claims %d are shown", before, now)
	}
	eva.until("it is said", `[...document.querySelectorAll("[role=status]")].some(s => /entr(y|ies) shown/.test(s.textContent))`)
	eva.accessible("narrowed claims")

	if at := eva.address(); strings.Contains(at, "tag=") {
		t.Errorf("the address names what was not chosen: %s", at)
	}
	eva.do("every state", chromedp.Click(chromedp.CSS(`.tabs li:first-child a`)))
	eva.until("the tab is shown in place", `document.marked && document.querySelector(".tabs li:first-child [aria-current]") !== null`)
	if eva.count(`form.filters input[name="state"]`) != 0 {
		t.Error("the form would still ask for one state")
	}
	eva.do("back", chromedp.Evaluate[chromedp.Void](`history.back()`))
	eva.until("back leads back", `document.readyState === "complete" && location.search.includes("published") && document.querySelector('.tabs [aria-current]')?.href.includes("published")`)
}

// TestBrowserFiguresInPlace: the ledger of figures follows its filters as the lists do.
func TestBrowserFiguresInPlace(t *testing.T) {
	base, passwords := startDemoServer(t)
	eva := newPerson(t, base)
	eva.signIn("eva", passwords["eva"])
	eva.open("/figures")
	all := eva.count(".thing")
	eva.stays()
	eva.do("only what does not fit", chromedp.Click(chromedp.CSS(`input[name="doubt"]`)))
	eva.until("the ledger is narrowed in place", `document.marked && location.search.includes("doubt=1")`)
	if now := eva.count(".thing"); now == 0 || now >= all {
		t.Errorf("of %d things %d are shown", all, now)
	}
	eva.until("it is said", `[...document.querySelectorAll("[role=status]")].some(s => /entr(y|ies) shown/.test(s.textContent))`)
	eva.do("words", chromedp.Focus(chromedp.CSS(`main input[name="q"]`)), chromedp.KeyEvent("nothing of this name\r"))
	eva.until("nothing is found in place", `document.marked && document.querySelector(".thing") === null && document.activeElement.name === "q"`)
	eva.accessible("ledger that found nothing")
}

// TestBrowserAChosenRowStaysTheRow: what is chosen for an act on many is never another
// claim because the list changed.
func TestBrowserAChosenRowStaysTheRow(t *testing.T) {
	base, passwords := startDemoServer(t)
	eva := newPerson(t, base)
	eva.signIn("eva", passwords["eva"])
	eva.open("/claims")
	eva.stays()
	chosen := ask(eva, "choose the first claim", chromedp.Evaluate[string](`(() => { const box = document.querySelector('input[name="claim"]'); box.checked = true; return box.value })()`))
	eva.do("the state of another", chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll(".tabs a")].at(-1).click()`))
	eva.until("the list changed", `document.marked && document.querySelector(".tabs a:not([href='/claims'])[aria-current]") !== null`)
	for _, box := range ask(eva, "chosen rows", chromedp.Evaluate[[]string](`[...document.querySelectorAll('input[name="claim"]:checked')].map(b => b.value)`)) {
		if box != chosen {
			t.Errorf("%s was chosen, %s is now", chosen, box)
		}
	}
}

// TestBrowserAPartThatIsNotThere: whoever was signed out meanwhile is led to the page
// that says so, not left before a list that no longer changes.
func TestBrowserAPartThatIsNotThere(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker"})
	ana := newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	ana.open("/claims")
	ana.do("forget the session", chromedp.Evaluate[chromedp.Void](`fetch("/logout", { method: "POST" })`, chromedp.EvalAwaitPromise))
	ana.unfold(`select[name="order"]`)
	ana.do("choose", chromedp.Evaluate[chromedp.Void](`(() => { const s = document.querySelector('select[name="order"]'); s.selectedIndex = 1; s.dispatchEvent(new Event("change", { bubbles: true })) })()`))
	ana.until("to sign in", `location.pathname === "/login" && document.readyState === "complete"`)
	if !strings.Contains(ana.address(), "next=") {
		t.Errorf("at %s nothing says where to go on", ana.address())
	}
}
