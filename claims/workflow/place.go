package workflow

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"cotejo/claims"
)

// occurrences finds where words stand in the text, one blank in words matching
// any run of blank space; in code points of the text.
func occurrences(text, words []rune) []claims.Span {
	flat, origin := flatten(text)
	needle := string(words)
	var out []claims.Span
	seen, from := 0, 0 // code points and bytes passed
	for {
		i := strings.Index(flat[from:], needle)
		if i < 0 {
			return out
		}
		start := seen + utf8.RuneCountInString(flat[from:from+i])
		end := start + len(words)
		out = append(out, claims.Span{Start: origin[start], End: origin[end-1] + 1})
		from, seen = from+i+len(needle), end
	}
}

// flatten makes every run of blank space one blank and remembers where each
// code point came from.
func flatten(text []rune) (flat string, origin []int) {
	var b strings.Builder
	blank := false
	for i, r := range text {
		if unicode.IsSpace(r) {
			if blank {
				continue
			}
			r = ' '
		}
		blank = r == ' '
		b.WriteRune(r)
		origin = append(origin, i)
	}
	return b.String(), origin
}
