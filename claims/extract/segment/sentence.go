package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

const (
	openingMarks  = "«“„‘‚‹([{¿¡—–-"
	closingMarks  = "»”’›)]}"
	straightMarks = "\"'''``"
)

// maxLookahead bounds how many marks are skipped to find the next word.
const maxLookahead = 6

// sentences appends the sentences of the line [start, end), whose tokens begin
// at firstToken: Unicode's boundaries, mended by the language's rules where
// they are too many (abbreviations) or too few (a missing space).
func (d *Document) sentences(start, end, firstToken int, rules *rules, breaks *breakReader) {
	first, pending, paragraph := firstToken, false, len(d.Paragraphs)
	emit := func(last int) {
		d.Sentences = append(d.Sentences, Sentence{Span: d.Covering(first, last), First: first, Last: last, Paragraph: paragraph})
		first, pending = last, false
	}
	breaks.reset(d.Text[start:end], start)
	for t := firstToken + 1; t < len(d.Tokens); t++ {
		glued := d.gluedBreak(first, t, rules)
		pending = breaks.between(d.Tokens[t-1].Bytes[1], d.Tokens[t].Bytes[0]) || d.missedBreak(t, firstToken) || glued || pending
		if !pending {
			continue
		}
		if d.closes(t) { // a closing mark belongs to the sentence before it
			continue
		}
		if !glued && d.joined(first, t, rules) {
			pending = false
			continue
		}
		emit(t)
	}
	emit(len(d.Tokens))
}

// maxMarks is the longest run of marks and spaces that Unicode's rules are shown
// in one piece: they look back over such runs, which a hostile text makes long.
const maxMarks = 64

// breakReader walks through Unicode's sentence boundaries, in bytes of the text.
type breakReader struct {
	rest  string // what stands after the piece being read
	it    *sentences.Iterator[string]
	start int // where the piece begins
	size  int // how long it is
	at    int // the boundary reached
	more  bool
}

func newBreakReader() *breakReader { return &breakReader{it: sentences.FromString("")} }

// reset begins to read a line.
func (b *breakReader) reset(line string, start int) {
	*b = breakReader{rest: line, it: b.it, start: start}
	b.piece()
	b.next()
}

// piece moves on to the next piece of the line.
func (b *breakReader) piece() {
	b.start += b.size
	b.size = pieceEnd(b.rest)
	b.it.SetText(b.rest[:b.size])
	b.rest = b.rest[b.size:]
}

func (b *breakReader) next() {
	for {
		b.more = b.it.Next()
		if b.more && (b.it.End() < b.size || b.rest == "") {
			b.at = b.start + b.it.End()
			return
		}
		if b.rest == "" {
			return
		}
		b.piece()
	}
}

// firstMark is the first code point that can be a mark on the letter before it.
const firstMark = '\u0300'

// pieceEnd gives where a line is cut: inside its first overlong run of marks, or at its end.
func pieceEnd(line string) int {
	run := 0
	for i, r := range line {
		if c := classOf(r); c == classLetter && (r < firstMark || !unicode.IsMark(r)) || c == classDigit {
			run = 0
			continue
		}
		if run++; run > maxMarks {
			return i
		}
	}
	return len(line)
}

// between reports whether a boundary lies in the gap [from, to] between two tokens.
func (b *breakReader) between(from, to int) bool {
	for b.more && b.at < from {
		b.next()
	}
	return b.more && b.at <= to
}

// missedBreak reports whether a sentence ends before token t where Unicode's
// rules see none: a full stop with the space after it missing ("agosto.El"), or
// an ellipsis character before a capital.
func (d *Document) missedBreak(t, firstToken int) bool {
	last := t - 1
	for last > firstToken && t-last <= maxLookahead && d.Glued(last) && isOneOf(d.Tokens[last].Text, closingMarks+straightMarks) {
		last--
	}
	stop := d.Tokens[last].Text
	if stop == "…" {
		return !d.Glued(t) && startsUpper(d.wordFrom(t))
	}
	if stop != "." || !d.Glued(t) || last == firstToken || !d.Glued(last) {
		return false
	}
	before := d.Tokens[last-1]
	return before.Kind == Word && utf8.RuneCountInString(before.Text) > 1 && startsUpper(d.wordFrom(t))
}

