package dates

import (
	"strconv"
	"strings"
	"time"

	"cotejo/claims/extract/segment"
)

// lean says which way an expression without a year is read.
type lean int8

const (
	past    lean = -1
	nearest lean = 0
	future  lean = 1
)

// match is an expression over tokens [first, next).
type match struct {
	first, next int
	when        interval
	vague       bool // a bare season or year-less holiday that only some contexts make a date
}

// expression reads a whole calendar expression that begins at token t, with the
// words that open or close its interval.
func (r *reader) expression(t int) (match, bool) {
	if _, next, ok := r.word(t, catNever); ok {
		return match{first: t, next: next}, false
	}
	if m, ok := r.bounded(t); ok {
		return m, true
	}
	if m, ok := r.pair(t, t); ok {
		return m, true
	}
	start := t
	if r.grammar.keepsPreposition { // "en septiembre": the preposition is part of the expression
		start = r.skip(t, catIn)
	}
	core := r.skip(start, catThe)
	m, ok := r.core(core, nearest)
	if !ok && core > start {
		m, ok = r.core(start, nearest)
	}
	if !ok && start > t { // "en dos semanas"
		m, ok = r.core(t, nearest)
	}
	if !ok || m.vague {
		return match{}, false
	}
	m.first = t
	if _, next, ok := r.word(m.next, catOnwards); ok { // "2012 or later", "de 2016 en adelante"
		m.next, m.when = next, r.openFrom(m.when)
	}
	return m, true
}

// bounded reads "since X", "until X", "from X to Y", "between X and Y".
func (r *reader) bounded(t int) (match, bool) {
	if _, next, ok := r.word(t, catBetween); ok {
		if m, ok := r.pair(next, t); ok {
			return m, true
		}
	}
	if _, next, ok := r.word(t, catSpan); ok { // "de 2019 a 2021"
		if m, ok := r.pair(next, t); ok {
			return m, true
		}
	}
	if _, next, ok := r.word(t, catSince); ok {
		if m, ok := r.pair(next, t); ok {
			return m, true
		}
		if m, ok := r.open(next, past); ok {
			m.first = t
			if r.is(t, catOrigin) { // "footage from 2019" is of that year
				m.first = next
				return m, true
			}
			m.when = r.openFrom(m.when)
			return m, true
		}
	}
	if _, next, ok := r.word(t, catUntil); ok {
		l := future
		if r.is(t, catBeforehand) {
			l = nearest
		}
		if m, ok := r.open(next, l); ok {
			m.first = t
			m.when = r.openTo(m.when)
			return m, true
		}
	}
	return match{}, false
}

// open reads what follows "since" or "until": an optional preposition and article.
func (r *reader) open(t int, l lean) (match, bool) {
	t = r.skip(t, catIn)
	if m, ok := r.core(t, l); ok {
		return m, true
	}
	return r.core(r.skip(t, catThe), l)
}

func (r *reader) openFrom(i interval) interval {
	if i.unknown || i.from == nil {
		return interval{unknown: i.unknown}
	}
	return since(*i.from)
}

func (r *reader) openTo(i interval) interval {
	if i.unknown || i.to == nil {
		return interval{unknown: i.unknown}
	}
	return until(*i.to)
}

// pair reads "X to Y" or "X and Y" from token t; the expression begins at first.
func (r *reader) pair(t, first int) (match, bool) {
	strict := first == t // without a word that announces an interval
	a, ok := r.side(t, past)
	if !ok {
		return match{}, false
	}
	at := a.next
	if r.text(at) == "," && !strict {
		at++
	}
	next := r.joint(at, strict)
	if next == at {
		return match{}, false
	}
	b, ok := r.side(next, r.leanOfSecond(a))
	if !ok {
		return match{}, false
	}
	if !a.when.unknown && !b.when.unknown && a.when.from.After(b.when.to.Time) {
		if later, ok := r.side(next, future); ok && later.when.to.After(a.when.from.Time) { // "entre diciembre y febrero"
			b = later
		}
	}
	if r.yearInTokens(next, b.next) && !r.yearInTokens(t, a.next) { // "from May to October 2020"
		a.when = r.inYearOf(a.when, b.when)
	}
	when := interval{from: a.when.from, to: b.when.to, unknown: a.when.unknown || b.when.unknown}
	when.order()
	return match{first: first, next: b.next, when: when}, true
}

