package claims

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Appearance is a place in another article at which a claim's exact words stand: the
// claim is one, with one verdict, wherever it appears.
type Appearance struct {
	Article   Article
	Snapshot  int
	Fragments []Fragment // in that snapshot
}

// Appears finds a claim in the text of another article: all the sentences that its words
// stand in, from the first to the last, have to stand there once as whole sentences.
// A figure, name or negation more or less in them, and it does not appear.
func Appears(fragments []Fragment, own, other []rune) ([]Fragment, bool) {
	if len(fragments) == 0 {
		return nil, false
	}
	whole := Span{fragments[0].Start, fragments[len(fragments)-1].End}
	if whole.Start < 0 || whole.End > len(own) || !whole.Placed() {
		return nil, false
	}
	sentences := trimmed(own, Span{sentenceStart(own, whole.Start), sentenceEnd(own, whole.End)})
	if !sentences.Contains(whole) {
		return nil, false
	}
	words, text := string(own[sentences.Start:sentences.End]), string(other)
	at := strings.Index(text, words)
	if at < 0 || strings.Contains(text[at+1:], words) || !bordered(text[:at], text[at+len(words):], own[sentences.End-1]) {
		return nil, false
	}
	by := utf8.RuneCountInString(text[:at]) - sentences.Start
	out := make([]Fragment, len(fragments))
	for i, f := range fragments {
		f.Start, f.End = f.Start+by, f.End+by
		if here, ok := Slice(other, f.Span); !ok || here != f.Text {
			return nil, false
		}
		out[i] = f
	}
	return out, true
}

// sentenceStart goes back to where the sentence seems to begin.
func sentenceStart(text []rune, at int) int {
	for ; at > 0; at-- {
		if sentenceEnds(text, at-1) {
			break
		}
	}
	return at
}

// sentenceEnd goes on to where the sentence seems to end; words may end with it.
func sentenceEnd(text []rune, at int) int {
	for i := max(at-1, 0); i < len(text); i++ {
		if sentenceEnds(text, i) && (i >= at || text[i] != '\n') {
			return i + 1
		}
	}
	return len(text)
}

// trimmed leaves out blank space on both sides.
func trimmed(text []rune, s Span) Span {
	for s.Start < s.End && unicode.IsSpace(text[s.Start]) {
		s.Start++
	}
	for s.End > s.Start && unicode.IsSpace(text[s.End-1]) {
		s.End--
	}
	return s
}

// bordered reports whether sentences begin after a text and end before another; last is
// what they end with.
func bordered(before, after string, last rune) bool {
	line := strings.TrimRight(before, " \t")
	end, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, `"'”’»)]`))
	if line != "" && end != '\n' && !strings.ContainsRune(".!?…。", end) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(after)
	if strings.ContainsRune(".!?…。", last) {
		return after == "" || unicode.IsSpace(next)
	}
	return after == "" || next == '\n'
}
