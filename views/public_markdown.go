package views

import (
	"bytes"
	"context"
	"regexp"

	"github.com/a-h/templ"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"cotejo/claims"
	"cotejo/views/i18n"
)

// Markdown renders the body of a check: CommonMark with tables, raw HTML off.
// [[ID]] becomes a link that shows the newest verdict of the claim cited, and
// where it stands alone in a paragraph a card. The body's headings go down one
// level, under the check's title. cited is by plain id.
func Markdown(w *i18n.Words, body string, cited map[string]Cited) (templ.Component, error) {
	pc := parser.NewContext()
	body = tooDeep.ReplaceAllString(body, "")
	pc.Set(citedKey, &citations{words: w, cited: cited, at: citationsAt(body)})
	var out bytes.Buffer
	if err := markdown.Convert([]byte(body), &out, parser.WithContext(pc)); err != nil {
		return nil, err
	}
	return templ.Raw(out.String()), nil
}

// tooDeep finds quotes and lists nested more than 32 deep, which nobody writes and
// which take quadratic time to read; their marks are dropped.
var tooDeep = regexp.MustCompile(`(?m)^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){33,}`)

var markdown = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Strikethrough),
	goldmark.WithParserOptions(
		parser.WithInlineParsers(util.Prioritized(citationParser{}, 150)), // before the parser of links
		parser.WithASTTransformers(util.Prioritized(bodyTransformer{}, 100)),
	),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(citationRenderer{}, 100))),
)

var citedKey = parser.NewContextKey()

type citations struct {
	words *i18n.Words
	cited map[string]Cited
	at    map[int]claims.Citation // by the byte of the body where each begins
}

// citationsAt reads a body as claims does: what that does not find is no
// citation here.
func citationsAt(body string) map[int]claims.Citation {
	out := map[int]claims.Citation{}
	for _, c := range claims.CitationsIn(body) {
		out[c.Start] = c
	}
	return out
}

// citationNode is one [[ID]] in the text; alone, it is a card.
type citationNode struct {
	ast.BaseInline
	words *i18n.Words
	cited Cited
}

// cardNode is a citation that stands alone in a paragraph.
type cardNode struct {
	ast.BaseBlock
	words *i18n.Words
	cited Cited
}

var (
	citationKind = ast.NewNodeKind("Citation")
	cardKind     = ast.NewNodeKind("CitationCard")
)

func (*citationNode) Kind() ast.NodeKind           { return citationKind }
func (n *citationNode) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }
func (*cardNode) Kind() ast.NodeKind               { return cardKind }
func (n *cardNode) Dump(src []byte, level int)     { ast.DumpHelper(n, src, level, nil, nil) }

type citationParser struct{}

// Trigger is the first byte of a citation.
func (citationParser) Trigger() []byte { return []byte{'['} }

// Parse takes the citation that stands here.
func (citationParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	known, _ := pc.Get(citedKey).(*citations)
	if known == nil {
		return nil
	}
	_, segment := block.PeekLine()
	c, ok := known.at[segment.Start]
	if !ok {
		return nil
	}
	block.Advance(c.End - c.Start)
	cited, found := known.cited[c.ID]
	if !found {
		cited = Cited{ID: c.ID}
	}
	return &citationNode{words: known.words, cited: cited}
}

// bodyTransformer lowers headings and turns lone citations into cards.
type bodyTransformer struct{}

// Transform walks the document once; the tree is changed after the walk.
func (bodyTransformer) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	cards := map[*ast.Paragraph]*cardNode{}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Heading:
			if entering {
				n.Level = min(n.Level+1, 6)
			}
		case *ast.Paragraph:
			if only, ok := n.FirstChild().(*citationNode); ok && n.ChildCount() == 1 && entering {
				cards[n] = &cardNode{words: only.words, cited: only.cited}
			}
		}
		return ast.WalkContinue, nil
	})
	for p, card := range cards {
		p.Parent().ReplaceChild(p.Parent(), p, card)
	}
}

type citationRenderer struct{}

// RegisterFuncs tells goldmark how citations are written.
func (citationRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(citationKind, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		c := n.(*citationNode)
		return ast.WalkSkipChildren, citationLink(c.words, c.cited).Render(context.Background(), w)
	})
	reg.Register(cardKind, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		c := n.(*cardNode)
		return ast.WalkSkipChildren, citationCard(c.words, c.cited).Render(context.Background(), w)
	})
}
