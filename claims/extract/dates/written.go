package dates

import (
	"strconv"
	"strings"
	"time"

	"cotejo/claims/extract/segment"
)

// maxWritten is how many tokens a date joined by marks takes up at most: 23/Sep/2020.
const maxWritten = 5

// written reads dates whose parts marks join: "05-Aug-2016", "2019/aug/01",
// "Dec-2018", "22/04", "2016/11", and halves and quarters, "2019-Q1", "2016H2".
func (r *reader) written(t int, l lean) (match, bool) {
	if t >= len(r.doc.Tokens) || t > 0 && r.doc.Glued(t) && isJoint(r.text(t-1)) && !r.isMonthJoin(t-1) {
		return match{}, false
	}
	if m, ok := r.spacedMonth(t); ok {
		return m, true
	}
	if text := r.text(t); !r.doc.Glued(t+1) && r.gluedMonth(text) == 0 && strings.IndexByte(text, '/') < 0 && strings.IndexByte(text, '.') < 0 && strings.IndexByte(text, '-') < 0 && len(text) != len("2016H2") {
		return match{}, false
	}
	for last := t + maxWritten; last > t; last-- {
		parts, ok := r.partsOf(t, last)
		if !ok {
			continue
		}
		if m, ok := r.joined(t, last, parts, l); ok {
			return m, true
		}
	}
	return match{}, false
}

// isMonthJoin reports whether the mark at token t stands between two dates: "10/1-11/7".
func (r *reader) isMonthJoin(t int) bool {
	return t > 0 && (r.text(t) == "-" || r.text(t) == "~") && strings.Contains(r.text(t-1), "/")
}

func isJoint(text string) bool {
	switch text {
	case "/", "-", "~", ".":
		return true
	}
	return false
}

// partsOf gives the one to three parts of tokens [t, last), written without a space.
func (r *reader) partsOf(t, last int) ([]string, bool) {
	if last > len(r.doc.Tokens) || r.doc.Glued(last) && last < len(r.doc.Tokens) && r.doc.Tokens[last].Kind != segment.Punct {
		return nil, false
	}
	for at := t + 1; at < last; at++ {
		if !r.doc.Glued(at) {
			return nil, false
		}
	}
	var b strings.Builder
	for at := t; at < last; at++ {
		b.WriteString(r.fold(at))
	}
	text := b.String()
	if len(text) < len("5/1") || len(text) > 20 {
		return nil, false
	}
	if first, second, ok := strings.Cut(text, "."); ok && last == t+1 && r.is(t-1, catOnday) && r.endsPhrase(last) { // "on 4.22"
		return []string{first, second}, !strings.Contains(second, ".")
	}
	parts := strings.FieldsFunc(text, func(c rune) bool { return c == '/' || c == '-' })
	marks := strings.Count(text, "/") + strings.Count(text, "-")
	return parts, len(parts) <= 3 && marks == len(parts)-1
}

// joined gives what the parts of a date joined by marks mean.
func (r *reader) joined(t, last int, parts []string, l lean) (match, bool) {
	if when, ok := r.partOfYear(parts); ok {
		return match{next: last, when: when}, true
	}
	if m, ok := r.monthSpan(last, parts, l); ok {
		return m, true
	}
	var years, days, named []int
	for i := 0; i < len(parts); i++ {
		p := parts[i]
		if cut := r.gluedMonth(p); cut > 0 { // oct2
			parts = append(append(append([]string{}, parts[:i]...), p[:cut], p[cut:]), parts[i+1:]...)
			p = parts[i]
		}
		n, plain := wholeNumber(p)
		switch m := r.monthOf(p); {
		case m > 0:
			named = append(named, m)
		case !plain:
			return match{}, false
		case len(p) == 4 && n >= 1000 && n < 2200:
			years = append(years, n)
		case len(p) <= 2 && n >= 1 && (n <= 31 || len(parts) == 3 && len(named) == 1):
			days = append(days, n)
		default:
			return match{}, false
		}
	}
	switch {
	case len(named) == 1 && len(years) == 1 && len(days) == 0:
		return match{next: last, when: at(month(years[0], time.Month(named[0])))}, true
	case len(named) == 1 && len(days) == 2 && len(parts[2]) == 2 && r.monthOf(parts[1]) > 0: // 4-Jul-95
		when, ok := r.resolve(last-1, calendarDay{r.inCentury(days[1]), named[0], days[0]}, l)
		return match{next: last, when: when}, ok
	case len(named) == 1 && len(days) == 1 && len(years) <= 1 && !r.is(last, catOf): // not "diciembre-6 de enero"
		c := calendarDay{month: named[0], day: days[0]}
		if len(years) == 1 {
			c.year = years[0]
		} else if y, next := r.yearAfterComma(last); y > 0 {
			c.year, last = y, next
		}
		when, ok := r.resolve(last-1, c, l)
		return match{next: last, when: when}, ok
	case len(parts) == 2 && len(years) == 1 && len(days) == 1 && days[0] <= 12 && r.isYearMonth(t, parts):
		return match{next: last, when: at(month(years[0], time.Month(days[0])))}, true
	case len(parts) == 2 && len(days) == 2 && (r.isDayMonth(t, last, parts) || r.isMarkedDay(t, last, days)):
		c := r.dayAndMonth(days)
		if y, next := r.yearAfterComma(last); y > 0 {
			c.year, last = y, next
		}
		when, ok := r.resolve(last-1, c, l)
		return match{next: last, when: when}, ok
	}
	return match{}, false
}

