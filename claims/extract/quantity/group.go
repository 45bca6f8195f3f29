package quantity

import (
	"strings"

	"cotejo/claims/extract/segment"
)

// half reads "half a million", "medio millón", "media hora", "half an hour".
func (f *finder) half(t int) (amount, bool) {
	c, ok := f.collective(t)
	if !ok || c.kind != "half" {
		return amount{}, false
	}
	next := t + 1
	if f.text(next) == "-" || f.is(next, asArticle|asOne) {
		next++
	}
	if w, ok := f.doc.NumberWordAs(next, segment.NumberScale); ok {
		return amount{first: t, next: next + 1, value: w.Value * c.value, noun: true}, true
	}
	if g, ok := f.collective(next); ok && g.kind == "group" {
		return amount{first: t, next: next + 1, value: g.value * c.value, noun: true}, true
	}
	if u := f.word(next).unit; u.kind == "measure" || u.kind == "duration" || u.kind == "sign" && next > t+1 {
		return amount{first: t, next: next + 1, value: c.value, unit: u.name}, true
	}
	return amount{}, false
}

// group reads "a dozen", "un centenar", "un par de", "a couple of", "a thousand".
func (f *finder) group(t int) (amount, bool) {
	if !f.is(t, asArticle|asOne) {
		return amount{}, false
	}
	if n, ok := f.number(t + 1); ok && !n.Digits && n.Value >= 100 {
		a := amount{first: t, next: n.Last, value: n.Value, noun: true}
		f.addPart(&a, false)
		return a, true
	}
	c, ok := f.collective(t + 1)
	if !ok || c.kind != "group" && c.kind != "pair" {
		return amount{}, false
	}
	a := amount{first: t, next: t + 2, value: c.value, approx: c.kind == "pair", noun: true}
	if c.kind == "pair" {
		return f.pairOf(a)
	}
	return a, true
}

// hasHalf reports whether "and a half" stands at token t, which makes the unit before it one that counts.
func (f *finder) hasHalf(t int) bool {
	if !f.is(t, asAnd) || !f.sameSentence(t-1, t) {
		return false
	}
	part, next, ok := f.partOfOne(t+1, false)
	return ok && part == 0.5 && !f.isNominal(next) && !f.is(next, asEarlier)
}

// unitAndHalf reads a unit that only its half counts: "hora y media".
func (f *finder) unitAndHalf(t int) (amount, bool) {
	u := f.word(t).unit
	if u.kind != "measure" && u.kind != "duration" || f.is(t-1, asAgo) || !f.hasHalf(t+1) {
		return amount{}, false
	}
	_, next, _ := f.partOfOne(t+2, false)
	return amount{first: t, next: next, value: 1.5, unit: u.name}, true
}

// pairOf reads what a pair multiplies: "a couple of points", "a couple of hundred", "un par de millones".
func (f *finder) pairOf(a amount) (amount, bool) {
	if !f.is(a.next, asOf) {
		return amount{}, false
	}
	for _, kind := range []segment.NumberKind{segment.NumberTimes, segment.NumberScale} {
		if w, ok := f.doc.NumberWordAs(a.next+1, kind); ok && f.sameSentence(a.first, a.next+1) {
			a.value, a.next = a.value*w.Value, a.next+2
		}
	}
	return a, true
}

// oneUnit reads "un metro", "an hour", "una vez" after a bound, "durante un año".
func (f *finder) oneUnit(t int) (amount, bool) {
	if !f.is(t, asArticle|asOne) {
		return amount{}, false
	}
	a := amount{first: t, next: t + 1, value: 1, noun: true}
	u := f.word(t + 1).unit
	measured := u.kind != ""
	switch {
	case u.kind == "duration" && f.is(t+2, asEarlier): // "than a year earlier", "menos que un año antes"
		return amount{}, false
	case f.is(t, asOne) && f.is(t+1, asOf) && f.boundBefore(t): // "al menos una de ellas"
		a.noun = false
		return a, true
	case f.isWord(t+1) && !f.is(t+1, asStop) && (measured || f.is(t, asOne)) && f.boundBefore(t):
		return a, !f.is(t+2, asOf) || !f.is(t+3, asNumber) // "en un plazo de seis meses"
	case f.is(t, asOne) && (f.listsOne(t) || f.is(t+1, asOccasion) && f.isRateOf(t+2)):
		return a, true
	case !measured || f.isRate(t):
		return amount{}, false
	case u.kind == "measure" || u.kind == "subunit":
		return a, true
	case u.kind == "currency": // not "un peso específico", "a euro zone official"
		return a, !f.isNominal(t+2) && !f.is(t+2, asOf)
	case f.hasHalf(t+2) && !f.is(t-1, asAgo):
		return a, true
	case u.kind == "duration":
		return a, f.is(t-1, asAnnounces|asOnly) || f.is(t+2, asLater)
	}
	return amount{}, false
}

