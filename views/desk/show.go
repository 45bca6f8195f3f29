package desk

import (
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

func join(list []string) string { return strings.Join(list, ", ") }
