package dates

import (
	"strings"
	"unicode/utf8"

	"cotejo/claims/extract/lang"
	"cotejo/claims/extract/segment"
)

// tense is what a word tells of the time that its clause speaks of.
type tense uint8

const (
	noTense tense = iota
	toldPast
	toldFuture // certain enough to read a month as one to come: "will", "se espera"
	toldOpen   // what may be: it only keeps a clause from telling of the past
)

var tenses = map[string]tense{"past": toldPast, "future": toldFuture, "open": toldOpen}

// tenseMarks are a language's signs of past and future.
type tenseMarks struct {
	words   map[string]tense
	pairs   map[string]pairedMark // by the first word of two
	endings map[string]tense
	links   map[string]bool // words that begin a clause
	longest int             // of the endings, in bytes
}

// pairedMark is the second word of a sign of two, "are to", and what they show.
type pairedMark struct {
	second string
	shows  tense
}

// shortestStem is how many letters a word must have before a tense's ending.
const shortestStem = 3

func readTenses(pack *lang.Pack) *tenseMarks {
	m := &tenseMarks{words: map[string]tense{}, pairs: map[string]pairedMark{}, endings: map[string]tense{}, links: map[string]bool{}}
	for _, row := range pack.Rows("tense_marks") {
		word, kind := row.Cell(0), row.Cell(1)
		if kind == "link" {
			m.links[word] = true
		} else if name, ending := strings.CutSuffix(kind, "-ending"); ending {
			m.endings[word] = tenses[name]
			m.longest = max(m.longest, len(word))
		} else if first, second, two := strings.Cut(word, " "); two {
			m.pairs[first] = pairedMark{second, tenses[name]}
		} else {
			m.words[word] = tenses[name]
		}
	}
	return m
}

// of gives the tense that a word shows.
func (m *tenseMarks) of(word string) tense {
	if kind, ok := m.words[word]; ok {
		return kind
	}
	for n := min(m.longest, len(word)-shortestStem); n > 0; n-- {
		at := len(word) - n
		if kind, ok := m.endings[word[at:]]; ok && utf8.RuneCountInString(word[:at]) >= shortestStem {
			return kind
		}
	}
	return noTense
}

// maxClause bounds how far from an expression its clause is searched.
const maxClause = 60

// tense gives the tense of the clause in which token t stands: its nearest mark
// before t, else the first one after; a clause without any has its sentence's.
func (r *reader) tense(t int) tense {
	if told := r.clauseTense(t); told != noTense {
		return told
	}
	s := r.doc.Sentences[r.doc.SentenceAt(t)]
	return r.nearestTense(t, max(s.First, t-maxClause), min(s.Last, t+maxClause))
}

// clauseTense is tense where the clause itself must show it, as it must before a
// weekday is read as one to come.
func (r *reader) clauseTense(t int) tense {
	s := r.doc.Sentences[r.doc.SentenceAt(t)]
	from, to := max(s.First, t-maxClause), min(s.Last, t+maxClause)
	first, last := t, t+1
	for first > from && !r.parts(first-1) {
		first--
	}
	for last < to && !r.parts(last) {
		last++
	}
	return r.nearestTense(t, first, last)
}

// parts reports whether token t stands between two clauses.
func (r *reader) parts(t int) bool {
	token := &r.doc.Tokens[t]
	if token.Kind == segment.Punct {
		return !isInnerMark(token.Text) || token.Text == ","
	}
	return r.tenses.links[token.Fold]
}

func (r *reader) nearestTense(t, first, last int) tense {
	for at := t - 1; at >= first; at-- {
		if told := r.tenseOf(at); told != noTense {
			return told
		}
	}
	for at := t + 1; at < last; at++ {
		if told := r.tenseOf(at); told != noTense {
			return told
		}
	}
	return noTense
}

func (r *reader) tenseOf(t int) tense {
	if r.doc.Tokens[t].Kind != segment.Word {
		return noTense
	}
	word := r.doc.Tokens[t].Fold
	if pair, ok := r.tenses.pairs[word]; ok && r.fold(t+1) == pair.second {
		return pair.shows
	}
	return r.tenses.of(word)
}
