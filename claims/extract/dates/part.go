package dates

import (
	"strconv"
	"strings"
	"time"
)

// ordinalUnit reads "la segunda semana de febrero", "the third quarter of 2020", "primer semestre del año".
func (r *reader) ordinalUnit(t int, l lean) (match, bool) {
	if m, ok := r.shortQuarter(t); ok {
		return m, true
	}
	n, last, next, ok := r.ordinal(t)
	if !ok {
		return match{}, false
	}
	unit, next, ok := r.word(next, catUnit)
	if !ok {
		return match{}, false
	}
	whole, ok := r.whole(next, l)
	if !ok {
		return match{}, false
	}
	if whole.when.unknown {
		return match{next: whole.next, when: unresolved}, true
	}
	if !whole.when.from.Equal(whole.when.to.Time) {
		return match{}, false
	}
	when, ok := nthUnit(*whole.when.from, unit, n, last)
	return match{next: whole.next, when: when}, ok
}

// shortQuarter reads "Q3 2019", "H1 of 2016".
func (r *reader) shortQuarter(t int) (match, bool) {
	text := r.text(t)
	unit, ok := r.shortPart(text)
	if !ok {
		return match{}, false
	}
	y, next := r.yearAfter(t + 1)
	if y == 0 {
		return match{}, false
	}
	when, ok := nthUnit(year(y), unit, int(text[1]-'0'), false)
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
	for _, form := range []func(int, lean) (match, bool){r.monthAlone, r.yearAlone, r.relativeUnit, r.season, r.decade} {
		for _, start := range []int{from, r.skip(t, catOf)} {
			if m, ok := form(start, l); ok && (start > t || !r.grammar.headFirst) {
				return m, true
			}
		}
	}
	if m, next, ok := r.monthName(from, true); ok && from > t && r.now.known { // "the first week of Oct."
		for _, y := range r.yearsToTry(l) {
			if r.fits(date(y, m, 1), l, r.reach(next-1, monthReach, pastMonthReach)) {
				return match{next: next, when: at(month(y, time.Month(m)))}, true
			}
		}
	}
	unit, next, ok := r.word(from, catUnit)
	if !ok || from == t || unit != "month" && unit != "year" || r.isPlural(from) {
		return match{}, false
	}
	if !r.now.known {
		return match{next: next, when: unresolved}, true
	}
	when, ok := unitAt(r.now.day, unit, 0)
	return match{next: next, when: when}, ok
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
	size := map[string]int{"month": 1, "bimester": 2, "quarter": 3, "half": 6}[unit]
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

// partOf reads "a fines de 2020", "early March", "mid-2020", "principios de año", "first half of 2021".
func (r *reader) partOf(t int, l lean) (match, bool) {
	for _, part := range []category{catEarly, catMid, catLate, catFirsthalf, catSecondhalf} {
		_, next, ok := r.word(t, part)
		if !ok {
			continue
		}
		if m, ok := r.whole(next, l); ok {
			if !m.when.unknown {
				m.when = partOfInterval(m.when, part)
			}
			return m, true
		}
	}
	if y, ok := strings.CutPrefix(r.fold(t), midPrefix); ok && len(y) == 4 {
		if n, err := strconv.Atoi(y); err == nil {
			return match{next: t + 1, when: partOfInterval(at(year(n)), catMid)}, true
		}
	}
	return match{}, false
}

func partOfInterval(when interval, part category) interval {
	p := *when.from
	switch {
	case p.precision == byYear && when.to.Year() == p.Year():
		bounds := map[category][2]time.Month{catEarly: {1, 3}, catMid: {5, 8}, catLate: {10, 12}, catFirsthalf: {1, 6}, catSecondhalf: {7, 12}}[part]
		return months(p.Year(), bounds[0], bounds[1])
	case p.precision == byYear && when.to.Year() == p.Year()+9:
		bounds := map[category][2]int{catEarly: {0, 3}, catMid: {4, 6}, catLate: {7, 9}, catFirsthalf: {0, 4}, catSecondhalf: {5, 9}}[part]
		return between(year(p.Year()+bounds[0]), year(p.Year()+bounds[1]))
	case p.precision == byMonth && when.to.Equal(p.Time):
		end := p.AddDate(0, 1, -1).Day()
		bounds := map[category][2]int{catEarly: {1, 10}, catMid: {11, 20}, catLate: {21, end}, catFirsthalf: {1, 15}, catSecondhalf: {16, end}}[part]
		return between(day(date(p.Year(), int(p.Month()), bounds[0])), day(date(p.Year(), int(p.Month()), bounds[1])))
	}
	return when
}
