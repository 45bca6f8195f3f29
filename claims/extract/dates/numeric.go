package dates

import (
	"strconv"
	"strings"
	"time"

	"cotejo/claims/extract/segment"
)

// numeric reads 2025-10-28, 28/10/2025 and the like.
func (r *reader) numeric(t int, _ lean) (match, bool) {
	if m, ok := r.monthOfYear(t); ok {
		return m, true
	}
	if m, ok := r.basic(t); ok {
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
	c := calendarDay{year: n[0], month: n[1], day: n[2]}
	if len(parts[0]) != 4 {
		c = r.dayAndMonth(n[:2])
		c.year = n[2]
	}
	switch {
	case len(parts[0]) == 4 || len(parts[2]) == 4:
	case len(parts[2]) == 2 && (r.text(t+1) != "-" || r.is(t-1, catOnday, catSince, catUntil)): // a lone 9-18-15 may be a record
		c.year = r.inCentury(n[2])
	default:
		return match{}, false
	}
	when, ok := r.resolve(t, c, nearest)
	return match{next: next, when: when}, ok && c.year >= 1000
}

// maxAhead is how many years after the article's a year of two figures may lie.
const maxAhead = 20

// inCentury gives the year that two figures stand for: the last such year, or
// one that is not far ahead of the article's.
func (r *reader) inCentury(n int) int {
	now := 2020
	if r.now.known {
		now = r.now.day.Year()
	}
	y := now/100*100 + n
	if y > now+maxAhead {
		y -= 100
	}
	return y
}

// monthOfYear reads 11/2016.
func (r *reader) monthOfYear(t int) (match, bool) {
	first, second, ok := strings.Cut(r.text(t), "/")
	if !ok {
		first, second, ok = r.pointedMonth(t)
	}
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

// pointedMonth cuts 11.2016; with a month of one figure it may be an exchange rate.
func (r *reader) pointedMonth(t int) (first, second string, ok bool) {
	text := r.text(t)
	if len(text) != len("11.2016") || text[2] != '.' || t > 0 && r.doc.Tokens[t-1].Kind != segment.Word || !r.endsPhrase(t+1) {
		return "", "", false
	}
	return text[:2], text[3:], text[3:] >= "1900" && text[3:] < "2100"
}

// figures gives the three figures of a date written in one token or parted by hyphens.
func (r *reader) figures(t int) (parts []string, next int) {
	if t >= len(r.doc.Tokens) || r.doc.Tokens[t].Kind != segment.Number {
		return nil, t
	}
	text := r.text(t)
	if first, year, ok := strings.Cut(text, ","); ok && strings.Count(text, "/") == 1 { // 08/12,2015
		return append(strings.Split(first, "/"), year), t + 1
	}
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

// basic reads the basic form of ISO 8601, 20161016.
func (r *reader) basic(t int) (match, bool) {
	text := r.text(t)
	if len(text) != len("20161016") || r.doc.Tokens[t].Kind != segment.Number || t > 0 && r.doc.Tokens[t-1].Kind == segment.Symbol {
		return match{}, false
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1900_00_00 || n >= 2100_00_00 || !validDay(n/10_000, n/100%100, n%100) {
		return match{}, false
	}
	return match{next: t + 1, when: at(day(date(n/10_000, n/100%100, n%100)))}, true
}

// spacedMonth reads a month and year in figures with a mark and spaces between:
// "11 - 2016", "2016 / 11".
func (r *reader) spacedMonth(t int) (match, bool) {
	if t+2 >= len(r.doc.Tokens) || r.doc.Tokens[t].Kind != segment.Number || r.doc.Tokens[t+2].Kind != segment.Number || !r.endsPhrase(t+3) {
		return match{}, false
	}
	mark, first, second := r.text(t+1), r.text(t), r.text(t+2)
	if mark != "-" && mark != "/" && mark != "~" || r.doc.Glued(t+1) && r.doc.Glued(t+2) && mark != "~" || t > 0 && r.doc.Tokens[t-1].Kind != segment.Word {
		return match{}, false
	}
	if len(first) == 4 && mark == "-" && second >= first[2:] { // "2015 - 16" is a span of years
		return match{}, false
	}
	if len(first) == 4 {
		first, second = second, first
	}
	m, errM := strconv.Atoi(first)
	y, errY := strconv.Atoi(second)
	if errM != nil || errY != nil || len(first) > 2 || len(second) != 4 || m < 1 || m > 12 || y < 1900 || y > 2100 {
		return match{}, false
	}
	return match{next: t + 3, when: at(month(y, time.Month(m)))}, true
}
