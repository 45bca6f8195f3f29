package ingest

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page is what the elements of a document say about it, gathered in one walk.
type page struct {
	props     map[string][]string // meta property or name, lower case → contents
	title     string              // <title>
	headings  []heading           // the first of them, in order
	headlines []string            // itemprop=headline, and what classes call the entry's title
	lang      string              // <html lang>
	canonical string              // <link rel=canonical>
	image     string              // <link rel=image_src>
	published []string            // datetime of elements marked as the publication
	modified  []string            // datetime of elements marked as the last change
	time      string              // datetime of the first other <time>
	authors   []string            // rel=author and itemprop=author
	bylines   []string            // what classes call the author
	scripts   []string            // JSON-LD blocks
	access    string              // isAccessibleForFree of JSON-LD, "true", "false" or ""
	articles  string              // articleBody of JSON-LD
}

// heading is an <h1> to <h3>; home is set where it leads to the site's front page.
type heading struct {
	text string
	node *html.Node
	home bool
}

// maxHeadings bounds the headings looked at for the title.
const maxHeadings = 24

// findings gives what a page says about its article, the most trustworthy place
// first. Doc is the prepared document. Relative addresses are resolved against base
// where it is known.
func (p *page) findings(doc *html.Node, base *url.URL) []finding {
	if base == nil {
		base = parseURL(firstOf(p.props["og:url"]))
	}
	if base == nil {
		base = parseURL(p.canonical)
	}
	findings := []finding{
		{"canonical_url", []string{resolve(base, p.canonical)}, FromMeta},
		{"canonical_url", p.props["og:url"], FromOpenGraph},
	}
	ld := readJSONLD(p.scripts)
	p.access, p.articles = ld.access, ld.body
	findings = append(findings, ld.findings...)
	for i, f := range findings {
		if f.field == "image" {
			findings[i].values = resolveAll(base, f.values)
		}
	}
	visible := p.visible(doc)
	findings = append(findings,
		finding{"title", p.props["og:title"], FromOpenGraph},
		finding{"outlet", p.props["og:site_name"], FromOpenGraph},
		finding{"authors", withoutURLs(p.props["article:author"]), FromOpenGraph},
		finding{"language", p.props["og:locale"], FromOpenGraph},
		finding{"published", p.props["article:published_time"], FromOpenGraph},
		finding{"modified", p.named("article:modified_time", "og:updated_time"), FromOpenGraph},
		finding{"image", resolveAll(base, p.named("og:image", "og:image:url", "og:image:secure_url")), FromOpenGraph},
		finding{"title", p.named("dc.title", "dcterms.title", "citation_title"), FromMeta},
		finding{"title", p.titles(visible), FromMeta},
		finding{"title", p.named("twitter:title"), FromMeta},
		finding{"title", []string{p.title}, FromMeta},
		finding{"outlet", p.named("application-name", "dc.publisher", "dcterms.publisher", "citation_journal_title"), FromMeta},
		finding{"authors", withoutURLs(p.named("author", "byl", "dc.creator", "dcterms.creator", "citation_author", "parsely-author", "sailthru.author")), FromMeta},
		finding{"authors", p.authors, FromMeta},
		finding{"authors", authorsOf(p.bylines), FromPage},
		finding{"authors", visible.authors, FromPage},
		finding{"language", append([]string{p.lang}, p.named("content-language", "dc.language")...), FromMeta},
		finding{"published", p.named("datepublished", "schema:datepublished", "date", "dc.date", "dcterms.created", "dcterms.issued", "dc.date.issued", "dcterms.date",
			"citation_publication_date", "citation_online_date", "parsely-pub-date", "publish_date", "publish-date", "pubdate", "sailthru.date", "article.published",
			"datecreated", "schema:datecreated", "og:published_time"), FromMeta},
		finding{"modified", p.named("datemodified", "schema:datemodified", "last-modified", "dcterms.modified", "dc.date.modified", "article.updated", "revised"), FromMeta},
		finding{"published", append(p.published, p.time), FromTime},
		finding{"modified", p.modified, FromTime},
		finding{"published", visible.dates, FromPage},
		finding{"published", datesInURLs(p.canonical, firstOf(p.props["og:url"]), addressOf(base)), FromURL},
		finding{"image", resolveAll(base, append(p.named("twitter:image", "twitter:image:src", "thumbnail"), p.image)), FromMeta},
	)
	return cleanTitles(findings)
}

