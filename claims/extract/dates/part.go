package dates

import (
	"strings"
	"time"

	"cotejo/claims/extract/segment"
)

// ordinalUnit reads "la segunda semana de febrero", "the third quarter of 2020",
// "primer semestre del año", and a quarter without its year.
func (r *reader) ordinalUnit(t int, l lean) (match, bool) {
	if m, ok := r.shortQuarter(t, l); ok {
		return m, true
	}
	n, last, unit, next, ok := r.ordinalAndUnit(t)
	if !ok {
		return match{}, false
	}
	whole, ok := r.whole(next, l)
	if !ok {
		return r.partWithoutYear(t, next, unit, n, last, l)
	}
	if whole.when.unknown {
		return match{next: whole.next, when: unresolved}, true
	}
	when, ok := nthOf(whole.when, unit, n, last)
	return match{next: whole.next, when: when}, ok
}

// ordinalAndUnit reads "third quarter", "third-quarter" or "última semana".
func (r *reader) ordinalAndUnit(t int) (n int, last bool, unit string, next int, ok bool) {
	if first, second, joined := strings.Cut(r.fold(t), "-"); joined && r.wordUnit(second) == "quarter" {
		rank, ok := r.numberWords.As(first, segment.NumberOrdinal)
		return int(rank.Value), false, "quarter", t + 1, ok && rank.Value <= 4
	}
	n, last, next, ok = r.ordinal(t)
	if !ok {
		return 0, false, "", t, false
	}
	unit, next, ok = r.word(next, catUnit)
	return n, last, unit, next, ok
}

// wordUnit gives the unit that a word alone names.
func (r *reader) wordUnit(word string) string {
	if v := r.words[word]; v != nil && v.categories&catUnit != 0 {
		for _, e := range v.entries {
			if e.category == catUnit && len(e.words) == 1 {
				return e.value
			}
		}
	}
	return ""
}

// partWithoutYear gives a quarter or half year whose year is not said: the last
// that has begun, or the next where the clause tells of the future. Such a part
// of something else ("of the match") is none.
func (r *reader) partWithoutYear(t, next int, unit string, n int, last bool, l lean) (match, bool) {
	if last || n < 1 || unit != "quarter" && unit != "half" && unit != "fourmonths" || r.is(next, catOf) {
		return match{}, false
	}
	if !r.now.known {
		return match{next: next, when: unresolved}, true
	}
	l = r.leanOf(t, l)
	for _, y := range r.yearsToTry(l) {
		when, ok := nthUnit(year(y), unit, n, false)
		if ok && (l == future && !when.to.end().Before(r.now.day) || l != future && !when.from.After(r.now.day)) {
			return match{next: next, when: when}, true
		}
	}
	return match{}, false
}

// shortQuarter reads "Q3 2019", "H1 of 2016", "during Q3".
func (r *reader) shortQuarter(t int, l lean) (match, bool) {
	text := r.text(t)
	unit, ok := r.shortPart(text)
	if !ok {
		return match{}, false
	}
	n := int(text[1] - '0')
	y, next := r.yearAfter(t + 1)
	if y == 0 {
		if m, ok := r.relativeUnit(t+1, nearest); ok && !m.when.unknown && m.when.from.precision == byYear { // "Q3 this year"
			y, next = m.when.from.Year(), m.next
		}
	}
	if y == 0 && (r.is(t-1, catIn, catSince, catUntil) || r.is(t-1, catThe) && r.is(t-2, catIn, catSince, catUntil)) {
		return r.partWithoutYear(t, t+1, unit, n, false, l)
	}
	if y == 0 {
		return match{}, false
	}
	when, ok := nthUnit(year(y), unit, n, false)
	return match{next: next, when: when}, ok
}

// ordinal reads "segunda", "third" or "última", "last"; n counts from 1.
func (r *reader) ordinal(t int) (n int, last bool, next int, ok bool) {
	if _, next, ok := r.word(t, catLast); ok && !r.is(t, catPast) {
		return 0, true, next, true
	}
	num, ok := r.numeral(t)
	if !ok || !num.Ordinal || num.Value > 53 {
		return 0, false, t, false
	}
	return int(num.Value), false, num.Last, true
}

// whole reads the month or year of which something is a part: "de febrero", "of last year", "del año".
func (r *reader) whole(t int, l lean) (match, bool) {
	from := r.skip(r.skip(t, catOf), catThe)
	for _, form := range []func(int, lean) (match, bool){r.monthAlone, r.yearAlone, r.toldUnit, r.relativeUnit, r.season, r.decade} {
		for _, start := range []int{from, r.skip(t, catOf)} {
			if m, ok := form(start, l); ok && (start > t || !r.grammar.headFirst) {
				return m, true
			}
		}
	}
	if y, next := r.yearAfter(r.afterHyphen(t)); y > 0 && (r.grammar.headFirst || r.is(t, catOf)) { // "1º trimestre 2020"
		return match{next: next, when: at(year(y))}, true
	}
	if m, next, ok := r.monthName(from, true); ok && from > t && r.now.known { // "the first week of Oct."
		for _, y := range r.yearsToTry(l) {
			if r.fits(date(y, m, 1), l, r.reach(next-1, monthReach, pastMonthReach)) {
				return match{next: next, when: at(month(y, time.Month(m)))}, true
			}
		}
	}
	unit, next, ok := r.word(from, catUnit)
	if !ok || from == t || unit != "week" && unit != "month" && unit != "year" && unit != "decade" && unit != "century" || r.isPlural(from) {
		return match{}, false
	}
	if !r.now.known {
		return match{next: next, when: unresolved}, true
	}
	when, ok := unitAt(r.now.day, unit, 0)
	return match{next: next, when: when}, ok
}

