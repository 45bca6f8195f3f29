package text

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a word may look like at the place where it begins: a number whose
// thousands are set apart by spaces, any other number, or letters and digits.
var (
	spacedNumber = regexp.MustCompile(`^\d{1,3}(?:[ \x{A0}\x{2009}\x{202F}]\d{3})+(?:[.,]\d+)?`)
	plainNumber  = regexp.MustCompile(`^\d+(?:[.,]\d+)*`)
	anyWord      = regexp.MustCompile(`^[\pL\pM\pN]+(?:['’]\pL[\pL\pM\pN]*)*`)
)

// Words cuts a text into its words, in order: runs of letters, digits and marks,
// with an apostrophe before letters ("Putin's") and the marks of a number
// ("15.000", "1,5", "15 000") inside. Everything else is left out.
func Words(s string) []string {
	var words []string
	for s != "" {
		start := strings.IndexFunc(s, isWordRune)
		if start < 0 {
			break
		}
		s = s[start:]
		end := wordEnd(s)
		words = append(words, s[:end])
		s = s[end:]
	}
	return words
}

// wordEnd is where the word that s begins with ends, in bytes.
func wordEnd(s string) int {
	for _, number := range []*regexp.Regexp{spacedNumber, plainNumber} {
		end := len(number.FindString(s))
		if next, _ := utf8.DecodeRuneInString(s[end:]); end > 0 && !isWordRune(next) {
			return end
		}
	}
	return len(anyWord.FindString(s))
}

// maxTerm is the longest term, in code points; what is longer is no word.
const maxTerm = 64

// wordTerms gives the terms of one word in a language (ISO 639-1): the plain forms of a
// number ("1d5" for 1.5), else fold(stem(word)) and stem(fold(word)) where they differ,
// so that "camión", "camion" and "camiones" meet.
func wordTerms(word, lang string) []string {
	if utf8.RuneCountInString(word) > maxTerm {
		return nil
	}
	word = strings.ReplaceAll(word, "’", "'")
	if forms := NumberForms(word, lang); forms != nil {
		for i, form := range forms {
			forms[i] = numberTerm(form)
		}
		return forms
	}
	var terms []string
	for _, term := range []string{plainTerm(Fold(Stem(word, lang))), plainTerm(Stem(Fold(word), lang))} {
		if term != "" && !slices.Contains(terms, term) {
			terms = append(terms, term)
		}
	}
	return terms
}

// plainTerm keeps letters and digits only: a term is one token on every engine.
func plainTerm(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}
