package dates

import (
	"strconv"
	"time"

	"cotejo/claims/extract/segment"
)

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
