package quantity

import (
	"strings"

	"cotejo/claims"
)

// maxHedges is how many hedges and bounds may stand before one amount.
const maxHedges = 3

// addBounds looks for hedges and bounds before the amount and after its number
// or unit, and widens the amount to hold them.
func (f *finder) addBounds(a *amount, unitless int) {
	for range maxHedges {
		if !f.hedgeBefore(a) {
			break
		}
	}
	f.cutDeterminer(a)
	for _, next := range []int{unitless, a.next} {
		for words := maxPhrase; words > 0; words-- {
			h, ok := f.words.after[phrase(f.doc, next, next+words)]
			if ok && f.sameSentence(next-1, next) && !f.opensAmount(next+words) {
				a.apply(h.effect)
				a.next = max(a.next, next+words)
				return
			}
		}
	}
}

// opensAmount reports whether token t shows that the words before it bound the
// next amount instead: "5 dead and over 300 hurt", "y más de 20".
func (f *finder) opensAmount(t int) bool {
	if word := f.fold(t); word == "than" || word == "de" || word == "que" {
		return true
	}
	_, ok := f.doc.NumeralAt(t)
	return ok
}

// hedgeBefore takes in the longest hedge that ends where the amount begins, an
// article or a comma between them or not.
func (f *finder) hedgeBefore(a *amount) bool {
	if f.isMultiple(a) && f.fold(a.first-1) != "than" && f.fold(a.first-1) != "casi" && f.fold(a.first-1) != "nearly" && f.fold(a.first-1) != "almost" {
		return false // "turned around twice"
	}
	for _, end := range f.ends(a.first) {
		for words := maxPhrase; words > 0; words-- {
			first := end - words
			if first < f.free || !f.sameSentence(first, a.first) {
				continue
			}
			h, ok := f.words.hedges[phrase(f.doc, first, end)]
			if !ok || f.isReached(first, end, a) || f.inCalendar(first, end) {
				continue
			}
			if h.side == "verb" && f.negatedBefore(first) {
				h.effect = map[string]string{"min": "max", "max": "min"}[h.effect]
			}
			a.hedge = strings.TrimSpace(f.doc.Slice(f.doc.Covering(first, end)) + " " + a.hedge)
			a.apply(h.effect)
			a.first = first
			return true
		}
	}
	return false
}

func (f *finder) isMultiple(a *amount) bool {
	c, ok := f.words.collectives[f.fold(a.first)]
	return ok && c.kind == "times" && f.doc.Lang == "en"
}

// ends gives where a hedge before token t may end: at it, or before an article, a
// comma or another small word or two.
func (f *finder) ends(t int) []int {
	ends := []int{t}
	for range 2 {
		switch f.fold(t - 1) {
		case "los", "las", "el", "la", "un", "una", "the", "a", "al", ",", "otros", "otras", "other", "another", "ya", "already":
			t--
			ends = append(ends, t)
		}
	}
	return ends
}

// isReached reports whether "hasta" says what value was reached ("hasta los
// 138") rather than that it is the most.
func (f *finder) isReached(first, end int, a *amount) bool {
	return f.fold(first) == "hasta" && end < a.first && (f.fold(end) == "los" || f.fold(end) == "las") || f.fold(first) == "hasta" && f.fold(end-1) == "el"
}

func (f *finder) inCalendar(first, end int) bool {
	for t := first; t < end; t++ {
		if f.calendar[t] {
			return true
		}
	}
	return false
}

// negatedBefore reports whether a negation stands in the two words before token t.
func (f *finder) negatedBefore(t int) bool {
	for back := 1; back <= 3 && f.sameSentence(t-back, t); back++ {
		switch f.fold(t - back) {
		case "no", "not", "sin", "without", "never", "nunca":
			return true
		}
	}
	return false
}

// boundBefore reports whether a bound ends right before token t.
func (f *finder) boundBefore(t int) bool {
	for words := maxPhrase; words > 0; words-- {
		if h, ok := f.words.hedges[phrase(f.doc, t-words, t)]; ok && h.side == "before" && (h.effect == "min" || h.effect == "max") && f.fold(t-words) != "hasta" {
			return true
		}
	}
	return false
}

func (a *amount) apply(effect string) {
	switch effect {
	case "approx":
		a.approx = true
	case "min":
		a.bound = claims.BoundMin
	case "max":
		a.bound = claims.BoundMax
	}
}

// cutDeterminer leaves out an article that only introduces the amount ("los 138").
func (f *finder) cutDeterminer(a *amount) {
	for a.first < a.next-1 && a.hedge == "" && (f.fold(a.first) == "los" || f.fold(a.first) == "las" || f.fold(a.first) == "the") {
		a.first++
	}
}
