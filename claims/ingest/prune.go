package ingest

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// machinery is what a reader of the page never sees.
var machinery = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Template: true, atom.Noscript: true, atom.Iframe: true,
	atom.Object: true, atom.Embed: true, atom.Svg: true, atom.Canvas: true, atom.Head: true,
	atom.Select: true, atom.Textarea: true, atom.Input: true, atom.Button: true,
}

// furniture is what stands around an article.
var furniture = map[atom.Atom]bool{
	atom.Nav: true, atom.Header: true, atom.Footer: true, atom.Aside: true, atom.Form: true,
	atom.Figure: true, atom.Menu: true, atom.Dialog: true,
}

// prepare takes machinery, comments and what is hidden out of the document.
func prepare(doc *html.Node) {
	for n := range descendants(doc) {
		if n.Type == html.CommentNode || n.Type == html.ElementNode && (machinery[n.DataAtom] && n.DataAtom != atom.Head || isHidden(n)) {
			n.Parent.RemoveChild(n)
		}
	}
	unlink(doc)
}

// unlink takes links off long stretches of text where nearly all of the page's stand
// in links: somewhere one was not closed.
func unlink(doc *html.Node) {
	all, linked := 0, 0
	for _, l := range linesOf(doc, nil, nil) {
		if l.letters >= minProse {
			all, linked = all+l.letters, linked+l.linked
		}
	}
	if all == 0 || float64(linked) < unclosedShare*float64(all) {
		return
	}
	for n := range descendants(doc) {
		if n.DataAtom == atom.A && !textWithin(n, minLinkedProse) {
			n.Data, n.DataAtom = "span", atom.Span
		}
	}
}

// Bounds of unlink: no page links so much of its prose, no link says so much.
const (
	unclosedShare  = 0.8
	minLinkedProse = 30
)

// isHidden reports whether an element says that it is not shown. Pages that hide
// their whole body until a script has run are shown.
func isHidden(n *html.Node) bool {
	if n.DataAtom == atom.Body || n.DataAtom == atom.Html || n.DataAtom == atom.Main || n.DataAtom == atom.Article {
		return false
	}
	style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", "")
	return hasAttr(n, "hidden") || strings.Contains(style, "display:none")
}

// Words that classes, ids and roles use for what is no article text, in the languages
// of the web. Discussion is dropped however long it is, the rest only where it is a
// small part of the page: a template may call anything anything.
var (
	discussionWords = wordSet("comment comments comentario comentarios comentaris commentaires disqus discussion discusion respond replies")
	consentWords    = wordSet("cookie cookies consent cmp gdpr onetrust didomi privacy")
	chromeWords     = wordSet("nav navbar navigation menu menus breadcrumb breadcrumbs migas crumbs sidebar rail footer foot ftr masthead " +
		"newsletter signup optin subscription subscriptions suscripcion subscribe related relacionado relacionados relacionadas relacionada recirc recommended " +
		"recomendados masleido share sharing sharedaddy shares social redes compartir " +
		"advert advertisement advertising ads ad publicidad publi anuncio promo autopromo promotion sponsored banner widget " +
		"pagination paginacion pager tags etiquetas paywall regwall muro modal popup overlay lightbox encuesta poll teaser teasers " +
		"toolbar skip login video player video-player pullquote outbrain taboola feedback rating")
	// about are words for lines that tell of the article: read by readMetadata, no text of it.
	aboutWords = wordSet("byline author authors autor autora autores firma vcard meta metadata dateline date dates fecha posted published updated timestamp credit credits creditos readtime datestamp pubdate kicker antetitulo")
	chromeRole = wordSet("navigation complementary dialog alertdialog banner search contentinfo menu menubar toolbar")
)

const (
	maxChromeShare = 0.3 // of the page's prose; more is no furniture, whatever it is called
	maxAboutBytes  = 240
)