// yearInTokens reports whether a year stands in tokens [first, next).
func (r *reader) yearInTokens(first, next int) bool {
	for t := first; t < next; t++ {
		if _, _, ok := r.yearNumber(t); ok || strings.Count(r.text(t), "/") == 2 {
			return true
		}
	}
	return false
}

// inYearOf moves an interval without a year of its own into the year of the one
// that it leads up to, or into the year before it.
func (r *reader) inYearOf(a, b interval) interval {
	if a.unknown || b.unknown || a.from.precision == byYear || a.from.Day() == 29 && a.from.Month() == time.February {
		return a
	}
	from := *a.from
	from.Time = from.AddDate(b.to.Year()-from.Year(), 0, 0)
	if from.After(b.to.Time) {
		from.Time = from.AddDate(-1, 0, 0)
	}
	return interval{from: &from, to: a.to}
}

// joint gives the token after the word that joins the two sides of an interval.
func (r *reader) joint(t int, strict bool) int {
	if strict {
		return r.skip(t, catTo, catThrough)
	}
	return r.skip(t, catTo, catUntil, catAnd)
}

func (r *reader) leanOfSecond(a match) lean {
	if a.when.unknown || a.when.from == nil || !r.now.known || a.when.from.Before(r.now.day) {
		return past
	}
	return future
}

// side reads one side of an interval.
func (r *reader) side(t int, l lean) (match, bool) {
	if _, next, ok := r.word(r.skip(t, catThe), catNow); ok {
		if !r.now.known {
			return match{next: next, when: unresolved}, true
		}
		return match{next: next, when: at(day(r.now.day))}, true
	}
	m, ok := r.open(t, l)
	if !ok || m.when.unknown {
		return m, ok
	}
	return m, m.when.from != nil && m.when.to != nil
}

// memoSize is how many cores are remembered: those that the alternatives of one
// expression read again.
const memoSize = 32

// known is what core gave for a token and lean.
type known struct {
	token int
	lean  lean
	match match
	set   bool
}

// core reads an expression without the words that open its interval.
func (r *reader) core(t int, l lean) (match, bool) {
	if t >= len(r.doc.Tokens) || r.ahead[t] >= maxReach {
		return match{}, false
	}
	k := &r.memo[(3*t+int(l)+1)%memoSize]
	if !k.set || k.token != t || k.lean != l {
		m, _ := r.longest(t, l)
		*k = known{t, l, m, true}
	}
	return k.match, k.match.next > t
}

// longest gives the longest of the forms that fit at token t.
func (r *reader) longest(t int, l lean) (match, bool) {
	var best match
	for _, form := range []func(int, lean) (match, bool){
		r.numeric, r.weekday, r.dayOfMonth, r.monthDay, r.monthAlone, r.yearAlone, r.decade, r.season,
		r.dayWord, r.relativeUnit, r.counted, r.ago, r.ordinalUnit, r.partOf, r.holidays, r.eve, r.weekOf, r.nthDayName,
		r.written, r.yearFirst, r.dayAlone, r.numberedWeek, r.rest, r.firstUnits,
	} {
		if m, ok := form(t, l); ok && m.next > best.next && !r.crosses(t, m.next) {
			best = m
			best.first = t
		}
	}
	return best, best.next > t
}

// crosses reports whether a sentence ends inside tokens [t, next).
func (r *reader) crosses(t, next int) bool {
	return r.doc.SentenceAt(t) != r.doc.SentenceAt(next-1)
}

// number reads a cardinal number at token t, "a" and "a couple of" too.
func (r *reader) number(t int) (segment.Numeral, bool) {
	if value, next, ok := r.word(t, catOne); ok {
		n, _ := strconv.ParseFloat(value, 64)
		return segment.Numeral{First: t, Last: next, Value: n}, true
	}
	return r.numeral(t)
}
