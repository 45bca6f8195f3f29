package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// holdPosts keeps what a page's scripts post until answered or lost is called.
const holdPosts = `(() => {
	const real = window.fetch, held = [];
	window.fetch = (...asked) => asked[1]?.method === "POST" ? new Promise((go, lose) => held.push({go: () => go(real(...asked)), lose})) : real(...asked);
	window.answered = () => held.shift().go();
	window.lost = () => held.shift().lose(new TypeError("lost"));
	window.underWay = () => held.length;
})()`

// TestBrowserForesees: a move shows on its card, and the next claim is at hand, before the
// desk has answered; where no answer comes the card is as it was, and it is said.
func TestBrowserForesees(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker"})
	ana := newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	pasteStory(ana)
	ana.comes("there are claims", `document.querySelectorAll("#cards > .claim").length > 2`)
	ana.do("hold", chromedp.Evaluate[chromedp.Void](holdPosts))
	ana.press("j")
	first := ana.truth(cardFocused)
	card := func(property string) string {
		return ana.truth(`document.getElementById("k-` + first + `").` + property)
	}

	ana.press("a")
	ana.comes("it is on its way", `underWay() === 1`)
	if got := card("dataset.state") + " " + card(`querySelector(".badge.state").textContent`) + " " + card("className"); got != "open Open card claim s-open foreseen" {
		t.Errorf("before the answer the card is %s", got)
	}
	second := ana.truth(cardFocused)
	if second == first || second == "undefined" {
		t.Errorf("before the answer the focus is on %s", second)
	}
	if said := ana.text("#said"); strings.Contains(said, "Accept") {
		t.Errorf("before the answer it is said: %s", said)
	}
	ana.press("j")
	ana.do("answer", chromedp.Evaluate[chromedp.Void](`answered()`))
	ana.comes("the key pressed meanwhile is done", `!document.querySelector("[aria-busy], .foreseen") && `+cardFocused+` !== "`+second+`"`)
	if state := card("dataset.state"); state != "open" {
		t.Errorf("answered, the card is %s", state)
	}

	ana.do("to the second card", chromedp.Focus(chromedp.CSS("#k-"+second)))
	first = second
	ana.press("xt")
	ana.comes("the next one is on its way", `underWay() === 1`)
	if state := card("dataset.state"); state != "dismissed" {
		t.Errorf("before the answer the next card is %s", state)
	}
	ana.press("aa")
	ana.do("elsewhere by mouse", chromedp.Click(chromedp.CSS(`#cards > .claim:nth-child(3) .n-big`)))
	ana.press("k")
	last := ana.truth(cardFocused)
	ana.do("the desk goes away", chromedp.Evaluate[chromedp.Void](`window.there = window.fetch; window.fetch = () => Promise.reject(new TypeError("lost")); lost()`))
	ana.comes("it is said", `document.getElementById("offline").textContent.includes("nothing was done")`)
	if state := card("dataset.state"); state != "suggested" {
		t.Errorf("not sent, the card is %s", state)
	}
	if got := ana.truth(cardFocused); got != first {
		t.Errorf("not sent, the focus is on %s, not %s; it was on %s", got, first, last)
	}
	if n := ana.truth(`document.querySelectorAll("[aria-busy], .foreseen").length + underWay()`); n != "0" {
		t.Errorf("not sent, %s acts are under way: what was pressed meanwhile must not be done", n)
	}
	ana.accessible("not sent")

	ana.do("the desk is there", chromedp.Evaluate[chromedp.Void](`window.fetch = there`))
	ana.comes("it is said", `document.getElementById("offline").classList.contains("good")`)
	ana.press("a")
	ana.comes("it is on its way again", `underWay() === 1`)
	ana.do("answer", chromedp.Evaluate[chromedp.Void](`answered()`))
	ana.comes("it is done", `!document.querySelector("[aria-busy], .foreseen")`)
	if state := card("dataset.state"); state != "open" {
		t.Errorf("sent again, the card is %s", state)
	}
}
