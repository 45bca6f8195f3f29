// Package markdown reads the body of a check: CommonMark with tables, in which
// [[7F3K9Q]] cites a claim. There is one reading of it: what is rendered as a
// citation is what is counted as one.
package markdown

import (
	"regexp"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"cotejo/claims"
)

// Citation is one [[ID]] in the text, in plain form.
type Citation struct {
	ast.BaseInline
	ID string
}

// Card is a citation that stands alone in a paragraph.
type Card struct {
	ast.BaseBlock
	ID string
}

// The kinds of the two nodes, for renderers.
var (
	KindCitation = ast.NewNodeKind("Citation")
	KindCard     = ast.NewNodeKind("CitationCard")
)

// Kind implements ast.Node.
func (*Citation) Kind() ast.NodeKind { return KindCitation }

// Dump implements ast.Node.
func (n *Citation) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// Kind implements ast.Node.
func (*Card) Kind() ast.NodeKind { return KindCard }

// Dump implements ast.Node.
func (n *Card) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// Extensions are the parts of Markdown beyond CommonMark that a check may use;
// a renderer must know them, too.
var Extensions = []goldmark.Extender{extension.Table, extension.Strikethrough}

var reader = goldmark.New(goldmark.WithExtensions(Extensions...), goldmark.WithParserOptions(
	parser.WithInlineParsers(util.Prioritized(citationParser{}, 150)), // before the parser of links
	parser.WithASTTransformers(util.Prioritized(bodyTransformer{}, 100)),
)).Parser()

// tooDeep finds quotes and lists nested more than 32 deep, which nobody writes and
// which take quadratic time to read; their marks are dropped.
var tooDeep = regexp.MustCompile(`(?m)^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){33,}`)

// Parse reads a body; source is what the nodes' segments point into. Headings
// come one level lower, under the check's title.
func Parse(body string) (doc ast.Node, source []byte) {
	source = []byte(tooDeep.ReplaceAllString(body, ""))
	return reader.Parse(text.NewReader(source)), source
}

// Citations lists the ids of the claims that a body cites, in order of first
// mention, in plain form.
func Citations(body string) []string {
	doc, _ := Parse(body)
	var ids []string
	seen := map[string]bool{}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		id := ""
		switch n := n.(type) {
		case *ast.Image:
			return ast.WalkSkipChildren, nil // its text is no text of the page
		case *Citation:
			id = n.ID
		case *Card:
			id = n.ID
		}
		if entering && id != "" && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
		return ast.WalkContinue, nil
	})
	return ids
}

var citation = regexp.MustCompile(`^\[\[[ \t]*([0-9A-Za-z][0-9A-Za-z\- ]{4,8})[ \t]*\]\]`)

type citationParser struct{}

// Trigger is the first byte of a citation.
func (citationParser) Trigger() []byte { return []byte{'['} }

// Parse takes the citation that stands here.
func (citationParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	m := citation.FindSubmatch(line)
	if m == nil {
		return nil
	}
	id, ok := claims.PlainID(string(m[1]))
	if !ok || len(id) != claims.ClaimIDLen {
		return nil
	}
	block.Advance(len(m[0]))
	return &Citation{ID: id}
}

// bodyTransformer lowers headings and turns lone citations into cards.
type bodyTransformer struct{}

// Transform walks the document once; the tree is changed after the walk.
func (bodyTransformer) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	var lone []*ast.Paragraph
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Heading:
			if entering {
				n.Level = min(n.Level+1, 6)
			}
		case *ast.Paragraph:
			if _, ok := n.FirstChild().(*Citation); ok && n.ChildCount() == 1 && entering {
				lone = append(lone, n)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, p := range lone {
		p.Parent().ReplaceChild(p.Parent(), p, &Card{ID: p.FirstChild().(*Citation).ID})
	}
}
