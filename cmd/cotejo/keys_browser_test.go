package main

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// press presses a key that leaves the browser on its page.
func (p *person) press(keys string) {
	p.t.Helper()
	p.do("key "+keys, chromedp.KeyEvent(keys))
}

// truth evaluates what is true of the page.
func (p *person) truth(script string) string {
	p.t.Helper()
	return ask(p, script, chromedp.Evaluate[string]("String("+script+")"))
}

// comes waits until a script gives true.
func (p *person) comes(step, script string) {
	p.t.Helper()
	for deadline := time.Now().Add(pageWait); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if p.truth(script) == "true" {
			return
		}
	}
	p.t.Fatalf("%s: %s does not come true at %s; it was said: %s", step, script, p.address(), p.text("#said"))
}

const (
	cardFocused = `document.activeElement.closest("#cards > .claim")?.dataset.claim`
	nowhere     = `document.activeElement === document.body`
)

// TestBrowserClaimsByKey makes claims of selected words and of the sentence at hand, and
// keeps the keys of sentences to the text's side.
func TestBrowserClaimsByKey(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker"})
	ana := newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	ana.open("/articles/new")
	ana.fill(`textarea[name="text"]`, "What now? Who knows? Will summer come back? Perhaps it will.")
	ana.do("language", chromedp.SetValue(chromedp.CSS(`select[name="language"]`), "en"))
	ana.submit("take it in", takeInButton)
	ana.press("c")
	ana.comes("c claims the sentence at hand", `document.querySelector("#cards .claim")?.textContent.includes("What now?")`)
	if ana.truth(cardFocused) == "undefined" {
		t.Error("the new claim has not the focus")
	}
	left := ana.text("#cover-bar")
	ana.press("1")
	ana.press("u")
	ana.comes("u takes the claim out", `![...document.querySelectorAll("#cards .claim:not([data-state=dismissed])")].some((c) => c.textContent.includes("What now?"))`)
	ana.do("into the text", chromedp.Focus(chromedp.CSS("#text")))
	ana.press("1")
	ana.comes("in the text 1 skips the sentence", `document.getElementById("cover-bar").textContent !== `+quoted(left))
}

// TestBrowserOwnKeys chooses other keys and switches them off.
func TestBrowserOwnKeys(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker"})
	ana := newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	pasteStory(ana)
	at := strings.TrimPrefix(ana.address(), base)
	ana.open("/account")
	ana.fill("#f-key_accept", "e")
	ana.submit("a key that is taken", `form[action="/account/keys"] button`)
	if ana.count("#f-key_edit[aria-invalid]") != 1 || ana.value("#f-key_accept") != "e" {
		t.Fatalf("two acts may have one key: %s", ana.text("#keys-own"))
	}
	ana.fill("#f-key_accept", "q")
	ana.submit("another key", `form[action="/account/keys"] button`)
	ana.open(at)
	ana.press("j")
	first := ana.truth(cardFocused)
	state := `document.getElementById("k-` + first + `").dataset.state`
	ana.press("a")
	ana.press("q")
	ana.comes("q accepts", state+` === "open"`)
	if ana.truth(`document.querySelector("#keys").textContent.replace(/\s+/g, " ").includes("q accept")`) != "true" {
		t.Errorf("the bar says %s", ana.text("#keys"))
	}
	ana.open("/account")
	ana.do("keys off", chromedp.Click(chromedp.CSS(`#keys-own input[name="off"]`)))
	ana.submit("save", `form[action="/account/keys"] button`)
	ana.open(at)
	ana.press("j")
	if ana.truth(nowhere) != "true" || ana.count("#keys, #cover-keys") != 0 || ana.count(`[aria-keyshortcuts]:not([aria-keyshortcuts*="Control"])`) != 0 {
		t.Error("switched off, keys do something or are shown")
	}
}
