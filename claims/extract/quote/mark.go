package quote

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cotejo/claims/extract/segment"
)

// group is a family of marks that open and close each other.
type group uint8

const (
	none group = iota
	straight
	curly
	angle
	straightSingle
	curlySingle
	angleSingle
)

func groupOf(text string) group {
	switch text {
	case "\"", "''", "``", "＂":
		return straight
	case "“", "”", "„", "‟":
		return curly
	case "«", "»":
		return angle
	case "'", "`":
		return straightSingle
	case "‘", "’", "‚", "‛":
		return curlySingle
	case "‹", "›":
		return angleSingle
	}
	return none
}

func (g group) single() bool { return g == straightSingle || g == curlySingle }

// closedBy reports whether a mark of group other may close a quotation of group
// g: its own, or the straight and curly forms mixed by a typist.
func (g group) closedBy(other group) bool {
	switch g {
	case straight, curly:
		return other == straight || other == curly
	case straightSingle, curlySingle:
		return other == straightSingle || other == curlySingle
	}
	return g == other
}

func isOpener(text string) bool {
	return strings.Contains("“„‟«‘‚‛‹``", text) && text != "`"
}

func isCloser(text string) bool { return strings.Contains("”»’›", text) }

func isStraight(text string) bool {
	return text == "\"" || text == "'" || text == "''" || text == "＂"
}

// place says which side of a word a mark stands on.
type place uint8

const (
	inside  place = iota // space on both sides or on neither
	opening              // before a word
	closing              // after one
)

func placeOf(doc *segment.Document, t, first, last int) place {
	before := t > first && doc.Glued(t) && !isBracket(doc.Tokens[t-1].Text)
	after := t+1 < last && doc.Glued(t+1) && !isStop(doc.Tokens[t+1].Text)
	switch {
	case before && !after:
		return closing
	case after && !before:
		return opening
	case t == first:
		return opening
	case t+1 == last:
		return closing
	}
	return inside
}

func isBracket(text string) bool {
	return strings.Contains("([{¿¡—–-:“«‘„\"", text)
}

func isStop(text string) bool {
	return strings.Contains(".,;:!?…)]}—–”»’\"", text) || text == "..."
}

// isElision reports whether the apostrophe at token t stands for letters left
// out before a figure or a word ('90s).
func isElision(doc *segment.Document, t int) bool {
	if t+1 >= len(doc.Tokens) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(doc.Tokens[t+1].Text)
	return unicode.IsDigit(r)
}

func endsInS(text string) bool { return strings.HasSuffix(text, "s") || strings.HasSuffix(text, "S") }

// singleClosers gives, for each token of [first, last), the first later token
// that is an apostrophe standing like a closing mark, -1 where none follows; room is
// memory to use again.
func singleClosers(room []int, doc *segment.Document, first, last int) []int {
	next := slices.Grow(room[:0], last-first)[:last-first]
	closer := -1
	for t := last - 1; t >= first; t-- {
		next[t-first] = closer
		if text := doc.Tokens[t].Text; (text == "'" || text == "’") && placeOf(doc, t, first, last) == closing {
			closer = t
		}
	}
	return next
}

// opensDialogue reports whether a paragraph begins with the dash of direct speech.
func opensDialogue(doc *segment.Document, first, last int) bool {
	if last-first < 3 {
		return false
	}
	text := doc.Tokens[first].Text
	return text == "—" || text == "―" || (text == "–" || text == "-" || text == "--") && doc.Glued(first+1)
}

// dialogue adds the speeches of a paragraph that begins with a dash. Every
// further dash with a space before it or a stop after it changes between the
// speaker's words and the writer's.
func (f *finder) dialogue(first, last int) {
	mark := f.doc.Tokens[first].Text
	from, speaking := first, true
	add := func(to int) {
		if speaking && to > from+1 {
			f.found = append(f.found, Quote{Span: f.doc.Covering(from, to), Inner: inner(f.doc, from+1, to), Closed: true, Dialogue: true})
		}
		from, speaking = to, !speaking
	}
	for t := first + 1; t < last; t++ {
		if f.doc.Tokens[t].Text == mark && (!f.doc.Glued(t) || !speaking) {
			add(t)
		}
	}
	add(last)
}
