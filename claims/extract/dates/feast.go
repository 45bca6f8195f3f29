package dates

import (
	"strconv"
	"strings"
	"time"
)

// feast reads a feast with a fixed or reckoned date, its year, and the weekend
// about it. Without a preposition of time it may only be a name: "una marcha por
// el Día …", "Christmas tree".
func (r *reader) feast(t int, l lean) (match, bool) {
	start := t
	t, l = r.leaning(t, l)
	value, next, ok := r.word(t, catHoliday)
	if !ok {
		return match{}, false
	}
	named := t == start && !r.datesFeast(t) && !r.isFeastDay(t, next)
	y, next := r.yearAfter(next)
	weekend := false
	if unit, after, ok := r.word(next, catUnit); ok && unit == "weekend" {
		weekend, named, next = true, false, after
		if y == 0 {
			y, next = r.yearAfter(next)
		}
	}
	when, ok := r.feastIn(t, y, value, l)
	if ok && weekend && !when.unknown {
		when = weekendAbout(when.from.Time)
	}
	return match{next: next, when: when, vague: named && y == 0}, ok
}

// isFeastDay reports whether tokens [t, next) call the feast a day and stand by
// themselves: "Labour Day", "el día de Navidad", but not the name "Día de la
// Mujer", whose capital days have not, and no modifier.
func (r *reader) isFeastDay(t, next int) bool {
	if r.is(r.beforeArticle(t), catOf) || !r.grammar.capitals && startsUpper(r.text(t)) || !r.endsPhrase(next) && !r.isFunctionWord(next) {
		return false
	}
	unit, _, last := r.word(next-1, catUnit)
	return last && unit == "day" || r.is(t, catDayword)
}

// datesFeast reports whether the words before token t make the feast there a date.
func (r *reader) datesFeast(t int) bool {
	return r.is(t-1, catIn, catSince, catUntil, catBetween, catThis) || r.is(r.beforeArticle(t), catIn, catSince, catUntil, catBetween)
}

// feastIn gives a feast of a year, or where y is 0 the one that is meant at token t.
func (r *reader) feastIn(t, y int, value string, l lean) (interval, bool) {
	if y > 0 {
		return feastOf(value, y)
	}
	if !r.now.known {
		return unresolved, true
	}
	l = r.leanOf(t, l)
	for _, y := range r.yearsToTry(l) {
		if when, ok := feastOf(value, y); ok && r.fits(when.from.Time, l, r.reach(t, dayReach, pastDayReach)) {
			return when, true
		}
	}
	return interval{}, false
}

// beforeArticle gives the token before the article that stands before token t.
func (r *reader) beforeArticle(t int) int {
	if r.is(t-1, catThe) {
		return t - 2
	}
	return t - 1
}

// feastWeekend reads "the weekend of Halloween", "el fin de semana de Carnaval".
func (r *reader) feastWeekend(t int, l lean) (match, bool) {
	unit, next, ok := r.word(r.skip(t, catThe), catUnit)
	if !ok || unit != "weekend" || r.skip(next, catOf) == next {
		return match{}, false
	}
	m, ok := r.feast(r.skip(r.skip(next, catOf), catThe), l)
	if ok && !m.when.unknown {
		m.when = weekendAbout(m.when.from.Time)
	}
	m.vague = false
	return m, ok
}

// weekendAbout gives the days from a feast to the weekend's end, or from the
// weekend's beginning to it, whichever is near.
func weekendAbout(t time.Time) interval {
	switch d := t.Weekday(); d {
	case time.Monday, time.Tuesday:
		return between(day(t.AddDate(0, 0, -int(d)-1)), day(t))
	case time.Saturday, time.Sunday:
		return weekend(t)
	default:
		return between(day(t), day(t.AddDate(0, 0, 7-int(d))))
	}
}

// eve reads "la víspera de X", where X is a day or the commemoration of one.
func (r *reader) eve(t int, l lean) (match, bool) {
	_, next, ok := r.word(r.skip(t, catThe), catEve)
	if !ok {
		return match{}, false
	}
	for gap := 0; gap <= 5; gap++ {
		m, ok := r.feast(next+gap, l)
		if !ok {
			m, ok = r.dayOfMonth(next+gap, l)
		}
		if !ok {
			continue
		}
		if !m.when.unknown {
			m.when = at(day(m.when.from.AddDate(0, 0, -1)))
		}
		m.vague = false
		return m, true
	}
	return match{}, false
}

// feastOf reads a table's value for a year: MM-DD; E-7..E+0, days from Easter
// Sunday; 11-WK4-4+1, the day after the fourth Thursday of November (WK9: the
// last); H09-01..H09-30, days of the Islamic calendar.
func feastOf(value string, y int) (interval, bool) {
	if m, rest, ok := strings.Cut(value, "-WK"); ok {
		place, shift, _ := strings.Cut(rest, "+")
		days, _ := strconv.Atoi(shift)
		return at(day(nthWeekday(y, number(m), int(place[0]-'0'), int(place[2]-'0')).AddDate(0, 0, days))), true
	}
	from, to, ok := strings.Cut(value, "..")
	switch {
	case ok && from[0] == 'E':
		sunday := easter(y)
		return between(day(sunday.AddDate(0, 0, number(from[1:]))), day(sunday.AddDate(0, 0, number(to[1:])))), true
	case ok:
		return islamicFeast(from[1:], to[1:], y)
	}
	m, d, _ := strings.Cut(value, "-")
	return at(day(date(y, number(m), number(d)))), true
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// islamicFeast gives the days from MM-DD to MM-DD of the Islamic year whose days fall in year y.
func islamicFeast(from, to string, y int) (interval, bool) {
	for hijri := (y-622)*33/32 - 1; hijri <= (y-622)*33/32+2; hijri++ {
		if first := islamicDay(hijri, number(from[:2]), number(from[3:])); hijri > 0 && first.Year() == y {
			return between(day(first), day(islamicDay(hijri, number(to[:2]), number(to[3:])))), true
		}
	}
	return interval{}, false
}

// islamicDay gives a day of the tabular Islamic calendar, whose months are reckoned;
// the new moon as seen may differ by a day.
func islamicDay(y, m, d int) time.Time {
	const epoch = 1948440 // the Julian day on which its first year begins
	julian := d + (59*(m-1)+1)/2 + (y-1)*354 + (3+11*y)/30 + epoch - 1
	const unixEpoch = 2440588
	return time.Unix(int64(julian-unixEpoch)*24*60*60, 0).UTC()
}

// nthWeekday gives the n-th weekday (1 = Monday) of a month, the last where n runs past it.
func nthWeekday(y, m, n, weekday int) time.Time {
	first := date(y, m, 1)
	t := first.AddDate(0, 0, (weekday-int(first.Weekday())+7)%7)
	for ; n > 1 && t.AddDate(0, 0, 7).Month() == first.Month(); n-- {
		t = t.AddDate(0, 0, 7)
	}
	return t
}

// easter gives Easter Sunday of a year, after the Gregorian computus.
func easter(y int) time.Time {
	a, b, c := y%19, y/100, y%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return date(y, n/31, n%31+1)
}
