package text_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"cotejo/claims/text"
)

func TestFold(t *testing.T) {
	tests := map[string]string{
		"Áéíóú Ñandú Çedilla": "aeiou nandu cedilla",
		"Straße GROẞ":         "strasse gross",
		"Łódź, Ærø, Đorđe":    "lodz, aero, dorde",
		"ﬁn １５ª":              "fin 15a",
		"e\u0301l":            "el",
		"İstanbul ılık":       "istanbul ilik",
		"ΟΔΟΣ οδος":           "οδοσ οδοσ",
		"Putin’s":             "putin's",
		"Москва Ёж":           "москва еж",
		"서울 한국":               "서울 한국",
		"plain ASCII":         "plain ascii",
		"":                    "",
	}
	for in, want := range tests {
		if got := text.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestStem(t *testing.T) {
	tests := []struct{ lang, a, b string }{
		{"es", "camiones", "camión"}, {"es", "enviaron", "enviado"}, {"es", "Tropas", "tropa"},
		{"en", "deployed", "deploying"}, {"en", "Missiles", "missile"},
	}
	for _, test := range tests {
		if a, b := text.Stem(test.a, test.lang), text.Stem(test.b, test.lang); text.Fold(a) != text.Fold(b) {
			t.Errorf("%s: %q and %q stem to %q and %q", test.lang, test.a, test.b, a, b)
		}
	}
	if got := text.Stem("Schiffe", "de"); got != "schiffe" {
		t.Errorf("a language without a stemmer: %q, want the word", got)
	}
	long := strings.Repeat("a", 1000)
	if got := text.Stem(long, "es"); got != long {
		t.Errorf("an endless word is changed to %d bytes", len(got))
	}
}

func TestNumberForms(t *testing.T) {
	tests := []struct {
		in, lang string
		want     []string
	}{
		{"15.000", "es", []string{"15000"}},
		{"15,000", "en", []string{"15000"}},
		{"15,000", "es", []string{"15", "15000"}},
		{"1,5", "es", []string{"1.5"}},
		{"1.5", "es", []string{"1.5"}},
		{"1.234.567,80", "es", []string{"1234567.8"}},
		{"1,234,567.80", "en", []string{"1234567.8"}},
		{"15 000", "es", []string{"15000"}},
		{"15\u202F000,5", "es", []string{"15000.5"}},
		{"2025", "es", []string{"2025"}},
		{"007", "en", []string{"7"}},
		{"0,0", "es", []string{"0"}},
		{"12.34.56", "es", nil},
		{"1..5", "es", nil},
		{"15.", "es", nil},
		{".5", "en", nil},
		{"", "es", nil},
		{"quince", "es", nil},
		{"１５", "es", nil},
	}
	for _, test := range tests {
		if got := text.NumberForms(test.in, test.lang); !slices.Equal(got, test.want) {
			t.Errorf("NumberForms(%q, %s) = %q, want %q", test.in, test.lang, got, test.want)
		}
	}
}

func TestWords(t *testing.T) {
	in := "Putin’s «15.000 tropas», 1,5 M (12 300 km) en 2019 300 más; 12 3005, B2B, l'eau. ¿Qué?"
	want := []string{"Putin’s", "15.000", "tropas", "1,5", "M", "12 300", "km", "en", "2019", "300", "más",
		"12", "3005", "B2B", "l'eau", "Qué"}
	if got := text.Words(in); !slices.Equal(got, want) {
		t.Errorf("Words:\n got %q\nwant %q", got, want)
	}
}

// TestTermsMeet: what a person types finds what an article says.
func TestTermsMeet(t *testing.T) {
	tests := []struct{ lang, indexed, asked string }{
		{"es", "camión", "camion"}, {"es", "camiones", "camión"}, {"es", "CAMIONES", "camion"},
		{"es", "evaluación", "evaluaciones"}, {"es", "evaluaciones", "evaluacion"},
		{"es", "15.000", "15000"}, {"es", "15 000", "15.000"}, {"es", "15.000", "15,000"},
		{"en", "15,000", "15000"}, {"en", "Putin’s", "putin"}, {"en", "deployments", "deployment"},
		{"de", "Straße", "strasse"}, {"es", "1,5", "1.5"},
	}
	for _, test := range tests {
		indexed, asked := text.IndexTerms(test.indexed, test.lang), text.ParseQuery(test.asked)
		if len(asked) != 1 || asked.Score(indexed) != 1 {
			t.Errorf("%s: %q %q is not found by %q %v", test.lang, test.indexed, indexed, test.asked, asked)
		}
	}
}

func TestTermsLeaveOutWhatIsNoWord(t *testing.T) {
	for _, s := range []string{"", " .,;—", "\u0301", strings.Repeat("a", 65)} {
		if got := text.IndexTerms(s, "es"); got != nil {
			t.Errorf("IndexTerms(%.20q) = %q, want none", s, got)
		}
		if got := text.ParseQuery(s); len(got) != 0 {
			t.Errorf("ParseQuery(%.20q) = %v, want nothing", s, got)
		}
	}
	if got := text.IndexTerms("el 1,5 % y el 15.000", "es"); !slices.Equal(got, []string{"el", "1d5", "y", "15000"}) {
		t.Errorf("IndexTerms with numbers: %q", got)
	}
}

func FuzzTerms(f *testing.F) {
	for _, seed := range []string{"El camión llevó 15.000,5 kg", "Putin’s ﬁnal ẞ İ ǅ", "\xff\xfe a\u0301\u0301 १२", "12 300 4567 1 000 000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if once := text.Fold(s); utf8.ValidString(s) && text.Fold(once) != once {
			t.Errorf("Fold(%q) = %q, folded again %q", s, once, text.Fold(once))
		}
		rest := s
		for _, word := range text.Words(s) {
			at := strings.Index(rest, word)
			if word == "" || at < 0 {
				t.Fatalf("Words(%q) gives %q, which does not follow in the text", s, word)
			}
			rest = rest[at+len(word):]
		}
		for _, lang := range []string{"es", "en", "fr"} {
			for _, term := range text.IndexTerms(s, lang) {
				if strings.Trim(term, "abcdefghijklmnopqrstuvwxyz0123456789") != "" || term == "" {
					t.Errorf("%s: IndexTerms(%q) holds %q, which is not one token", lang, s, term)
				}
			}
		}
	})
}
