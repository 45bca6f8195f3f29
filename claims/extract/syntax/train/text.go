package train

import (
	"strings"
	"unicode/utf8"

	"cotejo/claims"
	"cotejo/claims/extract/segment"
	"cotejo/claims/extract/syntax"
	"cotejo/claims/extract/syntax/model"
)

// TextScores are F1 scores from raw text, 0 to 1: words and sentences by their
// place in the text, the rest over words that agree in their place.
type TextScores struct {
	Words     float64 `json:"words"`
	Sentences float64 `json:"sentences"`
	UPOS      float64 `json:"upos"`
	UAS       float64 `json:"uas"`
	LAS       float64 `json:"las"`
}

// ScoreText runs segmentation and model over the text of the sentences, as at
// run time, and compares by aligned words, as the CoNLL 2018 shared task did. The
// words of the treebank are those that ReadTreebank makes.
func ScoreText(m *syntax.Model, lang string, sentences []Sentence) TextScores {
	text, gold := lay(sentences)
	var words []placed
	for _, s := range m.Analyze(segment.Split(text, lang)) {
		first := len(words)
		for i, w := range s.Words {
			words = append(words, placed{Span: w.Span, opens: i == 0, pos: w.POS, head: within(first, w.Head), rel: w.Rel})
		}
	}
	return compare(gold, words)
}

// placed is a word at its place in a text; heads count from the text's first word.
type placed struct {
	claims.Span
	opens bool // a sentence
	pos   string
	head  int // -1 for a root
	rel   string
}

// within gives the place in the text of a head in a sentence.
func within(first, head int) int {
	if head < 0 {
		return -1
	}
	return first + head
}

// lay writes the sentences as one text, a line for each paragraph, and gives its
// words. Where a treebank has no documents every sentence is a paragraph.
func lay(sentences []Sentence) (string, []placed) {
	var (
		text  strings.Builder
		words []placed
		at    int
		// whole says of each treebank that it marks documents.
		whole = map[string]bool{}
	)
	for _, s := range sentences {
		whole[s.Domain] = whole[s.Domain] || s.Opens
	}
	for i, s := range sentences {
		written := s.Text
		if i+1 < len(sentences) && (sentences[i+1].Opens || !whole[sentences[i+1].Domain]) {
			written = strings.TrimRight(written, " ") + "\n"
		}
		text.WriteString(written)
		first := len(words)
		for j, w := range s.Words {
			words = append(words, placed{Span: claims.Span{Start: at + w.Start, End: at + w.End}, opens: j == 0,
				pos: w.POS, head: within(first, w.Head), rel: w.Rel})
		}
		at += utf8.RuneCountInString(written)
	}
	return text.String(), words
}

// part is a word of a written word: the span and its number in it.
type part struct {
	claims.Span
	number int
}

func parts(words []placed) []part {
	out := make([]part, len(words))
	for i, w := range words {
		out[i].Span = w.Span
		if i > 0 && words[i-1].Span == w.Span {
			out[i].number = out[i-1].number + 1
		}
	}
	return out
}

// spans gives the spans of the sentences.
func spans(words []placed) []claims.Span {
	var out []claims.Span
	for _, w := range words {
		if w.opens {
			out = append(out, w.Span)
		}
		out[len(out)-1].End = w.End
	}
	return out
}

// compare aligns two analyses of one text.
func compare(gold, guess []placed) TextScores {
	place := map[part]int{}
	for i, p := range parts(gold) {
		place[p] = i
	}
	partner := make([]int, len(guess)) // in gold, -1 for none
	for i, p := range parts(guess) {
		at, ok := place[p]
		if !ok {
			at = -1
		}
		partner[i] = at
	}
	var words, upos, heads, arcs int
	for i, w := range guess {
		if partner[i] < 0 {
			continue
		}
		g := &gold[partner[i]]
		words++
		if w.pos == g.pos {
			upos++
		}
		if w.head < 0 != (g.head < 0) || w.head >= 0 && partner[w.head] != g.head {
			continue
		}
		heads++
		if w.rel == g.rel {
			arcs++
		}
	}
	f1 := func(hits int) float64 { return share(2*hits, len(gold)+len(guess)) }
	return TextScores{Words: f1(words), Sentences: sentenceF1(spans(gold), spans(guess)), UPOS: f1(upos), UAS: f1(heads), LAS: f1(arcs)}
}

func sentenceF1(gold, guess []claims.Span) float64 {
	known := map[claims.Span]bool{}
	for _, s := range gold {
		known[s] = true
	}
	hits := 0
	for _, s := range guess {
		if known[s] {
			hits++
		}
	}
	return share(2*hits, len(gold)+len(guess))
}

// ReadText splits unlabelled text into sentences and words.
func ReadText(text, lang string) []Sentence {
	doc, splitter := segment.Split(text, lang), model.NewSplitter(lang)
	out := make([]Sentence, len(doc.Sentences))
	for i, s := range doc.Sentences {
		for _, t := range doc.Tokens[s.First:s.Last] {
			parts := []string{t.Text}
			if t.Kind == segment.Word {
				parts = splitter.Split(t.Text)
			}
			for _, p := range parts {
				out[i].Words = append(out[i].Words, Word{Form: p})
			}
		}
	}
	return out
}
