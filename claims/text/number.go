package text

import (
	"strings"
	"unicode"
)

// decimalMark is the mark before the fraction, by ISO 639-1 code; the other of
// comma and point groups the thousands. Languages not listed use the comma.
var decimalMark = map[string]rune{"en": '.', "zh": '.', "ja": '.', "ko": '.', "he": '.', "th": '.', "hi": '.'}

// NumberForms reads a number written in digits and gives its plain forms, digits
// with a point before the fraction and no grouping: "15.000" is "15000" in
// Spanish and "15" in English. The language's own reading comes first; where the
// other convention could be meant too ("15,000" in Mexico), its reading follows.
// It is nil for anything that is no number.
func NumberForms(s, lang string) []string {
	own := ','
	if mark, ok := decimalMark[lang]; ok {
		own = mark
	}
	other := '.'
	if own == '.' {
		other = ','
	}
	var forms []string
	if form, ok := readNumber(s, own); ok {
		forms = append(forms, form)
	}
	// The other reading counts where it is the only one, or where what the
	// language takes for three decimals may be thousands.
	if form, ok := readNumber(s, other); ok && (forms == nil || !strings.ContainsRune(s, other) && forms[0] != form) {
		forms = append(forms, form)
	}
	return forms
}

// readNumber reads digits whose fraction stands behind decimal; every other mark
// groups thousands and must stand before three digits.
func readNumber(s string, decimal rune) (string, bool) {
	whole, fraction, hasFraction := strings.Cut(s, string(decimal))
	if hasFraction && (fraction == "" || !allDigits(fraction)) {
		return "", false
	}
	groups := strings.FieldsFunc(whole, isGrouping)
	if len(groups) == 0 || !strings.HasPrefix(whole, groups[0]) || len(groups)-1 != countGrouping(whole) {
		return "", false
	}
	for i, group := range groups {
		if !allDigits(group) || i > 0 && len(group) != 3 || i == 0 && len(groups) > 1 && len(group) > 3 {
			return "", false
		}
	}
	digits := strings.TrimLeft(strings.Join(groups, ""), "0")
	if digits == "" {
		digits = "0"
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		digits += "." + fraction
	}
	return digits, true
}

func isGrouping(r rune) bool {
	return r == '.' || r == ',' || r == '\'' || r == '’' || isGroupSpace(r)
}

func countGrouping(s string) int {
	n := 0
	for _, r := range s {
		if isGrouping(r) {
			n++
		}
	}
	return n
}

// isGroupSpace reports whether r is a space that may group digits.
func isGroupSpace(r rune) bool {
	return r == ' ' || r == '\u00A0' || r == '\u2009' || r == '\u202F'
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}
