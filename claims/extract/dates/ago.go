package dates

// ago reads "two years ago", "hace dos años", "nearly a decade ago", "dos años atrás", "desde hace un mes".
func (r *reader) ago(t int, _ lean) (match, bool) {
	if m, ok := r.hence(t); ok {
		return m, true
	}
	value, start, prefixed := r.word(t, catAgo)
	open := value == "since"
	if !prefixed {
		start = r.hedge(t)
	}
	if r.text(start) == "[" {
		start++
	}
	n, ok := r.number(start)
	if !ok || n.Ordinal {
		return match{}, false
	}
	after := n.Last
	if r.text(after) == "]" {
		after++
	}
	unit, next, ok := r.word(after, catUnit)
	if !ok {
		return match{}, false
	}
	if !prefixed {
		if _, next, ok = r.word(next, catAgoafter); !ok {
			return match{}, false
		}
	}
	return r.pointBack(n.Value, unit, next, open)
}

// hence reads "dentro de tres semanas", and "in three weeks" where the clause
// tells of the future; hours are a time limit, not a date.
func (r *reader) hence(t int) (match, bool) {
	value, start, ok := r.word(t, catHence)
	if !ok || value == "future" && r.tense(t) != toldFuture {
		return match{}, false
	}
	n, ok := r.numeral(start)
	if !ok || n.Ordinal {
		return match{}, false
	}
	unit, next, ok := r.word(n.Last, catUnit)
	if !ok || isClockUnit(unit) {
		return match{}, false
	}
	return r.pointBack(-n.Value, unit, next, false)
}

func (r *reader) pointBack(n float64, unit string, next int, open bool) (match, bool) {
	if !r.now.known {
		return match{next: next, when: unresolved}, true
	}
	p, ok := shifted(r.now.day, unit, n)
	if !ok || n > 10_000 {
		return match{}, false
	}
	when := at(p)
	if unit == "week" || unit == "fortnight" || unit == "halfmonth" {
		when = week(p.Time)
	}
	if open {
		when = since(p)
	}
	return match{next: next, when: when}, true
}

// hedge moves past a hedge before "a decade ago".
func (r *reader) hedge(t int) int {
	return r.skip(t, catHedge)
}
