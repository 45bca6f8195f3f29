package dates

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
