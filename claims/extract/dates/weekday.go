package dates

import (
	"strconv"
	"time"

	"cotejo/claims/extract/segment"
)

// weekday reads "lunes", "este viernes, 26 de marzo", "el lunes pasado", "next Monday afternoon".
func (r *reader) weekday(t int, l lean) (match, bool) {
	begin := t
	t, shift := r.direction(t)
	value, next, ok := r.word(t, catWeekday)
	if !ok && startsUpper(r.text(t)) {
		if short, next, ok := r.word(t, catShortweekday); ok { // "Mon 13th", never "Sun" alone
			return r.dateAfterWeekday(next, short, l, nearest)
		}
	}
	if !ok || !r.isDayName(t) {
		return match{}, false
	}
	if m, ok := r.dateAfterWeekday(next, value, l, lean(shift)); ok {
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
	n, _ := strconv.Atoi(value)
	return match{next: next, when: at(day(r.dayNamed(begin, t, n, shift, l)))}, true
}

// dayNamed gives the day that a weekday names (1 = Monday), its word at token t
// and the words that direct it from token begin on: the nearest such day at or
// before the article's, or after it in a clause that tells of the future. Where
// the language means weeks, "last" and "next" are of the weeks beside the
// article's, and "this" is of that week but in a clause that tells of the past.
func (r *reader) dayNamed(begin, t, n, shift int, l lean) time.Time {
	back := (int(r.now.day.Weekday()) + 6 - (n - 1)) % 7 // days since the last one
	inWeek := monday(r.now.day).AddDate(0, 0, n-1)
	told := r.clauseTense(t)
	directed := r.is(begin, catThis)
	switch {
	case shift != 0 && r.grammar.weekdaysByWeek && !directed && !r.is(begin, catRolling, catNexts):
		return inWeek.AddDate(0, 0, 7*shift)
	case shift < 0:
		return r.now.day.AddDate(0, 0, -back-7*boolTo(back == 0))
	case shift > 0:
		return r.now.day.AddDate(0, 0, 7-back)
	case directed && r.grammar.weekdaysByWeek && told != toldPast && l == nearest:
		return inWeek
	case back > 0 && (l == future || l == nearest && told == toldFuture):
		return r.now.day.AddDate(0, 0, 7-back)
	}
	return r.now.day.AddDate(0, 0, -back)
}

func boolTo(b bool) int {
	if b {
		return 1
	}
	return 0
}

// dayOfNamedWeek reads the weekday or weekdays after a week: "(next week) on
// Tuesday", "(la próxima semana) el martes", "(this week) from Tuesday to Friday".
func (r *reader) dayOfNamedWeek(m match) match {
	if m.when.unknown || !isWeek(m.when) {
		return m
	}
	t := m.next
	if r.text(t) == "-" {
		t++
	}
	monday := m.when.from.Time
	if opening := r.skip(t, catBetween, catSince, catSpan); opening > t {
		return r.daysOfNamedWeek(m, opening, monday)
	}
	n, next, ok := r.dayName(r.skip(t, catOnday))
	if !ok || r.crosses(m.first, next) {
		return m
	}
	if dated, ok := r.dateAfterWeekday(next, strconv.Itoa(n), nearest, nearest); ok && dated.next > next { // "week 34 on Friday, 6 July"
		return m
	}
	m.next, m.when = next, at(day(monday.AddDate(0, 0, n-1)))
	return m
}

// daysOfNamedWeek reads two weekdays from token t on, and their joint.
func (r *reader) daysOfNamedWeek(m match, t int, monday time.Time) match {
	first, next, ok := r.dayName(r.skip(t, catThe))
	if !ok {
		return m
	}
	joint := r.joint(next, false)
	last, next, ok := r.dayName(r.skip(joint, catThe))
	if !ok || joint == next || last < first || r.crosses(m.first, next) {
		return m
	}
	m.next, m.when = next, between(day(monday.AddDate(0, 0, first-1)), day(monday.AddDate(0, 0, last-1)))
	return m
}

// dayName gives the weekday that stands at token t, 1 = Monday.
func (r *reader) dayName(t int) (n, next int, ok bool) {
	value, next, ok := r.word(t, catWeekday)
	if !ok && startsUpper(r.text(t)) {
		value, next, ok = r.word(t, catShortweekday)
	}
	n, _ = wholeNumber(value)
	return n, next, ok
}

// weekOfDay reads the week after a weekday: "Tuesday of last week", "el lunes de
// la semana pasada".
func (r *reader) weekOfDay(weekday string, t int) (match, bool) {
	m, ok := r.relativeUnit(r.skip(t, catOf), nearest)
	if !ok {
		m, ok = r.toldUnit(r.skip(t, catOf), nearest)
	}
	if !ok { // "Monday two weeks from now"
		m, ok = r.reckoned(t, nearest)
		if ok && !m.when.unknown && m.when.from != nil && m.when.from.precision == byDay && m.when.to == m.when.from {
			m.when = week(m.when.from.Time)
		}
	}
	if !ok || m.when.unknown || m.when.from == nil || m.when.to == nil {
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
		m, ok = r.whole(r.skip(next, catIn), l)
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

// dateAfterWeekday reads the date that follows a weekday, a comma between or not;
// way is where "last" or "next" before the weekday point.
func (r *reader) dateAfterWeekday(t int, weekday string, l, way lean) (match, bool) {
	if r.text(t) == "(" {
		m, ok := r.dateAfterWeekday(t+1, weekday, l, way)
		m.next++
		return m, ok && r.text(m.next-1) == ")"
	}
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
	return r.bareDay(t, weekday, way)
}

// bareDay reads the day of the month after a weekday, of the nearest month in
// which the two fall together: "el lunes 26", "Tuesday the eleventh".
func (r *reader) bareDay(t int, weekday string, l lean) (match, bool) {
	announced := r.skip(t, catDayword)
	d, next, ok := r.dayNumber(announced)
	if n, _ := r.numeral(announced); !ok || n.Digits && next != announced+1 || announced == t && !r.isBareDay(t, n) {
		return match{}, false
	}
	if !r.now.known {
		return match{next: next, when: unresolved}, true
	}
	if on, ok := r.dayOnWeekday(d, weekday, l); ok {
		return match{next: next, when: at(day(on))}, true
	}
	return match{}, false
}

// dayOnWeekday gives the nearest day with number d that falls on a weekday.
func (r *reader) dayOnWeekday(d int, weekday string, l lean) (time.Time, bool) {
	const months = 11
	var best time.Time
	for n := -months; n <= months; n++ {
		first := monthsBack(r.now.day, n)
		on := date(first.Year(), int(first.Month()), d)
		away := on.Sub(r.now.day)
		if on.Month() == first.Month() && isWeekday(on, weekday) && float64(l)*away.Hours() >= 0 && (best.IsZero() || away.Abs() < best.Sub(r.now.day).Abs()) {
			best = on
		}
	}
	return best, !best.IsZero()
}

// isBareDay tells a day of the month after a weekday from a rank or a count:
// "(Tuesday the) eleventh", "(el lunes) 26", but not "este lunes la primera".
func (r *reader) isBareDay(t int, n segment.Numeral) bool {
	if r.text(n.Last) == "-" && r.doc.Glued(n.Last) { // "Friday 7-6"
		return false
	}
	if r.grammar.headFirst {
		return r.doc.Tokens[t].Kind == segment.Number
	}
	return (n.Ordinal || n.Digits && n.Plain || r.is(t-1, catThe)) && r.endsPhrase(n.Last)
}

// isWeekday reports whether t falls on a weekday, 1 = Monday.
func isWeekday(t time.Time, weekday string) bool {
	n, _ := strconv.Atoi(weekday)
	return int(t.Weekday()) == n%7
}
