package dates

import (
	"strconv"
	"strings"
	"time"

	"cotejo/claims/extract/segment"
)

// monthName reads a month; short forms and words that are also others need a
// figure beside them or a capital.
func (r *reader) monthName(t int, besideFigure bool) (m, next int, ok bool) {
	for _, kind := range []category{catMonth, catCapmonth, catShortmonth} {
		value, next, ok := r.word(t, kind)
		if !ok || kind != catMonth && !startsUpper(r.text(t)) && !(kind == catCapmonth && r.is(t-1, catBetween)) && !(kind == catShortmonth && besideFigure) || kind == catShortmonth && !besideFigure {
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
		if y, _ := r.yearAfter(next); y == 0 && !r.isShortMonthAlone(t, next) {
			return match{}, false
		}
	}
	if y, after := r.yearOfMonth(next); y > 0 {
		return match{next: after, when: at(month(y, time.Month(m)))}, true
	}
	if t == start && r.is(t, catCapmonth) && !r.announcesMonth(t-1) && !r.joinsMonths(next) {
		return match{}, false
	}
	if after := r.skip(next, catLast); after > next && r.grammar.headFirst {
		next, l = after, past
	} else if after := r.skip(next, catNext); after > next && r.grammar.headFirst {
		next, l = after, future
	}
	when, ok := r.monthWithoutYear(next-1, m, l)
	return match{next: next, when: when}, ok
}

// announcesMonth reports whether the word at token t shows that a month follows.
func (r *reader) announcesMonth(t int) bool {
	return r.is(t, catIn, catSince, catUntil, catOf, catBetween, catAnd, catTo, catSection, catSpan, catThis, catLast, catNext)
}

// joinsMonths reports whether another month follows after "to": "May to March".
func (r *reader) joinsMonths(t int) bool {
	joint := r.skip(t, catTo, catThrough)
	if joint == t {
		return false
	}
	_, _, ok := r.monthName(joint, true)
	return ok
}

// isShortMonthAlone reports whether the short form in tokens [t, next) can only
// be a month: announced, at the end of its phrase or before another month, and
// marked by a point or a capital.
func (r *reader) isShortMonthAlone(t, next int) bool {
	marked := strings.HasSuffix(r.text(next-1), ".") || r.grammar.capitals && startsUpper(r.text(t))
	return marked && (r.announcesMonth(t-1) && r.endsPhrase(next) || r.joinsMonths(next))
}

// monthWithoutYear gives the month that is meant where no year stands, at token t.
func (r *reader) monthWithoutYear(t, m int, l lean) (interval, bool) {
	if !r.now.known {
		return unresolved, true
	}
	l = r.leanOf(t, l)
	for _, y := range r.yearsToTry(l) {
		if l == future && m == int(r.now.day.Month()) && y == r.now.day.Year() || r.fits(date(y, m, 1), l, r.reach(t, monthReach, pastMonthReach)) {
			return at(month(y, time.Month(m))), true
		}
	}
	return interval{}, false
}
