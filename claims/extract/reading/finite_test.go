package reading_test

import "testing"

// The tagger takes these finite verbs for nouns or participles, or their subjects for verbs.
func TestFiniteVerbsAgainstTheirTags(t *testing.T) {
	for _, tc := range []struct{ lang, text, verb string }{
		{"es", "El sindicato cifra las pérdidas en 115 millones de euros.", "cifra"},
		{"en", "The quay sank by 12 centimetres.", "sank"},
		{"en", "Prices rose 4% in March, regulator figures show.", "show"},
		{"en", "Figures from the regulator show prices rose 4%.", "show"},
		{"en", "Figures published by the force show that thefts have risen.", "show"},
		{"en", "Core prices edged down to 5.9% from 6.1% in June, the bureau said.", "edged"},
		{"en", "The bank, which has raised costs six times in 14 months, declined to comment.", "declined"},
		{"en", "Seagrass, which covers less than 2% of the floor, stores roughly 10% of the carbon.", "stores"},
		{"en", "The ferry resumed on Monday after a six-week halt, and about 400 passengers crossed on the first day.", "crossed"},
		{"en", "The Larne Church estimates that number is closer to 40,000.", "estimates"},
		{"en", "The company said 40 people stayed behind.", "stayed"},
		{"es", "La Fiscalía estudia recurrir ante el Supremo.", "estudia"},
		{"es", "El gremio médico lo desmiente.", "desmiente"},
		{"es", "El gremio médico desmiente esa cifra.", "desmiente"},
		{"en", "Rainfall this month was four times the average, data from the weather service show.", "show"},
		{"en", "The violin, made in Naples in 1794, belongs to a youth orchestra.", "belongs"},
		{"en", "The slide, which struck before dawn, swept away some 120 homes and cut the only road to the coast.", "cut"},
		{"en", "The town has suffered three slides in a decade; the worst killed 56 in 2016.", "killed"},
	} {
		r := read(t, tc.lang, tc.text)
		if !r.Finite(word(t, r, tc.verb)) {
			t.Errorf("%q in %q is not finite", tc.verb, tc.text)
		}
	}
	for _, tc := range []struct{ lang, text, word string }{
		{"en", "Prices rose 4% in March, regulator figures show.", "figures"},
		{"en", "A man accused of theft was arrested in March.", "accused"},
		{"en", "He met traders, farmers, and fishermen accused of theft.", "accused"},
		{"en", "The violin, made in Naples in 1794, belongs to a youth orchestra.", "made"},
		{"en", "Unemployment stood at 3.9% in the second quarter, unchanged from the previous months.", "unchanged"},
		{"es", "La cifra de muertos subió ayer.", "cifra"},
		{"en", "The council will help farmers rebuild and cut the only tree.", "cut"},
		{"en", "It has bought five companies and cut its workforce.", "cut"},
	} {
		r := read(t, tc.lang, tc.text)
		if r.Finite(word(t, r, tc.word)) {
			t.Errorf("%q in %q is finite", tc.word, tc.text)
		}
	}
}

// What is joined to a verb behind an auxiliary has its form.
func TestJoinedVerbsShareTheirForm(t *testing.T) {
	r := read(t, "en", "Under her, Veltrane has bought five companies and cut its workforce.")
	if got := r.Words[word(t, r, "cut")].Feats.VerbForm; got != "Part" {
		t.Errorf("the form is %q", got)
	}
}
