package syntax_test

import (
	"testing"

	"cotejo/claims/extract/segment"
	"cotejo/claims/extract/syntax"
)

func load(t testing.TB, code string) *syntax.Model {
	t.Helper()
	m, err := syntax.Load(code)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// word is what a test expects of one word.
type word struct{ form, lemma, pos string }

func TestAnalyzeSplitsTagsAndLemmatizes(t *testing.T) {
	tests := []struct {
		lang, text string
		want       []word
	}{
		{"es", "La ministra no piensa subirle los impuestos del 2 %.", []word{
			{"La", "el", "DET"}, {"ministra", "ministra", "NOUN"}, {"no", "no", "ADV"}, {"piensa", "pensar", "VERB"},
			{"subir", "subir", "VERB"}, {"le", "él", "PRON"}, {"los", "el", "DET"}, {"impuestos", "impuesto", "NOUN"},
			{"del", "de", "ADP"}, {"2", "2", "NUM"}, {"%", "%", "SYM"}, {".", ".", "PUNCT"}}},
		{"en", "It's what she couldn't confirm.", []word{
			{"It", "it", "PRON"}, {"'s", "be", "AUX"}, {"what", "what", "PRON"}, {"she", "she", "PRON"},
			{"could", "could", "AUX"}, {"n't", "not", "PART"}, {"confirm", "confirm", "VERB"}, {".", ".", "PUNCT"}}},
	}
	for _, tt := range tests {
		doc := segment.Split(tt.text, tt.lang)
		sentences := load(t, tt.lang).Analyze(doc)
		if len(sentences) != len(doc.Sentences) || len(sentences) != 1 {
			t.Fatalf("%q: %d sentences for %d", tt.text, len(sentences), len(doc.Sentences))
		}
		words := sentences[0].Words
		if len(words) != len(tt.want) {
			t.Fatalf("%q: %d words, want %d: %v", tt.text, len(words), len(tt.want), words)
		}
		for i, w := range words {
			if got := (word{w.Form, w.Lemma, w.POS}); got != tt.want[i] {
				t.Errorf("%q: word %d is %v, want %v", tt.text, i, got, tt.want[i])
			}
			if w.Span != doc.Tokens[w.Token].Span {
				t.Errorf("%q: word %q has span %v, its token %v", tt.text, w.Form, w.Span, doc.Tokens[w.Token].Span)
			}
		}
	}
}
