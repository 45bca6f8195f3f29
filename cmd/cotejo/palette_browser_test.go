package main

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const paletteOption = `#palette-list [aria-selected=true]`

// palette opens the palette by its key and types.
func (p *person) palette(words string) {
	p.t.Helper()
	p.do("open the palette", chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)), chromedp.WaitVisible(chromedp.CSS("#palette")),
		chromedp.WaitVisible(chromedp.CSS("#palette-list [data-group=pages]")))
	if words != "" {
		p.do("type "+words, chromedp.KeyEvent(words), chromedp.WaitVisible(chromedp.CSS("#palette-list [data-group=all]")))
	}
}

// enter presses Enter as a keyboard does: a key that a page takes for itself writes nothing.
func (p *person) enter(step string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, pageWait)
	defer cancel()
	_, err := chromedp.RunResponse(ctx, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		for _, kind := range []input.DispatchKeyEventType{"rawKeyDown", "keyUp"} {
			if _, err := chromedp.Call(ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13}); err != nil {
				return err
			}
		}
		return nil
	}))
	p.must(step, err)
}

func (p *person) focused() string {
	p.t.Helper()
	return ask(p, "focus", chromedp.Evaluate[string](`document.activeElement.id || document.activeElement.tagName`))
}

// TestBrowserPalette finds a claim by words without their accents, goes there, and does
// what the page has a button for; all by keyboard.
func TestBrowserPalette(t *testing.T) {
	base, passwords := startDemoServer(t)
	ana := newPerson(t, base)
	ana.signIn("ana", passwords["ana"])
	ana.put(look{"es", 1360, 900, "es", "light", false})
	ana.open("/")
	ana.submit("go on in the tour", `#tour .actions form button`)
	if got := ana.focused(); got != "tour" || !strings.Contains(ana.text("#tour-n"), "2") {
		t.Errorf("in the tour the focus is at %s: %s", got, ana.text("#tour-n"))
	}
	ana.do("focus", chromedp.Focus(chromedp.CSS("#top-q")))
	ana.palette("")
	if got := ana.focused(); got != "palette-q" {
		t.Errorf("open, the focus is at %s", got)
	}
	ana.accessible("palette without words")
	ana.do("close", chromedp.KeyEvent(kb.Escape))
	if got := ana.focused(); got != "top-q" || ana.count("#palette[open]") != 0 {
		t.Errorf("closed, the focus is at %s", got)
	}

	ana.palette("sequia destruido")
	ana.accessible("palette with a claim")
	if at, said := ana.text(paletteOption), ana.text("#palette-said"); !strings.Contains(at, "sequía") || !strings.Contains(said, "opci") {
		t.Fatalf("the first is %q, %q is said", at, said)
	}
	href := ask(ana, "where to", chromedp.Evaluate[string](`document.querySelector("`+paletteOption+`").dataset.href`))
	ana.do("down and up", chromedp.KeyEvent(kb.ArrowUp))
	if at := ana.text(paletteOption); !strings.Contains(at, "sequia destruido") {
		t.Errorf("above the first stands %q", at)
	}
	ana.do("down", chromedp.KeyEvent(kb.ArrowDown))
	ana.enter("go")
	if at := ana.address(); !strings.HasPrefix(href, "/claims/") || at != base+href {
		t.Fatalf("Enter leads to %s, not %s", at, href)
	}

	title := ana.text("h1")
	ana.palette("aceptar")
	if group := ask(ana, "group", chromedp.Evaluate[string](`document.querySelector("`+paletteOption+`").parentElement.dataset.group`)); group != "acts" {
		t.Fatalf("the first is of %s: %s", group, ana.text("#palette-list"))
	}
	act := ana.text(paletteOption)
	ana.enter("do it")
	if ana.text("h1") != title || !strings.Contains(ana.text(".flashes"), "abierta") {
		t.Errorf("%s did: %s", act, ana.text(".flashes"))
	}
	ana.open("/")
	ana.palette("")
	if at := ana.text(paletteOption); !strings.Contains(title, strings.TrimSpace(at)) && ask(ana, "recent", chromedp.Evaluate[string](`document.querySelector("`+paletteOption+`").dataset.href`)) != href {
		t.Errorf("open lately is %q", at)
	}
}
