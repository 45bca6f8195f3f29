package text_test

import (
	"testing"

	"cotejo/claims/text"
)

func TestRedact(t *testing.T) {
	r := text.NewRedactor([]string{"Ana Ruiz", "Ruiz", "A", "", "Núñez-Őry", "Straße", "王小明"})
	for s, want := range map[string]string{
		"":                                "",
		"nobody here":                     "nobody here",
		"Ana Ruiz spoke.":                 "▮ spoke.",
		"said ANA  RUÍZ":                  "said ▮",
		"ana-ruiz, ruiz’s friend":         "▮, ▮’s friend",
		"https://x.test/ana_ruiz?q=1":     "https://x.test/▮?q=1",
		"@anaruiz":                        "@▮",
		"Ruizmendi y Aruiz":               "Ruizmendi y Aruiz",
		"A banana":                        "A banana",
		"Nu\u0301n\u0303ez O\u030bry":     "▮",
		"NUNEZ ORY; die STRASSE":          "▮; die ▮",
		"«Ruiz» [Ana Ruiz] (Ruiz)":        "«▮» [▮] (▮)",
		"昨天王小明说":                          "昨天▮说",
		"Rui\u0301z":                      "▮",
		"Ana\nRuiz":                       "▮",
		"Ana y Ruiz":                      "Ana y ▮",
		"Ana Ruiz Ana Ruiz, Ana Ruizeña.": "▮ ▮, Ana Ruizeña.",
	} {
		if got := r.Redact(s, "▮"); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
		if r.Finds(s) != (s != want) {
			t.Errorf("%q: found %v", s, r.Finds(s))
		}
	}
}
