package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

func countLetters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// cutBytes gives at most n bytes of s, ending on a code-point border.
func cutBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// clip gives at most n code points of s.
func clip(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// oneLine makes a field of a page fit for a heading or a list: valid UTF-8,
// control characters gone, every run of blank space one space.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, repairUTF8(s))
	return strings.Join(strings.Fields(s), " ")
}
