package ingest_test

import (
	"net/url"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/ingest"
)

func TestLinksToAClaim(t *testing.T) {
	const claim = "K7Q2M9"
	for _, tt := range []struct {
		base, page string
		want       bool
	}{
		{"https://desk.test", `<p>Sí: <a class=x href="https://desk.test/c/K7Q2M9">cotejo</a>`, true},
		{"https://desk.test", `<a href="http://DESK.test:80/c/k7q-2m9@3?utm=1#x">`, true},
		{"https://desk.test", `<a href='https://desk.test/c/K7Q2M9%404.json'>`, true},
		{"https://desk.test", `<iframe src="//desk.test/c/K7Q2M9/embed"></iframe>`, true},
		{"https://desk.test", `<base href="https://desk.test/"><base href="https://otro.test/"><a href="c/K7Q2M9">`, true},
		{"https://desk.test/cotejo/", `<a href="https://desk.test/cotejo/c/K7Q2M9">`, true},
		{"https://desk.test", `<blockquote class="cotejo-claim" cite="https://desk.test/c/K7Q2M9"></blockquote>`, true},
		{"https://desk.test/cotejo", `<a href="https://desk.test/c/K7Q2M9">`, false},
		{"https://desk.test", `<a href="https://desk.test/c/K7Q2M8">`, false},
		{"https://desk.test", `<a href="https://otro.test/c/K7Q2M9">`, false},
		{"https://desk.test", `<a href="/c/K7Q2M9">`, false},
		{"https://desk.test", `<!-- <a href="https://desk.test/c/K7Q2M9"> --><script>"<a href='https://desk.test/c/K7Q2M9'>"</script>`, false},
		{"https://desk.test", `<a href="javascript://desk.test/c/K7Q2M9"><a href="%zz"><a>`, false},
		{"https://desk.test", `<a title="` + strings.Repeat("x", 2<<20), false},
	} {
		base, err := url.Parse(tt.base)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ingest.LinksTo([]byte(tt.page), "text/html; charset=utf-8", "https://faro.test/nota", func(u *url.URL) bool { return claims.LeadsToClaim(base, u, claim) })
		if err != nil || got != tt.want {
			t.Errorf("%.80s on %s: %v, %v", tt.page, tt.base, got, err)
		}
	}
	if _, err := ingest.LinksTo([]byte("%PDF"), "application/pdf", "https://faro.test/nota", nil); claims.KindOf(err) != claims.KindInvalid {
		t.Errorf("a PDF: %v", err)
	}
}
