package main

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// TestBrowserCardsNarrowed: the cards of an article narrowed to those to decide on; one
// that is decided on leaves, and the keyboard goes to the next.
func TestBrowserCardsNarrowed(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker"})
	ana := newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	pasteExample(ana)
	const shown = `[...document.querySelectorAll("#cards > .claim")].filter(c => c.checkVisibility())`
	all := ana.count("#cards > .claim")
	ana.do("to decide", chromedp.Click(chromedp.CSS(`.card-filter [value="left"]`)))
	ana.until("it is said", `document.getElementById("said").textContent.endsWith(": `+ask(ana, "cards", chromedp.Evaluate[string](`String(`+shown+`.length)`))+`")`)
	ana.do("accept", chromedp.Click(chromedp.CSS(`#cards > .claim form[data-act="open"] button`)))
	ana.until("it leaves", shown+`.length === `+ask(ana, "one fewer", chromedp.Evaluate[string](`String(`+shown+`.length - 1)`)))
	ana.until("the keyboard is at the next", shown+`[0].contains(document.activeElement)`)
	ana.do("settled", chromedp.Focus(chromedp.CSS(`.card-filter [value="settled"]`)), chromedp.KeyEvent(" ")) // not by mouse, as the page may still be scrolling
	ana.until("there is none, and that is said", shown+`.length === 0 && document.querySelector(".none-left").checkVisibility()`)
	ana.do("words in the text", chromedp.Click(chromedp.CSS(`#text mark[data-claim]`)))
	ana.until("its card is shown again", shown+`.length === `+ask(ana, "all", chromedp.Evaluate[string](`String(document.querySelectorAll("#cards > .claim").length)`))+` && document.activeElement.matches("#cards > .claim")`)
	if now := ana.count("#cards > .claim"); now != all {
		t.Errorf("of %d claims %d are left", all, now)
	}
	ana.noScripts()
	ana.open(ask(ana, "path", chromedp.Evaluate[string](`location.pathname`)))
	ana.do("being checked, without scripts", chromedp.Click(chromedp.CSS(`.card-filter [value="work"]`)))
	ana.until("the accepted one is shown", shown+`.length === 1`)
	ana.keep("cards-narrowed.png", chromedp.CaptureScreenshot())
}
