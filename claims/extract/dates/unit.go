package dates

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
