package main

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

const noteField = `form[action$="/notes"] textarea[name="text"]`

// drafts counts what the browser keeps of what was typed.
func (p *person) drafts() int64 {
	p.t.Helper()
	return ask(p, "drafts", chromedp.Evaluate[int64](`Object.keys(localStorage).filter(k => k.includes(":draft:")).length`))
}

// typeNote types into the form of a note as somebody does.
func (p *person) typeNote(words string) {
	p.t.Helper()
	p.do("type a note", chromedp.Focus(chromedp.CSS(noteField)), chromedp.KeyEvent(words))
}

// online takes the browser off the net, and back.
func (p *person) online(is bool) {
	p.t.Helper()
	p.do("net", chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: !is, DownloadThroughput: -1, UploadThroughput: -1})
		return err
	}))
}

// TestBrowserDrafts: what was typed and not sent is offered when its form is opened again, is
// sent only once, stays where the desk is out of reach, and goes when its person does.
func TestBrowserDrafts(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker"})
	ana := newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	id := openClaims(ana, 1)[0]
	claim := "/claims/" + id

	ana.open(claim)
	ana.typeNote("The port has an archive of sailings.")
	ana.open("/")
	if n := ana.drafts(); n != 1 {
		t.Fatalf("%d drafts are kept", n)
	}
	ana.open(claim)
	if got := ana.value(noteField); got != "" {
		t.Errorf("put back unasked: %q", got)
	}
	if said := ana.text(".draft"); !strings.Contains(said, "archive of sailings") {
		t.Errorf("offered is %q", said)
	}
	ana.accessible("offer of a draft")
	ana.do("restore", chromedp.Click(chromedp.CSS(".draft button")))
	if got := ana.value(noteField); got != "The port has an archive of sailings." || ana.count(".draft") != 0 {
		t.Errorf("restored is %q", got)
	}

	ana.online(false)
	ana.do("told", chromedp.WaitVisible(chromedp.CSS("#offline.warn")))
	ana.do("send", chromedp.Click(chromedp.CSS(`form[action$="/notes"] button[type="submit"]`)))
	ana.do("not sent", chromedp.WaitReady(chromedp.CSS("#offline.warn")))
	if got := ana.value(noteField); got != "The port has an archive of sailings." || ana.drafts() != 1 || !strings.Contains(ana.text("#offline"), "nothing was sent") {
		t.Errorf("out of reach: %q, %d drafts, %s", got, ana.drafts(), ana.text("#offline"))
	}
	ana.accessible("out of reach")
	ana.online(true)
	ana.do("told", chromedp.WaitVisible(chromedp.CSS("#offline.good")))
	ana.submit("send", `form[action$="/notes"] button[type="submit"]`)
	if page := ana.text("#notes"); !strings.Contains(page, "archive of sailings") || ana.drafts() != 0 || ana.count(".draft") != 0 {
		t.Errorf("sent: %d drafts, %s", ana.drafts(), page)
	}

	ana.typeNote("Not worth it")
	ana.open(claim)
	ana.do("throw away", chromedp.Click(chromedp.CSS(".draft .row button:last-child")))
	if ana.count(".draft") != 0 || ana.drafts() != 0 {
		t.Errorf("thrown away: %d drafts", ana.drafts())
	}

	press(ana, "in_check")
	ana.do("type a verdict", chromedp.Focus(chromedp.CSS(`textarea[name="rationale"]`)), chromedp.KeyEvent("As the archive has it."))
	ana.fill(`input[name="as_of"]`, "some day")
	ana.submit("send what is refused", `#verdict form button.primary`)
	if ana.count("#problems") != 1 || ana.count(".draft") != 0 || ana.drafts() != 1 {
		t.Errorf("refused: %d offers, %d drafts: %s", ana.count(".draft"), ana.drafts(), ana.text("main"))
	}
	ana.open(claim)
	if said := ana.text(".draft"); !strings.Contains(said, "As the archive has it.") {
		t.Errorf("refused and left, offered is %q", said)
	}
	ana.do("throw away", chromedp.Click(chromedp.CSS(".draft .row button:last-child")))

	ana.open("/articles/new")
	ana.do("type an article", chromedp.Focus(chromedp.CSS(`textarea[name="text"]`)), chromedp.KeyEvent("The harbour lost 40 ships in 2025, the authority said."))
	ana.submit("look first", `form.intake button[name="look"]`)
	if ana.count(".draft") != 0 || ana.drafts() != 1 {
		t.Errorf("looked at: %d offers, %d drafts", ana.count(".draft"), ana.drafts())
	}
	ana.submit("take it in", `form.intake .actions button.primary:not(.sr):not([name])`)
	if n := ana.drafts(); n != 0 {
		t.Errorf("taken in: %d drafts at %s", n, ana.address())
	}

	ana.open("/account")
	ana.do("type a password", chromedp.Focus(chromedp.CSS(`input[name="old"]`)), chromedp.KeyEvent("secret words"))
	ana.open(claim)
	if n := ana.drafts(); n != 0 {
		t.Errorf("a password makes %d drafts", n)
	}
	ana.typeNote("Half a sentence")
	ana.submit("sign out", `form[action="/logout"] button`)
	if left := ask(ana, "what is left", chromedp.Evaluate[int64](`localStorage.length`)); left != 0 {
		t.Errorf("signed out, %d things are left", left)
	}
}
