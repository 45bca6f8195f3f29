package extract

import (
	"strings"
	"sync"

	"cotejo/claims/extract/lang"
	"cotejo/claims/text"
)

// FigureWords are the words of a language by which one tells what a figure is about,
// folded.
type FigureWords struct {
	Function  map[string]bool // that say nothing of it
	Of        map[string]bool // before the whole of a share: "of"
	Partitive []string        // before the parts of a total: "of whom"
	Measures  map[string]bool // units that say nothing of what is measured
}

var figureWords sync.Map // by language

// FigureWordsOf gives the words of a language; none of one without a pack.
func FigureWordsOf(code string) FigureWords {
	if known, ok := figureWords.Load(code); ok {
		return known.(FigureWords)
	}
	out := FigureWords{Function: map[string]bool{}, Of: map[string]bool{}, Measures: map[string]bool{}}
	pack, ok := lang.For(code)
	if !ok {
		return out
	}
	for _, row := range pack.Rows("figure_words") {
		out.read(row)
	}
	for _, row := range pack.Rows("units") {
		if len(row) > 1 {
			out.Measures[text.Fold(row[0])] = true
		}
	}
	figureWords.Store(code, out)
	return out
}

func (w *FigureWords) read(row lang.Row) {
	if len(row) < 2 {
		return
	}
	switch row[0] {
	case "partitive":
		w.Partitive = append(w.Partitive, text.Fold(row[1]))
	case "of":
		for _, word := range strings.Fields(row[1]) {
			w.Of[text.Fold(word)] = true
		}
	case "function":
		for _, word := range strings.Fields(row[1]) {
			w.Function[text.Fold(word)] = true
		}
	}
}
