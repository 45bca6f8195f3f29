package main

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// decide makes a move that asks for words, each named by its field.
func decide(p *person, to string, words map[string]string) {
	p.t.Helper()
	form := `form:has(input[name="to"][value="` + to + `"])`
	p.do("open the form", chromedp.Evaluate[chromedp.Void](`document.querySelector('`+form+`').closest("details").open = true`))
	for name, text := range words {
		p.fill(form+` [name="`+name+`"]`, text)
	}
	press(p, to)
}

// tells fails unless the page's main part has every one of these words.
func (p *person) tells(words ...string) {
	p.t.Helper()
	page := p.text("main")
	for _, want := range words {
		if !strings.Contains(page, want) {
			p.t.Errorf("%s does not say %q: %s", p.address(), want, page)
		}
	}
}

// TestBrowserAPublicationsLife: a claim is published, checked again, corrected and
// withdrawn, and each time a reader without an account sees what stands.
func TestBrowserAPublicationsLife(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker", "luis": "editor"})
	id, ana, luis := publishByHand(t, base)
	reader := newPerson(t, base)
	reader.do("keep nothing", chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
		return err
	}))
	look := func(path string, words ...string) {
		t.Helper()
		reader.open(path)
		reader.tells(words...)
		reader.accessible(path)
	}
	look("/c/"+id, "False", "The records say otherwise.", "How to cite", "Version 1")
	if got := reader.count("script:not([type='application/ld+json'])"); got != 0 {
		t.Errorf("%d scripts on a public page", got)
	}
	reader.keep("public-life-1.png", chromedp.FullScreenshot(100))

	luis.open("/claims/" + id)
	decide(luis, "reopened", map[string]string{"reason": "A new register came out."})
	look("/c/"+id, "False", "Being re-checked since")
	look("/c/"+id+"/embed", "False", "This is being re-checked.")

	handIn(ana, id, "true", "The new register says so.")
	luis.open("/claims/" + id)
	press(luis, "approved")
	decide(luis, "published", map[string]string{"effect": "verdict", "notice": "The new register bears it out."})
	look("/c/"+id, "True", "Corrected: the verdict changed.", "The new register bears it out.", "The verdict went from “False” to “True”.", "The reasons were reworded.")
	reader.keep("public-life-2.png", chromedp.FullScreenshot(100))
	look("/c/"+id+"@2", "What changed since version 1", "The verdict went from “False” to “True”.")
	look("/c/"+id+"@1", "False", "there is a newer one")
	if strings.Contains(reader.text("main"), "bears it out") {
		t.Error("version 1 tells what came after it")
	}
	look("/corrections", "The new register bears it out.")

	luis.open("/claims/" + id)
	decide(luis, "withdrawn", map[string]string{"reason": "Two harbours were mixed up."})
	look("/c/"+id, "Withdrawn", "Two harbours were mixed up.")
	look("/c/"+id+"/embed", "was withdrawn", "Two harbours were mixed up.")
	look("/c/"+id+"@2", "This has been withdrawn", "Two harbours were mixed up.")
	reader.keep("public-life-3.png", chromedp.FullScreenshot(100))
}
