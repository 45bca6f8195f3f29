package dates

import (
	"strconv"
	"strings"
)

// Told expressions are reckoned from a time that the text named before: "a year
// earlier", "the following day", "un año antes", "el mismo mes".

// toldReach is how many sentences back that time may stand.
const toldReach = 3

// seen is an expression that was found.
type seen struct {
	next int // the token after it
	when interval
}

// reference gives the time from which a told expression at token t is reckoned:
// the one that its own sentence or the few before named last, else the
// article's day; named tells whether the text named it.
func (r *reader) reference(t int) (when interval, named bool) {
	sentence := r.doc.SentenceAt(t)
	for i := len(r.seen) - 1; i >= 0; i-- {
		s := r.seen[i]
		if s.next > t {
			continue
		}
		if r.doc.SentenceAt(s.next-1) < sentence-toldReach {
			break
		}
		if s.when.unknown || s.when.from != nil && s.when.to != nil {
			return s.when, true
		}
	}
	if !r.now.known {
		return unresolved, false
	}
	return at(day(r.now.day)), false
}

// toldUnit reads "the previous year", "the same month", "the following three
// days", "el año anterior", "the year before", "the year-ago quarter".
func (r *reader) toldUnit(t int, _ lean) (match, bool) {
	t = r.skip(t, catThe)
	value, from, before := r.word(t, catTold)
	if !before {
		from = t
	}
	if step, unit, ok := strings.Cut(value, " "); ok { // "year-ago", "the next day"
		n, _ := strconv.Atoi(step)
		return r.told(t, r.skip(from, catUnit), n, 1, unit, false)
	}
	count := 1
	if n, ok := r.numeral(from); before && ok && !n.Ordinal && n.Value >= 2 && n.Value <= 100 && n.Value == float64(int(n.Value)) {
		count, from = int(n.Value), n.Last
	}
	unit, next, ok := r.word(from, catUnit)
	if !ok || r.isPlural(next-1) != (count > 1) {
		return match{}, false
	}
	if !before {
		value, next, ok = r.toldAfter(next)
	}
	if !ok {
		return match{}, false
	}
	n, err := strconv.Atoi(value)
	if n == 0 && err == nil && r.hangsOnClause(next) {
		return match{}, false
	}
	return r.told(t, next, n, count, unit, err != nil)
}

// hangsOnClause reports whether what follows says which: "the same day that he
// left", "el mismo día de la boda".
func (r *reader) hangsOnClause(t int) bool {
	t = r.skip(t, catIn)
	return r.is(t, catOf) || r.tenses.links[r.fold(t)] || r.tenses.links[r.fold(r.skip(t, catThe))]
}

// toldAfter reads what follows the unit: "(el año) anterior", "(the day) before".
func (r *reader) toldAfter(t int) (value string, next int, ok bool) {
	if value, next, ok := r.word(t, catTold); ok && r.grammar.headFirst {
		return value, next, !r.is(next, catTo, catOf) // "el año anterior a la guerra" hangs on the war
	}
	value, next, ok = r.word(t, catToldafter)
	return value, next, ok && r.endsPhrase(next)
}

// told gives the calendar unit, or the several, that lie n units from the
// reference; onlyNamed where the words mean nothing without one: "that year".
func (r *reader) told(t, next, n, count int, unit string, onlyNamed bool) (match, bool) {
	when, named := r.reference(t)
	if !named && (onlyNamed || n > 0 && r.tense(t) == toldPast) || isClockUnit(unit) {
		return match{}, false
	}
	if when.unknown {
		return match{next: next, when: unresolved}, true
	}
	if n == 0 && when.from.precision > precisionOf(unit) { // no day is told by a month
		return match{}, false
	}
	if count == 1 {
		when, ok := unitsAway(when, unit, n, named)
		return match{next: next, when: when}, ok
	}
	first, okFirst := unitAt(when.from.Time, unit, n*count)
	last, okLast := unitAt(when.from.Time, unit, n)
	if n > 0 {
		first, okFirst = unitAt(when.to.end(), unit, n)
		last, okLast = unitAt(when.to.end(), unit, n*count)
	}
	return match{next: next, when: interval{from: first.from, to: last.to}}, okFirst && okLast
}

// toldCount reads "a year earlier", "three days later", "un año antes".
func (r *reader) toldCount(t int, _ lean) (match, bool) {
	n, ok := r.number(r.hedge(t))
	if !ok || n.Ordinal || n.Value < 1 || n.Value > 1000 || n.Value != float64(int(n.Value)) {
		return match{}, false
	}
	unit, next, ok := r.word(n.Last, catUnit)
	if !ok || isClockUnit(unit) {
		return match{}, false
	}
	value, after, ok := r.word(next, catToldafter)
	if !ok || r.is(next, catBeforehand, catSince, catUntil) && !r.endsPhrase(after) || r.is(after, catOf) {
		return match{}, false
	}
	step, err := strconv.Atoi(value)
	if err != nil {
		return match{}, false
	}
	when, named := r.reference(t)
	if !named && step > 0 && r.tense(t) == toldPast { // what the text has not dated
		return match{}, false
	}
	if when.unknown {
		return match{next: after, when: unresolved}, true
	}
	when, ok = unitsAway(when, unit, step*int(n.Value), named)
	return match{next: after, when: when}, ok
}

