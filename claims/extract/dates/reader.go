package dates

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"cotejo/claims/extract/segment"
)

// reader reads the calendar words of one document.
type reader struct {
	*calendar
	doc *segment.Document
	now clock

	at       []*vocable             // for each token, what the calendar knows of its word
	inPart   []bool                 // tokens inside "de la mañana" and the like
	ahead    []int8                 // tokens to the next word that can date an expression
	seen     []seen                 // what was found so far
	memo     [memoSize]known        // the cores that were read last
	numerals [memoSize]knownNumeral // and the numbers
}

func newReader(doc *segment.Document, c *calendar, now clock) *reader {
	r := &reader{calendar: c, doc: doc, now: now, at: make([]*vocable, len(doc.Tokens)), inPart: make([]bool, len(doc.Tokens)+1)}
	for t := range doc.Tokens {
		r.at[t] = r.lookUp(t)
	}
	for t, v := range r.at {
		for _, e := range v.parts {
			if r.matches(t, e.words) {
				for i := 1; i < len(e.words); i++ {
					r.inPart[t+i] = true
				}
			}
		}
	}
	return r
}

var (
	strange = &vocable{}                      // a word that no calendar expression holds
	figure  = &vocable{categories: catNumber} // digits, and number words with hyphens
)

func (r *reader) lookUp(t int) *vocable {
	token := &r.doc.Tokens[t]
	if token.Kind == segment.Number || token.Kind == segment.Word && token.Text[0] >= '0' && token.Text[0] <= '9' {
		return figure
	}
	if v := r.words[token.Fold]; v != nil {
		return v
	}
	if token.Text == "[" || r.isShortPart(token.Text) || token.Kind == segment.Word && r.gluedMonth(token.Text) > 0 { // "[Ten] years ago", "Q3", "Oct2"
		return figure
	}
	if token.Kind == segment.Word && strings.IndexByte(token.Text, '-') > 0 { // twenty-first, mid-2020
		return figure
	}
	return strange
}

// maxReach is how many tokens an expression may take up before the word or
// figure that dates it.
const maxReach = 9

// dating are the categories that can date an expression.
const dating = catMonth | catCapmonth | catShortmonth | catWeekday | catSeason | catFallseason | catUnit | catDay | catHoliday | catYearword | catYears | catEve

// anchors gives, for each token, how far ahead the next word or figure stands
// that can date an expression, maxReach where a word stands between that no
// expression holds; most tokens have none near and are passed over.
func (r *reader) anchors() []int8 {
	ahead := make([]int8, len(r.doc.Tokens)+1)
	ahead[len(r.doc.Tokens)] = maxReach
	for t := len(r.doc.Tokens) - 1; t >= 0; t-- {
		switch {
		case r.isAnchor(t):
			ahead[t] = 0
		case r.at[t] != strange || isInnerMark(r.doc.Tokens[t].Text) || r.doc.Tokens[t].Text == "/":
			ahead[t] = min(ahead[t+1]+1, maxReach)
		default:
			ahead[t] = maxReach
		}
	}
	return ahead[:len(r.doc.Tokens)]
}

// isInnerMark reports whether a mark can stand inside an expression.
func isInnerMark(text string) bool { return text == "," || text == "[" || text == "]" || text == "." }

// midPrefix is written against a year: mid-2020.
const midPrefix = "mid-"

func (r *reader) isAnchor(t int) bool {
	if r.at[t].categories&dating != 0 {
		return true
	}
	token := &r.doc.Tokens[t]
	if r.at[t] == figure && t > 1 && r.at[t-2] == figure && r.grammar.headFirst && r.is(t-1, catOf) { // "el 17 del 11"
		return true
	}
	if r.at[t] == figure && r.doc.Glued(t) && t > 0 && r.text(t-1) == "-" { // 9-18-15
		return true
	}
	return r.at[t] == figure && (token.Kind == segment.Word || len(token.Text) >= 4) || strings.IndexByte(token.Text, '/') > 0 && r.at[t] == figure || r.at[t].categories&(catRest|catNow|catDecade|catShortweekday) != 0 || r.mayBeYear(t) || r.mayBeDecade(t) || r.isShortPart(token.Text)
}

// mayBeYear reports whether a number in words stands where a year does: "in nineteen ninety six".
func (r *reader) mayBeYear(t int) bool {
	return t > 0 && r.at[t].categories&catNumber != 0 && r.at[t-1].categories&(catIn|catSince|catUntil|catBetween) != 0 && r.doc.Tokens[t].Kind == segment.Word
}

// mayBeDecade reports whether a number stands where a decade does: "en los noventa".
func (r *reader) mayBeDecade(t int) bool {
	return t > 1 && r.at[t].categories&catNumber != 0 && r.at[t-1].categories&catEvery != 0 && r.at[t-2].categories&catIn != 0
}

func (r *reader) isShortPart(text string) bool {
	_, ok := r.shortPart(text)
	return ok
}

// word gives the longest phrase of a category at token t: its value and the token after it.
func (r *reader) word(t int, c category) (value string, next int, ok bool) {
	if t < 0 || t >= len(r.at) || r.at[t].categories&c == 0 {
		return "", t, false
	}
	next = t
	entries := r.at[t].entries
	for i := range entries {
		if e := &entries[i]; e.category == c && t+len(e.words) > next && r.matches(t, e.words) {
			value, next, ok = e.value, t+len(e.words), true
		}
	}
	return value, next, ok
}

// numeral reads a number at token t, once.
func (r *reader) numeral(t int) (segment.Numeral, bool) {
	if t < 0 || t >= len(r.at) || r.at[t].categories&catNumber == 0 {
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

// number reads a cardinal number at token t, "a" and "a couple of" too.
func (r *reader) number(t int) (segment.Numeral, bool) {
	if value, next, ok := r.word(t, catOne); ok {
		n, _ := strconv.ParseFloat(value, 64)
		return segment.Numeral{First: t, Last: next, Value: n}, true
	}
	return r.numeral(t)
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
func (r *reader) is(t int, categories ...category) bool {
	for _, c := range categories {
		if _, _, ok := r.word(t, c); ok {
			return true
		}
	}
	return false
}

// skip moves past phrases of one of the categories, one of them at most.
func (r *reader) skip(t int, categories ...category) int {
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

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func isLower(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLower(r) }) < 0
}
