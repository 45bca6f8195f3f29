package dates

import (
	"strconv"
	"time"
)

// season reads "otoño pasado", "last summer", "the summer of 2020", "este verano".
func (r *reader) season(t int, l lean) (match, bool) {
	start := t
	t, shift := r.direction(t)
	value, next, ok := r.word(t, catSeason)
	if !ok {
		value, next, ok = r.word(t, catFallseason)
		if !ok || t == start && !r.is(t-1, catThe) {
			return match{}, false
		}
	}
	first, _ := strconv.Atoi(value)
	if y, after := r.yearAfter(next); y > 0 {
		return match{next: after, when: months(y, time.Month(first), time.Month(first+2))}, true
	}
	directed := t > start
	if r.grammar.headFirst && !directed {
		after, s := r.directionAfter(next)
		directed, next, shift = after > next, after, s
	}
	if !r.now.known {
		return match{next: next, when: unresolved, vague: !directed}, true
	}
	if shift == 0 && l == future {
		shift = 1
	}
	return match{next: next, when: r.seasonAt(first, shift), vague: !directed}, true
}

// seasonAt gives the last season (-1) that has ended, the next (+1) that has not
// begun, or the one (0) that runs, else the nearest.
func (r *reader) seasonAt(first, shift int) interval {
	now := month(r.now.day.Year(), r.now.day.Month())
	y := now.Year()
	switch {
	case shift < 0:
		for !date(y, first+2, 1).Before(now.Time) {
			y--
		}
	case shift > 0:
		for !date(y, first, 1).After(now.Time) {
			y++
		}
	case first == 12 && now.Month() <= 6, date(y, first, 1).Sub(now.Time) > 125*24*time.Hour:
		y--
	}
	return months(y, time.Month(first), time.Month(first+2))
}
