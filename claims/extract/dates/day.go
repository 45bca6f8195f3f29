package dates

import (
	"strconv"
	"strings"
	"time"

	"cotejo/claims/extract/segment"
)

// day-of-month, month and year as far as an expression gives them; 0 where not.
type calendarDay struct{ year, month, day int }

// How many days ahead a day or month without a year may lie, else it was last
// year's; less where the clause tells of the past.
const (
	dayReach       = 125
	pastDayReach   = 31
	monthReach     = 95
	pastMonthReach = 0
)

// reach gives how far ahead the expression at token t may lie.
func (r *reader) reach(t, usual, inPast int) time.Duration {
	days := usual
	if r.tense(t) == toldPast {
		days = inPast
	}
	return time.Duration(days) * 24 * time.Hour
}

// leanOf gives which way the expression at token t leans: ahead where its own
// words do not say and its clause tells of the future.
func (r *reader) leanOf(t int, l lean) lean {
	if l == nearest && r.tense(t) == toldFuture {
		return future
	}
	return l
}

// resolve reads a day and month without a year, at token t, as the nearest such
// day, leaning to the past.
func (r *reader) resolve(t int, c calendarDay, l lean) (interval, bool) {
	if c.year > 0 {
		if !validDay(c.year, c.month, c.day) {
			return interval{}, false
		}
		return at(day(date(c.year, c.month, c.day))), true
	}
	if !validDay(2024, c.month, c.day) {
		return interval{}, false
	}
	if !r.now.known {
		return unresolved, true
	}
	l = r.leanOf(t, l)
	for _, y := range r.yearsToTry(l) {
		d := date(y, c.month, c.day)
		if validDay(y, c.month, c.day) && r.fits(d, l, r.reach(t, dayReach, pastDayReach)) {
			return at(day(d)), true
		}
	}
	return interval{}, false
}

// yearsToTry gives the years in which an expression without one may lie, the likeliest first.
func (r *reader) yearsToTry(l lean) []int {
	y := r.now.day.Year()
	if l == future {
		return []int{y, y + 1, y + 2, y + 3, y + 4} // a 29 February may be four years off
	}
	return []int{y + 1, y, y - 1, y - 2, y - 3, y - 4}
}

// fits reports whether a date lies on the side that l asks for; nearest allows
// what is at most reach ahead.
func (r *reader) fits(t time.Time, l lean, reach time.Duration) bool {
	ahead := t.Sub(r.now.day)
	switch l {
	case past:
		return ahead <= 0
	case future:
		return ahead >= 0
	}
	return ahead <= reach
}

// dayNumber reads a day of the month: digits, ordinal digits, or a word.
func (r *reader) dayNumber(t int) (d, next int, ok bool) {
	n, ok := r.numeral(t)
	if !ok || n.Value < 1 || n.Value > 31 || n.Value != float64(int(n.Value)) {
		return 0, t, false
	}
	if n.Digits && !n.Plain && !n.Ordinal || n.Last > t+1 && n.Digits {
		return 0, t, false
	}
	return int(n.Value), n.Last, true
}

// leaning reads "próximo" or "pasado" before a day: which way it leans.
func (r *reader) leaning(t int, l lean) (int, lean) {
	if _, next, ok := r.word(t, catNext); ok {
		return next, future
	}
	if _, next, ok := r.word(t, catLast); ok {
		return next, past
	}
	return t, l
}

