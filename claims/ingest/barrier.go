package ingest

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Barriers: why a page may hold less than the article. A page that holds nothing
// else is refused (see barrierKeys); one that gives a part of the text is read, with
// the barrier as a warning.
const (
	BarrierBlocked  = "blocked"   // the site answers with a check or a refusal
	BarrierPaywall  = "paywall"   // the rest is for subscribers or registered readers
	BarrierScript   = "script"    // the text comes by script only
	BarrierEmpty    = "empty"     // there is no text
	BarrierScan     = "scan"      // a PDF of pictures, without recognised text
	BarrierOversize = "oversized" // only the beginning was read
)

// barrierKeys are the refusals of pages that hold nothing else.
var barrierKeys = map[string]string{
	BarrierBlocked: "ingest.page_blocked", BarrierPaywall: "ingest.page_paywall", BarrierScript: "ingest.page_script",
	BarrierEmpty: "ingest.page_empty",
}

// Phrases of pages that keep the article back, in small letters.
var (
	blockedPhrases = []string{"checking your browser", "verify you are a human", "verify that you are human", "are you a robot", "complete the captcha", "unusual traffic",
		"access denied", "acceso denegado", "request blocked", "403 forbidden", "no tiene permiso para acceder", "comprobando su navegador", "comprueba que eres humano",
		"verifica que eres humano", "accès refusé", "acesso negado", "enable javascript and cookies to continue"}
	paywallPhrases = []string{"subscribe to continue", "subscribe to read", "already a subscriber", "to continue reading", "to keep reading", "register to read", "subscribers only",
		"for subscribers", "suscríbete para", "suscribete para", "para seguir leyendo", "exclusivo para suscriptores", "solo para suscriptores", "regístrate para", "regístrate gratis",
		"contenido para suscriptores", "hazte suscriptor", "réservé aux abonnés", "exclusivo para assinantes", "contingut per a subscriptors"}
	scriptPhrases = []string{"enable javascript", "requires javascript", "javascript is disabled", "javascript is required", "need javascript", "activar javascript", "habilitar javascript",
		"javascript desactivado", "activa javascript", "habilita javascript", "active javascript", "activer javascript", "ative o javascript"}
	paywallNames = wordSet("paywall regwall muro piano metered pay-wall paywalled")
)

// Bounds: a page with more prose than barrierProse bytes holds an article, whatever
// else it says; a paywall's teaser has no more than teaserProse.
const (
	barrierProse = 600
	teaserProse  = 2500
)

// signs is what a page shows of a barrier, looked at before it is cut down.
type signs struct {
	blocked, paywall, script bool
	free                     bool // it says that it is free
}

// readSigns looks at the whole page, what is hidden too.
func readSigns(doc *html.Node, p page) signs {
	var s signs
	visible := strings.ToLower(cutBytes(allText(doc), 256<<10))
	s.blocked = containsAny(visible, blockedPhrases)
	s.paywall = containsAny(visible, paywallPhrases) || p.named("article:content_tier") != nil && !strings.EqualFold(firstOf(p.named("article:content_tier")), "free")
	s.script = containsAny(visible, scriptPhrases)
	scripts := 0
	for n := range doc.Descendants() {
		switch {
		case n.DataAtom == atom.Script && !strings.Contains(attr(n, "type"), "json"):
			scripts++
		case n.Type == html.ElementNode && anyOf(namesOf(n), paywallNames):
			s.paywall = true
		}
	}
	s.script = s.script || scripts > 0
	switch p.access {
	case "true":
		s.free = true
	case "false":
		s.paywall = true
	}
	return s
}

// barrier judges a page by its signs and by the text that was found in it.
func (s signs) barrier(lines []line) string {
	prose := 0
	for _, l := range lines {
		if l.letters >= minProse {
			prose += l.letters
		}
	}
	switch {
	case s.blocked && prose < barrierProse:
		return BarrierBlocked
	case s.paywall && !s.free && prose < teaserProse:
		return BarrierPaywall
	case prose >= minProse:
		return ""
	case s.script && !hasWordyLine(lines):
		return BarrierScript
	case len(lines) == 0:
		return BarrierEmpty
	}
	return ""
}

// hasWordyLine reports whether any line is more than a label or a notice that the
// page is loading.
func hasWordyLine(lines []line) bool {
	for _, l := range lines {
		if wordsIn(l.text) >= 4 && !containsAny(strings.ToLower(l.text), scriptPhrases) {
			return true
		}
	}
	return false
}

// allText is every text of the document but scripts and styles, <noscript> too,
// which the parser gives as text.
func allText(doc *html.Node) string {
	var b strings.Builder
	for n := range doc.Descendants() {
		if n.Type != html.TextNode || n.Parent != nil && (n.Parent.DataAtom == atom.Script || n.Parent.DataAtom == atom.Style) {
			continue
		}
		b.WriteString(n.Data)
		b.WriteByte(' ')
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func containsAny(s string, phrases []string) bool {
	for _, p := range phrases {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}
