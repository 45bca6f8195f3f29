package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"cotejo/claims"
	"github.com/markusmobius/go-htmldate"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// Bounds on hostile markup. The parser itself refuses elements nested more than
// 512 deep; pages of more nodes than maxNodes are rendered whole, without the
// search for the main text, whose cost grows faster than the page.
const (
	maxNodes    = 60_000
	htmlTimeout = 20 * time.Second
)

// htmlSlots bounds how many pages are read at once, those that ran into the
// timeout and are still at it included.
var htmlSlots = make(chan struct{}, max(2, runtime.GOMAXPROCS(0)))

// readHTML is the reader of HTML. Nothing is run or fetched.
func readHTML(ctx context.Context, src source) (content, error) {
	return bounded(ctx, func() (content, error) { return readPage(src) })
}

// bounded does work in its turn and waits for it no longer than htmlTimeout. The
// libraries know no context, so work that is late is left behind; it keeps its
// slot until it ends.
func bounded(ctx context.Context, work func() (content, error)) (content, error) {
	ctx, cancel := context.WithTimeout(ctx, htmlTimeout)
	defer cancel()
	select {
	case htmlSlots <- struct{}{}:
	case <-ctx.Done():
		return content{}, late(ctx, claims.Refuse(claims.KindBusy, "ingest.busy"))
	}
	type outcome struct {
		content content
		err     error
	}
	done := make(chan outcome, 1)
	go func() {
		defer func() { <-htmlSlots }()
		defer func() {
			if broken := recover(); broken != nil { // one page must not end the desk
				done <- outcome{err: fmt.Errorf("ingest: reading a page panicked: %v", broken)}
			}
		}()
		read, err := work()
		done <- outcome{read, err}
	}()
	select {
	case out := <-done:
		return out.content, out.err
	case <-ctx.Done():
		return content{}, late(ctx, claims.Refuse(claims.KindInvalid, "ingest.too_complex", int(htmlTimeout.Seconds())))
	}
}

// late answers when time is up; a caller who went away gets its own error back.
func late(ctx context.Context, refusal *claims.Error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	refusal.Cause = ctx.Err()
	return refusal
}

func readPage(src source) (content, error) {
	doc, err := html.Parse(strings.NewReader(src.text))
	if err != nil {
		refusal := claims.Refuse(claims.KindInvalid, "ingest.too_deep")
		refusal.Cause = err
		return content{}, refusal
	}
	findings := readMetadata(doc, src.base)
	prepare(doc)
	return content{text: pageText(doc), findings: findings}, nil
}

// shortArticle is the length, in bytes, below which the search for the main text
// has too little to go by and the page's own <article> or <main> is believed.
const shortArticle = 400

// pageText is the text of the article on a page. A fragment, as people paste it
// from an editor, is article from end to end.
func pageText(doc *html.Node) string {
	whole := render(doc, nil)
	if isFragment(doc) {
		return whole
	}
	text := ""
	if countNodes(doc) <= maxNodes {
		text = mainText(doc, whole)
	}
	if len(text) >= shortArticle {
		return text
	}
	if root := articleElement(doc); root != nil {
		if own := render(root, furniture); hasWord(own) {
			return own
		}
	}
	if !hasWord(text) {
		text = render(doc, furniture)
	}
	if !hasWord(text) {
		text = whole
	}
	return text
}

// isFragment reports whether doc has nothing of a page: no head, nothing that
// stands around an article or names one.
func isFragment(doc *html.Node) bool {
	for n := range doc.Descendants() {
		tag := tagOf(n)
		switch {
		case tag == atom.Head && n.FirstChild != nil, tag == atom.Article, tag == atom.Main, furniture[tag] && tag != atom.Figure:
			return false
		}
	}
	return true
}

// articleElement is the only <article> of the page, else its only <main>, else nil.
func articleElement(doc *html.Node) *html.Node {
	for _, want := range []atom.Atom{atom.Article, atom.Main} {
		var found []*html.Node
		for n := range doc.Descendants() {
			if n.Type == html.ElementNode && n.DataAtom == want {
				found = append(found, n)
			}
		}
		if len(found) == 1 {
			return found[0]
		}
	}
	return nil
}

// mainText finds the article among menus and teasers; "" where the search finds
// nothing or fails on markup its libraries did not expect. Whole is the rendered
// document: paragraphs that the search gives back are taken from there, because
// it collapses blank space that the author meant.
func mainText(doc *html.Node, whole string) (text string) {
	defer func() {
		if recover() != nil {
			text = ""
		}
	}()
	config := trafilatura.DefaultConfig()
	config.MinExtractedSize = 0 // below it the library glues paragraphs together
	found, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		Config:           config,
		EnableFallback:   true,
		ExcludeComments:  true,
		HtmlDateOverride: &htmldate.Result{}, // dates are read by readMetadata
	})
	if err != nil || found.ContentNode == nil {
		return ""
	}
	return restore(render(found.ContentNode, nil), whole)
}

// restore replaces each paragraph of text by the one of whole that has the same
// letters, if there is one.
func restore(text, whole string) string {
	original := map[string]string{}
	for paragraph := range strings.SplitSeq(whole, "\n\n") {
		if key := letters(paragraph); original[key] == "" {
			original[key] = paragraph
		}
	}
	paragraphs := strings.Split(text, "\n\n")
	for i, paragraph := range paragraphs {
		if own, ok := original[letters(paragraph)]; ok {
			paragraphs[i] = own
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// letters is s without its blank space.
func letters(s string) string { return strings.Join(strings.Fields(s), "") }

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

// prepare takes machinery and comments out of the document and unwraps <time>
// and <ins>, which the search for the main text would drop with their words.
func prepare(doc *html.Node) {
	for n := range descendants(doc) {
		switch {
		case n.Type == html.CommentNode || n.Type == html.ElementNode && machinery[n.DataAtom] && n.DataAtom != atom.Head:
			n.Parent.RemoveChild(n)
		case n.DataAtom == atom.Time || n.DataAtom == atom.Ins:
			n.Data, n.DataAtom = "span", atom.Span
		}
	}
}

// descendants lists every node below n in document order; the list is complete
// before the first is given, so the tree may be changed on the way.
func descendants(n *html.Node) func(yield func(*html.Node) bool) {
	var list []*html.Node
	for d := range n.Descendants() {
		list = append(list, d)
	}
	return func(yield func(*html.Node) bool) {
		for _, d := range list {
			if d.Parent != nil && !yield(d) {
				return
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

// metaCharset is the encoding a page declares in its first kilobyte, "" where it
// declares none.
func metaCharset(raw []byte) string {
	head := raw[:min(len(raw), 1024)]
	if !bytes.Contains(bytes.ToLower(head), []byte("charset")) {
		return "" // DetermineEncoding would name its default
	}
	_, name, _ := charset.DetermineEncoding(head, "")
	return name
}