// body is the article's text where the page's data has it.
func (p *page) body() string { return strings.TrimSpace(p.articles) }

// survey walks the document once.
func survey(doc *html.Node) page {
	p := page{props: map[string][]string{}}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Html:
			p.lang = attr(n, "lang")
		case atom.Meta:
			p.meta(n)
		case atom.Title:
			if n.Namespace == "" {
				keepFirst(&p.title, n)
			}
		case atom.Link:
			if hasToken(attr(n, "rel"), "canonical") && p.canonical == "" {
				p.canonical = attr(n, "href")
			}
			if hasToken(attr(n, "rel"), "image_src") && p.image == "" {
				p.image = attr(n, "href")
			}
		case atom.Script:
			if strings.HasPrefix(strings.ToLower(attr(n, "type")), "application/ld+json") && n.FirstChild != nil {
				p.scripts = append(p.scripts, n.FirstChild.Data)
			}
		default:
			p.stamp(n)
			p.head(n)
			p.name(n)
		}
	}
	return p
}

func (p *page) meta(n *html.Node) {
	value := strings.TrimSpace(attr(n, "content"))
	if value == "" {
		return
	}
	for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
		if name := strings.ToLower(strings.TrimSpace(attr(n, key))); name != "" {
			p.props[name] = append(p.props[name], value)
		}
	}
}

// stamp keeps the date of a <time> element and of what microdata and hAtom mark: the
// publication and the last change by their marks, else the first, for a page dates
// many things.
func (p *page) stamp(n *html.Node) {
	stamp := attr(n, "datetime")
	for _, other := range []string{"content", "title"} {
		if stamp == "" && (hasAttr(n, "itemprop") || n.DataAtom == atom.Abbr) {
			stamp = attr(n, other)
		}
	}
	class := strings.ToLower(attr(n, "class"))
	isTime := n.DataAtom == atom.Time
	switch {
	case stamp == "":
	case hasToken(attr(n, "itemprop"), "dateModified"), (isTime || n.DataAtom == atom.Abbr) && (strings.Contains(class, "updated") || strings.Contains(class, "modified")):
		p.modified = append(p.modified, stamp)
	case hasToken(attr(n, "itemprop"), "datePublished"), hasAttr(n, "pubdate"), (isTime || n.DataAtom == atom.Abbr) && strings.Contains(class, "publish"):
		p.published = append(p.published, stamp)
	case p.time == "" && isTime:
		p.time = stamp
	}
}

var (
	headlineWords = wordSet("headline entry-title post-title article-title story-title titular")
	bylineWords   = wordSet("byline by author autor autora firma fn username")
)

// head keeps headings and what is marked as the headline.
func (p *page) head(n *html.Node) {
	if (n.DataAtom == atom.H1 || n.DataAtom == atom.H2 || n.DataAtom == atom.H3) && len(p.headings) < maxHeadings {
		p.headings = append(p.headings, heading{text: oneLine(render(n, nil)), node: n, home: leadsHome(n)})
	}
	if hasToken(attr(n, "itemprop"), "headline") || anyToken(attr(n, "class"), headlineWords) {
		if textWithin(n, maxNameBytes) && len(p.headlines) < maxHeadings && !linkedWhole(n) {
			p.headlines = append(p.headlines, oneLine(render(n, nil)))
		}
	}
}

// leadsHome reports whether the heading is a link to the front page: the site's name.
func leadsHome(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.DataAtom == atom.A {
			if u, err := url.Parse(attr(d, "href")); err == nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && u.Fragment == "" && attr(d, "href") != "" {
				return true
			}
		}
	}
	return false
}

// linkedWhole reports whether n is a link or holds nothing else: a teaser's headline.
func linkedWhole(n *html.Node) bool {
	for _, l := range linesOf(n, nil, nil) {
		if l.linked < l.letters {
			return false
		}
	}
	return true
}

// name keeps what is marked as the author.
func (p *page) name(n *html.Node) {
	marked := hasToken(attr(n, "rel"), "author") || hasToken(attr(n, "itemprop"), "author")
	classed := anyToken(attr(n, "class"), bylineWords)
	if !marked && !classed || len(p.authors)+len(p.bylines) >= maxAuthors || !textWithin(n, maxNameBytes) {
		return
	}
	if inner := nameWithin(n); inner != nil {
		n = inner
	}
	if marked {
		p.authors = append(p.authors, render(n, nil))
	} else {
		p.bylines = append(p.bylines, render(n, nil))
	}
}

