package dates

import (
	"fmt"
	"time"

	"cotejo/claims"
)

// clock is the day against which relative expressions are read; known is false
// where the article has no date, and then they stay unresolved.
type clock struct {
	day   time.Time
	known bool
}

func newClock(published *claims.Date) clock {
	if published == nil {
		return clock{}
	}
	day, ok := published.Day()
	return clock{day, ok}
}

// precision of a point in time.
type precision uint8

const (
	byDay precision = iota
	byMonth
	byYear
)

// point is a day, month or year; the fields that its precision leaves out are 1.
type point struct {
	time.Time
	precision precision
}

func day(t time.Time) point { return point{t, byDay} }

func month(y int, m time.Month) point { return point{date(y, int(m), 1), byMonth} }

func year(y int) point { return point{date(y, 1, 1), byYear} }

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// validDay reports whether a day of the calendar exists.
func validDay(y, m, d int) bool {
	t := date(y, m, d)
	return m >= 1 && m <= 12 && d >= 1 && t.Day() == d
}

func (p point) String() string {
	switch p.precision {
	case byDay:
		return p.Format(time.DateOnly)
	case byMonth:
		return p.Format("2006-01")
	}
	return fmt.Sprintf("%04d", p.Year())
}

// end gives the last day of a point.
func (p point) end() time.Time {
	switch p.precision {
	case byMonth:
		return p.AddDate(0, 1, -1)
	case byYear:
		return p.AddDate(1, 0, -1)
	}
	return p.Time
}

func (p point) date() *claims.Date {
	d := claims.Date(p.String())
	return &d
}

// interval is what an expression means. An open side is nil.
type interval struct {
	from, to *point
	unknown  bool // relative, and the article's date is not known
}

func at(p point) interval { return interval{from: &p, to: &p} }

func between(a, b point) interval { return interval{from: &a, to: &b} }

func since(p point) interval { return interval{from: &p} }

func until(p point) interval { return interval{to: &p} }

// equal reports whether two intervals have the same sides, as precise.
func (i interval) equal(j interval) bool { return samePoint(i.from, j.from) && samePoint(i.to, j.to) }

func samePoint(a, b *point) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.precision == b.precision && a.Equal(b.Time)
}

// writable reports whether both sides are years of four digits.
func (i interval) writable() bool {
	for _, p := range []*point{i.from, i.to} {
		if p != nil && (p.Year() < 1 || p.Year() > 9999) {
			return false
		}
	}
	return true
}

// order moves the beginning back by whole years until it is not after the end:
// the year of "de octubre a noviembre de 2019" is said once.
func (i *interval) order() {
	if i.unknown || i.from == nil || i.to == nil || !i.from.After(i.to.Time) || i.from.precision == byYear {
		return
	}
	from := *i.from
	from.Time = from.AddDate(i.to.Year()-from.Year(), 0, 0)
	if from.After(i.to.Time) {
		from.Time = from.AddDate(-1, 0, 0)
	}
	i.from = &from
}

// follow moves a day by whole weeks until it is not before another interval.
func (i *interval) follow(a interval) {
	if i.unknown || a.unknown || i.from.precision != byDay || a.from.precision != byDay || !i.from.Before(a.from.Time) {
		return
	}
	days := int(a.from.Sub(i.from.Time).Hours()/24) + 6
	on := day(i.from.AddDate(0, 0, days/7*7))
	i.from, i.to = &on, &on
}

// lead moves a day by whole weeks to the last that is not after another interval.
func (i *interval) lead(b interval) {
	if i.unknown || b.unknown || i.from.precision != byDay || b.from.precision != byDay {
		return
	}
	weeks := (int(b.from.Sub(i.from.Time).Hours()/24) + 7000) / 7
	on := day(i.from.AddDate(0, 0, (weeks-1000)*7))
	i.from, i.to = &on, &on
}

var unresolved = interval{unknown: true}

// monday gives the first day of the week that holds t.
func monday(t time.Time) time.Time { return t.AddDate(0, 0, -(int(t.Weekday())+6)%7) }

