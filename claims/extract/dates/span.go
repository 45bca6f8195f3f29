package dates

import (
	"strings"
	"time"
)

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