// nameWithin is the itemprop=name below n.
func nameWithin(n *html.Node) *html.Node {
	for d := range n.Descendants() {
		if hasToken(attr(d, "itemprop"), "name") {
			return d
		}
	}
	return nil
}

// headingElement is the heading that says the title, else the first that is not the
// site's name, nil where there is none.
func (p *page) headingElement(title string) *html.Node {
	for _, h := range p.headings {
		if title != "" && letters(h.text) == letters(title) {
			return h.node
		}
	}
	for _, h := range p.headings {
		if !h.home && h.node.DataAtom == atom.H1 {
			return h.node
		}
	}
	return nil
}

// titles are the likely titles that stand on the page, best first: what is marked as
// the headline, the part of <title> that stands on a line of its own, the first <h1>.
func (p *page) titles(visible visible) []string {
	titles := append([]string(nil), p.headlines...)
	if len(titles) > 1 { // several are a list of teasers unless one is in <title>
		titles = inTitle(titles, p.title)
	}
	titles = append(titles, visible.title)
	for _, h := range p.headings {
		if !h.home && h.node.DataAtom == atom.H1 {
			titles = append(titles, h.text)
		}
	}
	return titles
}

func inTitle(titles []string, title string) []string {
	var within []string
	for _, t := range titles {
		if t != "" && strings.Contains(title, t) {
			within = append(within, t)
		}
	}
	return within
}

// named gives the contents of meta elements by name, in the order of names.
func (p *page) named(names ...string) []string {
	var values []string
	for _, name := range names {
		values = append(values, p.props[name]...)
	}
	return values
}

func titleOf(findings []finding) string {
	for _, f := range findings {
		if title, ok := firstLine(f.values); ok && f.field == "title" {
			return title
		}
	}
	return ""
}

// cleanTitles takes the outlet's name off the end of titles ("… | El Faro").
func cleanTitles(findings []finding) []finding {
	outlet := ""
	for _, f := range findings {
		if name, ok := firstLine(f.values); ok && f.field == "outlet" {
			outlet = name
			break
		}
	}
	if outlet == "" {
		return findings
	}
	tail := regexp.MustCompile(`(?i)\s+[-–—|·:]\s+` + regexp.QuoteMeta(outlet) + `$`)
	for _, f := range findings {
		if f.field != "title" {
			continue
		}
		for i, title := range f.values {
			f.values[i] = tail.ReplaceAllString(oneLine(title), "")
		}
	}
	return findings
}

func resolveAll(base *url.URL, refs []string) []string {
	out := make([]string, len(refs))
	for i, ref := range refs {
		out[i] = resolve(base, ref)
	}
	return out
}

func addressOf(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.String()
}

func resolve(base *url.URL, ref string) string {
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil || ref == "" {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	return u.String()
}

// maxNameBytes is more text than any name of an author has.
const maxNameBytes = 4 * maxField

// textWithin reports whether the text below n has at most limit bytes, in no more
// nodes than that; it looks no further.
func textWithin(n *html.Node, limit int) bool {
	nodes := limit
	for d := range n.Descendants() {
		if nodes--; nodes < 0 {
			return false
		}
		if d.Type == html.TextNode {
			if limit -= len(d.Data); limit < 0 {
				return false
			}
		}
	}
	return true
}

// withoutURLs drops addresses of profile pages, which some pages give as authors.
func withoutURLs(values []string) []string {
	var names []string
	for _, v := range values {
		if !strings.Contains(v, "://") {
			names = append(names, v)
		}
	}
	return names
}

func firstOf(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

// keepFirst sets s to the words below n unless it is set.
func keepFirst(s *string, n *html.Node) {
	if *s == "" {
		*s = oneLine(render(n, nil))
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

func hasToken(list, token string) bool {
	for t := range strings.FieldsSeq(list) {
		if strings.EqualFold(t, token) {
			return true
		}
	}
	return false
}

func anyToken(list string, set map[string]bool) bool {
	for t := range strings.FieldsSeq(list) {
		if set[strings.ToLower(t)] {
			return true
		}
	}
	return false
}
