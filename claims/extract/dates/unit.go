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
	when, ok := r.unitAbout(t, unit, shift)
	return match{next: next, when: when}, ok
}

// unitAbout gives the unit that lies so many units from the article's day. Of a
// weekend that has not begun, what is told as past was on the one before:
// "attended the fair this weekend", written on a Tuesday.
func (r *reader) unitAbout(t int, unit string, shift int) (interval, bool) {
	when, ok := unitAt(r.now.day, unit, shift)
	if ok && shift == 0 && unit == "weekend" && when.from.After(r.now.day) && r.tense(t) == toldPast {
		return unitAt(r.now.day, unit, -1)
	}
	return when, ok
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

// isPlural reports whether a unit's plural ends with token t.
func (r *reader) isPlural(t int) bool {
	for first := t; first >= 0 && first > t-maxUnitWords; first-- {
		if first >= len(r.at) {
			return false
		}
		for _, e := range r.at[first].entries {
			if e.category == catUnit && e.plural && len(e.words) == t-first+1 && r.matches(first, e.words) {
				return true
			}
		}
	}
	return false
}

// maxUnitWords is how many words name a unit at most: "fines de semana".
const maxUnitWords = 3

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
	next = r.skip(r.skip(next, catOf, catIn), catThe)
	inside := next
	_, from, ok := r.word(next, catThis)
	if !ok {
		from = next
	}
	directed := ok
	unit, next, ok := r.word(from, catUnit)
	if !ok || side != "rest" && !directed && !r.is(inside-1, catThe) || r.isPlural(next-1) || unit == "day" || unit == "night" || unit == "century" {
		return match{}, false
	}
	if !r.now.known {
		return match{next: next, when: unresolved}, true
	}
	when, ok := r.unitAbout(t, unit, 0)
	if !ok {
		return match{}, false
	}
	if side == "earlier" {
		return match{next: next, when: between(day(when.from.Time), day(r.now.day))}, true
	}
	return match{next: next, when: between(day(r.now.day), day(when.to.end()))}, true
}

// bareUnit reads "the weekend", "for the month", "en el año" at the end of a
// phrase, and "the year to date": the unit that runs. A weekend is the last one
// in a clause that tells of the past.
func (r *reader) bareUnit(t int, _ lean) (match, bool) {
	from := r.skip(t, catThe)
	unit, next, ok := r.word(from, catUnit)
	if !ok || r.isPlural(next-1) || unit == "day" || unit == "night" || yearsOf(unit) > 1 {
		return match{}, false
	}
	if r.isBare(from) { // "ano" is a word of its own
		return match{}, false
	}
	after, toDate := r.toDate(next)
	if !toDate && (from == t && !r.is(t-1, catThe) || !r.dates(unit, from, next)) {
		return match{}, false
	}
	if !r.now.known {
		return match{next: after, when: unresolved}, true
	}
	when, ok := r.unitAbout(t, unit, 0)
	if ok && toDate {
		when = between(day(when.from.Time), day(r.now.day))
	}
	return match{next: after, when: when}, ok
}

// dates reports whether the words about a unit with its article make it a date.
func (r *reader) dates(unit string, from, next int) bool {
	ends := r.endsPhrase(next)
	if unit == "weekend" {
		return ends || r.grammar.headFirst && !r.is(next, catOf)
	}
	return ends && r.is(from-2, catBare)
}

// toDate reads "(the year) to date", "(en el año) hasta la fecha".
func (r *reader) toDate(t int) (next int, ok bool) {
	joint := r.skip(t, catTo, catUntil)
	if joint == t {
		return t, false
	}
	if _, next, ok := r.word(r.skip(joint, catThe), catNow); ok {
		return next, true
	}
	return t, false
}

// beyond reads "the week after next", "the year before last", "la semana después de la próxima".
func (r *reader) beyond(t int, _ lean) (match, bool) {
	unit, next, ok := r.word(r.skip(t, catThe), catUnit)
	if !ok || r.isPlural(next-1) {
		return match{}, false
	}
	n, after := 2, r.skip(next, catSince, catIn)
	if back := r.skip(next, catBeforehand); back > next {
		n, after = -2, back
	}
	if after == next {
		return match{}, false
	}
	after, shift := r.direction(r.skip(after, catThe))
	if shift*n <= 0 {
		return match{}, false
	}
	if u, last, ok := r.word(after, catUnit); ok && u == unit {
		after = last
	}
	if !r.now.known {
		return match{next: after, when: unresolved}, true
	}
	when, ok := unitAt(r.now.day, unit, n)
	return match{next: after, when: when}, ok
}

// isBare reports whether the unit at token t is typed without its accents.
func (r *reader) isBare(t int) bool {
	for _, e := range r.at[t].entries {
		if e.category == catUnit && !e.bare {
			return false
		}
	}
	return true
}
