package ingest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	readability "codeberg.org/readeck/go-readability/v2"
	"cotejo/claims"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mainLines finds the article among menus and teasers. A library chooses; what it
// chose is read from the page itself, so that lists, tables and blank space stay as
// the author made them, and the lines it left out amid the chosen ones, or between
// the heading and the first of them, come back where they read as text. Title is the
// article's, "" where unknown.
func mainLines(doc *html.Node, title string) []line {
	chosen := choose(doc)
	if chosen == nil {
		return nil
	}
	lines := splitHead(linesOf(doc, nil, chosen), title)
	dropCaptions(lines)
	first, last := span(lines)
	if first < 0 {
		return nil
	}
	last = lastReading(lines, first, last)
	head, titled := headingOf(lines, last, title)
	if !titled {
		head = first
	}
	first = max(first, head)
	around := container(lines[first : last+1])
	keep, begins := make([]bool, len(lines)), firstProse(lines, head)
	for i, l := range lines {
		switch {
		case i < head, l.text == "", l.stamped == l.letters, boilerplate.MatchString(l.text):
		case i == head:
			keep[i] = true
		case i > last:
			if keep[i] = follows(l, lines[last], around); keep[i] {
				last = i
			}
		case i < begins:
			keep[i] = (standfirst(l) || chosenLine(l) && l.linked == 0) && !aboutLine(l.text)
		default:
			keep[i] = chosenLine(l) && !linkedLine(l) || reads(l)
		}
	}
	return kept(lines, keep)
}

// splitHead makes lines of their own of a title, a date and a byline that line breaks
// alone keep apart.
func splitHead(lines []line, title string) []line {
	var out []line
	for _, l := range lines {
		parts := strings.Split(l.text, "\n")
		about := func(part string) bool { return title != "" && letters(part) == letters(title) || aboutLine(part) }
		if len(parts) == 1 || len(l.text) > 2*maxAboutBytes || !slices.ContainsFunc(parts, about) {
			out = append(out, l)
			continue
		}
		for _, part := range parts {
			own := l
			own.text, own.letters = part, len(letters(part))
			own.linked, own.chosen, own.stamped = l.linked*own.letters/l.letters, l.chosen*own.letters/l.letters, 0
			out = append(out, own)
		}
	}
	return out
}

// kept gives the lines that stay; a heading stays only where text follows it before
// the next one that is not deeper.
func kept(lines []line, keep []bool) []line {
	var out []line
	for i, l := range lines {
		if keep[i] {
			out = append(out, l)
		}
	}
	for len(out) > 1 && out[len(out)-1].kind == claims.BlockHeading {
		out = out[:len(out)-1]
	}
	return out
}

// firstProse is the first line after head that is long enough to be a sentence.
func firstProse(lines []line, head int) int {
	for i := head + 1; i < len(lines); i++ {
		if lines[i].letters-lines[i].linked >= minProse && lines[i].kind == "" && !aboutLine(lines[i].text) {
			return i
		}
	}
	return head + 1
}

// boilerplate begins a line that tells of the site, not of the world.
var boilerplate = regexp.MustCompile(`(?i)^\W*(?:©|copyright\b|\(c\) ?\d|all rights reserved|todos los derechos reservados|printed from|advertisement\b$|publicidad$|anuncio$)`)

// choose marks every piece of text in a copy of the document, lets the library
// search it and gives the pieces that it kept; nil where it found nothing or failed
// on markup that it did not expect.
func choose(doc *html.Node) (chosen map[*html.Node]bool) {
	defer func() {
		if recover() != nil {
			chosen = nil
		}
	}()
	marked := marker{}
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	found, err := parser.ParseAndMutate(marked.copy(doc), nil)
	if err != nil || found.Node == nil {
		return nil
	}
	chosen = map[*html.Node]bool{}
	for n := range found.Node.Descendants() {
		if i, err := strconv.Atoi(attr(n, markAttr)); err == nil && i < len(marked.texts) {
			chosen[marked.texts[i]] = true
		}
	}
	if len(chosen) == 0 {
		return nil
	}
	return chosen
}

// marker copies a tree with every piece of text in a numbered element.
type marker struct{ texts []*html.Node }

const markAttr = "data-piece"

