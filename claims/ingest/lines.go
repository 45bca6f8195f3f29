package ingest

import (
	"strings"
	"unicode/utf8"

	"cotejo/claims"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// line is what stands by itself on a page: a paragraph, a heading, a list item, a
// row of a table.
type line struct {
	text    string
	kind    claims.BlockKind // "" for a paragraph
	level   int
	parent  *html.Node // the nearest element that makes lines
	caption bool       // of a picture
	letters int        // bytes of words
	linked  int        // those of them inside links
	stamped int        // those of them inside <time>
	chosen  int        // those of them that the search for the main text chose
}

// linesOf lists what a reader of the page sees below root, in order: <br> makes a
// line break inside a line, two make a new line, cells stand apart by a tab, other
// blank space is collapsed as browsers do. Elements in skip are left out, as is
// what never shows. Chosen, where it is not nil, holds the text nodes to count.
func linesOf(root *html.Node, skip map[atom.Atom]bool, chosen map[*html.Node]bool) []line {
	w := lineWriter{skip: skip, chosen: chosen}
	w.node(root, place{parent: root})
	w.flush()
	return w.lines
}

// textOf joins lines as the snapshot's text has them.
func textOf(lines []line) string {
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.text
	}
	return strings.Join(texts, paragraphBreak)
}

const paragraphBreak = "\n\n"

// blocksOf says where in textOf(lines) headings, list items, quotes and rows stand.
func blocksOf(lines []line) []claims.TextBlock {
	var blocks []claims.TextBlock
	at := 0
	for _, l := range lines {
		end := at + utf8.RuneCountInString(l.text)
		if l.kind != "" {
			blocks = append(blocks, claims.TextBlock{Span: claims.Span{Start: at, End: end}, Kind: l.kind, Level: l.level})
		}
		at = end + len(paragraphBreak)
	}
	return blocks
}

// render is the text of linesOf.
func render(root *html.Node, skip map[atom.Atom]bool) string {
	return textOf(linesOf(root, skip, nil))
}

// breaks are the elements that stand on lines of their own.
var breaks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Article: true, atom.Section: true, atom.Main: true, atom.Body: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Ul: true, atom.Ol: true, atom.Li: true, atom.Dl: true, atom.Dt: true, atom.Dd: true,
	atom.Blockquote: true, atom.Pre: true, atom.Table: true, atom.Tr: true, atom.Caption: true, atom.Hr: true,
	atom.Header: true, atom.Footer: true, atom.Aside: true, atom.Nav: true, atom.Figure: true, atom.Figcaption: true,
	atom.Form: true, atom.Fieldset: true, atom.Address: true, atom.Details: true, atom.Summary: true, atom.Hgroup: true,
	atom.Center: true,
}

// place is where in the tree the writer stands.
type place struct {
	parent       *html.Node
	kind         claims.BlockKind
	level, depth int // depth of lists
	pre, link    bool
	caption      bool
	time         bool
	cell         bool // of a table of data, whose paragraphs stand side by side
}

// lineWriter holds back blank space until it knows what follows it.
type lineWriter struct {
	skip   map[atom.Atom]bool
	chosen map[*html.Node]bool
	layout map[*html.Node]bool // tables already judged
	lines  []line
	text   strings.Builder
	now    line
	breaks int // line breaks owed
	space  bool
	tab    bool
}

func (w *lineWriter) node(n *html.Node, at place) {
	tag := tagOf(n)
	switch {
	case n.Type == html.TextNode:
		w.words(n, at)
		return
	case machinery[tag] || w.skip[tag]:
		return
	case tag == atom.Br:
		if w.breaks++; w.breaks > 1 {
			w.flush()
		}
		w.space, w.tab = false, false
		return
	}
	inside, block := within(at, n, tag), breaks[tag] && !at.cell
	isCell := tag == atom.Td || tag == atom.Th
	if isCell && w.isLayout(n) {
		inside.kind, inside.parent, block = "", n, true
	} else if isCell {
		inside.cell = true
	}
	if at.cell && breaks[tag] {
		w.space = true
	}
	if block {
		w.flush()
	}
	for child := range n.ChildNodes() {
		w.node(child, inside)
	}
	if block {
		w.flush()
	}
	if isCell && !block {
		w.tab = true
	}
}

