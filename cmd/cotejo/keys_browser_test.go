package main

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"cotejo/claims/claimstest"
)

// keyPress presses keys as a keyboard does: a page that keeps a key to itself keeps its
// sign from the field that gets the focus by it.
func keyPress(keys string, options ...chromedp.KeyOption) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		for _, r := range keys {
			events := kb.Encode(r)
			if len(events) == 3 { // down, sign, up
				events[0].Type, events[0].Text, events[0].UnmodifiedText = input.DispatchKeyEventTypeKeyDown, events[1].Text, events[1].UnmodifiedText
				events = []*input.DispatchKeyEventParams{events[0], events[2]}
			}
			for _, e := range events {
				for _, o := range options {
					o(e)
				}
				if e.Modifiers&^int64(chromedp.ModifierShift) != 0 {
					e.Text, e.UnmodifiedText = "", ""
				}
				if _, err := chromedp.Call(ctx, input.DispatchKeyEvent, *e); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// press presses a key that leaves the browser on its page.
func (p *person) press(keys string, options ...chromedp.KeyOption) {
	p.t.Helper()
	p.do("key "+keys, keyPress(keys, options...))
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
	p.t.Fatalf("%s: %s does not come true at %s; the focus is on %s; it was said: %s", step, script, p.address(),
		p.truth(`document.activeElement?.outerHTML.slice(0, 200)`), p.truth(`document.getElementById("said")?.textContent`))
}

const (
	cardFocused = `document.activeElement.closest("#cards > .claim")?.dataset.claim`
	nowhere     = `document.activeElement === document.body`
)

// TestBrowserKeys does each act by its key on the article's page and the claim's.
func TestBrowserKeys(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker"})
	ana := newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	pasteStory(ana)
	ana.comes("there are claims", `document.querySelectorAll("#cards > .claim").length > 1`)
	if ana.count("#keys kbd") < 8 || ana.truth(`document.getElementById("keys").hidden`) != "false" {
		t.Errorf("the keys are not in sight: %s", ana.text("#keys"))
	}
	ana.press("j")
	first := ana.truth(cardFocused)
	ana.press("j")
	if second := ana.truth(cardFocused); second == first || second == "undefined" {
		t.Errorf("j stays on %s", second)
	}
	ana.press("k")
	if got := ana.truth(cardFocused); got != first {
		t.Errorf("k leads to %s, not %s", got, first)
	}
	state := `document.getElementById("k-` + first + `")?.dataset.state`
	ana.press("a")
	ana.comes("a accepts", state+` === "open"`)
	if ana.truth(cardFocused) == first || ana.truth(nowhere) == "true" {
		t.Error("accepted, the focus does not go on to the next claim")
	}
	ana.shows("#said", "open")
	ana.press("u")
	ana.comes("u takes it back", state+` === "suggested"`)
	if got := ana.truth(cardFocused); got != first {
		t.Errorf("undone, the focus is on %s", got)
	}
	ana.press("x")
	ana.comes("x asks why", `document.activeElement.name === "reason"`)
	ana.press("t")
	ana.comes("t is a reason", state+` === "dismissed"`)
	if page := ana.text("#k-" + first); !strings.Contains(page, "Trivial") {
		t.Errorf("dismissed, the card says %s", page)
	}
	ana.press("u")
	ana.comes("u takes that back too", state+` === "suggested"`)
	ana.press("e")
	ana.comes("e leads into the wording", `document.activeElement.name === "standalone"`)
	ana.press(" a jx")
	ana.press(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl))
	ana.comes("Control+Enter sends it", `document.getElementById("q-`+first+`").textContent.includes("a jx") && `+cardFocused+` === "`+first+`"`)

	ana.press("?")
	ana.comes("? lists the keys", `document.getElementById("help-dialog").open`)
	ana.press("a")
	ana.press(kb.Escape)
	ana.comes("Escape closes it", `!document.getElementById("help-dialog").open && `+cardFocused+` === "`+first+`"`)
	if ana.truth(state) != "suggested" {
		t.Error("a key works behind the dialog")
	}
	ana.press("/")
	ana.comes("/ leads to the search", `document.activeElement.id === "top-q"`)
	ana.press("jax")
	if ana.value("#top-q") != "jax" {
		t.Errorf("in the field stands %q", ana.value("#top-q"))
	}
	ana.do("back to the card", chromedp.Focus(chromedp.CSS("#k-"+first)))
	keysInTurn(ana, first)
	keysOnClaim(ana, base, first)
}

// keysInTurn presses keys while what they follow is on its way, and dismisses a duplicate.
func keysInTurn(ana *person, first string) {
	ana.t.Helper()
	second := ana.truth(`document.getElementById("k-` + first + `").nextElementSibling.dataset.claim`)
	is := func(id, state string) string {
		return `document.getElementById("k-` + id + `").dataset.state === "` + state + `"`
	}
	ana.press("aau")
	ana.comes("two are accepted, and one taken back", is(first, "open")+" && "+is(second, "suggested")+" && "+cardFocused+` === "`+second+`" && !document.querySelector("[aria-busy]")`)
	ana.press("xd")
	ana.comes("d asks of what", `document.activeElement.name === "of"`)
	ana.press(first + kb.Enter)
	ana.comes("Enter dismisses it", is(second, "dismissed"))
	if got := ana.text("#k-" + second); !strings.Contains(got, "duplicate") {
		ana.t.Errorf("dismissed as a duplicate, the card says %s", got)
	}
	ana.do("back to the card", chromedp.Focus(chromedp.CSS("#k-"+first)))
}

// keysOnClaim goes from a card to the claim's page, splits, merges and judges it.
func keysOnClaim(ana *person, base, first string) {
	ana.t.Helper()
	control := chromedp.KeyModifiers(chromedp.ModifierCtrl)
	ana.key("s splits", "s")
	ana.comes("s leads into the form", `document.activeElement.closest("form")?.id === "split"`)
	ana.press("a", control, func(p *input.DispatchKeyEventParams) { p.Commands = []string{"selectAll"} })
	ana.press("opened in 1974")
	ana.key("Control+Enter splits it", kb.Enter, control)
	part := strings.TrimPrefix(ana.address(), base+"/claims/")
	if part == first || strings.Contains(part, "/") || !strings.Contains(ana.text("main"), "opened in 1974") {
		ana.t.Fatalf("split, the browser is at %s: %s", ana.address(), ana.text("main"))
	}
	ana.press("m")
	ana.comes("m leads into the form", `document.activeElement.closest("form")?.id === "merge"`)
	ana.press(first)
	ana.key("Control+Enter merges it", kb.Enter, control)
	if !strings.HasSuffix(ana.address(), "/claims/"+first) {
		ana.t.Errorf("merged, the browser is at %s", ana.address())
	}

	ana.open("/articles")
	ana.press("g")
	ana.comes("g asks for an id", `document.activeElement.id === "goto-id"`)
	ana.press(strings.ToLower(first))
	ana.key("g leads there", kb.Enter)
	if !strings.HasSuffix(ana.address(), "/claims/"+first) {
		ana.t.Errorf("g leads to %s", ana.address())
	}
	ana.press("e")
	ana.comes("e leads into the wording", `document.activeElement.name === "standalone"`)
	ana.do("out of the field", chromedp.Evaluate[chromedp.Void](`document.activeElement.blur()`))
	ana.press("2")
	ana.comes("2 chooses the second step", `document.querySelectorAll("#verdict input[name=content]")[1].checked`)
	ana.key("Control+Enter saves", kb.Enter, control)
	if got := ana.count(".claim-head .verdicts"); got != 1 {
		ana.t.Errorf("the verdict is not there: %s", ana.text(".claim-head"))
	}
	ana.key("u takes it back", "u")
	if got := ana.truth(`document.querySelectorAll("#verdict input[name=content]")[1].checked`); got != "false" {
		ana.t.Errorf("undone, the verdict says %s", ana.text("#verdict"))
	}
	ana.press("x")
	ana.comes("x asks why", `document.activeElement.name === "reason"`)
}

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
	ana.press("1")
	ana.press("u")
	ana.comes("u takes the claim out", `![...document.querySelectorAll("#cards .claim:not([data-state=dismissed])")].some((c) => c.textContent.includes("What now?"))`)
	at := ask(ana, "a sentence", chromedp.Evaluate[[]float64](`(() => {
		const box = [...document.querySelectorAll("#text .sen")].find((s) => s.textContent.includes("Will summer")).getBoundingClientRect();
		return [box.left + box.width / 2, box.top + box.height / 2];
	})()`))
	ana.do("point at it", chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0], at[1]))
	ana.press("c")
	ana.comes("c claims the sentence under the pointer", `[...document.querySelectorAll("#cards .claim[data-state=open]")].some((c) => c.textContent.includes("Will summer"))`)
	left := ana.text("#cover-bar")
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