// listsOne reports whether the article at token t goes on in a row of counted
// things: "dos heridos y una desaparecida", "cuatro en contra y una abstención".
func (f *finder) listsOne(t int) bool {
	if !f.goesOn(t) || !f.isNominal(t+1) || f.isPluralAt(t+1) || f.is(t+1, asNotOne) {
		return false
	}
	for of := t + 2; of < t+maxUnitWords+1; of++ { // "y una multa de 7 francos" counts francs
		if f.is(of, asOf) && f.is(of+1, asNumber) && f.sameSentence(t, of+1) {
			return false
		}
	}
	return true
}

// goesOn reports whether token t stands in a row behind a quantity that counts things.
func (f *finder) goesOn(t int) bool {
	return f.counted && f.free > 0 && f.free == t-1 && f.is(t-1, asListed)
}

// isRate reports whether the article at token t says per what: "$5 an hour",
// "twice a week", "forty hours a week".
func (f *finder) isRate(t int) bool {
	_, _, isUnit := f.unitSign(t - 1)
	n, isNumber := f.numeral(t - 1)
	before := f.word(t - 1)
	return isUnit || isNumber && n.Digits || before.collective.kind == "times" || before.classes&asTimes != 0 ||
		before.counted.kind != "" && before.unit.kind == ""
}

// multiple reads "twice", "el doble", "doubled", "double the", "tenfold", "half-point".
func (f *finder) multiple(t int) (amount, bool) {
	if c := f.word(t).collective; f.multiplies(c.kind, t) {
		return amount{first: t, next: t + 1, value: c.value, unit: f.words.timesUnit}, true
	}
	if word, ok := strings.CutSuffix(f.fold(t), f.words.multiplier); ok && f.words.multiplier != "" {
		if w, ok := f.words.numbers.As(strings.TrimSuffix(word, "-"), segment.NumberUnit); ok {
			return amount{first: t, next: t + 1, value: w.Value, unit: f.words.timesUnit}, true
		}
	}
	return amount{}, false
}

// multiplies reports whether the word at token t, of a kind of collective, says
// how many times something is: an adverb or noun, a verb, or an adjective before
// an article ("double the total").
func (f *finder) multiplies(kind string, t int) bool {
	switch kind {
	case "times":
		if !f.words.adjectivesLast {
			return true
		}
		idle := f.isWord(t+1) && !f.is(t+1, asResumes|asStop|asOf) // "el doble propósito"
		return f.is(t-1, asThe|asArticled) && !idle
	case "once":
		return f.isPer(t+2) || f.isRateOf(t+1)
	case "multiplied":
		return !f.is(t+1, asNotMultiple)
	case "double":
		return f.is(t+1, asAfterDouble) || f.hedgedBefore(t) && !f.isNominal(t+1)
	}
	return false
}

// isRateOf reports whether token t says per which unit of time: "a week", "por semana".
func (f *finder) isRateOf(t int) bool {
	if !f.is(t, asRate) {
		return false
	}
	if f.is(t+1, asThe) {
		t++
	}
	return f.word(t+1).unit.kind == "duration"
}

// vague reads "miles de", "dozens of", "tens of thousands of", "cientos de miles de".
func (f *finder) vague(t int) (amount, bool) {
	c, ok := f.collective(t)
	if !ok || c.kind != "vague" {
		return amount{}, false
	}
	a := amount{first: t, next: t + 1, low: c.value, kind: vague, noun: true}
	for range 2 { // "hundreds of thousands of millions" is as far as people go
		if !f.is(a.next, asOf) {
			break
		}
		inner, ok := f.collective(a.next + 1)
		if !ok || inner.kind != "vague" {
			break
		}
		if inner.value != c.value { // "miles de miles" are thousands
			a.low *= inner.value
		}
		a.next += 2
	}
	if !f.words.adjectivesLast || f.is(a.next, asOf) {
		return a, true
	}
	a.noun = false // "decenas siguen desaparecidas"; "Miles Davis" is a name
	return a, !startsUpper(f.text(a.next)) && !f.is(t-1, asNumber)
}