// prune takes what classes, ids, roles and elements mark as no article text out of a
// prepared document. What holds heading, an element or nil, stays.
func prune(doc, heading *html.Node) {
	total := prose(doc)
	for n := range descendants(doc) {
		if n.Type != html.ElementNode || n.DataAtom == atom.Html || n.DataAtom == atom.Body || n.DataAtom == atom.Head || heading != nil && holds(n, heading) {
			continue
		}
		if unwanted(n, total) {
			n.Parent.RemoveChild(n)
		}
	}
}

func unwanted(n *html.Node, total int) bool {
	words := namesOf(n)
	switch {
	case anyOf(words, discussionWords), anyOf(words, consentWords) && !articleRoot(n):
		return true
	case articleRoot(n):
		return false
	case anyOf(words, aboutWords), n.DataAtom == atom.Address:
		return textWithin(n, maxAboutBytes)
	case anyOf(words, chromeWords), anyOf(strings.Fields(strings.ToLower(attr(n, "role"))), chromeRole),
		n.DataAtom != atom.Figure && n.DataAtom != atom.Header && furniture[n.DataAtom], n.DataAtom == atom.Header && !inArticle(n):
		return float64(prose(n)) <= maxChromeShare*float64(total)
	}
	return false
}

func articleRoot(n *html.Node) bool { return n.DataAtom == atom.Article || n.DataAtom == atom.Main }

// inArticle reports whether n stands in an article, whose header is not the page's.
func inArticle(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if articleRoot(p) {
			return true
		}
	}
	return false
}

// namesOf gives the words in an element's class and id: "story-NavBar" has story,
// nav, bar and navbar.
func namesOf(n *html.Node) []string {
	var words []string
	for _, name := range []string{attr(n, "class"), attr(n, "id"), attr(n, "itemtype"), attr(n, "itemprop")} {
		for token := range strings.FieldsSeq(cutBytes(name, maxNameBytes)) {
			words = append(words, strings.ToLower(token))
			parts := strings.FieldsFunc(camelCut(token), notLetter)
			if len(parts) > 1 {
				words = append(words, parts...)
			} else if len(parts) == 1 {
				words = append(words, parts[0])
			}
		}
	}
	return words
}

// camelCut cuts camelCase into lower-case words.
func camelCut(s string) string {
	var b strings.Builder
	before := ' '
	for _, r := range s {
		if unicode.IsUpper(r) && unicode.IsLower(before) {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
		before = r
	}
	return b.String()
}

func anyOf(words []string, set map[string]bool) bool {
	for _, w := range words {
		if set[w] {
			return true
		}
	}
	return false
}

// holds reports whether n is inner or stands around it.
func holds(n, inner *html.Node) bool {
	for ; inner != nil; inner = inner.Parent {
		if inner == n {
			return true
		}
	}
	return false
}

// minProse is the length, in bytes, from which a stretch of text outside links is
// taken for a sentence.
const minProse = 60

// prose counts the bytes of text below n that stand in long stretches outside links.
func prose(n *html.Node) int {
	total := 0
	for _, l := range linesOf(n, nil, nil) {
		if own := l.letters - l.linked; own >= minProse {
			total += own
		}
	}
	return total
}

// descendants lists every node below n in document order; the list is complete
// before the first is given, so the tree may be changed on the way. Nodes that
// went with an element above them are not given.
func descendants(n *html.Node) func(yield func(*html.Node) bool) {
	var list []*html.Node
	for d := range n.Descendants() {
		list = append(list, d)
	}
	return func(yield func(*html.Node) bool) {
		gone := map[*html.Node]bool{}
		for _, d := range list {
			if d.Parent == nil || gone[d.Parent] {
				gone[d] = true
				continue
			}
			if !yield(d) {
				return
			}
			if d.Parent == nil {
				gone[d] = true
			}
		}
	}
}

func countNodes(doc *html.Node) int {
	n := 0
	for range doc.Descendants() {
		n++
	}
	return n
}
