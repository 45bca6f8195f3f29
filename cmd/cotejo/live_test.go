package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestBrowserLive: two people have one claim open; what one does appears on the
// other's page, which says so, and leaves alone what is being typed.
func TestBrowserLive(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker", "luis": "editor"})
	ana, luis := newPerson(t, base), newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	luis.signIn("luis", passwordOf("luis"))
	pasteExample(ana)
	id := acceptTroops(ana)
	luis.open("/claims/" + id)
	luis.do("follow", chromedp.WaitReady(chromedp.CSS("#live.on")))
	luis.fill(`#notes textarea[name="text"]`, "Lo que luis escribe.")
	luis.do("look away", chromedp.Evaluate[chromedp.Void](`document.querySelector('#notes textarea').blur()`))

	luis.do("mark what does not change", chromedp.Evaluate[chromedp.Void](`for (const part of document.querySelectorAll("[data-live] > *")) part.untouched = true`))
	ana.open("/claims/" + id)
	luis.do("see who is here", chromedp.WaitReady(chromedp.CSS("#present")))
	luis.says("ana")
	if luis.count(".live-kept") != 0 {
		t.Error("what nobody changed is said to be an old one")
	}
	if fresh := ask(luis, "what was replaced", chromedp.Evaluate[string](`[...document.querySelectorAll("[data-live] > *")].filter((part) => !part.untouched).map((part) => part.className + part.id).join()`)); fresh != "page-head claim-head" {
		t.Errorf("replaced for somebody who came: %s", fresh)
	}
	ana.fill(`#notes textarea[name="text"]`, "Lo que ana escribió.")
	ana.submit("write a note", `#notes form button`)
	luis.says("ana")
	luis.says("What you are writing was left alone")
	if got := ask(luis, "typed", chromedp.Evaluate[string](`document.querySelector('#notes textarea').value`)); got != "Lo que luis escribe." {
		t.Errorf("what luis was typing is %q", got)
	}
	luis.do("take it back", chromedp.Evaluate[chromedp.Void](`document.querySelector('#notes textarea').value = ""`))
	ana.submit("take it up", `#moves form:has(input[value="in_check"]) button`)
	luis.do("see the state", chromedp.WaitReady(chromedp.CSS(".claim-head .s-in_check")))
	luis.do("see the note", chromedp.WaitReady(chromedp.CSS("#notes .list li")))
	if got := luis.text("#notes"); !strings.Contains(got, "Lo que ana escribió.") || strings.Contains(got, "left alone") {
		t.Errorf("the notes read %s", got)
	}
	luis.keep("live.png", chromedp.FullScreenshot(100))
	ana.open("/claims")
	luis.says("Nobody else")
}

// TestBrowserLiveArticle: what another decides about a claim appears beside the
// article and on the desk, and what is being typed there is left alone.
func TestBrowserLiveArticle(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker", "luis": "editor"})
	ana, luis := newPerson(t, base), newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	luis.signIn("luis", passwordOf("luis"))
	pasteExample(ana)
	article := strings.TrimPrefix(ana.address(), base)
	luis.open(article)
	luis.do("follow", chromedp.WaitReady(chromedp.CSS("#live.on")))
	typed := ask(luis, "type", chromedp.Evaluate[string](`(() => {
		const card = [...document.querySelectorAll("#cards .claim")].find((c) => !c.textContent.includes(`+quoted(troops)+`) && c.querySelector("details.edit textarea"));
		card.querySelector("details.edit").open = true;
		card.querySelector("details.edit textarea").value = "Lo que luis escribe.";
		return card.id;
	})()`))
	id := acceptTroops(ana)
	luis.do("see the claim open", chromedp.WaitReady(chromedp.CSS("#k-"+id+`[data-state="open"]`)))
	luis.says("ana")
	if got := ask(luis, "typed", chromedp.Evaluate[string](`document.querySelector("#`+typed+` details.edit textarea").value`)); got != "Lo que luis escribe." {
		t.Errorf("what luis was typing is %q", got)
	}
	luis.open("/")
	luis.do("follow the desk", chromedp.WaitReady(chromedp.CSS("#live.on")))
	ana.open("/claims/" + id)
	ana.submit("take it up", `#moves form:has(input[value="in_check"]) button`)
	luis.says("ana")
}

// says waits until the page's live region says something.
func (p *person) says(words string) {
	p.t.Helper()
	p.do("hear "+words, chromedp.Poll[chromedp.Void](`document.getElementById("live-said").textContent.includes(`+quoted(words)+`)`))
}

// check ticks a box or chooses one of several.
func (p *person) check(selector string) {
	p.t.Helper()
	p.do("tick "+selector, chromedp.Click(chromedp.CSS(selector)))
}
