package main

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// count gives how many elements a selector finds.
func (p *person) count(selector string) int64 {
	p.t.Helper()
	return ask(p, "count "+selector, chromedp.Evaluate[int64](`document.querySelectorAll(`+quoted(selector)+`).length`))
}

// value gives what stands in a field.
func (p *person) value(selector string) string {
	p.t.Helper()
	return ask(p, "value of "+selector, chromedp.Evaluate[string](`document.querySelector(`+quoted(selector)+`).value`))
}

// key presses a key that leads to another page, and waits for that.
func (p *person) key(step, keys string, options ...chromedp.KeyOption) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, pageWait)
	defer cancel()
	_, err := chromedp.RunResponse(ctx, keyPress(keys, options...))
	p.must(step, err)
}

// openClaims opens the first n suggested claims of the story and gives their ids.
func openClaims(p *person, n int) []string {
	p.t.Helper()
	pasteStory(p)
	var ids []string
	for range n {
		p.open("/claims?state=suggested")
		id := ask(p, "a suggested claim", chromedp.Evaluate[string](`document.querySelector('main a[href^="/claims/"]:not([href*="?"]):not([href*="bulk"])').pathname.split("/").at(-1)`))
		p.open("/claims/" + id)
		press(p, "open")
		ids = append(ids, id)
	}
	return ids
}

// TestBrowserQueueByKeyboard takes a claim up, judges it and goes on to the next
// without a mouse.
func TestBrowserQueueByKeyboard(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker"})
	ana := newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	openClaims(ana, 2)
	ana.open("/queue")
	first := ana.text(".queue-head .id")
	ana.key("take it up", "t")
	if ana.text(".queue-head .id") != first || ana.count("#verdict form") != 1 {
		t.Fatalf("taken up, the queue shows %s", ana.text("main"))
	}
	ana.do("choose the first step", chromedp.Focus(chromedp.CSS(`input[name="content"][value="true"]`)), chromedp.KeyEvent(" "))
	if ana.count(`input[name="attribution"]`) > 0 {
		ana.do("choose the attribution", chromedp.Focus(chromedp.CSS(`input[name="attribution"][value="accurate"]`)), chromedp.KeyEvent(" "))
	}
	ana.do("write t and s", chromedp.Focus(chromedp.CSS(`textarea[name="rationale"]`)), chromedp.KeyEvent("the town's records say so"))
	if got := ana.value(`textarea[name="rationale"]`); got != "the town's records say so" {
		t.Fatalf("typing gave %q at %s", got, ana.address())
	}
	ana.key("submit and next", kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl))
	if second := ana.text(".queue-head .id"); second == first || ana.count("#verdict form") != 1 {
		t.Errorf("after submitting %s the queue shows %s: %s", first, second, ana.text("main"))
	}
	ana.open("/claims?state=submitted")
	if page := ana.text("main"); !strings.Contains(page, first) {
		t.Errorf("%s was not submitted: %s", first, page)
	}
}

// TestBrowserEditConflict: two people write on the same claim; the slower sees
// both texts, loses nothing, and goes on from there.
func TestBrowserEditConflict(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker", "luis": "editor"})
	ana, luis := newPerson(t, base), newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	luis.signIn("luis", passwordOf("luis"))
	id := openClaims(ana, 1)[0]
	for _, p := range []*person{ana, luis} {
		p.open("/claims/" + id)
	}
	// Ana writes first: into a form that nobody writes in, what Luis saves comes by itself.
	ana.fill(`#verdict textarea[name="rationale"]`, "What Ana found, and wrote down at length.")
	luis.fill(`#verdict textarea[name="rationale"]`, "What Luis found.")
	luis.submit("luis saves", `#verdict form .actions button`)
	ana.submit("ana saves", `#verdict form .actions button`)
	if got := ana.value(`#verdict textarea[name="rationale"]`); got != "What Ana found, and wrote down at length." {
		t.Errorf("of Ana's text there is %q", got)
	}
	if got := ana.text("#verdict"); !strings.Contains(got, "What Luis found.") {
		t.Errorf("Luis's text is not beside it: %s", got)
	}
	ana.submit("ana saves again", `#verdict form .actions button`)
	ana.open("/claims/" + id)
	if page := ana.text("#verdict"); !strings.Contains(page, "at length") {
		t.Errorf("saved again, the claim says %s", page)
	}
	if past := ana.text("#history"); !strings.Contains(past, "What Luis found.") {
		t.Error("the history forgot what Luis wrote")
	}
}

// TestBrowserUndo takes back what was done last, from the claim's page, until
// somebody else has acted.
func TestBrowserUndo(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker", "luis": "editor"})
	ana, luis := newPerson(t, base), newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	id := openClaims(ana, 1)[0]
	ana.open("/claims/" + id)
	press(ana, "in_check")
	ana.open("/claims/" + id)
	undo := `.claim-head form[action$="/undo"] button`
	ana.submit("take it back", undo)
	if got := ana.count(`.claim-head .s-open`); got != 1 {
		t.Errorf("undone, the claim says %s", ana.text(".claim-head"))
	}
	if past := ana.text("#history"); strings.Count(past, "took up a claim") < 2 {
		t.Errorf("the history keeps not both: %s", past)
	}
	luis.signIn("luis", passwordOf("luis"))
	luis.open("/claims/" + id)
	if luis.count(undo) != 0 {
		t.Error("Luis is offered to undo what Ana did")
	}
	press(luis, "in_check")
	ana.open("/claims/" + id)
	if ana.count(undo) != 0 {
		t.Error("Ana is offered an undoing over what Luis did")
	}
}
