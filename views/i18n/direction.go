package i18n

import (
	"slices"

	"golang.org/x/text/language"
)

// rightToLeft are the scripts that are written from right to left, as ISO 15924 codes.
var rightToLeft = []string{"Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"}

// Direction is which way a language is written, "ltr" or "rtl", by the script that it is
// mostly written in, or that its tag names: "ar" and "az-Arab" from right to left.
func Direction(lang string) string {
	tag, err := language.Parse(lang)
	if err != nil {
		return "ltr"
	}
	if script, _ := tag.Script(); slices.Contains(rightToLeft, script.String()) {
		return "rtl"
	}
	return "ltr"
}

// Dir is which way the pages in these words are written, "ltr" or "rtl".
func (w *Words) Dir() string { return Direction(w.lang) }
