package claims

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mention is a place in a note where somebody is named as @name; Start and End
// are bytes of the text, the sign included.
type Mention struct {
	Start, End int
	Name       string // the sign-in name
}

// Mentions finds whom a text names, in order. known says which sign-in names
// there are; what names nobody stays text. A point or dash that ends a sentence
// is no part of a name.
func Mentions(text string, known func(name string) bool) []Mention {
	var out []Mention
	inName := false
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if r != '@' || inName {
			inName = isNameRune(r)
			at += size
			continue
		}
		end := at + size
		for end < len(text) {
			next, n := utf8.DecodeRuneInString(text[end:])
			if !isNameRune(next) {
				break
			}
			end += n
		}
		end = at + len(strings.TrimRight(text[at:end], "._-@"))
		if name := strings.ToLower(text[min(at+1, end):end]); name != "" && known(name) {
			out = append(out, Mention{Start: at, End: end, Name: name})
		}
		at, inName = max(end, at+size), true
	}
	return out
}

func isNameRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._@-", r)
}
