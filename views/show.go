package views

import (
	"math"
	"net/url"
	"strings"

	"cotejo/claims"
	"cotejo/views/i18n"
)

// articleTitle is how a page calls an article, also one without a title.
func articleTitle(w *i18n.Words, a claims.Article) string {
	if a.Title != "" {
		return a.Title
	}
	return w.T("article.untitled", a.ID)
}

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

// notice words what the engine had to say about a snapshot.
func notice(w *i18n.Words, said string) string {
	if key := "notice." + said; w.Has(key) {
		return w.T(key)
	}
	return said
}

// host is the short form of an address.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return strings.TrimPrefix(u.Host, "www.")
}

// Percentage words a part of a whole.
func Percentage(w *i18n.Words, part, whole int) string {
	return w.Number(math.Round(100 * float64(part) / float64(whole)))
}

func join(list []string) string { return strings.Join(list, ", ") }

// SafeAddress gives an address of the web as it is and anything else as "".
func SafeAddress(s string) string {
	lower := strings.ToLower(s)
	if strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "http://") {
		return s
	}
	return ""
}
