// Package text holds what several packages need to compare words: folding (case
// and accents away), stems, number forms and the search terms made of them.
// Everything is worked out here, in Go, so that every database gives the same
// hits. All functions are pure and safe for concurrent use.
package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letterTwins are letters that no decomposition takes apart.
var letterTwins = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h", 'ı': "i", 'ŋ': "n",
	'ŧ': "t", 'ς': "σ", '’': "'", '‘': "'", 'ʼ': "'", '‐': "-", '‑': "-",
}

// Fold gives the form in which words are compared: lower case, accents and other
// marks removed, compatibility forms (ﬁ, １, ª) and letters without a
// decomposition (ß, ø) spelled plainly. Folding twice changes nothing.
func Fold(s string) string {
	if plainASCII(s) {
		return strings.ToLower(s)
	}
	// Case is taken first and last: some capitals come out of a decomposition,
	// and some small letters decompose only once they are small.
	s = strings.ToLower(norm.NFKD.String(strings.ToLower(s)))
	var folded strings.Builder
	folded.Grow(len(s))
	for _, r := range norm.NFKD.String(s) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		if twin, ok := letterTwins[r]; ok {
			folded.WriteString(twin)
			continue
		}
		folded.WriteRune(r)
	}
	return norm.NFC.String(folded.String()) // Hangul back in one piece
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
