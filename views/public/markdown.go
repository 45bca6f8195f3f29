package public

import (
	"bytes"
	"context"

	"github.com/a-h/templ"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"cotejo/claims/markdown"
	"cotejo/views/i18n"
)

// Markdown renders the body of a check, raw HTML off. [[ID]] becomes a link that
// shows the newest verdict of the claim cited, and where it stands alone in a
// paragraph a card. cited is by plain id.
func Markdown(w *i18n.Words, body string, cited map[string]Cited) (templ.Component, error) {
	doc, source := markdown.Parse(body)
	citations := renderer.WithNodeRenderers(util.Prioritized(citationRenderer{w, cited}, 100))
	page := goldmark.New(goldmark.WithExtensions(markdown.Extensions...), goldmark.WithRendererOptions(citations))
	var out bytes.Buffer
	if err := page.Renderer().Render(&out, source, doc); err != nil {
		return nil, err
	}
	return templ.Raw(out.String()), nil
}

// citationRenderer writes citations with the verdicts of one body's claims.
type citationRenderer struct {
	words *i18n.Words
	cited map[string]Cited
}

// RegisterFuncs tells goldmark how citations are written.
func (r citationRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(markdown.KindCitation, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		return write(w, citationLink(r.words, r.claim(n.(*markdown.Citation).ID)), entering)
	})
	reg.Register(markdown.KindCard, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		return write(w, citationCard(r.words, r.claim(n.(*markdown.Card).ID)), entering)
	})
}

func (r citationRenderer) claim(id string) Cited {
	if c, ok := r.cited[id]; ok {
		return c
	}
	return Cited{ID: id}
}

func write(w util.BufWriter, component templ.Component, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	return ast.WalkSkipChildren, component.Render(context.Background(), w)
}
