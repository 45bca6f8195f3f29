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
