package main

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// mirrored says for a page what must stand to the right of what, where a page goes from
// right to left: the first of each pair.
var mirrored = map[string][][2]string{
	"/":            {{".brand", ".me"}, {"#live-main", "#live-aside"}},
	"/articles":    {{".brand", ".me"}},
	"article":      {{".text-side", ".claim-side"}},
	"/claims":      {{".brand", ".me"}},
	"claim":        {{"#live-main", "#live-aside"}},
	"/queue":       {},
	"/inbox":       {},
	"/account":     {},
	"/stats":       {},
	"/help/triage": {{".guide-side", ".guide-text"}},
	"/public":      {},
	"permalink":    {},
}

// TestBrowserRightToLeft looks at the main pages as a language of the other direction would
// have them: columns change sides, and nothing scrolls sideways on a desk or a small phone.
func TestBrowserRightToLeft(t *testing.T) {
	base, passwords := startDemoServer(t)
	luis := newPerson(t, base)
	luis.signIn("luis", passwords["luis"])
	luis.open("/articles")
	named := map[string]string{"article": luis.path(`main a[href^="/articles/"]:not([href$="new"]):not([href$="bookmarklet"])`)}
	luis.open("/claims?state=published")
	named["claim"] = luis.path(`.claim-row a[href^="/claims/"]`)
	named["permalink"] = "/c/" + named["claim"][len("/claims/"):]
	for _, width := range []int64{1280, 320} {
		luis.do("width", chromedp.EmulateViewport(width, 800))
		for page, pairs := range mirrored {
			path := page
			if named[page] != "" {
				path = named[page]
			}
			luis.open(path)
			if dir := ask(luis, "direction", chromedp.Evaluate[string](`document.documentElement.dir`)); dir != "ltr" {
				t.Errorf("%s says that it goes %q", path, dir)
			}
			luis.do("turn", chromedp.Evaluate[chromedp.Void](`document.documentElement.dir = "rtl"`))
			if wide := ask(luis, "width", chromedp.Evaluate[int64](`document.scrollingElement.scrollWidth`)); wide > width {
				t.Errorf("%s from right to left is %d pixels wide, %d are there", path, wide, width)
			}
			if width < 1000 {
				continue
			}
			for _, pair := range pairs {
				if ok := ask(luis, "sides", chromedp.Evaluate[bool](`(([a, b]) => a.left >= b.right - 1)([`+quoted(pair[0])+`, `+quoted(pair[1])+`].map(s => document.querySelector(s).getBoundingClientRect()))`)); !ok {
					t.Errorf("%s from right to left: %s does not stand to the right of %s", path, pair[0], pair[1])
				}
			}
		}
	}
}

// path gives where the first link that a selector finds leads.
func (p *person) path(selector string) string {
	p.t.Helper()
	return ask(p, "link "+selector, chromedp.Evaluate[string](`document.querySelector(`+quoted(selector)+`).pathname`))
}