// unitsAway moves an interval by n units. A month or quarter stays one a year
// earlier; a day becomes as vague as the unit.
func unitsAway(when interval, unit string, n int, named bool) (interval, bool) {
	years := int(yearsOf(unit))
	if named && years > 0 && n != 0 && when.from.precision != byDay {
		from, to := *when.from, *when.to
		from.Time, to.Time = from.AddDate(years*n, 0, 0), to.AddDate(years*n, 0, 0)
		return interval{from: &from, to: &to}, true
	}
	if when.from.precision > precisionOf(unit) { // "In 2019 … the next day"
		return interval{}, false
	}
	on := when.from.Time
	if n > 0 {
		on = when.to.end()
	}
	if unit == "fortnight" || unit == "halfmonth" || unit == "workday" {
		p, ok := shifted(on, unit, float64(-n))
		return at(p), ok
	}
	return unitAt(on, unit, n)
}

// isClockUnit reports whether a unit is shorter than a day.
func isClockUnit(unit string) bool { return unit == "hour" || unit == "minute" || unit == "second" }

// precisionOf gives the precision that a time must have for a unit to be counted from it.
func precisionOf(unit string) precision {
	switch {
	case yearsOf(unit) > 0:
		return byYear
	case unit == "month" || unit == "quarter" || unit == "half" || unit == "bimester" || unit == "fourmonths":
		return byMonth
	}
	return byDay
}

// reckoned reads units counted from a day that stands beside them: "two days
// after today", "a week from Tuesday", "tres días antes de Navidad", and spans
// with their beginning: "two weeks starting 20 May".
func (r *reader) reckoned(t int, _ lean) (match, bool) {
	bound, t, _ := r.word(t, catBound)
	n, ok := r.number(t)
	if !ok || n.Ordinal || n.Value < 1 || n.Value > 1000 || n.Value != float64(int(n.Value)) {
		return match{}, false
	}
	unit, next, ok := r.word(n.Last, catUnit)
	if !ok || isClockUnit(unit) {
		return match{}, false
	}
	if m, ok := r.spanFrom(next, unit, int(n.Value)); ok {
		return m, true
	}
	back := 1.0
	joint := r.skip(next, catBeforehand)
	if joint == next {
		back, joint = -1, r.skip(next, catSince)
	}
	if joint == next {
		return match{}, false
	}
	base, ok := r.base(joint)
	if !ok || base.when.unknown || base.when.to == nil || base.when.from == nil || base.when.from.precision > precisionOf(unit) {
		return base, ok && base.when.unknown
	}
	if base.when.from.precision == byYear && r.is(next, catOrigin) { // "for two years from 2019"
		return match{}, false
	}
	p, ok := shifted(base.when.from.Time, unit, back*n.Value)
	return match{next: base.next, when: reckonedWith(bound, p, *base.when.from, back > 0)}, ok
}

// reckonedWith gives what "more than" or "less than" makes of the point p that is
// reckoned from base: all beyond it, or all between.
func reckonedWith(bound string, p, base point, back bool) interval {
	switch {
	case bound == "more" && back:
		return until(p)
	case bound == "more":
		return since(p)
	case bound == "less" && back:
		return between(p, base)
	case bound == "less":
		return between(base, p)
	}
	return at(p)
}

// base reads the day from which units are counted; "now" is the article's.
func (r *reader) base(t int) (match, bool) {
	if _, next, ok := r.word(t, catNow); ok {
		if !r.now.known {
			return match{next: next, when: unresolved}, true
		}
		return match{next: next, when: at(day(r.now.day))}, true
	}
	return r.open(t, nearest)
}

// spanFrom reads the beginning of a span of n units: "(2 weeks) starting 20 May", "(3 days), from today".
func (r *reader) spanFrom(t int, unit string, n int) (match, bool) {
	at := r.skip(t, catBegins)
	if at == t && r.text(t) == "," && r.is(t+1, catOrigin) {
		at = r.skip(t+1, catSince)
	}
	if at == t {
		return match{}, false
	}
	m, ok := r.open(r.skip(at, catSince), nearest)
	if !ok || m.when.unknown || m.when.from == nil || m.when.to == nil || !m.when.from.Equal(m.when.to.Time) || m.when.from.precision != byDay {
		return m, ok && m.when.unknown
	}
	end, ok := shifted(m.when.from.Time, unit, -float64(n))
	if !ok {
		return match{}, false
	}
	if end.precision == byDay {
		end = day(end.AddDate(0, 0, -1))
	}
	return match{next: m.next, when: interval{from: m.when.from, to: &end}}, true
}
