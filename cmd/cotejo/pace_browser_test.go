package main

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A page with so many claims must still answer a key with its next picture within this.
const (
	paceClaims = 500
	paceMost   = 100 // ms, interaction to next paint
	paceRounds = 8
)

// watchPace notes how long it takes from each interaction to the next picture (Event
// Timing, durations in ms, rounded to 8) by the number of the interaction.
const watchPace = `(() => {
	window.paces = [];
	const numbers = new Map();
	for (const name of ["keydown", "keyup", "pointerdown", "pointerup", "click"]) {
		addEventListener(name, (e) => {
			if (name.endsWith("down")) paces.push({name: name + " " + (e.key ?? ""), duration: 0, wait: 0, work: 0});
			numbers.set(e.timeStamp, paces.length - 1);
		}, true);
	}
	new PerformanceObserver((list) => {
		for (const e of list.getEntries()) {
			const was = paces[numbers.get(e.startTime)];
			if (!e.interactionId || !was || e.duration <= was.duration) continue;
			Object.assign(was, {duration: e.duration, wait: e.processingStart - e.startTime, work: e.processingEnd - e.processingStart});
		}
	}).observe({type: "event", durationThreshold: 16});
})()`

// TestBrowserPace goes by keys through an article with five hundred claims, and measures
// the interaction to next paint in Chromium.
func TestBrowserPace(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker"})
	ana := newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	var text strings.Builder
	for n := range paceClaims + 20 {
		fmt.Fprintf(&text, "The harbour of district %d handled %d tonnes of grain in %d. ", n+1, 1000+37*n, 1950+n%70)
		if n%5 == 4 {
			text.WriteString("\n\n")
		}
	}
	ana.open("/articles/new")
	ana.fill(`textarea[name="text"]`, text.String())
	ana.fill(`input[name="published"]`, "2026-06-01")
	begun := time.Now()
	ana.submit("take it in", takeInButton)
	t.Logf("taken in within %v", time.Since(begun).Round(time.Millisecond))
	if got := ana.count("#cards > .claim"); got < paceClaims {
		t.Fatalf("%d claims, want %d", got, paceClaims)
	}
	ana.do("watch", chromedp.Evaluate[chromedp.Void](watchPace))
	// What else the machine does adds to what is measured, and a page that is too slow is so
	// each time: of each interaction the fastest of some rounds counts.
	var best []pace
	for n := range paceRounds {
		ana.do("begin", chromedp.Evaluate[chromedp.Void](`paces.length = 0`))
		paceRound(ana)
		time.Sleep(200 * time.Millisecond) // until the last picture has been noted
		round := ask(ana, "paces", chromedp.Evaluate[[]pace](`paces`))
		if n == 0 {
			best = round
		}
		if len(round) != len(best) || len(round) < 15 {
			t.Fatalf("%d interactions, %d before", len(round), len(best))
		}
		worst, measured := pace{}, 0
		for i, p := range round {
			if p.Duration < best[i].Duration {
				best[i] = p
			}
			if p.Duration > 0 {
				measured++
			}
			if best[i].Duration > worst.Duration {
				worst = best[i]
			}
		}
		t.Logf("round %d: %d of %d interactions took 16 ms or longer; the slowest by now %+v", n+1, measured, len(round), worst)
		if measured == 0 {
			t.Fatal("no interaction was measured")
		}
		if worst.Duration <= paceMost {
			return
		}
	}
	t.Errorf("interaction to next paint is more than %d ms with %d claims: %+v", paceMost, ana.count("#cards > .claim"), best)
}

// pace is how long an interaction took, in ms: until its script began, that script, and
// with both until the next picture.
type pace struct {
	Name                 string
	Duration, Wait, Work float64
}

// paceRound moves, accepts, dismisses, takes back and edits among the claims. A key comes
// once the last one's picture is there, as from somebody who looks.
func paceRound(p *person) {
	p.t.Helper()
	key := func(keys string) {
		p.press(keys)
		p.do("see it", chromedp.Evaluate[chromedp.Void](`new Promise((seen) => requestAnimationFrame(() => requestIdleCallback(() => seen())))`, chromedp.EvalAwaitPromise))
	}
	// does presses what decides on a claim and waits until so many more, or fewer, are.
	does := func(keys string, by int64) {
		left := p.count(waits) - by
		for _, one := range keys {
			key(string(one))
		}
		p.comes(keys+" is done", `document.querySelectorAll(`+quoted(waits)+`).length === `+strconv.FormatInt(left, 10)+` && !document.querySelector("[aria-busy]")`)
	}
	for _, one := range "jjjjkj" {
		key(string(one))
	}
	does("a", 1)
	does("xo", 1)
	does("u", -1)
	does("aa", 2)
	key("e")
	key("w")
	key(kb.Escape)
	key("?")
	key(kb.Escape)
	p.do("by mouse", chromedp.Click(chromedp.CSS(`#cards > .claim.lit .n-big`)))
}

const waits = `#cards > .claim[data-state="suggested"]`
