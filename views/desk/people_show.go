package desk

import (
	"strings"

	"cotejo/claims"
	"cotejo/views/i18n"
)

func displayName(p claims.Person) string {
	if p.Display != "" {
		return p.Display
	}
	return p.Name
}

// browsers are names to look for in a browser's own, the more telling first:
// most of them also claim to be the later ones.
var browsers = []struct{ sign, name string }{
	{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
}

var systems = []struct{ sign, name string }{
	{"Android", "Android"}, {"iPhone", "iOS"}, {"iPad", "iPadOS"}, {"Mac OS X", "macOS"}, {"Windows", "Windows"}, {"Linux", "Linux"},
}

// agent names the browser of a session in short.
func agent(w *i18n.Words, said string) string {
	var parts []string
	for _, b := range browsers {
		if strings.Contains(said, b.sign) {
			parts = append(parts, b.name)
			break
		}
	}
	for _, s := range systems {
		if strings.Contains(said, s.sign) {
			parts = append(parts, s.name)
			break
		}
	}
	switch {
	case len(parts) > 0:
		return strings.Join(parts, ", ")
	case said != "":
		return said
	}
	return w.T("account.session_unknown")
}

// tokenLife says until when a token works, or since when not.
func tokenLife(w *i18n.Words, t claims.Token) string {
	switch {
	case !t.RevokedAt.IsZero():
		return w.T("account.token_revoked", w.DateTime(t.RevokedAt))
	case t.ExpiresAt.IsZero():
		return w.T("account.token_forever")
	}
	return w.T("account.token_until", w.DateTime(t.ExpiresAt))
}
