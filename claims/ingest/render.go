package ingest

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// blocks are the elements that stand on lines of their own.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Article: true, atom.Section: true, atom.Main: true, atom.Body: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Ul: true, atom.Ol: true, atom.Li: true, atom.Dl: true, atom.Dt: true, atom.Dd: true,
	atom.Blockquote: true, atom.Pre: true, atom.Table: true, atom.Tr: true, atom.Caption: true, atom.Hr: true,
	atom.Header: true, atom.Footer: true, atom.Aside: true, atom.Nav: true, atom.Figure: true, atom.Figcaption: true,
	atom.Form: true, atom.Fieldset: true, atom.Address: true, atom.Details: true, atom.Summary: true, atom.Hgroup: true,
}

// render writes what a reader of the page sees below root: paragraphs, headings,
// list items and table rows separated by a blank line, cells by a tab, <br> as a
// line break, other blank space collapsed as browsers do. Elements in skip are
// left out, as is what never shows.
func render(root *html.Node, skip map[atom.Atom]bool) string {
	var w textWriter
	w.node(root, skip, false)
	return w.text.String()
}

// textWriter holds back blank space until it knows what follows it.
type textWriter struct {
	text  strings.Builder
	lines int  // line breaks owed, at most 2
	space bool // one space owed
	tab   bool // one tab owed
}

func (w *textWriter) node(n *html.Node, skip map[atom.Atom]bool, verbatim bool) {
	tag := tagOf(n)
	switch {
	case n.Type == html.TextNode && verbatim:
		w.verbatim(n.Data)
		return
	case n.Type == html.TextNode:
		w.words(n.Data)
		return
	case machinery[tag] || skip[tag]:
		return
	case tag == atom.Br:
		w.breakLine(w.lines + 1)
		return
	}
	block := blocks[tag]
	if block {
		w.breakLine(2)
	}
	for child := range n.ChildNodes() {
		w.node(child, skip, verbatim || tag == atom.Pre)
	}
	if block {
		w.breakLine(2)
	}
	if tag == atom.Td || tag == atom.Th {
		w.tab = true
	}
}

// tagOf names an element; nodes that libraries make have a name but no atom.
func tagOf(n *html.Node) atom.Atom {
	if n.Type != html.ElementNode {
		return 0
	}
	return atom.Lookup([]byte(n.Data))
}

// breakLine owes at least n line breaks, never more than a blank line.
func (w *textWriter) breakLine(n int) {
	w.lines = max(w.lines, min(n, 2))
	w.space, w.tab = false, false
}

// words writes text with every run of HTML's blank space made one space; other
// spaces, such as the unbreakable one, are the author's.
func (w *textWriter) words(s string) {
	for i, part := range splitSpace(s) {
		if i > 0 {
			w.space = true
		}
		if part != "" {
			w.owed()
			w.text.WriteString(part)
		}
	}
}

// verbatim writes preformatted text as it stands.
func (w *textWriter) verbatim(s string) {
	if strings.TrimSpace(s) == "" {
		return
	}
	w.owed()
	w.text.WriteString(s)
}

// owed writes the blank space held back; none before the first word.
func (w *textWriter) owed() {
	switch {
	case w.text.Len() == 0:
	case w.lines > 0:
		w.text.WriteString("\n\n"[:w.lines])
	case w.tab:
		w.text.WriteByte('\t')
	case w.space:
		w.text.WriteByte(' ')
	}
	w.lines, w.space, w.tab = 0, false, false
}

// splitSpace splits at runs of HTML's blank space; blank ends give empty parts.
func splitSpace(s string) []string {
	var parts []string
	for {
		i := strings.IndexAny(s, " \t\n\f\r")
		if i < 0 {
			return append(parts, s)
		}
		parts = append(parts, s[:i])
		s = strings.TrimLeft(s[i:], " \t\n\f\r")
	}
}
