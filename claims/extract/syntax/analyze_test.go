package syntax_test

import (
	"errors"
	"reflect"
	"strings"
	"sync"
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

func TestLoadSaysWhichLanguageHasNoModel(t *testing.T) {
	_, err := syntax.Load("xx")
	if !errors.Is(err, syntax.ErrNoModel) || !strings.Contains(err.Error(), "xx") {
		t.Fatalf("got %v", err)
	}
}

// word is what a test expects of one word; head is its form, "" for the root.
type word struct{ form, lemma, pos, head, rel string }

func TestAnalyze(t *testing.T) {
	tests := []struct {
		lang, text string
		want       []word
	}{
		{"es", "La ministra no piensa subirle los impuestos.", []word{
			{"La", "el", "DET", "ministra", "det"}, {"ministra", "ministra", "NOUN", "piensa", "nsubj"},
			{"no", "no", "ADV", "piensa", "advmod"}, {"piensa", "pensar", "VERB", "", "root"},
			{"subir", "subir", "VERB", "piensa", "xcomp"}, {"le", "él", "PRON", "subir", "obj"},
			{"los", "el", "DET", "impuestos", "det"}, {"impuestos", "impuesto", "NOUN", "subir", "obj"},
			{".", ".", "PUNCT", "piensa", "punct"}}},
		{"es", "El portavoz del Gobierno dijo que los precios subieron.", []word{
			{"El", "el", "DET", "portavoz", "det"}, {"portavoz", "portavoz", "NOUN", "dijo", "nsubj"},
			{"del", "de", "ADP", "Gobierno", "case"}, {"Gobierno", "Gobierno", "PROPN", "portavoz", "nmod"},
			{"dijo", "decir", "VERB", "", "root"}, {"que", "que", "SCONJ", "subieron", "mark"},
			{"los", "el", "DET", "precios", "det"}, {"precios", "precio", "NOUN", "subieron", "nsubj"},
			{"subieron", "subir", "VERB", "dijo", "ccomp"}, {".", ".", "PUNCT", "dijo", "punct"}}},
		{"en", "It's what she couldn't confirm.", []word{
			{"It", "it", "PRON", "what", "nsubj"}, {"'s", "be", "AUX", "what", "cop"}, {"what", "what", "PRON", "", "root"},
			{"she", "she", "PRON", "confirm", "nsubj"}, {"could", "could", "AUX", "confirm", "aux"},
			{"n't", "not", "PART", "confirm", "advmod"}, {"confirm", "confirm", "VERB", "what", "acl:relcl"},
			{".", ".", "PUNCT", "what", "punct"}}},
		{"en", "The minister said that prices rose in May.", []word{
			{"The", "the", "DET", "minister", "det"}, {"minister", "minister", "NOUN", "said", "nsubj"},
			{"said", "say", "VERB", "", "root"}, {"that", "that", "SCONJ", "rose", "mark"},
			{"prices", "price", "NOUN", "rose", "nsubj"}, {"rose", "rise", "VERB", "said", "ccomp"},
			{"in", "in", "ADP", "May", "case"}, {"May", "May", "PROPN", "rose", "obl"}, {".", ".", "PUNCT", "said", "punct"}}},
	}
	for _, tt := range tests {
		doc := segment.Split(tt.text, tt.lang)
		sentences := load(t, tt.lang).Analyze(doc)
		if len(sentences) != 1 || len(sentences[0].Words) != len(tt.want) {
			t.Fatalf("%q: %v", tt.text, sentences)
		}
		words := sentences[0].Words
		for i, w := range words {
			head := ""
			if w.Head >= 0 {
				head = words[w.Head].Form
			}
			if got := (word{w.Form, w.Lemma, w.POS, head, w.Rel}); got != tt.want[i] {
				t.Errorf("%q: word %d is %v, want %v", tt.text, i, got, tt.want[i])
			}
			if w.Span != doc.Tokens[w.Token].Span {
				t.Errorf("%q: word %q has span %v, its token %v", tt.text, w.Form, w.Span, doc.Tokens[w.Token].Span)
			}
		}
	}
}

func TestTagGivesFeatures(t *testing.T) {
	got := load(t, "es").Tag([]string{"Las", "ministras", "dijeron", "que", "vendrán"})
	want := []syntax.Tagged{
		{Lemma: "el", POS: "DET", Feats: &syntax.Feats{Gender: "Fem", Number: "Plur", PronType: "Art"}},
		{Lemma: "ministra", POS: "NOUN", Feats: &syntax.Feats{Gender: "Fem", Number: "Plur"}},
		{Lemma: "decir", POS: "VERB", Feats: &syntax.Feats{VerbForm: "Fin", Mood: "Ind", Tense: "Past", Person: "3", Number: "Plur"}},
		{Lemma: "que", POS: "SCONJ", Feats: &syntax.Feats{}},
		{Lemma: "venir", POS: "VERB", Feats: &syntax.Feats{VerbForm: "Fin", Mood: "Ind", Tense: "Fut", Person: "3", Number: "Plur"}},
	}
	for i := range want {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("word %d is %v, want %v", i, got[i], want[i])
		}
	}
}

