package i18n

import (
	"testing"
	"testing/fstest"
	"time"

	"cotejo/claims"
)

func TestMatchPicksTheReadersLanguage(t *testing.T) {
	for _, c := range []struct{ wish, accept, want string }{
		{"es", "en", "es"},
		{"", "es-AR,es;q=0.9,en;q=0.5", "es"},
		{"", "en-GB", "en"},
		{"", "pt-BR,pt;q=0.9", "pt"},
		{"pt", "es", "pt"},
		{"", "ja", "en"},
		{"", "", "en"},
		{"xx", ";;;", "en"},
	} {
		if got := Match(c.wish, c.accept); got != c.want {
			t.Errorf("Match(%q, %q) = %q, want %q", c.wish, c.accept, got, c.want)
		}
	}
}

func TestPluralsAndPlaceholders(t *testing.T) {
	es := For("es")
	if got := es.N("form.problems", 1); got != "Hay algo por corregir" {
		t.Error(got)
	}
	if got := es.N("form.problems", 12345); got != "Hay 12.345 cosas por corregir" {
		t.Error(got)
	}
	if got := es.T("nav.account_of", "Ana {1} <b>"); got != "Tu cuenta, Ana {1} <b>" {
		t.Errorf("an argument is never read as a placeholder: %s", got)
	}
	if got := es.T("no.such.key"); got != "no.such.key" {
		t.Error(got)
	}
}

func TestNumbersAndDatesFollowTheLanguage(t *testing.T) {
	at := time.Date(2025, 10, 28, 14, 5, 0, 0, time.UTC)
	for _, c := range []struct{ lang, number, small, date, moment, month string }{
		{"es", "15.000", "1250,5", "28 de octubre de 2025", "28 oct 2025, 14:05 UTC", "septiembre de 2024"},
		{"pt", "15.000", "1.250,5", "28 de outubro de 2025", "28 out 2025, 14:05 UTC", "setembro de 2024"},
		{"en", "15,000", "1,250.5", "28 October 2025", "28 Oct 2025, 14:05 UTC", "September 2024"},
	} {
		w := For(c.lang)
		for _, pair := range [][2]string{
			{w.Number(15000), c.number}, {w.Number(1250.5), c.small}, {w.Date(at), c.date},
			{w.DateTime(at), c.moment}, {w.Calendar("2024-09"), c.month}, {w.Calendar("2024"), "2024"},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s: got %q, want %q", c.lang, pair[0], pair[1])
			}
		}
	}
}

func TestRefusalSaysWhoCould(t *testing.T) {
	err := &claims.Error{Kind: claims.KindNotAllowed, Key: "not_allowed.claim.publish", Who: []claims.Role{claims.RoleEditor, claims.RoleAdmin}}
	if got, want := For("es").Refusal(err), "No puedes publicar afirmaciones. Puede hacerlo: edición o administración."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAKeyWrittenTwiceIsRefused(t *testing.T) {
	for _, in := range []string{"\"a\" = \"x\"\n\"a\" = \"y\"", "\"a\" = 3"} {
		files := fstest.MapFS{"locales/base.en.toml": {Data: []byte(in)}}
		if _, err := load(files); err == nil {
			t.Errorf("%q is taken", in)
		}
	}
}
