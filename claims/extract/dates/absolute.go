package dates

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

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
		return []int{y, y + 1, y + 2, y + 4}
	}
	return []int{y + 1, y, y - 1, y - 2, y - 4}
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

// numeric reads 2025-10-28, 28/10/2025 and the like.
func (r *reader) numeric(t int, _ lean) (match, bool) {
	if m, ok := r.monthOfYear(t); ok {
		return m, true
	}
	parts, next := r.figures(t)
	if len(parts) != 3 {
		return match{}, false
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || len(p) > 4 {
			return match{}, false
		}
		n[i] = v
	}
	c := calendarDay{n[2], n[1], n[0]}
	switch {
	case len(parts[0]) == 4:
		c = calendarDay{n[0], n[1], n[2]}
	case r.grammar.monthFirst && n[0] <= 12:
		c = calendarDay{n[2], n[0], n[1]}
	}
	if len(parts[0]) != 4 && len(parts[2]) == 2 {
		c.year = inCentury(n[2])
	} else if len(parts[0]) != 4 && len(parts[2]) != 4 {
		return match{}, false
	}
	when, ok := r.resolve(t, c, nearest)
	return match{next: next, when: when}, ok && c.year >= 1000
}

// inCentury gives the year that two figures stand for, from 1951 to 2050.
func inCentury(n int) int {
	if n > 50 {
		return 1900 + n
	}
	return 2000 + n
}

// monthOfYear reads 11/2016.
func (r *reader) monthOfYear(t int) (match, bool) {
	first, second, ok := strings.Cut(r.text(t), "/")
	if !ok {
		return match{}, false
	}
	m, errM := strconv.Atoi(first)
	y, errY := strconv.Atoi(second)
	if errM != nil || errY != nil || m < 1 || m > 12 || len(second) != 4 || y < 1000 {
		return match{}, false
	}
	return match{next: t + 1, when: at(month(y, time.Month(m)))}, true
}

// figures gives the three figures of a date written in one token or parted by hyphens.
func (r *reader) figures(t int) (parts []string, next int) {
	if t >= len(r.doc.Tokens) || r.doc.Tokens[t].Kind != segment.Number {
		return nil, t
	}
	text := r.text(t)
	for _, mark := range []string{"/", "."} {
		if strings.Count(text, mark) == 2 {
			return strings.Split(text, mark), t + 1
		}
	}
	for i := range 4 {
		want := map[bool]string{true: "-"}[i%2 == 0]
		if !r.doc.Glued(t+1+i) || want != "" && r.text(t+1+i) != want {
			return nil, t
		}
	}
	return []string{text, r.text(t + 2), r.text(t + 4)}, t + 5
}

// monthName reads a month; short forms and words that are also others need a
// figure beside them or a capital.
func (r *reader) monthName(t int, besideFigure bool) (m, next int, ok bool) {
	for _, kind := range []category{catMonth, catCapmonth, catShortmonth} {
		value, next, ok := r.word(t, kind)
		if !ok || kind != catMonth && !startsUpper(r.text(t)) && !(kind == catShortmonth && besideFigure) || kind == catShortmonth && !besideFigure {
			continue
		}
		if !r.grammar.capitals && startsUpper(r.text(t)) && t > 0 && r.doc.Tokens[t-1].Kind == segment.Word && startsUpper(r.text(t-1)) && !besideFigure {
			return 0, t, false // Victoria Abril
		}
		m, _ := strconv.Atoi(value)
		if kind == catShortmonth && r.text(next) == "." && r.doc.Glued(next) {
			next++
		}
		return m, next, true
	}
	return 0, t, false
}

// yearNumber reads a year that follows a month or an "in": four plain digits.
func (r *reader) yearNumber(t int) (y, next int, ok bool) {
	text := r.text(t)
	if len(text) != 4 || t >= len(r.doc.Tokens) || r.doc.Tokens[t].Kind != segment.Number {
		return 0, t, false
	}
	y, err := strconv.Atoi(text)
	return y, t + 1, err == nil && y >= 1000 && y < 2200
}

