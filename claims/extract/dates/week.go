package dates

// weekOf reads "la semana del 16 de septiembre", "the week of April 10".
func (r *reader) weekOf(t int, l lean) (match, bool) {
	unit, next, ok := r.word(t, catUnit)
	if !ok || unit != "week" || r.isPlural(next-1) {
		return match{}, false
	}
	at := r.skip(r.skip(next, catBegins), catOf)
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
