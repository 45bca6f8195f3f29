package desk

import (
	"bytes"
	"fmt"
	"image/png"
	"path"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	words "cotejo/claims/text"
	"cotejo/docs/guide"
	"cotejo/views"
)

// GuidePage is a chapter of the user guide among the others.
type GuidePage struct {
	views.Frame
	Chapters []guide.Chapter
	At       int // which of them
	Text     GuideText
}

// GuideText is the body of a chapter as it is shown.
type GuideText struct {
	Body     templ.Component
	Sections []views.Option // its second-level headings: Value is the anchor
}

// Chapter is the one that is shown.
func (p GuidePage) Chapter() guide.Chapter { return p.Chapters[p.At] }

// GuidePath is the address of a chapter.
func GuidePath(name string) string { return "/help/" + name }

var guideMarkdown = goldmark.New(goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithASTTransformers(util.Prioritized(guideLinks{}, 100))))

// GuideBody renders a chapter; its headings have anchors that begin with "g-".
func GuideBody(c guide.Chapter) (GuideText, error) {
	source := []byte(c.Body)
	context := parser.NewContext(parser.WithIDs(&guideIDs{taken: map[string]bool{}}))
	doc := guideMarkdown.Parser().Parse(text.NewReader(source), parser.WithContext(context))
	var out bytes.Buffer
	if err := guideMarkdown.Renderer().Render(&out, source, doc); err != nil {
		return GuideText{}, fmt.Errorf("chapter %s: %w", c.Name, err)
	}
	shown := GuideText{Body: templ.Raw(out.String())}
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level == 2 {
			id, _ := h.AttributeString("id")
			shown.Sections = append(shown.Sections, views.Option{Value: string(id.([]byte)), Label: string(h.Lines().Value(source))})
		}
	}
	return shown, nil
}

// guideIDs makes anchors of headings: their words, folded.
type guideIDs struct{ taken map[string]bool }

// Generate implements parser.IDs.
func (g *guideIDs) Generate(heading []byte, _ ast.NodeKind) []byte {
	var letters strings.Builder
	for _, r := range words.Fold(string(heading)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			letters.WriteRune(r)
		case r == ' ':
			letters.WriteByte('-')
		}
	}
	id := "g-" + letters.String()
	for n := 2; g.taken[id]; n++ {
		id = "g-" + letters.String() + "-" + strconv.Itoa(n)
	}
	g.taken[id] = true
	return []byte(id)
}

// Put implements parser.IDs.
func (g *guideIDs) Put(id []byte) { g.taken[string(id)] = true }

// guideLinks leads links of files to addresses, and says how large pictures are.
type guideLinks struct{}

// Transform walks a chapter once.
func (guideLinks) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Link:
			if entering {
				n.Destination = []byte(guideAddress(string(n.Destination)))
			}
		case *ast.Image:
			if entering {
				guidePicture(n)
			}
		}
		return ast.WalkContinue, nil
	})
}

func guideAddress(to string) string {
	file, anchor, _ := strings.Cut(to, "#")
	if name, ok := strings.CutSuffix(file, ".md"); ok {
		file = GuidePath(name)
	}
	if anchor != "" {
		file += "#" + anchor
	}
	return file
}

func guidePicture(n *ast.Image) {
	name := path.Base(string(n.Destination))
	n.Destination = []byte(GuidePath("img/" + name))
	raw, _ := guide.Picture(name)
	if size, err := png.DecodeConfig(bytes.NewReader(raw)); err == nil {
		n.SetAttributeString("width", []byte(strconv.Itoa(size.Width)))
		n.SetAttributeString("height", []byte(strconv.Itoa(size.Height)))
	}
	n.SetAttributeString("loading", []byte("lazy"))
}