// isLayout reports whether a cell's table holds the page rather than data: some cell
// has a table or several blocks in it, or more text than a datum.
func (w *lineWriter) isLayout(cell *html.Node) bool {
	table := cell.Parent
	for table != nil && table.DataAtom != atom.Table {
		table = table.Parent
	}
	if table == nil {
		return true
	}
	layout, known := w.layout[table]
	if !known {
		layout = holdsPage(table)
		if w.layout == nil {
			w.layout = map[*html.Node]bool{}
		}
		w.layout[table] = layout
	}
	return layout
}

// maxDatum is the most text, in bytes, that a cell of a table of data has.
const maxDatum = 400

func holdsPage(table *html.Node) bool {
	for cell := range table.Descendants() {
		switch cell.DataAtom {
		case atom.Table:
			return true
		case atom.Td, atom.Th:
			blocks := 0
			for d := range cell.Descendants() {
				if breaks[d.DataAtom] {
					blocks++
				}
			}
			if blocks > 1 || !textWithin(cell, maxDatum) {
				return true
			}
		}
	}
	return false
}

// within is the place inside an element. A heading in a list or a quote is a
// heading; a list in a quote is a list.
func within(at place, n *html.Node, tag atom.Atom) place {
	if breaks[tag] {
		at.parent = n
	}
	switch tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		at.kind, at.level = claims.BlockHeading, int(tag.String()[1]-'0')
	case atom.Ul, atom.Ol:
		at.depth++
	case atom.Li:
		at.kind, at.level = claims.BlockItem, max(at.depth, 1)
	case atom.Blockquote:
		at.kind, at.level = claims.BlockQuote, 1
	case atom.Tr:
		if len(cellsOf(n)) > 1 {
			at.kind, at.level = claims.BlockRow, 1
		}
	case atom.Pre, atom.Textarea:
		at.pre = true
	case atom.A:
		at.link = true
	case atom.Time:
		at.time = true
	case atom.Figcaption:
		at.caption = true
	}
	return at
}

func cellsOf(row *html.Node) []*html.Node {
	var cells []*html.Node
	for c := range row.ChildNodes() {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			cells = append(cells, c)
		}
	}
	return cells
}

// tagOf names an element; nodes that libraries make have a name but no atom.
func tagOf(n *html.Node) atom.Atom {
	if n.Type != html.ElementNode {
		return 0
	}
	return atom.Lookup([]byte(n.Data))
}

// words writes text with every run of HTML's blank space made one space; other
// spaces, such as the unbreakable one, are the author's. Preformatted text is
// written as it stands.
func (w *lineWriter) words(n *html.Node, at place) {
	if at.pre {
		w.verbatim(n, at)
		return
	}
	for i, part := range splitSpace(n.Data) {
		if i > 0 {
			w.space = true
		}
		if part != "" {
			w.write(part, n, at)
		}
	}
}

func (w *lineWriter) verbatim(n *html.Node, at place) {
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(n.Data)
	if strings.TrimSpace(text) != "" {
		w.write(text, n, at)
	}
}

func (w *lineWriter) write(s string, n *html.Node, at place) {
	w.owed()
	if w.text.Len() == 0 {
		w.now = line{kind: at.kind, level: at.level, parent: at.parent, caption: at.caption}
	}
	w.text.WriteString(s)
	w.now.letters += len(s)
	if at.link {
		w.now.linked += len(s)
	}
	if at.time {
		w.now.stamped += len(s)
	}
	if w.chosen[n] {
		w.now.chosen += len(s)
	}
}

// owed writes the blank space held back; none before the first word.
func (w *lineWriter) owed() {
	switch {
	case w.text.Len() == 0:
	case w.breaks > 0:
		w.text.WriteByte('\n')
	case w.tab:
		w.text.WriteByte('\t')
	case w.space:
		w.text.WriteByte(' ')
	}
	w.breaks, w.space, w.tab = 0, false, false
}

// flush ends the line, if there is one.
func (w *lineWriter) flush() {
	w.space, w.tab = false, false
	w.breaks = 0
	if w.text.Len() == 0 {
		return
	}
	w.now.text = strings.Trim(w.text.String(), "\n")
	w.text.Reset()
	w.lines = append(w.lines, w.now)
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