// dayOfMonth reads "7 de febrero de 2021", "26 y 27 de marzo", "3 al 5 de mayo", "8 March 2011", "the 8th of March".
func (r *reader) dayOfMonth(t int, l lean) (match, bool) {
	t, l = r.leaning(t, l)
	first, next, ok := r.dayNumber(r.skip(t, catDayword))
	if !ok || t > 0 && strings.ContainsAny(r.text(t-1), "$€£¥") { // "$12 December 27"
		return match{}, false
	}
	last := first
	if joint := r.skip(next, catTo, catAnd, catOr, catThrough); joint > next {
		joint = r.skip(joint, catThe)
		if d, after, ok := r.dayNumber(joint); ok {
			last, next = d, after
		}
	}
	m, after, ok := r.monthName(r.skip(next, catOf), true)
	if !ok {
		m, after, ok = r.monthNumber(t, next)
	}
	if !ok {
		return r.dayOfThisMonth(first, last, next)
	}
	y, next := r.yearOfMonth(after)
	return r.days(calendarDay{y, m, first}, last, next, l)
}

// monthNumber reads the month in figures of "el 17 del 11", "el 9 de 8 de 1971",
// with the day at token t.
func (r *reader) monthNumber(t, next int) (m, after int, ok bool) {
	of := r.skip(next, catOf)
	if of == next || !r.grammar.headFirst || !r.is(t-1, catOnday) || r.doc.Tokens[t].Kind != segment.Number {
		return 0, next, false
	}
	n, ok := r.numeral(of)
	if !ok || !n.Plain || n.Value < 1 || n.Value > 12 || n.Value != float64(int(n.Value)) {
		return 0, next, false
	}
	if y, _ := r.yearAfter(n.Last); y == 0 && !r.endsPhrase(n.Last) {
		return 0, next, false
	}
	return int(n.Value), n.Last, true
}

// dayOfThisMonth reads what follows the days of a month that is named by its
// place: "(del 4 al 22) de este mes", "(the 21st) of last month".
func (r *reader) dayOfThisMonth(first, last, next int) (match, bool) {
	if unit, after, ok := r.word(r.skip(next, catOf), catCurrent); ok { // "el 3 del corriente"
		return r.daysOf(after, unit, first, last)
	}
	at := r.skip(next, catOf)
	if last > first { // "4 to 23 in next month", not "26 in the last week"
		at = r.skip(next, catOf, catIn)
	}
	if at == next && (last == first || !r.is(next, catNext, catLast)) && !r.is(next, catThis) && !r.is(next, catThe) {
		return match{}, false
	}
	for _, from := range []int{at, r.skip(at, catThe)} {
		m, ok := r.relativeUnit(from, nearest)
		if !ok || m.when.unknown {
			if ok {
				return m, true
			}
			continue
		}
		return daysIn(m, first, last)
	}
	return match{}, false
}

// daysOf gives days of the month that runs.
func (r *reader) daysOf(next int, unit string, first, last int) (match, bool) {
	if !r.now.known {
		return match{next: next, when: unresolved}, true
	}
	when, ok := unitAt(r.now.day, unit, 0)
	if !ok {
		return match{}, false
	}
	return daysIn(match{next: next, when: when}, first, last)
}

// daysIn gives the days first to last of the month that was matched.
func daysIn(m match, first, last int) (match, bool) {
	on := *m.when.from
	if on.precision != byMonth || !validDay(on.Year(), int(on.Month()), first) || !validDay(on.Year(), int(on.Month()), last) || last < first {
		return match{}, false
	}
	m.when = between(day(on.AddDate(0, 0, first-1)), day(on.AddDate(0, 0, last-1)))
	m.spans = last > first
	return m, true
}

// monthDay reads "March 8, 2011", "March 3-5", "March 8th".
func (r *reader) monthDay(t int, l lean) (match, bool) {
	if !r.grammar.monthFirst {
		return match{}, false
	}
	m, next, ok := r.monthName(t, true)
	if !ok {
		return match{}, false
	}
	first, next, ok := r.dayNumber(r.skip(next, catThe))
	if !ok {
		return match{}, false
	}
	last := first
	if joint := r.skip(next, catTo, catAnd, catThrough); joint > next {
		joint = r.skip(joint, catThe)
		if d, after, ok := r.dayNumber(joint); ok && d > first && !r.is(after, catUnit) {
			last, next = d, after
		}
	}
	y, next := r.yearAfter(next)
	return r.days(calendarDay{y, m, first}, last, next, l)
}

