package main

import (
	"context"
	"encoding/csv"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// look is a way of looking at a page.
type look struct {
	name          string
	width, height int64
	lang, scheme  string
	checked       bool // by the accessibility checker
}

// looks stand by language: a page is loaded once in each, and then looked at in
// every size and colour scheme, as by somebody who turns a telephone.
var looks = []look{
	{"desktop", 1360, 900, "en", "light", false},
	{"narrow", 320, 640, "en", "light", false},
	{"desktop-es", 1360, 900, "es", "light", true},
	{"dark", 1360, 900, "es", "dark", true},
	{"phone", 390, 844, "es", "light", false},
	{"narrow-pt", 320, 640, "pt", "light", false},
}

// TestBrowserScreens opens every page of the demo in every look: nothing may
// scroll sideways, an accessibility checker finds nothing by day and by night, and
// the console must stay silent, which also proves the content policy.
// COTEJO_SCREENS names a folder that keeps the pictures.
func TestBrowserScreens(t *testing.T) {
	base, passwords := startDemoServer(t)
	eva := newPerson(t, base)
	eva.signIn("eva", passwords["eva"])
	pages := demoPages(eva)
	maps.Copy(pages, copyPages(eva, pages["article-en"]))
	maps.Copy(pages, readerPages(eva, pages["public-claim"]))
	maps.Copy(pages, listPages(eva))
	maps.Copy(pages, checkPages(eva, pages["claim-published"], pages["claim-in-check"]))
	eva.addElsewhere(pages["claim-published"])
	eva.inEveryLook(func(looks []look) { eva.lookAround(pages, looks) })
}

// inEveryLook does something in each language, with the looks of it.
func (p *person) inEveryLook(do func(looks []look)) {
	p.t.Helper()
	for from := 0; from < len(looks); {
		to := from + 1
		for to < len(looks) && looks[to].lang == looks[from].lang {
			to++
		}
		p.put(looks[from])
		do(looks[from:to])
		from = to
	}
}

// lookAround looks at every page in looks of one language.
func (p *person) lookAround(pages map[string]string, looks []look) {
	p.t.Helper()
	for name, path := range pages {
		p.open(path)
		p.fits(name, looks)
	}
	p.previewBulk()
	p.fits("bulk", looks)
	p.openExports()
	p.fits("export-menu", looks)
	p.previewTable()
	p.fits("table-changes", looks)
	p.fillIntake("Another ferry story")
	p.submit("look first", `form.intake button[name="look"]`)
	p.fits("intake-look", looks)
	p.fillIntake("Another ferry story")
	p.submit("take a duplicate in", takeInButton)
	p.fits("duplicate", looks)
}

// fits looks at the page at hand in each of these looks.
func (p *person) fits(name string, looks []look) {
	p.t.Helper()
	for _, l := range looks {
		p.emulate(l)
		p.fitsIn(name, l)
		if l.checked {
			p.accessible(name + " in " + l.name)
		}
	}
	p.emulate(looks[0])
}

// fitsIn keeps a picture of the page, which may not scroll sideways.
func (p *person) fitsIn(name string, l look) {
	p.t.Helper()
	if wide := ask(p, "width", chromedp.Evaluate[int64](`document.scrollingElement.scrollWidth`)); wide > l.width {
		p.t.Errorf("%s in %s is %d pixels wide, %d are there", name, l.name, wide, l.width)
	}
	if out := ask(p, "where one is", chromedp.Evaluate[bool](`[...document.querySelectorAll(".nav [aria-current]")].some(a => { const r = a.getBoundingClientRect(); return r.left < 0 || r.right > innerWidth })`)); out {
		p.t.Errorf("%s in %s: the navigation does not show where one is", name, l.name)
	}
	if flat := ask(p, "words squeezed away", chromedp.Evaluate[bool](`[...document.querySelectorAll("main blockquote")].some(q => q.checkVisibility() && q.textContent.trim() && q.clientHeight < 12)`)); flat {
		p.t.Errorf("%s in %s: a quotation has no height", name, l.name)
	}
	p.keep(name+"-"+l.name+".webp", pagePicture(l, small))
	p.keepForGuide(name, l)
	if name == "article" && l == looks[0] {
		p.keep("article.png", chromedp.CaptureScreenshot())
	}
}

// takeInButton is the button at the end of the form.
const takeInButton = `form.intake .actions button.primary:not(.sr):not([name])`

// fillIntake fills in the form with what the demo has nearly so.
func (p *person) fillIntake(title string) {
	p.t.Helper()
	raw, err := demoTexts.ReadFile("demo/en-ferry.txt")
	if err != nil {
		p.t.Fatal(err)
	}
	p.open("/articles/new")
	p.fill(`textarea[name="text"]`, string(raw)+"\n\nThe council meets again on Thursday.")
	p.fill(`input[name="title"]`, title)
	p.fill(`input[name="outlet"]`, "The Evening Mail")
}

// copyPages takes in an agency copy of an article and gives the pages that tell of it.
func copyPages(p *person, original string) map[string]string {
	p.t.Helper()
	p.fillIntake("Ferries stay in port, says authority")
	p.submit("take a duplicate in", takeInButton)
	p.submit("as a copy", `button[name="duplicate"][value="copy"]`)
	at, err := url.Parse(p.address())
	if err != nil {
		p.t.Fatal(err)
	}
	return map[string]string{"article-copy": at.Path, "article-copy-edit": original + "/edit", "erase": at.Path + "/erase", "erase-published": original + "/erase"}
}

// readerPages has a reader report an error and an admin add a webhook, and gives the pages
// that tell of it.
func readerPages(p *person, claim string) map[string]string {
	p.t.Helper()
	form := claim + "/report"
	p.open(form)
	p.fill(`textarea[name="text"]`, "The figure is from 2023. The council published a newer one in October, and it is lower: 1,150.")
	p.fill(`input[name="url"]`, "https://council.example/minutes/2025-10-28.pdf")
	p.fill(`input[name="contact"]`, "reader@example.org")
	time.Sleep(4 * time.Second) // quicker is a program
	p.submit("report an error", `main form button[type="submit"]`)
	p.open("/settings/webhooks")
	p.fill(`input#f-url`, "https://127.0.0.1/")
	p.submit("an address that is private", `form[aria-labelledby="add-h"] button[type="submit"]`)
	p.fitsIn("webhooks-refused", looks[0])
	p.open("/reports")
	raw := ask(p, "a report", chromedp.Evaluate[string](`document.querySelector('main .list a[href^="/reports/"]').href`))
	at, err := url.Parse(raw)
	if err != nil {
		p.t.Fatal(err)
	}
	return map[string]string{"report-form": form, "report-thanks": form + "?sent=1", "reports": "/reports", "report": at.Path,
		"webhooks": "/settings/webhooks", "methodology": "/methodology", "methodology-es": "/methodology/es", "methodology-edit": "/settings/methodology"}
}

// previewBulk asks what approving all claims would do, which is to some of them nothing.
func (p *person) previewBulk() {
	p.t.Helper()
	p.open("/claims?state=submitted,open,in_check")
	p.do("choose all", chromedp.Evaluate[chromedp.Void](`document.querySelectorAll('input[name="claim"]').forEach(box => { box.checked = true })`))
	p.fill(`select[name="act"]`, "approve")
	p.submit("look at what will happen", `button[name="step"][value="choose"]`)
}

// openExports shows the choice of tables on the list of claims.
func (p *person) openExports() {
	p.t.Helper()
	p.open("/claims?state=open")
	p.do("open the choice of tables", chromedp.Evaluate[chromedp.Void](`document.querySelector(".export-menu").open = true`))
}

// previewTable brings an edited table back, in which there is something of everything.
func (p *person) previewTable() {
	p.t.Helper()
	body := ask(p, "fetch the CSV", chromedp.Evaluate[string](`fetch("/export/verdicts.csv").then((r) => r.text())`, chromedp.EvalAwaitPromise))
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil || len(rows) < 6 {
		p.t.Fatalf("%d rows, %v", len(rows), err)
	}
	put := func(row int, column, value string) { rows[row][slices.Index(rows[0], column)] = value }
	for i := range rows[1:] {
		put(i+1, "what_is_true", "The harbour authority counted 1,140 cancelled sailings in the quarter.")
		put(i+1, "tags", "harbour; ferries")
		put(i+1, "state", "published")
		switch i % 5 {
		case 1:
			put(i+1, "claim_version", "0")
		case 2:
			put(i+1, "verdict_code", "mostly_so")
		case 3:
			put(i+1, "claim_id", "")
			put(i+1, "claim_url", "")
		}
	}
	var edited strings.Builder
	if err := csv.NewWriter(&edited).WriteAll(rows); err != nil {
		p.t.Fatal(err)
	}
	p.open("/import?kind=changes")
	p.fill(`textarea[name="text"]`, edited.String())
	p.submit("look what it changes", `form[enctype] button[type="submit"]`)
}

// demoPages names the pages that are looked at; ids come from the demo itself.
func demoPages(p *person) map[string]string {
	link := p.linked
	article := `main a[href^="/articles/"]:not([href$="/new"])`
	inCheck := link("/claims?state=in_check", `main a[href^="/claims/"]`)
	return map[string]string{
		"evidence-new": inCheck + "/evidence/new?q=a",
		"desk":         "/", "queue": "/queue", "inbox": "/inbox", "jobs": "/jobs", "articles": "/articles", "intake": "/articles/new", "claims": "/claims",
		"article-en": link("/claims?state=published&order=updated", `main a[href^="/articles/"]`),
		"article":    link("/articles", article), "sentence": link("/articles", article) + "?at=0",
		"article-signed":  link("/articles", article) + "?at=2000",
		"article-readers": link("/articles", article) + "/readers",
		"article-sheet":   link("/claims?state=published&order=updated", `main a[href^="/articles/"]`) + "/print",
		"claim-published": link("/claims?state=published&order=updated", `main a[href^="/claims/"]`),
		"claim-submitted": link("/claims?state=submitted", `main a[href^="/claims/"]`),
		"claim-in-check":  inCheck,
		"sources":         "/sources", "source-new": "/sources/new",
		"source":       link("/sources?kind=government", `main a.title[href^="/sources/"]`),
		"source-merge": link("/sources?kind=government", `main a.title[href^="/sources/"]`) + "/merge",
		"protected":    link("/sources?protected=1", `main a.title[href^="/sources/"]`),
		"checks":       "/desk/checks", "check-new": "/checks/new",
		"people": "/people", "account": "/account", "second-factor": "/account/second-factor", "invite-shut": "/invite/nothing", "settings": "/settings", "search": "/search?q=harbour", "scale": "/settings/scale", "history": "/history", "stats": "/stats", "stats-year": "/stats?period=365", "figures": "/figures", "figures-doubt": "/figures?doubt=1", "help": "/help", "help-chapter": "/help/triage",
		"public": "/public", "public-claim": link("/public", `main a[href^="/c/"]`),
		"public-version": link("/public", `main a[href^="/c/"]`) + "@1", "embed": link("/public", `main a[href^="/c/"]`) + "/embed",
		"public-corrections": "/corrections", "public-checks": "/checks", "public-check": link("/checks", `main a[href^="/checks/"]`),
		"feeds": "/feeds", "feed-new": "/feeds/new", "feed": link("/feeds", `main a.title[href^="/feeds/"]`),
		"import": "/import", "import-changes": "/import?kind=changes", "bookmarklet": "/articles/bookmarklet", "intake-note": "/articles/new?url=https://sound-courier.example/ferries&note=The+delays+cost+3.2+million",
		"missing": "/articles/NOSUCHARTI",
	}
}

// put makes the browser look at pages in another way.
func (p *person) put(l look) {
	p.t.Helper()
	p.emulate(l)
	p.open("/account")
	p.do("language "+l.lang, chromedp.SetValue(chromedp.CSS(`select[name="language"]`), l.lang))
	p.submit("save the language", `form[action="/account/language"] button[type="submit"]`)
}

// emulate gives the browser a size, a colour scheme and a language.
func (p *person) emulate(l look) {
	p.t.Helper()
	p.do("look "+l.name, chromedp.EmulateViewport(l.width, l.height), chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: l.scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}
		if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
			return err
		}
		_, err := chromedp.Call(ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": l.lang}})
		return err
	}))
}

