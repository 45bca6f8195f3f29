package segment

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"cotejo/claims"
)

// stride is how many code points lie between two entries of Document.starts.
const stride = 16

// How many tokens are reserved: news has about five bytes a token.
const (
	bytesPerToken = 5
	maxReserved   = 1 << 16
)

// Split cuts text into paragraphs (lines), sentences and tokens after the rules
// of a language ("es", "en"); an unknown language gets the rules that all share.
// It takes time linear in the text.
func Split(text, lang string) *Document {
	d := &Document{Text: text, Lang: lang, numbers: NumberWordsFor(lang), starts: index(text),
		Tokens: make([]Token, 0, min(len(text)/bytesPerToken, maxReserved))}
	rules, breaks := rulesFor(lang), newBreakReader()
	block := isBlock(text)
	at := position{}
	for at.byte < len(text) {
		end := len(text)
		if i := lineEnd(text[at.byte:], block); i >= 0 {
			end = at.byte + i
		}
		at = d.paragraph(at, end, rules, breaks)
		if at.byte < len(text) { // the line break itself
			_, size := utf8.DecodeRuneInString(text[at.byte:])
			at.byte += size
			at.rune++
		}
	}
	d.sentence = make([]int32, len(d.Tokens))
	for s := range d.Sentences {
		for t := d.Sentences[s].First; t < d.Sentences[s].Last; t++ {
			d.sentence[t] = int32(s)
		}
	}
	assignRoles(d, rules)
	return d
}

// lineBreak gives where the first line break of a text stands, -1 where it has none.
func lineBreak(text string) int {
	for i := range len(text) {
		switch text[i] {
		case '\n', '\r':
			return i
		case "\u2028"[0]:
			if strings.HasPrefix(text[i:], "\u2028") || strings.HasPrefix(text[i:], "\u2029") {
				return i
			}
		}
	}
	return -1
}

// How many bytes a line has that was broken at a margin, at least (a narrow one in a text
// that is set in a block throughout) and at most; how many such lines make a block, and in
// what share of the text's lines (1 in n).
const (
	minNarrow  = 20
	minWrapped = 40
	maxWrapped = 130
	minBlock   = 3
	blockShare = 3
)

// lineEnd gives where the paragraph at the start of text ends, -1 where no line break
// follows. A line that was broken at a margin goes on in the next one.
func lineEnd(text string, block bool) int {
	start := 0
	for {
		i := lineBreak(text[start:])
		if i < 0 {
			return i
		}
		if line, rest := text[start:start+i], text[start+i:]; !wrapped(line, block) || !goesOn(rest, block) {
			return start + i
		}
		start += i + 1
	}
}

// isBlock reports whether the text was broken at a margin throughout: many of its lines stop
// in the middle of a sentence that goes on in small letters.
func isBlock(text string) bool {
	lines, broken := 0, 0
	for text != "" {
		i := lineBreak(text)
		if i < 0 {
			break
		}
		if i > 0 {
			lines++
			if wrapped(text[:i], true) && goesOn(text[i:], false) {
				broken++
			}
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		text = text[i+size:]
	}
	return broken >= minBlock && broken*blockShare >= lines
}

// wrapped reports whether a line stops in the middle of a sentence.
func wrapped(line string, block bool) bool {
	if len(line) < minNarrow || len(line) < minWrapped && !block || len(line) > maxWrapped {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, " "))
	return last == ',' || classOf(last) == classLetter || classOf(last) == classDigit
}

// goesOn reports whether what follows a line, from its break on, is no new paragraph: it begins in small
// letters, or in a block with any letter or figure.
func goesOn(rest string, block bool) bool {
	_, size := utf8.DecodeRuneInString(rest)
	next, _ := utf8.DecodeRuneInString(rest[size:])
	return unicode.IsLower(next) || block && (classOf(next) == classLetter || classOf(next) == classDigit)
}

// paragraph segments the line that ends at byte end and gives the position there.
func (d *Document) paragraph(at position, end int, rules *rules, breaks *breakReader) position {
	firstToken, firstSentence := len(d.Tokens), len(d.Sentences)
	start := at.byte
	at = d.tokenize(at, end, rules)
	if len(d.Tokens) == firstToken {
		return at
	}
	d.sentences(start, end, firstToken, rules, breaks)
	d.Paragraphs = append(d.Paragraphs, Paragraph{
		Span:  claims.Span{Start: d.Tokens[firstToken].Start, End: d.Tokens[len(d.Tokens)-1].End},
		First: firstSentence, Last: len(d.Sentences), Role: RoleBody,
	})
	return at
}

func index(text string) []int {
	starts := make([]int, 0, len(text)/stride+1)
	n := 0
	for i := range text {
		if n%stride == 0 {
			starts = append(starts, i)
		}
		n++
	}
	return starts
}

// ByteOffset gives the byte at which code point i of the text begins; offsets
// outside the text are moved to its nearest end.
func (d *Document) ByteOffset(i int) int {
	if i <= 0 {
		return 0
	}
	if i/stride >= len(d.starts) {
		return len(d.Text)
	}
	at := d.starts[i/stride]
	for n := i % stride; n > 0 && at < len(d.Text); n-- {
		_, size := utf8.DecodeRuneInString(d.Text[at:])
		at += size
	}
	return at
}

// RuneOffset gives how many code points begin before byte b of the text.
func (d *Document) RuneOffset(b int) int {
	if b <= 0 {
		return 0
	}
	b = min(b, len(d.Text))
	block := sort.SearchInts(d.starts, b+1) - 1
	return block*stride + utf8.RuneCountInString(d.Text[d.starts[block]:b])
}

// Slice returns the words that s covers; what lies outside the text is left out.
func (d *Document) Slice(s claims.Span) string {
	from, to := d.ByteOffset(s.Start), d.ByteOffset(s.End)
	if from >= to {
		return ""
	}
	return d.Text[from:to]
}

// TokenAt gives the index of the token that covers code point i, -1 for none.
func (d *Document) TokenAt(i int) int {
	t := sort.Search(len(d.Tokens), func(k int) bool { return d.Tokens[k].End > i })
	if t == len(d.Tokens) || d.Tokens[t].Start > i {
		return -1
	}
	return t
}

// TokensIn gives the run of tokens [first, last) that share a code point with s.
func (d *Document) TokensIn(s claims.Span) (first, last int) {
	first = sort.Search(len(d.Tokens), func(k int) bool { return d.Tokens[k].End > s.Start })
	last = sort.Search(len(d.Tokens), func(k int) bool { return d.Tokens[k].Start >= s.End })
	return first, max(first, last)
}

// SentenceAt gives the index of the sentence that holds token t, -1 for none.
func (d *Document) SentenceAt(t int) int {
	if t >= 0 && t < len(d.sentence) {
		return int(d.sentence[t])
	}
	return -1
}

// ParagraphAt gives the index of the paragraph that holds token t, -1 for none.
func (d *Document) ParagraphAt(t int) int {
	if s := d.SentenceAt(t); s >= 0 {
		return d.Sentences[s].Paragraph
	}
	return -1
}

// Covering gives the span from the start of token first to the end of token last-1.
func (d *Document) Covering(first, last int) claims.Span {
	if first >= last {
		return claims.Span{}
	}
	return claims.Span{Start: d.Tokens[first].Start, End: d.Tokens[last-1].End}
}

// Glued reports whether nothing stands between token t and the one before it.
func (d *Document) Glued(t int) bool {
	return t > 0 && t < len(d.Tokens) && d.Tokens[t].Start == d.Tokens[t-1].End
}
