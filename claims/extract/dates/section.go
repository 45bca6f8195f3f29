package dates

import (
	"strconv"
	"strings"
	"time"
)

// section reads "a fines de 2020", "early March", "mid-2020", "principios de año", "first half of 2021".
func (r *reader) section(t int, l lean) (match, bool) {
	if y, ok := strings.CutPrefix(r.fold(t), midPrefix); ok {
		return r.midOf(t, y)
	}
	part, next, ok := r.word(t, catSection)
	if ok && r.is(t, catUnit) { // "fin de semana"
		return match{}, false
	}
	if !ok {
		part, next, ok = r.numberedHalf(t)
	}
	if !ok {
		return match{}, false
	}
	m, ok := r.whole(next, l)
	if !ok {
		return match{}, false
	}
	if !m.when.unknown {
		if part == "days" && m.when.from.precision == byYear { // of a month or week only
			return match{}, false
		}
		m.when = sectionOf(m.when, part)
	}
	return m, true
}

// numberedHalf reads "2ª mitad", "1st half", whose words the table has as "segunda mitad".
func (r *reader) numberedHalf(t int) (part string, next int, ok bool) {
	n, ok := r.numeral(t)
	if !ok || !n.Ordinal || !n.Digits || n.Value > 2 {
		return "", t, false
	}
	_, next, ok = r.word(n.Last, catHalf)
	return []string{"", "first", "second"}[int(n.Value)], next, ok
}

// midOf reads what is written against "mid-": a year, a decade or a month.
func (r *reader) midOf(t int, text string) (match, bool) {
	if y, ok := decadeOf(text); ok && (len(text) > len("20s") || r.is(t-1, catThe)) { // not "in his mid-20s"
		return match{next: t + 1, when: sectionOf(between(year(y), year(y+9)), "mid")}, true
	}
	if n, err := strconv.Atoi(text); err == nil && len(text) == 4 {
		return match{next: t + 1, when: sectionOf(at(year(n)), "mid")}, true
	}
	m := r.monthOf(text)
	if m == 0 {
		return match{}, false
	}
	y, next := r.yearAfter(t + 1)
	if y > 0 {
		return match{next: next, when: sectionOf(at(month(y, time.Month(m))), "mid")}, true
	}
	on, ok := r.monthWithoutYear(t, m, nearest)
	if ok && !on.unknown {
		on = sectionOf(on, "mid")
	}
	return match{next: t + 1, when: on}, ok
}

// The borders of sections: months of a year, years of a decade and of a century,
// days of a month (0: its last) and of a week.
var (
	yearSections    = map[string][2]int{"early": {1, 3}, "mid": {5, 8}, "late": {10, 12}, "first": {1, 6}, "second": {7, 12}}
	decadeSections  = map[string][2]int{"early": {0, 3}, "mid": {4, 6}, "late": {7, 9}, "first": {0, 4}, "second": {5, 9}}
	centurySections = map[string][2]int{"early": {0, 29}, "mid": {40, 69}, "late": {70, 99}, "first": {0, 49}, "second": {50, 99}}
	monthSections   = map[string][2]int{"early": {1, 15}, "days": {1, 15}, "mid": {10, 20}, "late": {16, 0}, "first": {1, 15}, "second": {16, 0}}
	weekSections    = map[string][2]int{"early": {0, 2}, "days": {0, 2}, "mid": {1, 4}, "late": {3, 6}, "first": {0, 2}, "second": {3, 6}}
)

// sectionOf gives the early, middle or late part of an interval, or a half of it.
func sectionOf(when interval, part string) interval {
	from := *when.from
	switch span := when.to.Year() - from.Year(); {
	case from.precision == byYear && span == 0:
		bounds := yearSections[part]
		return months(from.Year(), time.Month(bounds[0]), time.Month(bounds[1]))
	case from.precision == byYear && span == 9:
		return yearsFrom(from.Year(), decadeSections[part])
	case from.precision == byYear && span == 99:
		return yearsFrom(from.Year(), centurySections[part])
	case from.precision == byMonth && when.to.Equal(from.Time):
		bounds := monthSections[part]
		if bounds[1] == 0 {
			bounds[1] = from.end().Day()
		}
		return between(day(from.AddDate(0, 0, bounds[0]-1)), day(from.AddDate(0, 0, bounds[1]-1)))
	case isWeek(when):
		bounds := weekSections[part]
		return between(day(from.AddDate(0, 0, bounds[0])), day(from.AddDate(0, 0, bounds[1])))
	}
	return when
}

func yearsFrom(first int, bounds [2]int) interval {
	return between(year(first+bounds[0]), year(first+bounds[1]))
}