// pictureHigh is how many pixels of a long page its pictures show.
const pictureHigh = 2400

// taking is how a picture is taken.
type taking struct {
	format page.CaptureScreenshotFormat
	scale  float64
}

var (
	small = taking{page.CaptureScreenshotFormatWebp, 0.6} // for looking pages over
	sharp = taking{page.CaptureScreenshotFormatPng, 1}
)

// pagePicture takes a picture of a page from its head down.
func pagePicture(l look, how taking) chromedp.Action[[]byte] {
	return func(ctx context.Context, _ *chromedp.Target) ([]byte, error) {
		high, err := chromedp.Run(ctx, chromedp.Evaluate[float64](`document.documentElement.scrollHeight`))
		if err != nil {
			return nil, err
		}
		asked := page.CaptureScreenshotParams{Format: how.format, CaptureBeyondViewport: new(true), Clip: &page.Viewport{Width: float64(l.width), Height: min(high, pictureHigh), Scale: how.scale}}
		if how == small {
			asked.Quality = new(int64(50))
		}
		r, err := chromedp.Call(ctx, page.CaptureScreenshot, asked)
		if err != nil {
			return nil, err
		}
		return r.Data, nil
	}
}

// keep writes a picture where COTEJO_SCREENS says.
func (p *person) keep(name string, picture chromedp.Action[[]byte]) {
	p.t.Helper()
	if dir := os.Getenv("COTEJO_SCREENS"); dir != "" {
		p.keepIn(dir, name, picture)
	}
}

func (p *person) keepIn(dir, name string, picture chromedp.Action[[]byte]) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), ask(p, "picture "+name, picture), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

var demoPassword = regexp.MustCompile(`(?m)^ +(\w+) +\w+ +password (\S+)$`)

// startDemoServer runs serve --demo in this process and reads from what it
// prints how to sign in.
func startDemoServer(t *testing.T, flags ...string) (base string, passwords map[string]string) {
	t.Helper()
	address := freeAddress(t)
	out, _ := runServer(t, address, append(flags, "--demo")...)
	passwords = map[string]string{}
	for deadline := time.Now().Add(pageWait); len(passwords) < len(demoPeople); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the demo does not say how to sign in: %s", out)
		}
		for _, m := range demoPassword.FindAllStringSubmatch(out.String(), -1) {
			passwords[m[1]] = m[2]
		}
	}
	if !strings.Contains(out.String(), address) {
		t.Errorf("the demo does not say where to look: %s", out)
	}
	return "http://" + address, passwords
}
