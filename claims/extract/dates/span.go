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
		return r.dayToDate(t, first)
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
	if r.is(r.skip(next, catThe), catWeekday) && r.skip(r.skip(next, catThe), catWeekday) == b.next { // "from next Monday to Friday"
		b.when.follow(a.when)
	} else if r.is(r.skip(t, catThe), catWeekday) && r.skip(r.skip(t, catThe), catWeekday) == a.next { // "from Monday to Friday of next week"
		a.when.lead(b.when)
	} else if r.is(r.skip(t, catThe), catWeekday) && !r.monthInTokens(t, a.next) && r.monthInTokens(next, b.next) && !a.when.unknown && !b.when.unknown { // "del viernes 20 al sábado 21 de marzo"
		if from, ok := dayBefore(b.when.to, a.when.from.Day()); ok {
			a.when = interval{from: from, to: from}
		}
	}
	if r.yearInTokens(next, b.next) && !r.yearInTokens(t, a.next) && r.monthInTokens(t, a.next) { // "from May to October 2020"
		a.when = r.inYearOf(a.when, b.when)
	}
	when := interval{from: a.when.from, to: b.when.to, unknown: a.when.unknown || b.when.unknown}
	when.order()
	if !when.unknown && when.from.After(when.to.Time) {
		return match{}, false
	}
	return match{first: first, next: b.next, when: when}, true
}

// dayToDate reads an interval whose first side is only a day's number: "from 4 to January 22".
func (r *reader) dayToDate(t, first int) (match, bool) {
	d, next, ok := r.dayNumber(r.skip(t, catThe))
	if !ok || first == t {
		return match{}, false
	}
	joint := r.joint(next, false)
	if joint == next {
		return match{}, false
	}
	b, ok := r.monthDay(r.skip(joint, catThe), nearest)
	if !ok || b.when.unknown || b.spans {
		return match{first: first, next: b.next, when: unresolved}, ok && b.when.unknown
	}
	from, ok := dayBefore(b.when.to, d)
	return match{first: first, next: b.next, when: interval{from: from, to: b.when.to}}, ok
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

// monthInTokens reports whether a month whose year is left open stands in tokens [first, next).
func (r *reader) monthInTokens(first, next int) bool {
	for t := first; t < next; t++ {
		if r.is(t, catThis) {
			return false
		}
		if r.at[t].categories&monthNames != 0 || strings.Contains(r.text(t), "/") || r.at[t].categories&seasons != 0 {
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