// yearAfterComma reads the year of "5/7, 2020".
func (r *reader) yearAfterComma(t int) (y, next int) {
	if r.text(t) != "," {
		return 0, t
	}
	y, next, ok := r.yearNumber(t + 1)
	if !ok || !r.endsPhrase(next) {
		return 0, t
	}
	return y, next
}

// gluedMonth gives where the day begins in "oct2", 0 where the word is none such.
func (r *reader) gluedMonth(word string) int {
	cut := strings.IndexFunc(word, func(c rune) bool { return c >= '0' && c <= '9' })
	if cut < 3 || len(word)-cut > 2 || r.monthOf(strings.ToLower(word[:cut])) == 0 {
		return 0
	}
	return cut
}

// monthSpan reads "Jan-Feb 2017", "enero-febrero de 2017".
func (r *reader) monthSpan(last int, parts []string, l lean) (match, bool) {
	if len(parts) != 2 {
		return match{}, false
	}
	a, b := r.monthOf(parts[0]), r.monthOf(parts[1])
	y, next := r.yearAfter(last)
	if a == 0 || b == 0 || y == 0 {
		return match{}, false
	}
	from := month(y, time.Month(a))
	if a > b {
		from = month(y-1, time.Month(a))
	}
	return match{next: next, when: between(from, month(y, time.Month(b)))}, true
}

// isYearMonth tells 2016/11 and 2015-3 from a span of years, as 2011-12 is.
func (r *reader) isYearMonth(t int, parts []string) bool {
	if strings.Contains(r.text(t), "/") || strings.HasPrefix(r.text(t+1), "/") || len(parts[0]) <= 2 || len(parts[1]) == 1 {
		return true
	}
	return parts[1] < parts[0][2:] // no span goes back in time
}

// isDayMonth tells 22/04 from a fraction or a score: a slash, and a zero before a
// figure or a word before both that dates them.
func (r *reader) isDayMonth(t, last int, parts []string) bool {
	if last != t+1 || !strings.Contains(r.text(t), "/") {
		return false
	}
	if r.isMonthJoin(last) && r.doc.Glued(last+1) && strings.Contains(r.text(last+1), "/") { // "5/1-5/7"
		return true
	}
	if len(r.text(t)) == len("3/4") { // "from 3/4 to 7/8"
		return r.isMonthJoin(t - 1)
	}
	if parts[0][0] == '0' || parts[1][0] == '0' || r.standsAlone(t, last) {
		return true
	}
	return r.is(t-1, catOnday, catSpan, catSince, catUntil, catBetween, catWeekday, catNext) || r.isMonthJoin(t-1) ||
		r.is(t-1, catTo, catAnd) && strings.Contains(r.text(t-2), "/")
}