func TestLongSentencesAreCutIntoTrees(t *testing.T) {
	doc := segment.Split(strings.Repeat("and so on ", syntax.MaxWords), "en")
	for _, s := range load(t, "en").Analyze(doc) {
		roots := checkTree(t, s)
		if want := (len(s.Words) + syntax.MaxWords - 1) / syntax.MaxWords; roots != want {
			t.Errorf("%d roots in %d words, want %d", roots, len(s.Words), want)
		}
	}
}

func TestAnalyzeIsTheSameEveryTimeAndInParallel(t *testing.T) {
	doc := segment.Split(strings.Repeat("El Gobierno anunció ayer que subirá las pensiones. Nadie sabe cuándo. ", 20), "es")
	m := load(t, "es")
	want := m.Analyze(doc)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if got := m.Analyze(doc); !reflect.DeepEqual(got, want) {
				t.Error("the same document gave another analysis")
			}
		})
	}
	wg.Wait()
}

// checkTree fails unless every word reaches a root; it gives the number of roots.
func checkTree(t *testing.T, s syntax.Sentence) int {
	t.Helper()
	roots := 0
	for i, w := range s.Words {
		if w.Head == -1 {
			roots++
		}
		if (w.Head == -1) != (w.Rel == "root") || w.POS == "" || w.Lemma == "" || w.Feats == nil {
			t.Fatalf("word %d of %d: %+v", i, len(s.Words), w)
		}
		at, steps := i, 0
		for at != -1 {
			if at < 0 || at >= len(s.Words) || steps > len(s.Words) {
				t.Fatalf("word %d does not hang on a root", i)
			}
			at = s.Words[at].Head
			steps++
		}
	}
	return roots
}

func FuzzAnalyze(f *testing.F) {
	for _, seed := range []string{
		"", " ", "Dijo «no».", "couldn't've", "ándoselo", "a\x00b \xff\xfe", "’s ’ 's n't", "\u202eabc\u202c",
		strings.Repeat("(", 900), strings.Repeat("ñ", 3000), "1.000.000,5 % — $3bn", "e\u0301l", "İstanbul'da ǅ",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, code := range []string{"es", "en"} {
			doc := segment.Split(text, code)
			sentences := load(t, code).Analyze(doc)
			if len(sentences) != len(doc.Sentences) {
				t.Fatalf("%d analyses of %d sentences", len(sentences), len(doc.Sentences))
			}
			for i, s := range sentences {
				checkTree(t, s)
				next := doc.Sentences[i].First
				for _, w := range s.Words {
					if w.Token != next && w.Token != next-1 {
						t.Fatalf("word %q is of token %d, after token %d", w.Form, w.Token, next-1)
					}
					next = w.Token + 1
				}
				if next != doc.Sentences[i].Last {
					t.Fatalf("tokens from %d on have no word", next)
				}
			}
		}
	})
}

func BenchmarkAnalyze(b *testing.B) {
	texts := map[string]string{
		"es": "El portavoz del Gobierno aseguró este martes que la inflación cayó al 2,3 % en septiembre, según los datos del instituto de estadística. «No vamos a decirles que todo está resuelto», añadió. ",
		"en": "The spokesman said on Tuesday that inflation had fallen to 2.3 percent in September, according to figures from the statistics office. \"We won't tell people that it's all been solved,\" he added. ",
	}
	for _, code := range []string{"es", "en"} {
		b.Run(code, func(b *testing.B) {
			m, doc := load(b, code), segment.Split(strings.Repeat(texts[code], 200), code)
			b.SetBytes(int64(len(doc.Text)))
			b.ReportAllocs()
			for b.Loop() {
				m.Analyze(doc)
			}
			b.ReportMetric(float64(len(doc.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}
