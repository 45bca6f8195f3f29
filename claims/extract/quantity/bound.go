package quantity

import (
	"strings"

	"cotejo/claims"
)

const (
	maxHedges   = 3 // how many hedges and bounds may stand before one amount
	maxNegation = 3 // how many words before a verb its negation is looked for
)

// addBounds looks for hedges and bounds before the amount and after its number
// or unit, and widens the amount to hold them.
func (f *finder) addBounds(a *amount, unitless int) {
	for range maxHedges {
		if !f.hedgeBefore(a) {
			break
		}
	}
	for _, next := range []int{unitless, a.next} {
		if !f.sameSentence(next-1, next) {
			continue
		}
		for _, h := range f.word(next).after {
			end := next + len(h.words)
			if f.matches(next, h.words) && !f.opensAmount(next, end) {
				a.apply(h.effect)
				a.next = max(a.next, end)
				return
			}
		}
	}
}

// hedgedAfter reports whether words that bound a number stand behind it, at token t.
func (f *finder) hedgedAfter(t int) bool {
	for _, h := range f.word(t).after {
		if h.effect != "approx" && f.matches(t, h.words) && f.sameSentence(t-1, t) {
			return true
		}
	}
	return false
}

// opensAmount reports whether the words over tokens [first, end) bound the next
// amount instead: "5 dead and over 300 hurt", "y más de 20", "y más baja que 15".
func (f *finder) opensAmount(first, end int) bool {
	if f.is(end, asResumes) {
		return true
	}
	for t := end + 1; t <= end+maxHedges && f.sameSentence(first, t); t++ {
		for _, h := range f.word(t - 1).hedges {
			if start := t - len(h.words); start > first && start < end && f.matches(start, h.words) {
				return true
			}
		}
	}
	_, ok := f.numeral(end)
	return ok
}

// hedgeBefore takes in the longest hedge that ends where the amount begins, an
// article or a comma between them or not.
func (f *finder) hedgeBefore(a *amount) bool {
	if kind := f.word(a.first).collective.kind; (kind == "times" || kind == "multiplied" || kind == "double") && !f.words.adjectivesLast && !f.is(a.first-1, asBeforeMultiple) {
		return false // "turned around twice"
	}
	end := a.first
	for range 3 {
		for _, h := range f.word(end - 1).hedges {
			first := end - len(h.words)
			if first >= f.free && f.matches(first, h.words) && f.sameSentence(first, a.first) && f.bounds(h, first, end, a) {
				f.takeHedge(a, h, first, end)
				return true
			}
		}
		if !f.is(end-1, asGap) && f.text(end-1) != "," {
			return false
		}
		end--
	}
	return false
}

// bounds reports whether the hedge over tokens [first, end) speaks of the amount.
func (f *finder) bounds(h hedge, first, end int, a *amount) bool {
	if h.side == "reach" && end < a.first && f.is(end, asTheMany) {
		return false // "hasta los 138" says what was reached, not that it is the most
	}
	if h.effect == "approx" && end < a.first && f.is(end, asThe|asTheMany) && !f.words.adjectivesLast {
		return false // "walked around the 240 acres", where Spanish may say "en torno a los 240"
	}
	for t := first; t < end; t++ {
		if f.calendar[t] {
			return false
		}
	}
	return true
}

func (f *finder) takeHedge(a *amount, h hedge, first, end int) {
	effect := h.effect
	if h.side == "verb" && f.negatedBefore(first) {
		effect = map[string]string{"min": "max", "max": "min"}[effect]
	}
	a.hedge = strings.TrimSpace(f.doc.Slice(f.doc.Covering(first, end)) + " " + a.hedge)
	a.apply(effect)
	a.first = first
}

// negatedBefore reports whether a negation stands in the words before token t.
func (f *finder) negatedBefore(t int) bool {
	for back := 1; back <= maxNegation && f.sameSentence(t-back, t); back++ {
		if f.is(t-back, asNegation) {
			return true
		}
	}
	return false
}

// boundBefore reports whether a bound ends right before token t.
func (f *finder) boundBefore(t int) bool {
	for _, h := range f.word(t - 1).hedges {
		if h.side == "before" && h.effect != "approx" && f.matches(t-len(h.words), h.words) {
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
