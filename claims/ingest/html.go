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
	doc, err := html.Parse(strings.NewReader(strings.TrimPrefix(src.text, byteOrderMark)))
	if err != nil {
		refusal := claims.Refuse(claims.KindInvalid, "ingest.too_deep")
		refusal.Cause = err
		return content{}, refusal
	}
	p := survey(doc)
	sign := readSigns(doc, p)
	prepare(doc)
	out := content{findings: p.findings(doc, src.base)}
	fragment := isFragment(doc)
	lines := pageLines(doc, p, titleOf(out.findings), fragment)
	if barrier := sign.barrier(lines); barrier != "" && !fragment {
		if body := p.body(); len(body) > 2*len(textOf(lines)) {
			lines, barrier = bodyLines(body), ""
		}
		if barrier != "" && barrier != BarrierPaywall || barrier != "" && len(lines) == 0 {
			return content{}, claims.Refuse(claims.KindInvalid, barrierKeys[barrier])
		}
		out.barrier = barrier
	}
	out.text, out.blocks = textOf(lines), blocksOf(lines)
	return out, nil
}

// bodyLines are the paragraphs of a text that came as data.
func bodyLines(body string) []line {
	var lines []line
	for paragraph := range strings.SplitSeq(body, "\n") {
		if paragraph = oneLine(paragraph); paragraph != "" {
			lines = append(lines, line{text: paragraph, letters: len(paragraph)})
		}
	}
	return lines
}

// shortArticle is the length, in bytes, below which the search for the main text
// has too little to go by and the page's own <article> or <main> is believed.
const shortArticle = 400

// pageLines are the lines of the article on a page. A fragment, as people paste it
// from an editor, is article from end to end.
func pageLines(doc *html.Node, p page, title string, fragment bool) []line {
	whole := linesOf(doc, nil, nil)
	if fragment {
		return whole
	}
	var found []line
	if countNodes(doc) <= maxNodes {
		prune(doc, p.headingElement(title))
		found = mainLines(doc, title)
	}
	if len(textOf(found)) >= shortArticle {
		return found
	}
	if root := articleElement(doc); root != nil {
		if own := linesOf(root, furniture, nil); hasWord(textOf(own)) && len(textOf(own)) > len(textOf(found)) {
			return own
		}
	}
	if !hasWord(textOf(found)) {
		found = linesOf(doc, furniture, nil)
	}
	if !hasWord(textOf(found)) {
		found = whole
	}
	return found
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
