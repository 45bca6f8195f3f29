package dates

import (
	"strings"
	"sync"

	"cotejo/claims/extract/lang"
	"cotejo/claims/extract/segment"
)

// entry is one phrase of a language's calendar table.
type entry struct {
	words    []string
	category string
	value    string
}

// lexicon holds the phrases by their first word.
type lexicon map[string][]entry

var lexicons sync.Map // language code → lexicon

func lexiconFor(code string) lexicon {
	if l, ok := lexicons.Load(code); ok {
		return l.(lexicon)
	}
	pack, ok := lang.For(code)
	if !ok {
		return nil
	}
	l := lexicon{}
	for _, row := range pack.Rows("calendar") {
		words := strings.Fields(row.Cell(0))
		l[words[0]] = append(l[words[0]], entry{words, row.Cell(1), row.Cell(2)})
	}
	stored, _ := lexicons.LoadOrStore(code, l)
	return stored.(lexicon)
}

// reader reads the calendar words of one document.
type reader struct {
	doc   *segment.Document
	words lexicon
	now   clock

	entries  [][]entry              // for each token, the phrases that begin with its word
	ahead    []int                  // tokens to the next word that can date an expression
	memo     [memoSize]known        // the cores that were read last
	numerals [memoSize]knownNumeral // and the numbers

	sentence int  // the one whose tense is known
	past     bool // and whether it only tells of the past
}

// maxReach is how many tokens an expression may take up before the word or
// figure that dates it.
const maxReach = 9

// anchors gives, for each token, how far ahead the next word or figure stands
// that can date an expression; most tokens have none near and are passed over.
func (r *reader) anchors() []int {
	ahead := make([]int, len(r.doc.Tokens)+1)
	r.entries = make([][]entry, len(r.doc.Tokens))
	ahead[len(r.doc.Tokens)] = maxReach
	for t := len(r.doc.Tokens) - 1; t >= 0; t-- {
		r.entries[t] = r.words[r.doc.Tokens[t].Fold]
		ahead[t] = min(ahead[t+1]+1, maxReach)
		if r.isAnchor(t) {
			ahead[t] = 0
		}
	}
	return ahead[:len(r.doc.Tokens)]
}

func (r *reader) isAnchor(t int) bool {
	token := r.doc.Tokens[t]
	if token.Kind == segment.Number && len(token.Text) >= 4 || token.Kind == segment.Word && token.Text[0] >= '0' && token.Text[0] <= '9' {
		return true
	}
	if strings.HasPrefix(token.Fold, "mid-") {
		return true
	}
	for _, e := range r.entries[t] {
		switch e.category {
		case "month", "capmonth", "shortmonth", "weekday", "season", "fallseason", "unit", "day", "holiday", "yearword", "years":
			return true
		}
	}
	return false
}

// word gives the longest phrase of a category at token t: its value and the token after it.
func (r *reader) word(t int, category string) (value string, next int, ok bool) {
	if t < 0 || t >= len(r.doc.Tokens) {
		return "", t, false
	}
	for _, e := range r.entriesAt(t) {
		if e.category == category && t+len(e.words) > next && r.matches(t, e.words) {
			value, next, ok = e.value, t+len(e.words), true
		}
	}
	return value, next, ok
}

// entriesAt gives the phrases that begin with token t's word.
func (r *reader) entriesAt(t int) []entry {
	if r.entries != nil {
		return r.entries[t]
	}
	return r.words[r.doc.Tokens[t].Fold]
}

// numeral reads a number at token t, once.
func (r *reader) numeral(t int) (segment.Numeral, bool) {
	if t < 0 || t >= len(r.doc.Tokens) {
		return segment.Numeral{}, false
	}
	k := &r.numerals[t%memoSize]
	if !k.set || k.token != t {
		n, ok := r.doc.NumeralAt(t)
		*k = knownNumeral{t, n, ok, true}
	}
	return k.numeral, k.ok
}

// knownNumeral is what NumeralAt gave for a token.
type knownNumeral struct {
	token   int
	numeral segment.Numeral
	ok, set bool
}

func (r *reader) matches(t int, words []string) bool {
	if len(words) == 1 { // the caller looked it up by its first word
		return true
	}
	if t+len(words) > len(r.doc.Tokens) {
		return false
	}
	for i, w := range words {
		if r.doc.Tokens[t+i].Fold != w {
			return false
		}
	}
	return true
}

// is reports whether a phrase of one of the categories stands at token t.
func (r *reader) is(t int, categories ...string) bool {
	for _, c := range categories {
		if _, _, ok := r.word(t, c); ok {
			return true
		}
	}
	return false
}

// skip moves past phrases of one of the categories, one of them at most.
func (r *reader) skip(t int, categories ...string) int {
	for _, c := range categories {
		if _, next, ok := r.word(t, c); ok {
			return next
		}
	}
	return t
}

func (r *reader) text(t int) string {
	if t < 0 || t >= len(r.doc.Tokens) {
		return ""
	}
	return r.doc.Tokens[t].Text
}

func (r *reader) fold(t int) string {
	if t < 0 || t >= len(r.doc.Tokens) {
		return ""
	}
	return r.doc.Tokens[t].Fold
}
