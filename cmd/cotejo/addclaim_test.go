package main

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// story has letters beyond the Basic Multilingual Plane before the words that
// are selected: browsers count them twice, the desk once.
const story = "The 🚢🚢 harbour opened in 1974.\n\nThe old ferry was painted green 🎨 on Tuesday. The new ferry was painted green in May.\n"

// pasteStory takes the story in and lands on its page.
func pasteStory(p *person) {
	p.t.Helper()
	p.open("/articles/new")
	p.fill(`textarea[name="text"]`, story)
	p.fill(`input[name="published"]`, "2026-06-01")
	p.submit("take the story in", `main form button.primary`)
}

// selectWords marks words in the article's text as a mouse would.
const selectWords = `(() => {
	const text = document.getElementById("text");
	const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
	const wanted = "new ferry was painted green";
	let all = "", nodes = [];
	for (let n = walker.nextNode(); n; n = walker.nextNode()) { nodes.push([all.length, n]); all += n.data; }
	const place = (at) => { const [from, node] = nodes.filter(([from]) => from <= at).at(-1); return [node, at - from]; };
	const start = all.indexOf(wanted), range = document.createRange();
	range.setStart(...place(start));
	range.setEnd(...place(start + wanted.length));
	getSelection().removeAllRanges();
	getSelection().addRange(range);
	return getSelection().toString();
})()`

func TestBrowserAddsSelectedWords(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker"})
	ana := newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	pasteStory(ana)
	if got := ask(ana, "select", chromedp.Evaluate[string](selectWords)); got != "new ferry was painted green" {
		t.Fatalf("selected %q", got)
	}
	ana.do("key c", chromedp.KeyEvent("c"))
	ana.shows("#said", "added")
	id := addedClaim(ana, "new ferry was painted green")
	ana.open("/claims/" + id)
	if page := ana.text("main"); !strings.Contains(page, "ana") {
		t.Errorf("the claim's history does not say who added it: %s", page)
	}
}

// addedClaim finds the card of a claim whose highlighted words are these.
func addedClaim(p *person, words string) string {
	p.t.Helper()
	return ask(p, "the new claim", chromedp.Evaluate[string](`(() => {
		const wanted = `+quoted(words)+`;
		for (const card of document.querySelectorAll("#cards .claim")) {
			const id = card.dataset.claim;
			const marked = [...document.querySelectorAll('#text mark[data-claim~="' + id + '"]')].map((m) => m.textContent).join("");
			if (marked.includes(wanted) && card.dataset.state === "open") return id;
		}
		return "";
	})()`))
}

// TestBrowserWithoutScripts goes as far with scripts switched off: everything
// is a form, and words that stand twice are asked back.
func TestBrowserWithoutScripts(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker"})
	ana := newPerson(t, base)
	ana.do("no scripts", chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
	ana.signIn("ana", passwordOf("ana"))
	pasteStory(ana)
	ana.do("open the form", chromedp.Click(chromedp.CSS("#add > summary")))
	ana.fill(`#add textarea[name="quote"]`, "ferry was painted green")
	ana.submit("quote words that stand twice", `#add form button[type="submit"]`)
	places := ask(ana, "places", chromedp.Nodes(chromedp.CSSAll(`#add input[name="place"]`)))
	if len(places) != 2 {
		t.Fatalf("%d places are asked back, want 2: %s", len(places), ana.text("#add"))
	}
	ana.do("choose the second", chromedp.MouseClickNode(places[1]))
	ana.submit("add the claim", `#add form button[type="submit"]`)
	if page := ana.text("#cards"); !strings.Contains(page, "ferry was painted green") {
		t.Errorf("the claim was not added: %s", page)
	}
	ana.submit("accept without scripts", `#cards form[data-act="open"] button`)
	if got := ana.text("#cards .claim"); !strings.Contains(ana.address(), "/articles/") || got == "" {
		t.Errorf("after accepting the browser is at %s", ana.address())
	}
}
