package ingest_test

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"cotejo/claims/claimstest"
	"cotejo/claims/ingest"
)

func TestClean(t *testing.T) {
	tests := map[string]struct{ in, text, date string }{
		"date line of the wire":          {" date 2025-10-28 \n\n\nEl puerto cerró.", "El puerto cerró.", "2025-10-28"},
		"date line with a colon":         {"Date: 2025-10-28\nA port shut.", "A port shut.", "2025-10-28"},
		"date line in Spanish":           {"Fecha: 2025-10-28\r\nCerró.", "Cerró.", "2025-10-28"},
		"bare date":                      {"2025-10-28\n\nCerró.", "Cerró.", "2025-10-28"},
		"date and text on one line":      {"2025-10-28 cerró el puerto.", "2025-10-28 cerró el puerto.", ""},
		"no such day stays":              {"date 2025-02-30\n\nCerró.", "date 2025-02-30\n\nCerró.", ""},
		"a date in words stays":          {"28 de octubre de 2025\n\nCerró.", "28 de octubre de 2025\n\nCerró.", ""},
		"a date line further down":       {"Cerró.\ndate 2025-10-28\n", "Cerró.\ndate 2025-10-28", ""},
		"two date lines, first wins":     {"date 2025-10-28\ndate 2024-01-01\nCerró.", "Cerró.", "2025-10-28"},
		"only a date line":               {"date 2025-10-28", "", "2025-10-28"},
		"mark before the date line":      {"\uFEFF date 2025-10-28\nCerró.", "Cerró.", "2025-10-28"},
		"mark after blank space":         {" \n\uFEFF\uFEFF Cerró.", "Cerró.", ""},
		"mark inside stays":              {"Ce\uFEFFrró", "Ce\uFEFFrró", ""},
		"line ends":                      {"a\r\nb\rc\n\r\nd", "a\nb\nc\n\nd", ""},
		"NUL":                            {"a\x00b", "a\uFFFDb", ""},
		"broken sequence is one mark":    {"a\xE2\x82b", "a\uFFFDb", ""},
		"lone surrogate, three bytes":    {"a\xED\xA0\x80b", "a\uFFFD\uFFFD\uFFFDb", ""},
		"outer blank space":              {" \t\u00A0\u2028 a  b \u2029\n", "a  b", ""},
		"no composition":                 {"e\u0301 é", "e\u0301 é", ""},
		"inner blank space is untouched": {"a \t b\n\n\n\nc", "a \t b\n\n\n\nc", ""},
		"empty":                          {" \n\t", "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			text, date := ingest.Clean(test.in)
			got := ""
			if date != nil {
				got = string(*date)
			}
			if text != test.text || got != test.date {
				t.Errorf("Clean(%q) = %q, %q; want %q, %q", test.in, text, got, test.text, test.date)
			}
		})
	}
}

func TestCleanExample(t *testing.T) {
	raw, err := os.ReadFile(claimstest.Shared(t, "examples", "es-choe-putin.txt"))
	if err != nil {
		t.Fatal(err)
	}
	text, date := ingest.Clean(string(raw))
	if date == nil || *date != "2025-10-28" {
		t.Errorf("date = %v, want 2025-10-28", date)
	}
	if !strings.HasPrefix(text, "El máximo diplomático") || strings.TrimSpace(text) != text {
		t.Errorf("text begins %q and ends %q", text[:30], text[len(text)-30:])
	}
	// The offsets that the contract's example gives hold in this text.
	if got := string([]rune(text)[2728:2811]); got != "Corea del Norte ha enviado alrededor de 15.000 tropas a Rusia desde el otoño pasado" {
		t.Errorf("slice 2728-2811 = %q", got)
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{" date 2025-10-28\n\nHola", "\uFEFF\r\n\x00", "\r\n\r", "fecha:2025-10-28\n2025-10-28\n", "\xff\xfe\xed\xa0\x80", "date 2025-10-28\r\uFEFF date 2025-10-29"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, _ := ingest.Clean(s)
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00") || strings.TrimSpace(text) != text {
			t.Errorf("Clean(%q) = %q is not clean", s, text)
		}
		if again, date := ingest.Clean(text); again != text || date != nil {
			t.Errorf("Clean is not idempotent: %q, then %q with %v", text, again, date)
		}
	})
}
