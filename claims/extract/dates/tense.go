package dates

import (
	"strings"
	"sync"
	"unicode/utf8"

	"cotejo/claims/extract/lang"
	"cotejo/claims/extract/segment"
)

// tenseMarks are a language's signs of past and future.
type tenseMarks struct {
	words   map[string]string // word → past or future
	endings map[string]string // ending → past or future
}

// shortestStem is how many letters a word must have before a tense's ending.
const shortestStem = 3

var tenseTables sync.Map // language code → *tenseMarks

func tenseMarksFor(code string) *tenseMarks {
	if m, ok := tenseTables.Load(code); ok {
		return m.(*tenseMarks)
	}
	m := &tenseMarks{words: map[string]string{}, endings: map[string]string{}}
	if pack, ok := lang.For(code); ok {
		for _, row := range pack.Rows("tense_marks") {
			if kind, ending := strings.CutSuffix(row.Cell(1), "-ending"); ending {
				m.endings[row.Cell(0)] = kind
			} else {
				m.words[row.Cell(0)] = kind
			}
		}
	}
	stored, _ := tenseTables.LoadOrStore(code, m)
	return stored.(*tenseMarks)
}

// of gives the tense that a word shows, "" for none.
func (m *tenseMarks) of(word string) string {
	if kind, ok := m.words[word]; ok {
		return kind
	}
	for ending, kind := range m.endings {
		if stem, ok := strings.CutSuffix(word, ending); ok && utf8.RuneCountInString(stem) >= shortestStem {
			return kind
		}
	}
	return ""
}

// tells reports whether the sentence of token t tells of the past only: a day or
// month without a year then lies before the article's.
func (r *reader) tells(t int) bool {
	s := r.doc.SentenceAt(t)
	if s == r.sentence {
		return r.past
	}
	marks := tenseMarksFor(r.doc.Lang)
	seen := map[string]bool{}
	for _, token := range r.doc.Tokens[r.doc.Sentences[s].First:r.doc.Sentences[s].Last] {
		if token.Kind == segment.Word {
			seen[marks.of(token.Fold)] = true
		}
	}
	r.sentence, r.past = s, seen["past"] && !seen["future"]
	return r.past
}
