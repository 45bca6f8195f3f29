package card

import (
	"strings"
	"unicode"

	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
)

// Shows reports whether the typeface has every letter of a text: those of the
// Latin, Greek and Cyrillic scripts.
func Shows(s string) bool {
	all, err := fonts()
	if err != nil {
		return false
	}
	var buf sfnt.Buffer
	for _, r := range s {
		if unicode.IsLetter(r) && !has(all[1], &buf, r) {
			return false
		}
	}
	return true
}

// shown is what can be drawn of a text: nothing where letters are missing, as half
// a sentence says something else, and else all but signs that are no letters.
func shown(s string) string {
	if !Shows(s) {
		return ""
	}
	all, err := fonts()
	if err != nil {
		return ""
	}
	var buf sfnt.Buffer
	out := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case has(all[1], &buf, r):
			return r
		}
		return -1
	}, s)
	return strings.Join(strings.Fields(out), " ")
}

func has(f *opentype.Font, buf *sfnt.Buffer, r rune) bool {
	i, err := f.GlyphIndex(buf, r)
	return err == nil && i != 0
}