// minGlued is how many tokens stand on either side of a break that no mark shows.
const minGlued = 3

// gluedBreak reports whether a sentence begins at token t although no mark stands before
// it: a word that opens sentences has a capital behind a content word and goes on in
// small letters, as where a heading ran into the text: "Buscan al dueño El fiscal dijo".
func (d *Document) gluedBreak(first, t int, rules *rules) bool {
	if t-first < minGlued || t+minGlued > len(d.Tokens) || d.Glued(t) {
		return false
	}
	word, before, next := d.Tokens[t], d.Tokens[t-1], d.Tokens[t+1]
	if word.Kind != Word || before.Kind == Punct || before.Kind == Symbol || next.Kind != Word {
		return false
	}
	if len(word.Text) < 2 || !startsUpper(word.Text) || !isLower(word.Text[1:]) || !startsLower(next.Text) || !rules.starters[word.Fold] || rules.inside[word.Fold] {
		return false
	}
	if rules.starters[before.Fold] || startsUpper(before.Text) && rules.nameWords[word.Fold] || rules.works[before.Fold] {
		return false
	}
	return before.Kind == Number || utf8.RuneCountInString(before.Text) > 2 && !strings.HasSuffix(before.Text, ".")
}

// closes reports whether token t closes what stands before it.
func (d *Document) closes(t int) bool {
	text := d.Tokens[t].Text
	if isOneOf(text, closingMarks) {
		return true
	}
	if !isOneOf(text, straightMarks) {
		return false
	}
	return d.Glued(t) || t+1 == len(d.Tokens) || !d.Glued(t+1)
}

// joined reports whether the boundary that was seen before token t is none: the
// sentence that begins at token first goes on.
func (d *Document) joined(first, t int, rules *rules) bool {
	last := t - 1
	for last > first && isOneOf(d.Tokens[last].Text, closingMarks+straightMarks) {
		last--
	}
	end, next := d.Tokens[last], d.wordFrom(t)
	if startsLower(next) || end.Text == "." && isDashed(d.Tokens[t].Text) && d.Glued(t) { // "México.- El presidente"
		return true
	}
	if end.Text == "." && last == first+1 && d.Tokens[first].Kind == Number {
		return true // the number of a list item: "1. Lavarse …"
	}
	if end.Kind == Word && !strings.HasSuffix(end.Text, ".") || end.Text == "," {
		return true // only a line was broken
	}
	if end.Kind != Word {
		return false
	}
	class, _ := rules.abbreviation(end.Text)
	switch class {
	case abbreviatesTitle:
		return true
	case abbreviatesNumber:
		return startsDigit(next) || isRoman(strings.TrimSuffix(next, "."))
	case abbreviatesFinal:
		return !startsUpper(next)
	default: // an acronym or an initial goes on unless a word that opens sentences follows
		return !rules.starters[strings.ToLower(next)]
	}
}

// wordFrom gives the first word or number at or after token t, opening marks
// skipped; "" where none follows.
func (d *Document) wordFrom(t int) string {
	for n := 0; n < maxLookahead && t+n < len(d.Tokens); n++ {
		token := d.Tokens[t+n]
		if token.Kind == Word || token.Kind == Number {
			return token.Text
		}
		if !isOneOf(token.Text, openingMarks+straightMarks) {
			return ""
		}
	}
	return ""
}

// isOneOf reports whether text is one or two of the marks.
func isOneOf(text, marks string) bool {
	r, size := utf8.DecodeRuneInString(text)
	return strings.ContainsRune(marks, r) && (size == len(text) || text == "''" || text == "``" || text == "--")
}

func isDashed(text string) bool { return text == "-" || text == "–" || text == "—" }

// isRoman reports whether a word is written in the letters of Roman numerals.
func isRoman(s string) bool {
	return s != "" && strings.Trim(s, "IVXLCDM") == ""
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func startsDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(r)
}