// afterHyphen passes over a hyphen that joins a year: "1º trimestre-2019".
func (r *reader) afterHyphen(t int) int {
	if r.text(t) == "-" && r.doc.Glued(t) && r.doc.Glued(t+1) {
		return t + 1
	}
	return t
}

// nthOf gives the n-th (or last) part of a month, a year or a century.
func nthOf(whole interval, unit string, n int, last bool) (interval, bool) {
	from := *whole.from
	if from.precision == byYear && whole.to.Year() == from.Year()+99 && unit == "decade" && n >= 1 && n <= 10 {
		return yearsFrom(from.Year(), [2]int{10*n - 10, 10*n - 1}), true
	}
	if !from.Equal(whole.to.Time) {
		return interval{}, false
	}
	return nthUnit(from, unit, n, last)
}

// nthUnit gives the n-th (or last) week, month, quarter or half of a month or year.
func nthUnit(whole point, unit string, n int, last bool) (interval, bool) {
	if whole.precision == byMonth {
		end := whole.AddDate(0, 1, -1)
		switch {
		case unit == "week" && last:
			return week(end), true
		case unit == "week" && n <= 5:
			return week(firstWeek(whole).AddDate(0, 0, 7*(n-1))), true
		case unit == "weekend" && n <= 5 && !last:
			return weekend(whole.AddDate(0, 0, 7*(n-1))), true
		case unit == "halfmonth" && (last || n <= 2):
			return sectionOf(at(whole), map[bool]string{true: "first", false: "second"}[n == 1]), true
		case unit == "day" && !last && n <= end.Day():
			return at(day(whole.AddDate(0, 0, n-1))), true
		case unit == "day" && last:
			return at(day(end)), true
		}
		return interval{}, false
	}
	if whole.precision == byYear && unit == "week" {
		if last {
			return week(date(whole.Year(), 12, 28)), true // always in the last week of its year
		}
		return week(firstWeek(whole).AddDate(0, 0, 7*(n-1))), n <= 53
	}
	size := map[string]int{"month": 1, "bimester": 2, "quarter": 3, "fourth": 3, "fourmonths": 4, "half": 6}[unit]
	if whole.precision != byYear || size == 0 {
		return interval{}, false
	}
	if last {
		n = 12 / size
	}
	if n*size > 12 {
		return interval{}, false
	}
	first := time.Month((n-1)*size + 1)
	return months(whole.Year(), first, first+time.Month(size-1)), true
}

// firstWeek gives a day in the first week that lies for the most part in a month or year.
func firstWeek(whole point) time.Time { return whole.AddDate(0, 0, 3) }

// firstUnits reads "the first six months of 2021", "las últimas tres semanas de este año".
func (r *reader) firstUnits(t int, l lean) (match, bool) {
	t = r.skip(t, catThe)
	next := r.skip(t, catLasts, catLast)
	last := next > t
	if first, ok := r.numeral(t); ok && first.Ordinal && first.Value == 1 && !first.Digits {
		next = first.Last
	} else if value, after, ok := r.word(t, catBegins); ok && value == "first" {
		next = after
	} else if !last {
		return match{}, false
	}
	n, ok := r.numeral(next)
	if !ok || n.Ordinal || n.Value < 2 || n.Value > 60 || n.Value != float64(int(n.Value)) {
		return match{}, false
	}
	unit, next, ok := r.word(n.Last, catUnit)
	if !ok || r.skip(next, catOf) == next {
		return match{}, false
	}
	whole, ok := r.whole(next, l)
	if !ok || whole.when.unknown {
		return whole, ok
	}
	when, ok := unitsOf(whole.when, unit, int(n.Value), last)
	return match{next: whole.next, when: when}, ok
}

// unitsOf gives the first or last n days, weeks or months of an interval.
func unitsOf(whole interval, unit string, n int, last bool) (interval, bool) {
	from, end := whole.from.Time, whole.to.end()
	switch {
	case unit == "month" && last:
		return between(monthsBack(end, n-1), monthsBack(end, 0)), true
	case unit == "month":
		return between(monthsBack(from, 0), monthsBack(from, -(n-1))), true
	case unit == "week" && last:
		sunday := monday(end.AddDate(0, 0, -3)).AddDate(0, 0, 6)
		return between(day(sunday.AddDate(0, 0, 1-7*n)), day(sunday)), true
	case unit == "week":
		first := monday(from.AddDate(0, 0, 3))
		return between(day(first), day(first.AddDate(0, 0, 7*n-1))), true
	case unit == "day" && last:
		return between(day(end.AddDate(0, 0, 1-n)), day(end)), true
	case unit == "day":
		return between(day(from), day(from.AddDate(0, 0, n-1))), true
	}
	return interval{}, false
}
