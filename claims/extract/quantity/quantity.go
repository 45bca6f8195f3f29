// Package quantity finds measured and counted amounts in an article: numbers in
// digits and words with their bounds, hedges and units. Dates, clock times and
// numbers that are names are no quantities.
package quantity

import (
	"strings"

	"cotejo/claims"
	"cotejo/claims/extract/dates"
	"cotejo/claims/extract/segment"
)

// Find gives the quantities of a document in text order; none overlap. In a
// language without a pack it finds what needs no words of it.
func Find(doc *segment.Document) []claims.Quantity {
	return FindWith(doc, dates.Find(doc, nil))
}

// FindWith is Find where the document's calendar expressions are known.
func FindWith(doc *segment.Document, times []claims.Time) []claims.Quantity {
	f := newFinder(doc, times)
	found := []claims.Quantity{}
	for t := 0; t < len(doc.Tokens); {
		if !f.is(t, asOpens) {
			t++
			continue
		}
		q, ok := f.quantityAt(t)
		if ok && f.isName(q.amount, t, q.unitless) {
			f.named, ok = q.unitless, false
		}
		ok = ok && !f.isBareYear(q.amount, t)
		if !ok {
			t++
			continue
		}
		found = append(found, q.amount.quantity(doc))
		if v := q.value; q.kind == single && v > 0 && v < 32 {
			f.seen |= 1 << uint(v)
		}
		f.free, f.counted = q.amount.next, q.kind == single && q.noun && !f.isMeasure(q.unit)
		t = q.amount.next
	}
	return found
}

type finder struct {
	doc      *segment.Document
	words    *tables
	at       []*word // for each token, what the tables know of it
	calendar []bool  // tokens of calendar expressions and clock times
	free     int     // the first token that no quantity has taken
	counted  bool    // the last quantity counts things
	seen     uint32  // the small whole numbers among the values so far
	named    int     // the token after the last number that was a name
	numerals [8]knownNumeral
}

func newFinder(doc *segment.Document, times []claims.Time) *finder {
	f := &finder{doc: doc, words: tablesFor(doc.Lang), at: make([]*word, len(doc.Tokens)), calendar: make([]bool, len(doc.Tokens))}
	for t := range doc.Tokens {
		f.at[t] = f.words.lookUp(&doc.Tokens[t])
	}
	for t := range doc.Tokens {
		if doc.Tokens[t].Kind == segment.Number && doc.Glued(t) && f.opensDecimals(t-1) {
			f.at[t-1] = number
		}
	}
	f.markCalendar(times)
	return f
}

// opensDecimals reports whether the mark at token t stands for a whole that is left
// out: ".300". A comma may be a typist's slip; it counts at the beginning, or
// before a sign.
func (f *finder) opensDecimals(t int) bool {
	switch f.text(t) {
	case ".":
		return true
	case ",":
		return t == 0 || f.isSigned(t+2)
	}
	return false
}

// markCalendar marks the tokens of dates and clock times.
func (f *finder) markCalendar(times []claims.Time) {
	for _, when := range times {
		first, last := f.doc.TokensIn(when.Span)
		for t := first; t < last; t++ {
			f.calendar[t] = true
		}
	}
	clock := dates.NewClockTimes(f.doc)
	for t := 0; t < len(f.doc.Tokens); t++ {
		if text := f.doc.Tokens[t].Text; !f.is(t, asNumber) || len(text) > 2 && f.doc.Tokens[t].Kind == segment.Number && !strings.ContainsAny(text, ".,:") {
			continue // no number, or more than the hours of a day
		}
		for next := clock.Next(t); t < next; t++ {
			f.calendar[t] = true
		}
	}
}

// amount is a quantity in the making, over tokens [first, next).
type amount struct {
	first, next int
	value       float64
	low, high   float64
	kind        kind
	bound       claims.Bound // of a single value
	approx      bool
	hedge       string
	unit        string
	noun        bool // a counted noun phrase may follow
}

// kind says how the value of an amount is given.
type kind uint8

const (
	single kind = iota
	between
	vague
)

func (a amount) quantity(doc *segment.Document) claims.Quantity {
	span := doc.Covering(a.first, a.next)
	q := claims.Quantity{Text: doc.Slice(span), Span: span, Bound: claims.BoundExact, Approx: a.approx, Unit: a.unit, Hedge: a.hedge}
	switch a.kind {
	case between:
		q.Low, q.High, q.Bound = &a.low, &a.high, claims.BoundRange
	case vague:
		q.Low, q.Bound = &a.low, claims.BoundMin
	default:
		q.Value = &a.value
		if a.bound != "" {
			q.Bound = a.bound
		}
	}
	return q
}

// quantityAt reads the quantity whose number begins at token t, and looks left
// and right for its bound, hedge and unit.
func (f *finder) quantityAt(t int) (reading, bool) {
	if f.calendar[t] || f.isResult(t) {
		return reading{}, false
	}
	a, ok := f.amountAt(t)
	if !ok || f.crosses(a) {
		return reading{}, false
	}
	f.addSign(&a)
	unitless := a.next
	if a.noun {
		f.addUnit(&a)
	}
	f.addBounds(&a, unitless)
	return reading{a, unitless}, true
}

// reading is an amount and the token after its bare number.
type reading struct {
	amount
	unitless int
}

// crosses reports whether an amount runs into a date or out of its sentence.
func (f *finder) crosses(a amount) bool {
	for t := a.first; t < a.next; t++ {
		if f.calendar[t] {
			return true
		}
	}
	return f.doc.SentenceAt(a.first) != f.doc.SentenceAt(a.next-1)
}

// amountAt reads the number itself, in the first of the forms that fit.
func (f *finder) amountAt(t int) (amount, bool) {
	if f.is(t, asBetween|asFrom) {
		return f.openedSpan(t)
	}
	for _, form := range []func(int) (amount, bool){f.share, f.fraction, f.multiple, f.vague, f.rank, f.numberedUnit, f.unitAndHalf} {
		if a, ok := form(t); ok {
			return a, true
		}
	}
	low, ok := f.scalar(t)
	if !ok {
		return amount{}, false
	}
	if a, ok := f.span(t, low, asJoint); ok {
		return a, true
	}
	return low, true
}

// word gives what the tables know of token t.
func (f *finder) word(t int) *word {
	if t < 0 || t >= len(f.at) {
		return nothing
	}
	return f.at[t]
}

// is reports whether token t is of one of the classes.
func (f *finder) is(t int, c class) bool { return f.word(t).classes&c != 0 }

// matches reports whether the words of a phrase stand from token t on, in one sentence.
func (f *finder) matches(t int, p phrase) bool {
	if t < 0 || t+len(p) > len(f.doc.Tokens) {
		return false
	}
	for i, w := range p {
		if f.doc.Tokens[t+i].Fold != w {
			return false
		}
	}
	return f.sameSentence(t, t+len(p)-1)
}

func (f *finder) fold(t int) string {
	if t < 0 || t >= len(f.doc.Tokens) {
		return ""
	}
	return f.doc.Tokens[t].Fold
}

func (f *finder) text(t int) string {
	if t < 0 || t >= len(f.doc.Tokens) {
		return ""
	}
	return f.doc.Tokens[t].Text
}

func (f *finder) isWord(t int) bool {
	return t >= 0 && t < len(f.doc.Tokens) && f.doc.Tokens[t].Kind == segment.Word
}

// sameSentence reports whether tokens a and b stand in one sentence.
func (f *finder) sameSentence(a, b int) bool {
	return a >= 0 && b < len(f.doc.Tokens) && f.doc.SentenceAt(a) == f.doc.SentenceAt(b)
}