// Two minutes, and three keys a claim, are what triaging a newspaper article may take.
const (
	triageTime = 2 * time.Minute
	triageKeys = 3
)

// TestBrowserTriage pastes an article of some 600 words and decides on each of its claims
// by keyboard alone.
func TestBrowserTriage(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(claimstest.Shared(t, "gold"), "dev", "es-seed.txt"))
	if err != nil {
		t.Fatal(err)
	}
	base := startServer(t, map[string]string{"ana": "checker"})
	ana := newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	begun := time.Now()
	ana.open("/articles/new")
	ana.fill(`textarea[name="text"]`, string(raw))
	ana.do("to the field", chromedp.Focus(chromedp.CSS(`textarea[name="text"]`)))
	ana.key("take it in", kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl))
	waiting := `document.querySelectorAll('#cards > .claim[data-state="suggested"]').length`
	total := ana.count(`#cards > .claim[data-state="suggested"]`)
	if total < 5 {
		t.Fatalf("only %d claims in %d words", total, len(strings.Fields(string(raw))))
	}
	keys := int64(0)
	press := func(key string) {
		ana.press(key)
		keys++
	}
	press("j")
	reasons := []string{"o", "t", "n", "w"} // "d" asks for the other claim, too
	for n := int64(0); n < total; n++ {
		if n%2 == 0 {
			press("a")
		} else {
			press("x")
			press(reasons[n/2%4])
		}
		ana.comes("one is decided", waiting+" === "+strconv.FormatInt(total-n-1, 10))
		if ana.truth(cardFocused) == "undefined" {
			t.Fatalf("after %d claims the focus is lost", n+1)
		}
	}
	took := time.Since(begun)
	t.Logf("%d words, %d claims: %d keys, %v", len(strings.Fields(string(raw))), total, keys, took.Round(time.Millisecond))
	if keys > triageKeys*total || took > triageTime {
		t.Errorf("%d keys and %v for %d claims", keys, took, total)
	}
	ana.shows("#left", "All decided on")
}