func (m *marker) copy(n *html.Node) *html.Node {
	twin := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace, Attr: append([]html.Attribute(nil), n.Attr...)}
	for child := range n.ChildNodes() {
		inner := m.copy(child)
		if child.Type == html.TextNode && strings.TrimSpace(child.Data) != "" {
			piece := &html.Node{Type: html.ElementNode, DataAtom: atom.Span, Data: "span", Attr: []html.Attribute{{Key: markAttr, Val: strconv.Itoa(len(m.texts))}}}
			m.texts = append(m.texts, child)
			piece.AppendChild(inner)
			inner = piece
		}
		twin.AppendChild(inner)
	}
	return twin
}

// dropCaptions empties the captions of pictures, which tell of what is not here,
// unless they are most of the text, as in a gallery.
func dropCaptions(lines []line) {
	captions, body := 0, 0
	for _, l := range lines {
		switch {
		case l.caption:
			captions += l.letters
		case chosenLine(l):
			body += l.letters
		}
	}
	for i := range lines {
		if lines[i].caption && captions <= body {
			lines[i].text, lines[i].chosen = "", 0
		} else if lines[i].caption {
			lines[i].chosen = lines[i].letters
		}
	}
}

func chosenLine(l line) bool { return 2*l.chosen >= l.letters && l.chosen > 0 }

// span gives the first and the last line that was chosen, -1 where none was.
func span(lines []line) (first, last int) {
	first = -1
	for i, l := range lines {
		if chosenLine(l) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last
}

// headingOf finds the line that is the title: the last before the first prose, up to
// line last.
func headingOf(lines []line, last int, title string) (at int, found bool) {
	want := letters(title)
	for i, l := range lines[:last+1] {
		switch {
		case want != "" && letters(l.text) == want:
			at, found = i, true
		case found && l.letters-l.linked >= minProse:
			return at, true
		}
	}
	return at, found
}

// lastReading is the last line up to last that is no place to click.
func lastReading(lines []line, first, last int) int {
	for last > first && (!chosenLine(lines[last]) || linkedLine(lines[last])) {
		last--
	}
	return last
}

// linkedLine reports whether a line is a link or little else.
func linkedLine(l line) bool { return 2*l.linked > l.letters }

// letters is s without its blank space and in lower case.
func letters(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(s), ""))
}

// container is the innermost element that holds all the lines.
func container(lines []line) *html.Node {
	within := lines[0].parent
	for _, l := range lines[1:] {
		for within != nil && !holds(within, l.parent) {
			within = within.Parent
		}
	}
	return within
}

// standfirst reports whether a line between the heading and the text reads as part of
// the article: not a date, a name, a place to click.
func standfirst(l line) bool {
	return reads(l) && (wordsIn(l.text) >= 5 || l.kind == claims.BlockHeading) && !aboutLine(l.text)
}

// aboutLine reports whether a short line tells when a page was made, or by whom.
func aboutLine(text string) bool {
	if len(text) > maxAboutBytes/2 {
		return false
	}
	_, dated := dateWithin(text, "")
	return dated || bylineShape.MatchString(text) || strings.Contains(text, "·")
}

// reads reports whether a line reads as text rather than as a place to click.
func reads(l line) bool {
	if linkedLine(l) || l.text == "" {
		return false
	}
	return l.kind != "" || wordsIn(l.text) >= 6 || endsSentence(l.text)
}

// follows reports whether a line after the last chosen one goes on with it: a
// sibling, or a row or an item of a list beside it.
func follows(l, last line, around *html.Node) bool {
	if !reads(l) || l.kind == claims.BlockHeading || aboutLine(l.text) {
		return false
	}
	if l.kind == claims.BlockItem || l.kind == claims.BlockRow {
		return around != nil && holds(around, l.parent) && around.DataAtom != atom.Body && around.DataAtom != atom.Html
	}
	return l.parent.Parent == last.parent.Parent && l.parent.DataAtom == last.parent.DataAtom && endsSentence(l.text) && wordsIn(l.text) >= 5
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)] ")
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "…") || strings.HasSuffix(s, "؟") || strings.HasSuffix(s, "。")
}

func wordsIn(s string) int {
	n := 0
	for w := range strings.FieldsSeq(s) {
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}
