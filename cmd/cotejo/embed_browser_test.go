package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// publishByHand takes a claim the whole way and gives its id.
func publishByHand(t *testing.T, base string) (id string, ana, luis *person) {
	t.Helper()
	ana, luis = newPerson(t, base), newPerson(t, base)
	ana.signIn("ana", passwordOf("ana"))
	id = openClaims(ana, 1)[0]
	handIn(ana, id, "false", "The records say otherwise.")
	approveAndPublish(luis, id)
	return id, ana, luis
}

// handIn takes a claim up, judges it and submits it.
func handIn(p *person, id, content, rationale string) {
	p.t.Helper()
	p.open("/claims/" + id)
	press(p, "in_check")
	p.do("choose", chromedp.Click(chromedp.CSS(`input[name="content"][value="`+content+`"]`)))
	if p.count(`input[name="attribution"]`) > 0 {
		p.do("choose whether they said it", chromedp.Click(chromedp.CSS(`input[name="attribution"][value="accurate"]`)))
	}
	p.fill(`#verdict textarea[name="rationale"]`, rationale)
	p.submit("save the verdict", `#verdict form button.primary`)
	press(p, "submitted")
}

// TestBrowserEmbed: on another site the pasted quotation becomes a card that takes
// the height it needs; heights that any other frame tells are not believed, and
// without the script the quotation is a link.
func TestBrowserEmbed(t *testing.T) {
	base := startServer(t, map[string]string{"ana": "checker", "luis": "editor"})
	id, _, luis := publishByHand(t, base)
	luis.open("/c/" + id)
	snippet := luis.value("#copy-embed")
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		code := snippet
		if r.URL.Path == "/plain" {
			code, _, _ = strings.Cut(snippet, "<script")
		}
		liar := `<iframe id="liar" srcdoc="<script>setInterval(() => parent.postMessage({cotejo:'height',height:3999},'*'), 20)</script>"></iframe>`
		_, _ = fmt.Fprintf(w, `<!DOCTYPE html><html lang="en"><title>Elsewhere</title><main>%s%s</main>`, code, liar)
	}))
	defer other.Close()
	reader := newPerson(t, other.URL)
	reader.open("/plain")
	if got := reader.count(`blockquote a[href$="/c/` + id + `"]`); got != 1 || reader.count("iframe[sandbox]") != 0 {
		t.Error("without its script the quotation is no link")
	}
	reader.open("/")
	const sized = `(() => { const f = document.querySelector("blockquote + iframe"); return f ? f.offsetHeight : 0 })()`
	height := int64(0)
	for deadline := time.Now().Add(pageWait); height < 100; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the card is %d pixels high", height)
		}
		height = ask(reader, "height", chromedp.Evaluate[int64](sized))
	}
	if height > 1000 {
		t.Errorf("the card is %d pixels high: it believed another frame", height)
	}
	if shown := ask(reader, "quotation", chromedp.Evaluate[bool](`document.querySelector("blockquote").offsetHeight > 0`)); shown {
		t.Error("the quotation stands beside its card")
	}
	reader.keep("embed-elsewhere.png", chromedp.FullScreenshot(100))
}
