package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

const portNews = `<!doctype html><html lang="en"><head><title>Port news</title><meta property="og:site_name" content="The Corier"><meta property="article:published_time" content="2026-02-03"></head>
<body><nav>Menu</nav><article><h1>Ferry company cancels sailings</h1><p>The ferry company said on Monday that 120 sailings were cancelled in January, twice as many as a year before.</p>
<p>The harbour board bought two ships in 2024 and paid 3 million pounds for them, according to its annual report.</p><p>What now? Nobody knows.</p></article></body></html>`

// noScripts switches scripts off in somebody's browser.
func (p *person) noScripts() {
	p.t.Helper()
	p.do("no scripts", chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
}

// within waits until something is on the page that is shown then.
func (p *person) within(step, selector string) {
	p.t.Helper()
	for deadline := time.Now().Add(pageWait); ; time.Sleep(100 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(p.ctx, pageWait)
		found, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`!!document.querySelector(`+quoted(selector)+`)`))
		cancel()
		if err == nil && found {
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("%s: nothing is %s: %s", step, selector, p.text("main"))
		}
	}
}

// shows waits until something says some words.
func (p *person) shows(selector, words string) {
	p.t.Helper()
	for deadline := time.Now().Add(pageWait); !strings.Contains(p.text(selector), words); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatalf("%s says %q, want %q", selector, p.text(selector), words)
		}
	}
}

// TestBrowserURLToClaims takes a page of the web in by its address: look, correct, keep,
// and the claims stand beside the text. With scripts and without.
func TestBrowserURLToClaims(t *testing.T) {
	news := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(portNews))
	}))
	t.Cleanup(news.Close)
	t.Setenv("COTEJO_FETCH_ALLOW", strings.TrimPrefix(news.URL, "http://"))
	base := startServer(t, map[string]string{"ana": "checker", "bea": "checker"})
	for name, scripts := range map[string]bool{"ana": true, "bea": false} {
		t.Run(map[bool]string{true: "scripts", false: "no scripts"}[scripts], func(t *testing.T) {
			p := newPerson(t, base)
			if !scripts {
				p.noScripts()
			}
			p.signIn(name, passwordOf(name))
			takePageIn(p, news.URL+"/"+name)
		})
	}
}

func takePageIn(p *person, address string) {
	p.t.Helper()
	p.open("/articles/new")
	p.fill(`input[name="url"]`, address)
	p.submit("have it fetched", `button[name="fetch"]`)
	p.within("the page is fetched", "#found")
	if got := p.value(`input[name="title"]`); got != "Ferry company cancels sailings" {
		p.t.Errorf("the title is %q", got)
	}
	if found := p.text("#found"); !strings.Contains(found, "120 sailings") || strings.Contains(found, "Menu") {
		p.t.Errorf("what was found: %s", found)
	}
	p.fill(`input[name="outlet"]`, "The Courier")
	p.submit("take it in", takeInButton)
	if p.count("#problems") > 0 && p.count(`button[name="duplicate"][value="copy"]`) > 0 { // the other browser was first
		p.submit("take it in as a copy", `button[name="duplicate"][value="copy"]`)
		p.within("what it shares", "#shared .claim")
		return
	}
	p.within("the article", "#cards .claim")
	if head := p.text(".page-head"); !strings.Contains(head, "The Courier") || !strings.Contains(head, "Ferry company") {
		p.t.Errorf("the article is headed %s", head)
	}
	if cards := p.text("#cards"); !strings.Contains(cards, "120 sailings") {
		p.t.Errorf("its claims are %s", cards)
	}
	if from := p.text("dl.found"); !strings.Contains(from, "stated by whoever sent it") || !strings.Contains(from, "OpenGraph") {
		p.t.Errorf("its fields came from %s", from)
	}
}

// TestBrowserCoverage goes through an article sentence by sentence: the strip and "left"
// follow, sentences are skipped with a reason, and the article is signed off.
func TestBrowserCoverage(t *testing.T) {
	base := startServer(t, map[string]string{"luis": "editor"})
	for name, scripts := range map[string]bool{"scripts": true, "no scripts": false} {
		t.Run(name, func(t *testing.T) {
			p := newPerson(t, base)
			if !scripts {
				p.noScripts()
			}
			p.signIn("luis", passwordOf("luis"))
			coverArticle(p, name, scripts)
		})
	}
}

func coverArticle(p *person, name string, scripts bool) {
	p.t.Helper()
	p.open("/articles/new")
	p.fill(`textarea[name="text"]`, "What now? Who knows? Will summer come back to "+name+"? Perhaps it will.")
	p.fill(`input[name="title"]`, "Questions, "+name)
	p.do("language", chromedp.SetValue(chromedp.CSS(`select[name="language"]`), "en"))
	p.submit("take it in", takeInButton)
	p.within("the strip", "#strip a")
	if parts := p.count("#strip a"); parts != 4 {
		p.t.Fatalf("the strip has %d parts for 4 sentences", parts)
	}
	left := func(want string) {
		p.t.Helper()
		p.shows("#cover-bar", "Left: "+want)
	}
	left("4")
	if scripts {
		if p.count(".keyed #cover-keys") != 1 || p.count(".keyed .skip-reasons kbd") != 5 {
			p.t.Error("no keys are shown")
		}
		p.do("skip the first", chromedp.KeyEvent("1"))
		left("3")
		p.shows("#cover blockquote", "Who knows?")
		p.do("the one after", chromedp.KeyEvent("l"))
		p.shows("#cover blockquote", "Will summer")
		p.do("skip it with a reason of one's own", chromedp.KeyEvent("o"), chromedp.WaitReady(chromedp.CSS("details.skip-other[open]")))
	} else {
		if p.count(".keyed #cover-keys") != 0 {
			p.t.Error("keys are shown that do nothing")
		}
		p.submit("skip the first", `.skip-reasons button[value="no_claim"]`)
		left("3")
		p.submit("the one after", `#cover .walk a[aria-keyshortcuts="l"]`)
		p.do("another reason", chromedp.Click(chromedp.CSS("details.skip-other > summary")))
	}
	p.fill(`#cover input[name="note"]`, "said before")
	p.do("skip it", chromedp.Click(chromedp.CSS(`details.skip-other button[name="reason"]`)))
	left("2")
	p.do("to sign off", chromedp.Click(chromedp.CSS("#sign > summary")))
	p.submit("sign off without a word", `#sign form button.primary`)
	p.within("why", `#f-why-sign[aria-invalid="true"]`)
	p.fill("#f-why-sign", "the rest is poetry")
	p.submit("sign off", `#sign form button.primary`)
	if page := p.text("#cover"); !strings.Contains(page, "the rest is poetry") {
		p.t.Errorf("signed off, the page says %s", page)
	}
}
