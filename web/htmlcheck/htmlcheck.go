// Package htmlcheck reads pages in tests by CSS selectors. A selector that finds
// nothing where something is asked for fails the test and shows the page.
package htmlcheck

import (
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// Page is one parsed page.
type Page struct {
	t    testing.TB
	root *html.Node
	body string
}

// Parse reads a page.
func Parse(t testing.TB, body string) *Page {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatalf("not HTML: %v\n%s", err, body)
	}
	return &Page{t: t, root: root, body: body}
}

func (p *Page) find(selector string) []*html.Node {
	p.t.Helper()
	compiled, err := cascadia.ParseGroup(selector)
	if err != nil {
		p.t.Fatalf("selector %q: %v", selector, err)
	}
	return cascadia.QueryAll(p.root, compiled)
}

func (p *Page) first(selector string) *html.Node {
	p.t.Helper()
	found := p.find(selector)
	if len(found) == 0 {
		p.t.Fatalf("nothing is %q in\n%s", selector, p.body)
	}
	return found[0]
}

// Count says how many elements the selector finds.
func (p *Page) Count(selector string) int {
	p.t.Helper()
	return len(p.find(selector))
}

// Text gives the words of the first element, blank space folded.
func (p *Page) Text(selector string) string {
	p.t.Helper()
	return words(p.first(selector))
}

// Texts gives the words of every element that the selector finds.
func (p *Page) Texts(selector string) []string {
	p.t.Helper()
	var out []string
	for _, n := range p.find(selector) {
		out = append(out, words(n))
	}
	return out
}

// Raw gives the text of the first element as it is: the data of a script, say.
func (p *Page) Raw(selector string) string {
	p.t.Helper()
	var b strings.Builder
	collect(p.first(selector), &b)
	return b.String()
}

// Attr gives an attribute of the first element; the test fails where it has none.
func (p *Page) Attr(selector, name string) string {
	p.t.Helper()
	for _, a := range p.first(selector).Attr {
		if a.Key == name {
			return a.Val
		}
	}
	p.t.Fatalf("%q has no attribute %s in\n%s", selector, name, p.body)
	return ""
}

// Attrs gives an attribute of every element that has it.
func (p *Page) Attrs(selector, name string) []string {
	p.t.Helper()
	var out []string
	for _, n := range p.find(selector) {
		for _, a := range n.Attr {
			if a.Key == name {
				out = append(out, a.Val)
			}
		}
	}
	return out
}

func words(n *html.Node) string {
	var b strings.Builder
	collect(n, &b)
	return strings.Join(strings.Fields(b.String()), " ")
}

func collect(n *html.Node, b *strings.Builder) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		collect(c, b)
	}
}

// Tags gives the name of every element that the selector finds, in order.
func (p *Page) Tags(selector string) []string {
	p.t.Helper()
	var out []string
	for _, n := range p.find(selector) {
		out = append(out, n.Data)
	}
	return out
}
