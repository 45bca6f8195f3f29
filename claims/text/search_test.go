package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"cotejo/claims/text"
)

// TestAQueryFindsEveryNotation of a number, and words whatever their accents
// and endings.
func TestAQueryFindsEveryNotation(t *testing.T) {
	for _, test := range []struct {
		lang, text string
		find, miss []string
	}{
		{"es", "unas 15.000 familias", []string{"15.000", "15 000", "15,000", "15000", "15 mil", "15 thousand", "familia", "FAMÍLIAS 15000", "15\u202f000 fam"}, []string{"15", "150000", "1.500", "mil"}},
		{"en", "some 15,000 families", []string{"15.000", "15,000", "15 mil", "family"}, []string{"15"}},
		{"es", "costó 1,5 millones", []string{"1,5 millones", "1.5 million", "1.500.000", "1500000", "1,5", "costo"}, []string{"15 millones", "15"}},
		{"en", "a 2.75 billion plan", []string{"2.75 billion", "2,75 mil millones", "2750000000"}, []string{"2.75 million"}},
		{"es", "los camiones y la Constitución", []string{"camión", "camion", "CONSTITUCION", "camiones constitución", "constit"}, []string{"canción", "camiones constit x"}},
		{"ru", "Москва и ёлка", []string{"москва", "елка", "моск"}, []string{"мо", "киев"}},
		{"es", "subió 0,125 puntos el 3 de mayo", []string{"0,125", "0.125"}, nil},
		{"en", "Putin’s plan", []string{"putin's", "putin"}, nil},
	} {
		terms := text.IndexTerms(test.text, test.lang)
		for _, query := range test.find {
			q := text.ParseQuery(query)
			if q.Score(terms) != 1 {
				t.Errorf("%q does not find %q: %v in %v", query, test.text, q, terms)
			}
			if pieces, ok := q.Snippet(test.text, test.lang, 100); !ok || joined(pieces) != test.text {
				t.Errorf("%q marks %+v", query, pieces)
			}
		}
		for _, query := range test.miss {
			if text.ParseQuery(query).Score(terms) == 1 {
				t.Errorf("%q finds %q", query, test.text)
			}
		}
		for _, term := range terms {
			if strings.Trim(term, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
				t.Errorf("the term %q is no plain one", term)
			}
		}
	}
}

func joined(pieces []text.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Text)
	}
	return b.String()
}

func TestSnippetIsShortAndMarksWhatAnswers(t *testing.T) {
	long := strings.Repeat("palabra ", 80) + "1,5 millones de árboles " + strings.Repeat("después ", 80)
	pieces, ok := text.ParseQuery("1500000 arbol").Snippet(long, "es", 120)
	var hits []string
	for _, p := range pieces {
		if p.Hit {
			hits = append(hits, p.Text)
		}
	}
	if !ok || strings.Join(hits, "|") != "1,5 millones|árboles" || utf8.RuneCountInString(joined(pieces)) > 130 {
		t.Errorf("%v %+v", ok, pieces)
	}
	if pieces, ok := text.ParseQuery("nada").Snippet(long, "es", 50); ok || !strings.HasPrefix(joined(pieces), "palabra") {
		t.Errorf("nothing found gives %v %+v", ok, pieces)
	}
	for _, s := range []string{"", "…", "1", strings.Repeat("á", 500)} {
		if pieces, _ := text.ParseQuery("1 á").Snippet(s, "es", 20); !strings.Contains(s+"…  …", strings.Trim(joined(pieces), "… ")) {
			t.Errorf("%q gives %+v", s, pieces)
		}
	}
}

func FuzzSearch(f *testing.F) {
	f.Add("unas 15.000 familias de Москва", "15 mil")
	f.Fuzz(func(t *testing.T, s, query string) {
		if !utf8.ValidString(s) {
			return
		}
		q := text.ParseQuery(query)
		pieces, _ := q.Snippet(s, "es", 40)
		if !utf8.ValidString(joined(pieces)) {
			t.Errorf("a snippet cuts a letter: %+v", pieces)
		}
		if own := text.ParseQuery(s); len(own) > 0 && len(own) < 12 && own.Score(text.IndexTerms(s, "es")) != 1 && !strings.ContainsAny(s, "0123456789") {
			t.Errorf("%q does not find itself", s)
		}
	})
}
