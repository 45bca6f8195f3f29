package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestBrowserManyClaims edits and decides where there are so many claims that their forms
// are folded away until they are wanted, with scripts and without.
func TestBrowserManyClaims(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker"})
	ana := newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	var text strings.Builder
	for n := range 90 {
		fmt.Fprintf(&text, "The harbour of district %d handled %d tonnes of grain in %d. ", n+1, 1000+37*n, 1950+n%70)
	}
	ana.open("/articles/new")
	ana.fill(`textarea[name="text"]`, text.String())
	ana.submit("take it in", takeInButton)
	if folded, forms := ana.count("#cards > .claim details > noscript"), ana.count("#cards details form"); folded < 160 || forms != 0 {
		t.Fatalf("of %d claims %d forms are folded, %d are not at %s", ana.count("#cards > .claim"), folded, forms, ana.address())
	}
	ana.press("j")
	first := ana.truth(cardFocused)
	ana.press("e")
	ana.comes("e unfolds the form", `document.activeElement.name === "standalone"`)
	ana.press(" With scripts.")
	ana.press(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl))
	ana.comes("it is saved", `document.getElementById("q-`+first+`").textContent.includes("With scripts.")`)
	ana.press("xo")
	ana.comes("its reasons, too", `document.getElementById("k-`+first+`").dataset.state === "dismissed"`)
	ana.press("u")
	ana.comes("and taken back", `document.getElementById("k-`+first+`").dataset.state === "suggested"`)

	ana.noScripts()
	ana.do("again", chromedp.Reload())
	form := "#k-" + first + " details.edit"
	ana.do("to what unfolds", chromedp.Focus(chromedp.CSS(form+" summary")))
	ana.press(kb.Enter)
	ana.fill(form+" textarea", "Without scripts.")
	ana.do("to the button", chromedp.Focus(chromedp.CSS(form+" button.primary")))
	ana.key("save", kb.Enter)
	if got := ana.text("#q-" + first); !strings.Contains(got, "Without scripts.") {
		t.Errorf("without scripts, the claim says %s", got)
	}
}
