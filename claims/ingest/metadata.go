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
	heading   string              // first <h1>
	lang      string              // <html lang>
	canonical string              // <link rel=canonical>
	published []string            // datetime of <time> marked as the publication
	time      string              // datetime of the first other <time>
	authors   []string            // rel=author and itemprop=author
	scripts   []string            // JSON-LD blocks
}

// readMetadata gives what a page says about its article, the most trustworthy
// place first. Relative addresses are resolved against base where it is known.
func readMetadata(doc *html.Node, base *url.URL) []finding {
	p := survey(doc)
	if base == nil {
		base = parseURL(firstOf(p.props["og:url"]))
	}
	findings := []finding{
		{"canonical_url", []string{resolve(base, p.canonical)}, FromMeta},
		{"canonical_url", p.props["og:url"], FromOpenGraph},
	}
	findings = append(findings, readJSONLD(p.scripts)...)
	findings = append(findings,
		finding{"title", p.props["og:title"], FromOpenGraph},
		finding{"outlet", p.props["og:site_name"], FromOpenGraph},
		finding{"authors", withoutURLs(p.props["article:author"]), FromOpenGraph},
		finding{"language", p.props["og:locale"], FromOpenGraph},
		finding{"published", p.props["article:published_time"], FromOpenGraph},
		finding{"title", p.named("dc.title", "dcterms.title", "citation_title", "twitter:title"), FromMeta},
		finding{"title", []string{p.heading, p.title}, FromMeta},
		finding{"outlet", p.named("application-name", "dc.publisher", "dcterms.publisher", "citation_journal_title"), FromMeta},
		finding{"authors", withoutURLs(p.named("author", "byl", "dc.creator", "dcterms.creator", "citation_author", "parsely-author")), FromMeta},
		finding{"authors", p.authors, FromMeta},
		finding{"language", append([]string{p.lang}, p.named("content-language", "dc.language")...), FromMeta},
		finding{"published", p.named("datepublished", "date", "dc.date", "dcterms.created", "dcterms.issued", "dc.date.issued",
			"citation_publication_date", "parsely-pub-date", "publish_date", "pubdate", "sailthru.date"), FromMeta},
		finding{"published", append(p.published, p.time), FromTime},
	)
	return cleanTitles(findings)
}

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
			keepFirst(&p.title, n)
		case atom.H1:
			keepFirst(&p.heading, n)
		case atom.Link:
			if hasToken(attr(n, "rel"), "canonical") && p.canonical == "" {
				p.canonical = attr(n, "href")
			}
		case atom.Time:
			p.stamp(n)
		case atom.Script:
			if strings.HasPrefix(strings.ToLower(attr(n, "type")), "application/ld+json") && n.FirstChild != nil {
				p.scripts = append(p.scripts, n.FirstChild.Data)
			}
		default:
			if len(p.authors) < maxAuthors && (hasToken(attr(n, "rel"), "author") || hasToken(attr(n, "itemprop"), "author")) && textWithin(n, maxNameBytes) {
				p.authors = append(p.authors, render(n, nil))
			}
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

// stamp keeps the date of a <time> element: those marked as the publication, else
// the first, for a page dates many things.
func (p *page) stamp(n *html.Node) {
	stamp := attr(n, "datetime")
	switch {
	case stamp == "":
	case hasToken(attr(n, "itemprop"), "datePublished"), hasAttr(n, "pubdate"),
		strings.Contains(strings.ToLower(attr(n, "class")), "publish"):
		p.published = append(p.published, stamp)
	case p.time == "" && !hasToken(attr(n, "itemprop"), "dateModified"):
		p.time = stamp
	}
}

// named gives the contents of meta elements by name, in the order of names.
func (p *page) named(names ...string) []string {
	var values []string
	for _, name := range names {
		values = append(values, p.props[name]...)
	}
	return values
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

// textWithin reports whether the text below n has at most limit bytes; it looks
// no further than that.
func textWithin(n *html.Node, limit int) bool {
	for d := range n.Descendants() {
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