// yearInWords reads a year of the last or this century after a month: "mil
// novecientos noventa", "two thousand and ten"; a round two thousand may count.
func (r *reader) yearInWords(t int) (y, next int, ok bool) {
	n, ok := r.numeral(t)
	if ok && !n.Digits && !n.Ordinal && n.Value >= 17 && n.Value <= 20 { // "nineteen eighty six"
		if rest, ok := r.numeral(n.Last); ok && !rest.Digits && !rest.Ordinal && rest.Value >= 10 && rest.Value < 100 && rest.Value == float64(int(rest.Value)) {
			return int(n.Value)*100 + int(rest.Value), rest.Last, true
		}
	}
	if !ok || n.Digits || n.Ordinal || n.Value < 1900 || n.Value > 2100 || n.Value == 2000 || n.Value != float64(int(n.Value)) {
		return 0, t, false
	}
	return int(n.Value), n.Last, true
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
	if !ok {
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
		return r.dayOfThisMonth(first, last, next)
	}
	y, next := r.yearAfter(after)
	return r.days(calendarDay{y, m, first}, last, next, l)
}

// dayOfThisMonth reads what follows the days of a month that is named by its
// place: "(del 4 al 22) de este mes", "(the 21st) of last month".
func (r *reader) dayOfThisMonth(first, last, next int) (match, bool) {
	at := r.skip(next, catOf)
	if at == next && !r.is(next, catThis) && !r.is(next, catThe) {
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
		on := *m.when.from
		if on.precision != byMonth || !validDay(on.Year(), int(on.Month()), first) || !validDay(on.Year(), int(on.Month()), last) || last < first {
			return match{}, false
		}
		return match{next: m.next, when: between(day(on.AddDate(0, 0, first-1)), day(on.AddDate(0, 0, last-1)))}, true
	}
	return match{}, false
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

// yearAfter reads an optional ", 2011", "de 2021" or "del año 2021" after a month.
func (r *reader) yearAfter(t int) (y, next int) {
	for _, from := range []int{r.skip(t, catOf), r.skip(t, catThe), r.skip(t, catIn)} {
		if r.text(from) == "," {
			from++
		}
		from = r.skip(r.skip(from, catOf), catYearword)
		if y, next, ok := r.yearNumber(from); ok {
			return y, next
		}
		if y, next, ok := r.yearInWords(from); ok {
			return y, next
		}
	}
	for _, from := range []int{r.skip(r.skip(t, catOf), catThe), r.skip(t, catOf)} { // "de este año", "del año pasado"
		if m, ok := r.relativeUnit(from, nearest); ok && from > t && !m.when.unknown && m.when.from.precision == byYear {
			return m.when.from.Year(), m.next
		}
	}
	return 0, t
}

func (r *reader) days(c calendarDay, last, next int, l lean) (match, bool) {
	if _, after, ok := r.word(next, catNext); ok && r.grammar.headFirst {
		next, l = after, future
	} else if _, after, ok := r.word(next, catLast); ok && r.grammar.headFirst {
		next, l = after, past
	}
	from, ok := r.resolve(next-1, c, l)
	if !ok || from.unknown || last == c.day {
		return match{next: next, when: from}, ok
	}
	to, ok := r.resolve(next-1, calendarDay{from.from.Year(), c.month, last}, l)
	return match{next: next, when: interval{from: from.from, to: to.to}}, ok
}

// monthAlone reads "marzo de 2020", "last March", "septiembre pasado", "septiembre".
func (r *reader) monthAlone(t int, l lean) (match, bool) {
	start := t
	t = r.skip(t, catThis)
	t, l = r.leaning(t, l)
	m, next, ok := r.monthName(t, false)
	if !ok {
		if m, next, ok = r.monthName(t, true); !ok {
			return match{}, false
		}
		if y, _ := r.yearAfter(next); y == 0 {
			return match{}, false
		}
	}
	if y, after := r.yearAfter(next); y > 0 {
		return match{next: after, when: at(month(y, time.Month(m)))}, true
	}
	if t == start && r.is(t, catCapmonth) && !r.is(t-1, catIn, catSince, catUntil, catOf, catBetween, catAnd, catTo, catEarly, catLate, catMid) {
		return match{}, false
	}
	if after := r.skip(next, catLast); after > next && r.grammar.headFirst {
		next, l = after, past
	} else if after := r.skip(next, catNext); after > next && r.grammar.headFirst {
		next, l = after, future
	}
	if !r.now.known {
		return match{next: next, when: unresolved}, true
	}
	l = r.leanOf(next-1, l)
	for _, y := range r.yearsToTry(l) {
		if l == future && m == int(r.now.day.Month()) && y == r.now.day.Year() || r.fits(date(y, m, 1), l, r.reach(next-1, monthReach, pastMonthReach)) {
			return match{next: next, when: at(month(y, time.Month(m)))}, true
		}
	}
	return match{}, false
}

// yearAlone reads a year that stands by itself: "en 2019", "el año 2020", "1995-98".
func (r *reader) yearAlone(t int, _ lean) (match, bool) {
	announced := r.skip(t, catYearword)
	y, next, ok := r.yearNumber(announced)
	if n, numeral := r.numeral(announced); !ok && announced > t && numeral && n.Plain && n.Value >= 100 && n.Value < 1000 {
		y, next, ok = int(n.Value), n.Last, true
	}
	if !ok && r.is(t-1, catIn, catSince, catUntil, catBetween, catAnd) || !ok && announced > t {
		if y, next, ok := r.yearInWords(announced); ok && r.endsPhrase(next) { // "in nineteen ninety six"
			return match{next: next, when: at(year(y))}, true
		}
	}
	if !ok || announced == t && !r.looksLikeYear(t, y) {
		return match{}, false
	}
	return match{next: next, when: at(year(y))}, true
}

// looksLikeYear reports whether four digits stand where a year does and do not
// count the word after them.
func (r *reader) looksLikeYear(t, y int) bool {
	if y < 1900 && !r.is(t-1, catIn, catSince, catUntil) || y < 1500 || y > 2100 {
		return false
	}
	next := r.text(t + 1)
	if r.is(t+1, catUnit) || next == "%" || next == "°C" {
		return false
	}
	if t > 0 && (r.doc.Tokens[t-1].Kind == segment.Symbol && r.text(t-1) != "~" || r.text(t-1) == "-" && r.doc.Glued(t) && !r.afterYear(t)) {
		return false
	}
	if strings.HasSuffix(next, "s") && isLower(next) && !r.isFunctionWord(t+1) {
		return !r.grammar.headFirst && (r.is(t-1, catIn, catSince, catUntil, catThe) || strings.HasSuffix(r.fold(t-1), "'s") || strings.HasSuffix(r.fold(t-1), "’s"))
	}
	return true
}

func (r *reader) afterYear(t int) bool {
	_, _, ok := r.yearNumber(t - 2)
	return ok
}

// isFunctionWord reports whether the token is a word of the calendar's grammar, or another closed-class one.
func (r *reader) isFunctionWord(t int) bool {
	return r.is(t, catFunction, catThe, catOf, catIn)
}

// decade reads "the 1990s", "los años 90", "años noventa", "siglo XX".
func (r *reader) decade(t int, _ lean) (match, bool) {
	if y, ok := decadeOf(r.text(t)); ok {
		return match{next: t + 1, when: between(year(y), year(y+9))}, true
	}
	if _, next, ok := r.word(t, catYears); ok {
		n, ok := r.numeral(next)
		if ok && n.Value >= 20 && n.Value < 100 && int(n.Value)%10 == 0 && n.Last == next+1 {
			return match{next: n.Last, when: between(year(1900+int(n.Value)), year(1909+int(n.Value)))}, true
		}
	}
	if value, next, ok := r.word(t, catDecade); ok && r.is(t-1, catThe, catIn) {
		y, _ := strconv.Atoi(value)
		return match{next: next, when: between(year(y), year(y+9))}, true
	}
	if n, ok := r.numeral(t); ok && n.Value == 19 && !n.Digits { // "the nineteen seventies"
		if value, next, ok := r.word(n.Last, catDecade); ok {
			y, _ := strconv.Atoi(value)
			return match{next: next, when: between(year(y), year(y+9))}, true
		}
	}
	if value, next, ok := r.word(t, catUnit); ok && value == "century" {
		if n := roman(r.text(next)); n > 0 {
			return match{next: next + 1, when: between(year(n*100-99), year(n*100))}, true
		}
	}
	return match{}, false
}

// decadeOf reads 1990s, 1990's, 90s and 90's.
func decadeOf(text string) (y int, ok bool) {
	digits, ok := strings.CutSuffix(text, "s")
	digits = strings.TrimRight(digits, "'’")
	if !ok || len(digits) != 2 && len(digits) != 4 || digits[len(digits)-1] != '0' {
		return 0, false
	}
	y, err := strconv.Atoi(digits)
	if len(digits) == 2 && y >= 20 {
		y += 1900
	}
	return y, err == nil && y >= 1000
}

// roman reads a Roman numeral up to XXI, as centuries are numbered; 0 for none.
func roman(s string) int {
	for i, tens := range []string{"", "X", "XX"} {
		for j, units := range []string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"} {
			if s != "" && s == tens+units {
				return i*10 + j
			}
		}
	}
	return 0
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func isLower(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLower(r) }) < 0
}
