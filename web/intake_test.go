package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
)

const savedPage = `<html lang="es"><head><title>La presa baja | El Faro</title><meta property="og:site_name" content="El Faro"><meta name="author" content="Ana Paz">
<meta property="article:published_time" content="2025-10-28"></head><body><nav>Menú</nav><article><h1>La presa baja</h1>
<p>La presa guarda hoy el 18 % del agua que puede contener, el nivel más bajo desde 1987, según el boletín oficial.</p><h2>Tres medidas</h2><ul><li>Riego limitado a dos noches</li></ul>
<p>El sindicato de regantes sostiene que el trasvase llega tarde y que se conocía el problema desde el otoño.</p></article></body></html>`

func TestALookShowsWhatWasFoundAndKeepsNothing(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	before := page200(t, ana.open("/articles")).Count(".article-row")
	page := pageWith(t, ana.upload("/articles/new", "presa.html", []byte(savedPage), url.Values{"look": {"1"}, "outlet": {"Otro medio"}}), http.StatusOK)
	for field, want := range map[string]string{"title": "La presa baja", "outlet": "Otro medio", "authors": "Ana Paz", "published": "2025-10-28"} {
		if got := page.Attr(`input[name="`+field+`"]`, "value"); got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	found := page.Text("#found dl")
	for _, want := range []string{"OpenGraph", "stated by whoever sent it", "the page's head"} {
		if !strings.Contains(found, want) {
			t.Errorf("what was found does not say %q: %s", want, found)
		}
	}
	if after := page200(t, ana.open("/articles")).Count(".article-row"); after != before {
		t.Error("a look kept the article")
	}
	form := url.Values{"title": {"Corregido"}, "language": {"es"}}
	for _, name := range []string{"carried", "carried_name", "carried_type"} {
		form.Set(name, page.Attr(`input[name="`+name+`"]`, "value"))
	}
	article := page200(t, ana.open(ledTo(t, ana.post("/articles/new", form))))
	if got := article.Text("h1"); got != "Corregido" {
		t.Errorf("title %q", got)
	}
	if article.Count(`#text p.t-heading[role="heading"]`) != 2 || article.Text("#text p.t-item") != "Riego limitado a dos noches" || strings.Contains(article.Text("#text"), "Menú") {
		t.Errorf("structure is lost: %s", article.Raw("#text"))
	}
	if !strings.Contains(article.Text("dl.found"), "the page's head") {
		t.Error("the article does not say where its fields came from")
	}
}

func TestIntakeKeepsTheStructureOfPastedHTML(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	at := ledTo(t, ana.post("/articles/new", url.Values{"text": {"Título Uno"}, "html": {"<h2>Título</h2><p onclick=x()>Uno<script>x()</script></p><blockquote>Dos</blockquote>"}, "language": {"ca"}}))
	page := page200(t, ana.open(at))
	if got := strings.Join(page.Texts("#text p"), "|"); got != "Título|Uno|Dos" {
		t.Errorf("text %q", got)
	}
	if page.Text("#text p.t-quote") != "Dos" {
		t.Error("the quote is a plain paragraph")
	}
}

func TestIntakeKeepsTimecodes(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	srt := "1\n00:01:02,000 --> 00:01:04,000\nEl puente costó 15.000 euros, según el alcalde.\n"
	page := page200(t, ana.open(ledTo(t, ana.upload("/articles/new", "pleno.srt", []byte(srt), url.Values{"language": {"es"}}))))
	if got := page.Attr("#text p", "data-time"); got != "1:02" {
		t.Errorf("the text is spoken at %q", got)
	}
	if page.Count("#cards > .claim") > 0 && !strings.Contains(page.Text("#cards"), "at 1:02") {
		t.Error("the claim has lost its timecode")
	}
}

func TestIntakeSaysWhyAPageIsKeptBack(t *testing.T) {
	s := newSite(t)
	ana := s.signIn(claims.RoleChecker)
	shell := []byte(`<html><head><title>App</title><script src=a.js></script></head><body><div id=root></div></body></html>`)
	page := pageWith(t, ana.upload("/articles/new", "a.html", shell, url.Values{"title": {"Se queda"}}), http.StatusUnprocessableEntity)
	if !strings.Contains(page.Text("#problems"), "by script only") || page.Attr(`input[name="title"]`, "value") != "Se queda" || page.Count(`input[name="carried"]`) != 0 {
		t.Errorf("answer %q", page.Text("#problems"))
	}
	wrong := pageWith(t, ana.upload("/articles/new", "a.html", []byte(savedPage), url.Values{"published": {"ayer"}}), http.StatusUnprocessableEntity)
	if wrong.Attr(`input[name="carried_name"]`, "value") != "a.html" {
		t.Error("a wrong date costs the file")
	}
}
