package views

import (
	"math"
	"strings"

	"cotejo/views/i18n"
)

// LanguageName names a language; its code where the locales have no name for it.
func LanguageName(w *i18n.Words, code string) string {
	if code == "" {
		return w.T("language_unknown")
	}
	if key := "language." + code; w.Has(key) {
		return w.T(key)
	}
	return code
}

// Percentage words a part of a whole.
func Percentage(w *i18n.Words, part, whole int) string {
	return w.Number(math.Round(100 * float64(part) / float64(whole)))
}

// SafeAddress gives an address of the web as it is and anything else as "".
func SafeAddress(s string) string {
	lower := strings.ToLower(s)
	if strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "http://") {
		return s
	}
	return ""
}
