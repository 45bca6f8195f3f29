package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

const reservoir = `<html lang="es"><head><title>El embalse baja</title><meta property="article:published_time" content="2025-10-28"></head><body><article><h1>El embalse baja</h1>
<p>El embalse de Río Seco guarda hoy el 18 % del agua que puede contener, el nivel más bajo desde 1987, según el boletín oficial.</p>
<p>La Junta anunció ayudas por 15.000 euros para cada familia afectada por los cortes de agua.</p>
<p>El alcalde, Tomás Rey, dijo que el trasvase llegará antes del verano y que la obra no costará más de dos millones.</p>
<p>Los regantes de la comarca se reúnen desde hace veinte años en la misma sala del ayuntamiento viejo.</p>
<p>El sindicato sostiene que el problema se conocía desde el otoño y que nadie hizo nada por evitarlo.</p>
<p>En la comarca viven unas 1.200 personas, la mayoría dedicadas al campo y a la ganadería de montaña.</p>
<p>La feria del ganado se celebrará como siempre el segundo domingo de noviembre en la plaza mayor.</p>
</article></body></html>`

// TestBrowserChangedArticle goes from an address to claims, and from a page that changed
// to a decision.
func TestBrowserChangedArticle(t *testing.T) {
	var later atomic.Bool
	paper := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		page := reservoir
		if later.Load() {
			page = strings.NewReplacer("15.000", "12.000", "no costará", "costará", "Tomás Rey", "Tomás Reyes", "<p>Los regantes", "<p>Última hora: el pleno se reúne mañana.</p><p>Los regantes").Replace(page)
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(page))
	}))
	defer paper.Close()
	t.Setenv("COTEJO_FETCH_ALLOW", strings.TrimPrefix(paper.URL, "http://"))
	ana := newPerson(t, startServer(t, map[string]string{"ana": "checker"}))
	ana.signIn("ana", passwordOf("ana"))

	ana.open("/articles/new")
	ana.fill(`input[name="url"]`, paper.URL+"/embalse")
	ana.submit("fetch", `button[name="fetch"]`)
	ana.until("the page is shown", `document.querySelector("#found, .found, textarea[name=text]") !== null && location.pathname === "/articles/new"`)
	ana.submit("take it in", `main form[action="/articles/new"] button.primary[type="submit"]`)
	article := ask(ana, "path", chromedp.Evaluate[string]("location.pathname"))
	if !strings.HasPrefix(article, "/articles/") || ana.count("#cards > li") == 0 {
		t.Fatalf("at %s: %s", article, ana.text("main"))
	}
	ana.open(article)
	later.Store(true)
	ana.submit("fetch again", `form[action$="/refetch"] button`)
	ana.until("the article is back", `location.pathname === `+quoted(article)+` && document.querySelector("#claims-left") !== null`)
	compare := ask(ana, "a changed claim", chromedp.Evaluate[string](`[...document.querySelectorAll("#claims-left li")].find(li => li.textContent.includes("15.000")).querySelector("a[href$='/place']").pathname`))
	pages := map[string]string{"changed-article": article, "changes": article + "/changes", "place": compare, "watch": article + "/watch", "changed-claim": strings.TrimSuffix(compare, "/place"), "changed-desk": "/"}
	ana.inEveryLook(func(looks []look) {
		for name, path := range pages {
			ana.open(path)
			ana.fits(name, looks)
		}
	})
	ana.open(article + "/changes")
	if warned := ana.text(".warnings"); !strings.Contains(warned, "15.000 → 12.000") || ana.count(".fold") == 0 {
		t.Errorf("the warnings say %s", warned)
	}
	ana.open(compare)
	ana.submit("accept", `form:has(input[value="accept"]) button`)
	if at := ana.address(); strings.HasSuffix(at, "/place") || !strings.Contains(ana.text("main .context"), "12.000") {
		t.Errorf("at %s: %s", at, ana.text("main"))
	}
}

// until waits for something to hold of the page, whichever it is by then.
func (p *person) until(what, holds string) {
	p.t.Helper()
	for deadline := time.Now().Add(pageWait); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if ok, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](holds)); err == nil && ok {
			return
		}
	}
	p.t.Fatalf("%s: not within %v: %s", what, pageWait, p.text("main"))
}
