// Package quote finds what stands between quotation marks: of every kind,
// nested, across sentences and paragraphs, closed or not.
package quote

import (
	"cmp"
	"slices"

	"cotejo/claims"
	"cotejo/claims/extract/segment"
)

// Quote is a run of quoted words.
type Quote struct {
	Span     claims.Span // with its marks, as far as it has them
	Inner    claims.Span // without them; empty where nothing stands between
	Depth    int         // 0 for a quotation that stands in no other
	Closed   bool        // false where the closing mark is missing
	Dialogue bool        // opened by a dash: "—No iré —dijo Ana"
}

// maxDepth bounds how many quotations may be open at once; marks that would
// open more are passed over.
const maxDepth = 8

// Find gives the quotations of a document in the order in which they begin, an
// outer one before those inside it.
func Find(doc *segment.Document) []Quote {
	f := &finder{doc: doc}
	for p := range doc.Paragraphs {
		first, last := f.tokens(p)
		f.closers = singleClosers(f.closers, doc, first, last)
		f.paragraph(first, last)
		if f.continues(p, last) {
			continue
		}
		f.abandon(0, last)
	}
	slices.SortStableFunc(f.found, func(a, b Quote) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Depth, b.Depth))
	})
	return f.found
}

// open is a quotation whose closing mark has not been met.
type open struct {
	group group
	token int
}

type finder struct {
	doc     *segment.Document
	stack   []open
	found   []Quote
	closers []int // for each token of the paragraph, the next ' or ’ that can close, or -1
	reopen  int   // how many marks at the paragraph's start repeat an open quotation
}

func (f *finder) tokens(p int) (first, last int) {
	para := f.doc.Paragraphs[p]
	return f.doc.Sentences[para.First].First, f.doc.Sentences[para.Last-1].Last
}

// paragraph reads the marks of tokens [first, last).
func (f *finder) paragraph(first, last int) {
	start := first + f.reopen
	f.reopen = 0
	if len(f.stack) == 0 && opensDialogue(f.doc, first, last) {
		f.dialogue(first, last)
	}
	for t := start; t < last; t++ {
		g := groupOf(f.doc.Tokens[t].Text)
		if g == none {
			continue
		}
		place := placeOf(f.doc, t, first, last)
		if at := f.closes(g, t, first, place); at >= 0 {
			f.close(at, t)
		} else if f.opens(g, t, first, place) {
			f.stack = append(f.stack, open{g, t})
		}
	}
}

// closes gives which open quotation the mark at token t closes, -1 for none.
func (f *finder) closes(g group, t, first int, place place) int {
	text := f.doc.Tokens[t].Text
	if place == opening && (isOpener(text) || isStraight(text) || isCloser(text)) || place == inside && isOpener(text) {
		return -1
	}
	if g.single() && f.isPossessive(t, first) {
		return -1
	}
	for at := len(f.stack) - 1; at >= 0; at-- {
		if f.stack[at].group.closedBy(g) && (!isOpener(text) || place == closing) {
			return at
		}
	}
	return -1
}

// opens reports whether the mark at token t opens a quotation.
func (f *finder) opens(g group, t, first int, place place) bool {
	text := f.doc.Tokens[t].Text
	if len(f.stack) >= maxDepth || place == closing {
		return false
	}
	if g == straightSingle || text == "’" {
		return place == opening && f.closers[t-first] > t && !isElision(f.doc, t)
	}
	return isOpener(text) || place == opening
}

// isPossessive reports whether an apostrophe after an s is rather a possessive
// ("the pilgrims’ camp’") because another mark that can close follows.
func (f *finder) isPossessive(t, first int) bool {
	doc := f.doc
	if t == first || !endsInS(doc.Tokens[t-1].Text) || t+1-first >= len(f.closers) {
		return false
	}
	next := doc.Tokens[t+1]
	return next.Kind == segment.Word && !doc.Glued(t+1) && f.closers[t+1-first] > t
}

// close ends the quotation at place at of the stack by the mark at token t; those
// inside it end there too, unclosed.
func (f *finder) close(at, t int) {
	f.abandon(at+1, t)
	o := f.stack[at]
	f.stack = f.stack[:at]
	f.found = append(f.found, Quote{
		Span:   f.doc.Covering(o.token, t+1),
		Inner:  inner(f.doc, o.token+1, t),
		Depth:  at,
		Closed: true,
	})
}

// abandon ends every open quotation from place at of the stack before token last.
func (f *finder) abandon(at, last int) {
	for i := len(f.stack) - 1; i >= at; i-- {
		o := f.stack[i]
		f.found = append(f.found, Quote{Span: f.doc.Covering(o.token, last), Inner: inner(f.doc, o.token+1, last), Depth: i})
	}
	f.stack = f.stack[:min(at, len(f.stack))]
}

// continues reports whether the open quotations go on in the paragraph after p,
// which then repeats the opening mark (or begins with the closing one, as Spanish
// printers do). Those that are not repeated end here.
func (f *finder) continues(p, last int) bool {
	if len(f.stack) == 0 || p+1 == len(f.doc.Paragraphs) {
		return false
	}
	first, end := f.tokens(p + 1)
	repeated := 0
	for repeated < len(f.stack) && first+repeated < end {
		text := f.doc.Tokens[first+repeated].Text
		if groupOf(text) != f.stack[repeated].group {
			break
		}
		repeated++
	}
	if repeated == 0 && f.closesLater(p+1) {
		return true
	}
	if repeated == 0 || first+repeated == end {
		return false
	}
	f.abandon(repeated, last)
	f.reopen = repeated
	return true
}

// unmarked is how many paragraphs a quotation may go on for without a mark.
const unmarked = 5

// closesLater reports whether the one open quotation is closed in paragraph p or soon
// after, before another one opens there: what stands between is quoted too.
func (f *finder) closesLater(p int) bool {
	if len(f.stack) != 1 || f.stack[0].group.single() {
		return false
	}
	for n := p; n < len(f.doc.Paragraphs) && n < p+unmarked; n++ {
		first, last := f.tokens(n)
		for t := first; t < last; t++ {
			if g := groupOf(f.doc.Tokens[t].Text); g != none && f.stack[0].group.closedBy(g) {
				return !isOpener(f.doc.Tokens[t].Text) && placeOf(f.doc, t, first, last) == closing
			}
		}
		if f.doc.Paragraphs[n].Role != segment.RoleBody {
			return false
		}
	}
	return false
}

func inner(doc *segment.Document, first, last int) claims.Span {
	if first >= last {
		end := doc.Tokens[first-1].End
		return claims.Span{Start: end, End: end}
	}
	return doc.Covering(first, last)
}
