package dates

import (
	"strconv"
	"strings"
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

// weekOf reads "la semana del 16 de septiembre", "the week of April 10".
func (r *reader) weekOf(t int, l lean) (match, bool) {
	unit, next, ok := r.word(t, catUnit)
	if !ok || unit != "week" || r.isPlural(next-1) {
		return match{}, false
	}
	at := r.skip(next, catOf, catBegins)
	if at == next {
		return match{}, false
	}
	for _, form := range []func(int, lean) (match, bool){r.dayOfMonth, r.monthDay, r.numeric, r.dayOfWeek} {
		if m, ok := form(r.skip(at, catThe), l); ok {
			if !m.when.unknown {
				m.when = week(m.when.from.Time)
			}
			return m, true
		}
	}
	return match{}, false
}

// dayOfWeek reads the lone day by which a week is named: "(the week of the) 18th", "(la semana del) 18".
func (r *reader) dayOfWeek(t int, l lean) (match, bool) {
	d, next, ok := r.dayNumber(t)
	if !ok || !r.endsPhrase(next) {
		return match{}, false
	}
	return r.nearestDay(t, d, next, l)
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

// direction reads "this", "last" or "next" before a word: 0, -1 or +1.
func (r *reader) direction(t int) (next, shift int) {
	if _, next, ok := r.word(t, catThis); ok {
		if _, after, ok := r.word(next, catNext); ok {
			return after, 1
		}
		if _, after, ok := r.word(next, catLast); ok {
			return after, -1
		}
		return next, 0
	}
	if _, next, ok := r.word(t, catLast); ok {
		return next, -1
	}
	if _, next, ok := r.word(t, catNext); ok {
		return next, 1
	}
	return t, 0
}

// directionAfter reads "pasado" or "próximo" after a word.
func (r *reader) directionAfter(t int) (next, shift int) {
	if _, next, ok := r.word(t, catLast); ok && !r.is(t, catRolling) {
		return next, -1
	}
	if _, next, ok := r.word(t, catNext); ok {
		return next, 1
	}
	return t, 0
}

// season reads "otoño pasado", "last summer", "the summer of 2020", "este verano".
func (r *reader) season(t int, l lean) (match, bool) {
	start := t
	t, shift := r.direction(t)
	value, next, ok := r.word(t, catSeason)
	if !ok {
		value, next, ok = r.word(t, catFallseason)
		if !ok || t == start && !r.is(t-1, catThe) {
			return match{}, false
		}
	}
	first, _ := strconv.Atoi(value)
	if y, after := r.yearAfter(next); y > 0 {
		return match{next: after, when: months(y, time.Month(first), time.Month(first+2))}, true
	}
	directed := t > start
	if r.grammar.headFirst && !directed {
		after, s := r.directionAfter(next)
		directed, next, shift = after > next, after, s
	}
	if !r.now.known {
		return match{next: next, when: unresolved, vague: !directed}, true
	}
	if shift == 0 && l == future {
		shift = 1
	}
	return match{next: next, when: r.seasonAt(first, shift), vague: !directed}, true
}

// seasonAt gives the last season (-1) that has ended, the next (+1) that has not
// begun, or the one (0) that runs, else the nearest.
func (r *reader) seasonAt(first, shift int) interval {
	now := month(r.now.day.Year(), r.now.day.Month())
	y := now.Year()
	switch {
	case shift < 0:
		for !date(y, first+2, 1).Before(now.Time) {
			y--
		}
	case shift > 0:
		for !date(y, first, 1).After(now.Time) {
			y++
		}
	case first == 12 && now.Month() <= 6, date(y, first, 1).Sub(now.Time) > 125*24*time.Hour:
		y--
	}
	return months(y, time.Month(first), time.Month(first+2))
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

// relativeUnit reads "last month", "mes pasado", "this week", "la presente semana", "el próximo año".
func (r *reader) relativeUnit(t int, _ lean) (match, bool) {
	t = r.skip(t, catThe)
	from, shift := r.direction(t)
	rolling := r.isRolling(t)
	unit, next, ok := r.word(from, catUnit)
	if !ok || r.isPlural(next-1) {
		return match{}, false
	}
	if from == t {
		if next, shift, ok = r.unitDirection(next); !ok {
			return match{}, false
		}
	}
	if shift == 0 && (unit == "day" || unit == "night") {
		return match{}, false
	}
	if !r.now.known {
		return match{next: next, when: unresolved}, true
	}
	if rolling && unit != "weekend" {
		return r.lastN(1, unit, next)
	}
	when, ok := unitAt(r.now.day, unit, shift)
	return match{next: next, when: when}, ok
}

// unitDirection reads what follows a unit and dates it: "pasado", "que viene", "en curso".
func (r *reader) unitDirection(t int) (next, shift int, ok bool) {
	if !r.grammar.headFirst {
		return t, 0, false
	}
	if next := r.skip(t, catThisafter); next > t {
		return next, 0, true
	}
	next, shift = r.directionAfter(t)
	return next, shift, next > t
}

// isRolling reports whether "last" counts back from the article's day: "el
// último año", "the past week", but not "last week".
func (r *reader) isRolling(t int) bool {
	return r.is(t, catRolling)
}

// isPlural reports whether a unit's plural stands at token t.
func (r *reader) isPlural(t int) bool {
	if t < 0 || t >= len(r.doc.Tokens) {
		return false
	}
	for _, e := range r.at[t].entries {
		if e.category == catUnit && e.plural && len(e.words) == 1 {
			return true
		}
	}
	return false
}

// lastN gives the interval from n units before the article's day to it.
func (r *reader) lastN(n float64, unit string, next int) (match, bool) {
	if !r.now.known {
		return match{next: next, when: unresolved}, true
	}
	from, ok := shifted(r.now.day, unit, n)
	if !ok || n > 10_000 {
		return match{}, false
	}
	return match{next: next, when: between(from, present(r.now.day, unit))}, true
}

// counted reads intervals that count units to or from the article's day: "los
// últimos siete días", "recent months", "los próximos años", "24 horas".
func (r *reader) counted(t int, _ lean) (match, bool) {
	t = r.skip(t, catThe)
	count, unit, way, next, ok := r.countedUnits(t)
	if !ok {
		return match{}, false
	}
	if !r.now.known {
		return match{next: next, when: unresolved}, true
	}
	now := present(r.now.day, unit)
	switch {
	case count == 0 && way == future:
		return match{next: next, when: since(now)}, true
	case count == 0:
		return match{next: next, when: until(now)}, true
	case way == future:
		to, ok := shifted(r.now.day, unit, -count)
		return match{next: next, when: between(now, to)}, ok && count <= 1000
	}
	return r.lastN(count, unit, next)
}

// countedUnits reads the words of counted: how many units (0 where it is not
// said), which, and whether they lie behind or ahead.
func (r *reader) countedUnits(t int) (count float64, unit string, way lean, next int, ok bool) {
	next, way = r.plurals(t)
	n, numbered := r.numeral(next)
	if numbered && !n.Ordinal {
		count, next = n.Value, n.Last
	} else {
		next = r.skip(next, catSeveral)
	}
	if way == nearest { // "los dos últimos años", "the two past years"
		next, way = r.plurals(next)
	}
	unit, next, found := r.word(next, catUnit)
	if !found || !r.isPlural(next-1) && count != 1 {
		return 0, "", 0, t, false
	}
	if way == nearest {
		if after := r.skip(next, catRecent, catLasts); after > next && r.grammar.headFirst {
			return count, unit, past, after, true
		}
		if after := r.skip(next, catNexts); after > next {
			return count, unit, future, after, true
		}
		// "en 24 horas" is the day up to the article's
		return count, unit, past, next, unit == "hour" && count == 24 && r.is(t-1, catInlast)
	}
	return count, unit, way, next, true
}

// plurals reads "últimos", "past", "recent" or "próximos", "next" before units.
func (r *reader) plurals(t int) (int, lean) {
	if next := r.skip(t, catLasts, catRecent); next > t {
		return next, past
	}
	if _, next, ok := r.word(t, catLast); ok && !r.grammar.headFirst {
		return next, past
	}
	if next := r.skip(t, catNexts); next > t {
		return next, future
	}
	if _, next, ok := r.word(t, catNext); ok && !r.grammar.headFirst {
		return next, future
	}
	return t, nearest
}

// ago reads "two years ago", "hace dos años", "nearly a decade ago", "dos años atrás", "desde hace un mes".
func (r *reader) ago(t int, _ lean) (match, bool) {
	if m, ok := r.hence(t); ok {
		return m, true
	}
	open := false
	_, start, prefixed := r.word(t, catAgo)
	if !prefixed {
		_, start, open = r.word(t, catSinceago)
	}
	if !prefixed && !open {
		start = r.hedge(t)
	}
	if r.text(start) == "[" {
		start++
	}
	n, ok := r.number(start)
	if !ok || n.Ordinal {
		return match{}, false
	}
	after := n.Last
	if r.text(after) == "]" {
		after++
	}
	unit, next, ok := r.word(after, catUnit)
	if !ok {
		return match{}, false
	}
	if !prefixed && !open {
		if _, next, ok = r.word(next, catAgoafter); !ok {
			return match{}, false
		}
	}
	return r.pointBack(n.Value, unit, next, open)
}

// hence reads "dentro de tres semanas", and "in three weeks" where the clause
// tells of the future; hours are a time limit, not a date.
func (r *reader) hence(t int) (match, bool) {
	_, start, ok := r.word(t, catHence)
	if _, after, may := r.word(t, catHencefuture); may && !ok && r.tense(t) == toldFuture {
		start, ok = after, true
	}
	if !ok {
		return match{}, false
	}
	n, ok := r.numeral(start)
	if !ok || n.Ordinal {
		return match{}, false
	}
	unit, next, ok := r.word(n.Last, catUnit)
	if !ok || unit == "hour" || unit == "minute" || unit == "second" {
		return match{}, false
	}
	return r.pointBack(-n.Value, unit, next, false)
}

func (r *reader) pointBack(n float64, unit string, next int, open bool) (match, bool) {
	if !r.now.known {
		return match{next: next, when: unresolved}, true
	}
	p, ok := shifted(r.now.day, unit, n)
	if !ok || n > 10_000 {
		return match{}, false
	}
	when := at(p)
	if unit == "week" || unit == "fortnight" {
		when = week(p.Time)
	}
	if open {
		when = since(p)
	}
	return match{next: next, when: when}, true
}

// hedge moves past a hedge before "a decade ago".
func (r *reader) hedge(t int) int {
	return r.skip(t, catHedge)
}

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

// numberedWeek reads "week 23 of 2018", "la semana 31", after the calendar of ISO 8601.
func (r *reader) numberedWeek(t int, l lean) (match, bool) {
	unit, next, ok := r.word(t, catUnit)
	if !ok || unit != "week" || r.isPlural(next-1) {
		return match{}, false
	}
	n, ok := r.numeral(next)
	if !ok || !n.Plain || n.Value < 1 || n.Value > 53 {
		return match{}, false
	}
	y, after := r.yearAfter(n.Last)
	if y == 0 && (r.is(n.Last, catOf) || r.is(t-1, catThis, catLast, catNext, catOne, catEvery) || r.is(n.Last, catUnit) || r.text(n.Last) == "%") {
		return match{}, false
	}
	if y == 0 && !r.now.known {
		return match{next: n.Last, when: unresolved}, true
	}
	if y == 0 {
		y = r.now.day.Year()
	}
	when, ok := nthUnit(year(y), "week", int(n.Value), false)
	return match{next: after, when: when}, ok
}

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

// rest reads "the rest of the year", "later this month": from the article's day to
// the unit's end; and "earlier this year": from its beginning to that day.
func (r *reader) rest(t int, _ lean) (match, bool) {
	side, next, ok := r.word(t, catRest)
	if !ok {
		return match{}, false
	}
	next = r.skip(r.skip(next, catOf), catThe)
	_, from, ok := r.word(next, catThis)
	if !ok {
		from = next
	}
	directed := ok
	unit, next, ok := r.word(from, catUnit)
	if !ok || side != "rest" && !directed || r.isPlural(next-1) || unit == "day" || unit == "night" || unit == "century" {
		return match{}, false
	}
	if !r.now.known {
		return match{next: next, when: unresolved}, true
	}
	when, ok := unitAt(r.now.day, unit, 0)
	if !ok {
		return match{}, false
	}
	if side == "earlier" {
		return match{next: next, when: between(day(when.from.Time), day(r.now.day))}, true
	}
	return match{next: next, when: between(day(r.now.day), day(when.to.end()))}, true
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

// holidays reads a feast with a fixed or reckoned date, a year after it or not.
// Without a preposition of time it may only be a name: "una marcha por el Día …".
func (r *reader) holidays(t int, l lean) (match, bool) {
	value, next, ok := r.word(t, catHoliday)
	if !ok {
		return match{}, false
	}
	named := !r.is(t-1, catIn, catSince, catUntil, catBetween, catThis, catLast, catNext) && !r.is(r.beforeArticle(t), catIn, catSince, catUntil, catBetween)
	if y, after := r.yearAfter(next); y > 0 {
		return match{next: after, when: holiday(value, y)}, true
	}
	if !r.now.known {
		return match{next: next, when: unresolved, vague: named}, true
	}
	for _, y := range r.yearsToTry(l) {
		when := holiday(value, y)
		if r.fits(when.from.Time, l, r.reach(t, dayReach, pastDayReach)) {
			return match{next: next, when: when, vague: named}, true
		}
	}
	return match{}, false
}

// beforeArticle gives the token before the article that stands before token t.
func (r *reader) beforeArticle(t int) int {
	if r.is(t-1, catThe) {
		return t - 2
	}
	return t - 1
}

// eve reads "la víspera de X", where X is a day or the commemoration of one.
func (r *reader) eve(t int, l lean) (match, bool) {
	_, next, ok := r.word(r.skip(t, catThe), catEve)
	if !ok {
		return match{}, false
	}
	for gap := 0; gap <= 5; gap++ {
		m, ok := r.holidays(next+gap, l)
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