func (r *reader) days(c calendarDay, last, next int, l lean) (match, bool) {
	if _, after, ok := r.word(next, catNext); ok && r.grammar.headFirst {
		next, l = after, future
	} else if _, after, ok := r.word(next, catLast); ok && r.grammar.headFirst {
		next, l = after, past
	}
	if last < c.day { // "from the 27th to the 3rd of April"
		to, ok := r.resolve(next-1, calendarDay{c.year, c.month, last}, l)
		if ok && !to.unknown {
			to.from, ok = dayBefore(to.to, c.day)
		}
		return match{next: next, when: to, spans: true}, ok
	}
	from, ok := r.resolve(next-1, c, l)
	if !ok || from.unknown || last == c.day {
		return match{next: next, when: from, spans: last > c.day}, ok
	}
	to, ok := r.resolve(next-1, calendarDay{from.from.Year(), c.month, last}, l)
	return match{next: next, when: interval{from: from.from, to: to.to}, spans: true}, ok
}

// dayBefore gives the day of the month with number d that is the last at or before a point.
func dayBefore(p *point, d int) (*point, bool) {
	first := monthsBack(p.Time, 0)
	if d > p.Day() {
		first = monthsBack(p.Time, 1)
	}
	on := day(first.AddDate(0, 0, d-1))
	return &on, on.Month() == first.Month()
}

// dayWord reads "ayer", "hoy por la mañana", "yesterday afternoon", "Today".
func (r *reader) dayWord(t int, _ lean) (match, bool) {
	if r.inPart[t] || r.is(t, catNever) {
		return match{}, false
	}
	value, next, ok := r.word(t, catDay)
	if !ok {
		return match{}, false
	}
	next = r.skip(next, catPart)
	if !r.now.known {
		return match{next: next, when: unresolved}, true
	}
	n, _ := strconv.Atoi(value)
	return match{next: next, when: at(day(r.now.day.AddDate(0, 0, n)))}, true
}

// dayAlone reads a day of the month by itself where its words can mean nothing
// else: "on the 18th", "el día 18", no noun after it.
func (r *reader) dayAlone(t int, l lean) (match, bool) {
	if !r.announcesDay(t) {
		return match{}, false
	}
	start := r.skip(t, catDayword)
	d, next, ok := r.dayNumber(start)
	if n, _ := r.numeral(start); !ok || start == t && !n.Ordinal || !r.endsPhrase(next) {
		return match{}, false
	}
	return r.nearestDay(t, d, next, l)
}

// nearestDay gives the nearest day of the month before the article's date, or after it in a clause that tells of the future.
func (r *reader) nearestDay(t, d, next int, l lean) (match, bool) {
	if !r.now.known {
		return match{next: next, when: unresolved}, true
	}
	l = r.leanOf(t, l)
	for _, n := range []int{0, 1, -1, 2, -2} {
		if l == future {
			n = -n
		}
		first := monthsBack(r.now.day, n)
		if on := date(first.Year(), int(first.Month()), d); on.Month() == first.Month() && r.fits(on, l, 0) {
			return match{next: next, when: at(day(on))}, true
		}
	}
	return match{}, false
}

// announcesDay reports whether the words before a day's number date it: "on the", "el día".
func (r *reader) announcesDay(t int) bool {
	if r.grammar.headFirst {
		return r.is(t, catDayword) && r.is(t-1, catOnday)
	}
	return r.is(t-1, catThe) && r.is(t-2, catOnday, catSince, catUntil)
}

// endsPhrase reports whether no noun can follow: the sentence ends or a word of the calendar's grammar stands.
func (r *reader) endsPhrase(t int) bool {
	return t >= len(r.doc.Tokens) || r.doc.Tokens[t].Kind == segment.Punct && r.text(t) != "-" || r.is(t, catIn, catUntil, catTo, catAnd, catSince)
}