func week(t time.Time) interval {
	m := monday(t)
	return between(day(m), day(m.AddDate(0, 0, 6)))
}

func weekend(t time.Time) interval {
	m := monday(t)
	return between(day(m.AddDate(0, 0, 5)), day(m.AddDate(0, 0, 6)))
}

// isWeek reports whether an interval runs from a Monday to its Sunday.
func isWeek(i interval) bool {
	return i.from != nil && i.to != nil && i.from.precision == byDay && i.from.Weekday() == time.Monday && i.to.Equal(i.from.AddDate(0, 0, 6))
}

func months(y int, first, last time.Month) interval { return between(month(y, first), month(y, last)) }

// monthsBack gives the month n before t; AddDate alone would carry the 31st over.
func monthsBack(t time.Time, n int) point {
	return month(t.Year(), t.Month()-time.Month(n))
}

// unit gives the calendar unit that lies n units from the one that holds t
// (-1: the one before); false for units that are no calendar's.
func unitAt(t time.Time, unit string, n int) (interval, bool) {
	switch unit {
	case "day", "night":
		return at(day(t.AddDate(0, 0, n))), true
	case "week":
		return week(t.AddDate(0, 0, 7*n)), true
	case "weekend":
		return weekend(t.AddDate(0, 0, 7*n)), true
	case "workweek":
		m := monday(t.AddDate(0, 0, 7*n))
		return between(day(m), day(m.AddDate(0, 0, 4))), true
	case "month":
		return at(monthsBack(t, -n)), true
	case "quarter":
		first := monthsBack(t, (int(t.Month())-1)%3-3*n)
		return months(first.Year(), first.Month(), first.Month()+2), true
	case "fourmonths":
		first := monthsBack(t, (int(t.Month())-1)%4-4*n)
		return months(first.Year(), first.Month(), first.Month()+3), true
	case "half":
		first := monthsBack(t, (int(t.Month())-1)%6-6*n)
		return months(first.Year(), first.Month(), first.Month()+5), true
	case "year":
		return at(year(t.Year() + n)), true
	case "decade":
		first := t.Year()/10*10 + 10*n
		return between(year(first), year(first+9)), true
	case "century":
		first := t.Year()/100*100 + 100*n
		return between(year(first), year(first+99)), true
	}
	return interval{}, false
}

// shifted gives the point n units before t (after it for a negative n), as
// precise as the unit; weeks count as seven days.
func shifted(t time.Time, unit string, n float64) (point, bool) {
	days := func(perUnit float64) (point, bool) { return day(t.AddDate(0, 0, -int(n*perUnit))), true }
	switch unit {
	case "second", "minute":
		return day(t), true
	case "hour":
		return days(1.0 / 24)
	case "day", "night":
		return days(1)
	case "week", "weekend":
		return days(7)
	case "fortnight":
		return days(14)
	case "halfmonth":
		return days(15)
	case "month":
		return monthsBack(t, int(n)), true
	case "workday":
		return day(workdays(t, -int(n))), true
	case "bimester":
		return monthsBack(t, int(2*n)), true
	case "quarter":
		return monthsBack(t, int(3*n)), true
	case "fourmonths":
		return monthsBack(t, int(4*n)), true
	case "half":
		return monthsBack(t, int(6*n)), true
	}
	if years := yearsOf(unit); years > 0 {
		return year(t.Year() - int(n*years)), true
	}
	return point{}, false
}

// workdays gives the day n working days after t, before it for a negative n.
func workdays(t time.Time, n int) time.Time {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n = min(n, 10_000); n > 0; {
		t = t.AddDate(0, 0, step)
		if d := t.Weekday(); d != time.Saturday && d != time.Sunday {
			n--
		}
	}
	return t
}

func yearsOf(unit string) float64 {
	return map[string]float64{"year": 1, "lustrum": 5, "decade": 10, "century": 100}[unit]
}

// present gives the article's day as precisely as a unit counts.
func present(t time.Time, unit string) point {
	switch {
	case yearsOf(unit) > 0:
		return year(t.Year())
	case precisionOf(unit) == byMonth:
		return month(t.Year(), t.Month())
	}
	return day(t)
}