// isMarkedDay tells "(on) 4-22" and "(el) 22.4" from a score or a decimal: a word
// that dates it before, the phrase's end after, and a figure too great for a month.
func (r *reader) isMarkedDay(t, last int, days []int) bool {
	return max(days[0], days[1]) > 12 && min(days[0], days[1]) <= 12 && r.is(t-1, catOnday) && r.endsPhrase(last)
}

// standsAlone reports whether nothing but tokens [t, last) is in the sentence, as no fraction is.
func (r *reader) standsAlone(t, last int) bool {
	s := r.doc.Sentences[r.doc.SentenceAt(t)]
	return s.First == t && (s.Last == last || s.Last == last+1 && r.doc.Tokens[last].Kind == segment.Punct)
}

// dayAndMonth orders two figures as the language does, the other way round where only that is a date.
func (r *reader) dayAndMonth(n []int) calendarDay {
	c := calendarDay{month: n[1], day: n[0]}
	if r.grammar.monthFirst && n[0] <= 12 || n[1] > 12 {
		c.month, c.day = n[0], n[1]
	}
	return c
}

// monthOf gives the month that a lower-case word names, in full or short; 0 for none.
func (r *reader) monthOf(word string) int {
	v := r.words[word]
	if v == nil {
		return 0
	}
	for _, e := range v.entries {
		if e.category&(catMonth|catCapmonth|catShortmonth) != 0 && len(e.words) == 1 {
			m, _ := strconv.Atoi(e.value)
			return m
		}
	}
	return 0
}

// wholeNumber reads a number in figures, and makes no error of every word that is none.
func wholeNumber(text string) (n int, ok bool) {
	if text == "" || text[0] > '9' {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}

// partOfYear reads "2019-q1", "q1-2019", "2016h2", "2017 t1" joined.
func (r *reader) partOfYear(parts []string) (interval, bool) {
	var y, part string
	switch {
	case len(parts) == 2 && len(parts[0]) == 4:
		y, part = parts[0], parts[1]
	case len(parts) == 2 && len(parts[1]) == 4:
		y, part = parts[1], parts[0]
	case len(parts) == 1 && len(parts[0]) == 6:
		y, part = parts[0][:4], parts[0][4:]
	}
	n, plain := wholeNumber(y)
	unit, ok := r.shortPart(part)
	if !plain || !ok || n < 1000 {
		return interval{}, false
	}
	return nthUnit(year(n), unit, int(part[1]-'0'), false)
}

// shortPart reads "q3", "t3" or "h2": which part of a year it counts.
func (r *reader) shortPart(text string) (unit string, ok bool) {
	if len(text) != 2 || text[1] < '1' || text[1] > '4' {
		return "", false
	}
	switch text[0] {
	case 'q', 'Q':
		return "quarter", true
	case 't', 'T':
		return "quarter", r.grammar.headFirst
	case 'h', 'H', 's', 'S':
		return "half", text[1] <= '2' && (r.grammar.headFirst || text[0]|0x20 == 'h')
	}
	return "", false
}

// yearFirst reads "2017 april", "2016, nov", "2017 Q1".
func (r *reader) yearFirst(t int, _ lean) (match, bool) {
	y, next, ok := r.yearNumber(t)
	if !ok || y < 1500 || y > 2100 {
		return match{}, false
	}
	if unit, ok := r.shortPart(r.text(next)); ok {
		when, ok := nthUnit(year(y), unit, int(r.text(next)[1]-'0'), false)
		return match{next: next + 1, when: when}, ok
	}
	if n, last, part, after, ok := r.ordinalAndUnit(r.skip(next, catThe)); ok && !last && (part == "quarter" || part == "half") { // "2016 the third quarter"
		when, ok := nthUnit(year(y), part, n, false)
		return match{next: after, when: when}, ok
	}
	if r.text(next) == "," {
		next++
	}
	m, after, ok := r.monthName(next, false)
	if !ok {
		m, after, ok = r.monthName(next, r.is(next, catShortmonth))
	}
	if yy, _ := r.yearAfter(after); !ok || yy > 0 || r.isDayAfter(after) {
		return match{}, false
	}
	return match{next: after, when: at(month(y, time.Month(m)))}, true
}

// isDayAfter reports whether a day of the month stands at token t: "2019, April 5" is one of another year.
func (r *reader) isDayAfter(t int) bool {
	_, _, ok := r.dayNumber(t)
	return ok
}
