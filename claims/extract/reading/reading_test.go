package reading_test

import (
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/extract/reading"
	"cotejo/claims/extract/segment"
)

func read(t *testing.T, code, text string) *reading.Reading {
	t.Helper()
	r, err := reading.Of(segment.Split(text, code), nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// word gives the index of the first word with the form.
func word(t *testing.T, r *reading.Reading, form string) int {
	t.Helper()
	for i, w := range r.Words {
		if w.Form == form {
			return i
		}
	}
	t.Fatalf("no word %q", form)
	return reading.None
}

func TestOutlineBorders(t *testing.T) {
	for _, tc := range []struct{ lang, text, want string }{
		{"es", "El río subió y la policía cerró el puente.", "conjunction"},
		{"es", "El río subió, aunque la policía abrió el puente.", "contrast"},
		{"es", "El río, que subió ayer, bajó hoy.", "relative"},
		{"es", "El río subió y bajó, lo que dejó dos heridos.", "conjunction relative"},
		{"es", "El río subió, por lo que la policía cerró el puente.", "result"},
		{"es", "El hombre que llegó y cantó es famoso.", ""},
		{"es", "Cuando el río subió, la policía cerró el puente.", ""},
		{"es", "Llegaron Ana y Luis de Vigo y Madrid.", ""},
		{"es", "El puente, una obra que costó dos millones, cerró ayer.", "apposition"},
		{"en", "The deal, the largest in its history, is expected to close in May.", "apposition"},
		{"en", "The crown slipped against the dollar, its weakest since March.", "apposition"},
		{"en", "Upper Tarsa, a town of about 9,000 people, has suffered three slides.", "apposition"},
		{"en", "The mayor, a former judge, has resigned.", ""},
		{"en", "The shop will close in May and reopen in June.", "conjunction"},
		{"en", "She was kept there until she was eighteen and then transferred to the ship.", "conjunction"},
		{"en", "The hotel collapsed, the cause of which is unknown.", "relative"},
		{"es", "El consejo es tomar agua y descansar.", ""},
		{"en", "Sales fell in the north, while they rose in the south.", "contrast"},
		{"en", "The river rose, while prices fell.", "contrast"},
		{"en", "The man left after North and South Korea exchanged fire.", ""},
	} {
		r := read(t, tc.lang, tc.text)
		var kinds []string
		for _, b := range r.OutlineOf(reading.Sequence(reading.Range{First: 0, Last: len(r.Words)})).Borders {
			kinds = append(kinds, string(b.Kind))
		}
		if got := strings.Join(kinds, " "); got != tc.want {
			t.Errorf("%q has borders %q, want %q", tc.text, got, tc.want)
		}
	}
}

func TestMainVerb(t *testing.T) {
	for _, tc := range []struct{ lang, text, want string }{
		{"es", "Si el río sube, la ciudad tiene un plan.", "tiene"},
		{"es", "El hombre que llegó ayer tiene miedo.", "tiene"},
		{"en", "The man who came yesterday was ill.", "was"},
		{"es", "Un día muy bonito.", ""},
	} {
		r := read(t, tc.lang, tc.text)
		got := ""
		if v := r.MainVerb(reading.Range{First: 0, Last: len(r.Words)}); v != reading.None {
			got = r.Words[v].Form
		}
		if got != tc.want {
			t.Errorf("main verb of %q is %q, want %q", tc.text, got, tc.want)
		}
	}
}

func TestPhrases(t *testing.T) {
	r := read(t, "es", "Ayer el portavoz de la policía de Madrid dijo algo.")
	verb := word(t, r, "dijo")
	if got := r.Text(r.Span(r.Bare(reading.Range{First: r.PhraseBefore(verb-1, 0), Last: verb}))); got != "portavoz de la policía de Madrid" {
		t.Errorf("phrase before the verb is %q", got)
	}
	r = read(t, "es", "Dijo el Instituto de Estadística (INE) que sube el paro.")
	first := word(t, r, "el")
	if got := r.Text(claims.Span{Start: r.Words[first].Start, End: r.Words[r.Phrase(first, len(r.Words))-1].End}); got != "el Instituto de Estadística (INE)" {
		t.Errorf("phrase behind the verb is %q", got)
	}
}

func TestWordsOfOneTokenHaveTheirOwnSpans(t *testing.T) {
	r := read(t, "en", "Mary's dog barked.")
	if got := r.Text(r.Words[word(t, r, "Mary")].Span); got != "Mary" {
		t.Errorf("the span of Mary holds %q", got)
	}
}

func TestLongSentencesAreCut(t *testing.T) {
	r := read(t, "es", strings.Repeat("el puente y ", 500))
	if len(r.Sentences) < 4 {
		t.Fatalf("%d sentences", len(r.Sentences))
	}
	at := 0
	for _, s := range r.Sentences {
		if s.First != at || s.Last-s.First > 250 {
			t.Fatalf("sentence %v does not tile the words from %d", s.Range, at)
		}
		at = s.Last
	}
	if at != len(r.Words) {
		t.Errorf("sentences end at %d of %d words", at, len(r.Words))
	}
}

func TestLexicon(t *testing.T) {
	if _, ok := reading.LexiconFor("xx"); ok {
		t.Error("a lexicon for a language without a pack")
	}
	for code, want := range map[string]struct{ verb, country, name, label string }{
		"es": {"dijeron", "surcoreana", "Corea del Sur", "enero"},
		"en": {"said", "South Korean", "South Korea", "January"},
	} {
		l, ok := reading.LexiconFor(code)
		if !ok {
			t.Fatalf("no lexicon %s", code)
		}
		if !l.Verb(want.verb, reading.Says) || l.Verb("xyz", reading.Says) {
			t.Errorf("%s: %q is no verb of saying", code, want.verb)
		}
		if c, ok := l.Country(want.country); !ok || c.Code != "KR" || c.Name != want.name || !c.Demonym {
			t.Errorf("%s: %q is %+v", code, want.country, c)
		}
		if got := l.Label("month-01"); got != want.label {
			t.Errorf("%s: January is %q", code, got)
		}
	}
}
