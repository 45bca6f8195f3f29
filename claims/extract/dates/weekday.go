package dates

import (
	"strconv"
	"time"

	"cotejo/claims/extract/segment"
)

// weekday reads "lunes", "este viernes, 26 de marzo", "el lunes pasado", "next Monday afternoon".
func (r *reader) weekday(t int, l lean) (match, bool) {
	t, shift := r.direction(t)
	value, next, ok := r.word(t, catWeekday)
	if !ok && startsUpper(r.text(t)) {
		if short, next, ok := r.word(t, catShortweekday); ok { // "Mon 13th", never "Sun" alone
			return r.dateAfterWeekday(next, short, l)
		}
	}
	if !ok || !r.isDayName(t) {
		return match{}, false
	}
	if m, ok := r.dateAfterWeekday(next, value, l); ok {
		return m, true
	}
	if r.grammar.headFirst && shift == 0 {
		next, shift = r.directionAfter(next)
	}
	if m, ok := r.weekOfDay(value, next); ok {
		return m, true
	}
	next = r.skip(next, catPart)
	if !r.now.known {
		return match{next: next, when: unresolved}, true
	}
	if shift == 0 && l == nearest && r.clauseTense(t) == toldFuture {
		l = future
	}
	n, _ := strconv.Atoi(value)
	back := (int(r.now.day.Weekday()) + 6 - (n - 1)) % 7
	switch {
	case shift > 0 || shift == 0 && l == future:
		back -= 7
		if back == -7 && shift == 0 {
			back = 0
		}
	case shift < 0 && back == 0:
		back = 7
	}
	return match{next: next, when: at(day(r.now.day.AddDate(0, 0, -back)))}, true
}

// weekOfDay reads the week after a weekday: "Tuesday of last week", "el lunes de
// la semana pasada".
func (r *reader) weekOfDay(weekday string, t int) (match, bool) {
	m, ok := r.relativeUnit(r.skip(t, catOf), nearest)
	if !ok || m.when.unknown || m.when.from == nil {
		return m, ok && m.when.unknown
	}
	monday := m.when.from.Time
	if m.when.from.precision != byDay || !m.when.to.Equal(monday.AddDate(0, 0, 6)) {
		return match{}, false
	}
	n, _ := strconv.Atoi(weekday)
	return match{next: m.next, when: at(day(monday.AddDate(0, 0, n-1)))}, true
}

// nthDayName reads "the first Friday of July", "el último domingo de mayo".
func (r *reader) nthDayName(t int, l lean) (match, bool) {
	n, last, next, ok := r.ordinal(t)
	if !ok || n > 5 {
		return match{}, false
	}
	value, next, ok := r.word(next, catWeekday)
	if !ok || r.skip(next, catOf, catIn) == next {
		return match{}, false
	}
	m, ok := r.monthAlone(r.skip(next, catOf, catIn), l)
	if !ok {
		m, ok = r.whole(next, l)
	}
	if !ok || m.when.unknown || m.when.from.precision != byMonth {
		return m, ok && m.when.unknown
	}
	if last {
		n = 9
	}
	weekday, _ := strconv.Atoi(value)
	month := m.when.from.Time
	return match{next: m.next, when: at(day(nthWeekday(month.Year(), int(month.Month()), n, weekday%7)))}, true
}

// isDayName reports whether the weekday at token t is one day: not "los lunes",
// "cada lunes", "every Monday"; in English a day's name is no other word.
func (r *reader) isDayName(t int) bool {
	if r.is(t-1, catEvery) {
		return false
	}
	if r.grammar.capitals {
		return true
	}
	inName := startsUpper(r.text(t)) && t > 0 && r.doc.Tokens[t-1].Kind == segment.Word && r.doc.SentenceAt(t) == r.doc.SentenceAt(t-1)
	return !inName
}

// dateAfterWeekday reads the date that follows a weekday, a comma between or not.
func (r *reader) dateAfterWeekday(t int, weekday string, l lean) (match, bool) {
	if r.text(t) == "," {
		t++
	}
	t = r.skip(t, catThe)
	if m, ok := r.dayOfMonth(t, l); ok {
		return m, true
	}
	if m, ok := r.monthDay(t, l); ok {
		return m, true
	}
	if m, ok := r.numeric(t, l); ok {
		return m, true
	}
	if m, ok := r.written(t, l); ok {
		return m, true
	}
	return r.bareDay(t, weekday)
}

// bareDay reads the day of the month after a weekday, of the nearest month in
// which the two fall together: "el lunes 26", "Tuesday the eleventh".
func (r *reader) bareDay(t int, weekday string) (match, bool) {
	d, next, ok := r.dayNumber(t)
	if n, _ := r.numeral(t); !ok || n.Digits && next != t+1 || !r.isBareDay(t, n) {
		return match{}, false
	}
	if !r.now.known {
		return match{next: next, when: unresolved}, true
	}
	for _, n := range []int{0, 1, -1, 2, 3, 4, 5, 6, -2, -3, -4, -5, -6, 7, -7, 8, -8} {
		first := monthsBack(r.now.day, n)
		if d := date(first.Year(), int(first.Month()), d); d.Month() == first.Month() && d.Sub(r.now.day) < 15*24*time.Hour && isWeekday(d, weekday) {
			return match{next: next, when: at(day(d))}, true
		}
		if d := date(first.Year(), int(first.Month()), d); n >= 0 && d.Month() == first.Month() && isWeekday(d, weekday) {
			return match{next: next, when: at(day(d))}, true
		}
	}
	return match{}, false
}

// isBareDay tells a day of the month after a weekday from a rank or a count:
// "(Tuesday the) eleventh", "(el lunes) 26", but not "este lunes la primera".
func (r *reader) isBareDay(t int, n segment.Numeral) bool {
	if r.grammar.headFirst {
		return r.doc.Tokens[t].Kind == segment.Number
	}
	return n.Ordinal && r.endsPhrase(n.Last)
}

// isWeekday reports whether t falls on a weekday, 1 = Monday.
func isWeekday(t time.Time, weekday string) bool {
	n, _ := strconv.Atoi(weekday)
	return int(t.Weekday()) == n%7
}
