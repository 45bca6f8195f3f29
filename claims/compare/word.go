package compare

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// words cuts a text into words, blank space and single marks; together they are the
// text. A figure with its points and commas is one word: "15.000" never becomes
// "12.000" in the middle.
func words(s string) []string {
	var out []string
	for len(s) > 0 {
		n := wordLen(s)
		out = append(out, s[:n])
		s = s[n:]
	}
	return out
}

// wordLen is how many bytes the first word of s has.
func wordLen(s string) int {
	first, n := utf8.DecodeRuneInString(s)
	switch {
	case first == '\n':
		return n
	case unicode.IsSpace(first):
		return len(s) - len(strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) && r != '\n' }))
	case !letter(first):
		return n
	}
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if letter(r) {
			n += size
			continue
		}
		next, more := utf8.DecodeRuneInString(s[n+size:])
		last, _ := utf8.DecodeLastRuneInString(s[:n])
		if more == 0 || !letter(next) || !joins(r, last, next) {
			return n
		}
		n += size
	}
	return n
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// joins reports whether a mark between two letters or digits belongs to one word.
func joins(mark, before, after rune) bool {
	switch mark {
	case '-', '\'', '’', '‑':
		return true
	case '.', ',', ':', '/', '\u00a0', '\u202f':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	}
	return false
}
