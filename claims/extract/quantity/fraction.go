package quantity

import (
	"cotejo/claims/extract/segment"
)

// fraction reads "dos tercios", "two-thirds", "la mitad de", "a quarter of", "tres cuartas partes".
func (f *finder) fraction(t int) (amount, bool) {
	if value, next, ok := f.halfOf(t); ok {
		return amount{first: t, next: next, value: value, noun: true}, true
	}
	value, next, ok := f.ratio(t)
	if !ok {
		return amount{}, false
	}
	a := amount{first: t, next: next, value: value, noun: true}
	at := next
	if f.is(at, asOf) { // "two thirds of a million", "un cuarto de millón"
		if at++; f.is(at, asArticle|asOne) {
			at++
		}
	}
	if w, ok := f.doc.NumberWordAs(at, segment.NumberScale); ok && f.sameSentence(t, at) {
		a.value, a.next = a.value*w.Value, at+1
	}
	return a, true
}

// halfOf reads "half of", "half the", "more than half", "la mitad".
func (f *finder) halfOf(t int) (value float64, next int, ok bool) {
	if f.is(t, asHalfNoun) {
		return 0.5, t + 1, f.is(t-1, asThe)
	}
	if c := f.word(t).collective; c.kind != "half" || c.value != 0.5 {
		return 0, t, false
	}
	if f.is(t+1, asAfterHalf) {
		n, numbered := f.numeral(t - 1)
		return 0.5, t + 1, !numbered || !n.Ordinal // not "the first half of"
	}
	inHalf := f.is(t-1, asIn) && !f.isNominal(t+1) // "cut in half"
	return 0.5, t + 1, !f.words.adjectivesLast && (f.hedgedBefore(t) || inHalf) && f.isFree(t+1)
}

// isFree reports whether no article, number, measure or hyphen that a half would halve stands at token t.
func (f *finder) isFree(t int) bool {
	return !f.is(t, asArticle|asOne|asNumber) && f.word(t).unit.kind == "" && f.text(t) != "-" && f.word(t).collective.kind == ""
}

// ratio reads a number of equal parts at token t.
func (f *finder) ratio(t int) (value float64, next int, ok bool) {
	if f.is(t, asArticle|asOne|asPartArticle) {
		if p, ok := f.doc.PartsAt(t + 1); ok && (!p.Plural || onlyDivides(p)) && f.dividesOne(p, t) {
			return 1 / p.Parts, f.afterPart(p.Last), true
		}
	}
	if f.is(t, asArticle) { // "a hundred trillionths"
		t++
	}
	if !f.is(t, asNumber) {
		return 0, t, false
	}
	if n, ok := f.numeral(t); ok && !n.Ordinal && !f.mayDivide(n.Last) {
		return 0, t, false
	}
	p, ok := f.doc.FractionAt(t)
	if !ok || !f.divides(p) || p.Top == 1 && f.is(t, asBareOne) {
		return 0, t, false
	}
	return p.Whole + p.Top/p.Parts, f.afterPart(p.Last), true
}

// mayDivide reports whether the word at token t can name parts; most words behind a number do not.
func (f *finder) mayDivide(t int) bool {
	return f.text(t) == "-" || f.words.numbers.MayDivide(f.fold(t))
}

// afterPart passes over the noun of a fraction: "la quinta parte".
func (f *finder) afterPart(t int) int {
	if f.is(t, asPart) && f.sameSentence(t-1, t) {
		return t + 1
	}
	return t
}

// divides reports whether the words read as a fraction are one: "two fifths",
// but not "fifteen seconds", "two quarters", "one third attempt".
func (f *finder) divides(p segment.Fraction) bool {
	if f.is(p.Last, asPart) || onlyDivides(p) {
		return true
	}
	one, nominal := p.Top == 1 && p.Whole == 0, f.isNominal(p.Last)
	switch {
	case p.Plural == one, p.Parts <= 1:
		return one && !p.Plural && p.Parts == 2 && !f.words.adjectivesLast
	case p.Ranks:
		return p.Parts > 2 && !nominal
	case p.Parts == 2 && p.Top > 1:
		return false // "cinco medios"
	case p.Parts == 4: // "four quarters" are those of a year
		return p.Top == 1 && !nominal || p.Top == 3
	}
	return !one || f.words.adjectivesLast || f.is(p.Last, asOf) || !nominal
}

// onlyDivides reports whether the parts have a name that means nothing else: "doceavos".
func onlyDivides(p segment.Fraction) bool { return !p.Ranks && p.Parts > 10 }

// dividesOne reports whether a part behind the article at token t is a fraction
// and not what comes third, fourth or fifth: "a third of", "nearly a fifth".
func (f *finder) dividesOne(p segment.Fraction, t int) bool {
	next := p.Last
	if f.is(next, asPart) {
		return p.Parts > 2 || !f.is(t, asPartArticle)
	}
	nominal := f.isNominal(next)
	switch {
	case f.is(t+1, asHalfNoun):
		return true
	case f.is(t, asPartArticle) && !f.is(t, asArticle|asOne), p.Parts <= 2 && p.Ranks:
		return false // "la media", "a second"
	case p.Parts == 2 && (f.words.adjectivesLast && f.is(next, asOf) || nominal):
		return false // "un medio de transporte"
	case !p.Ranks:
		return f.words.adjectivesLast || f.is(next, asOf) || !nominal
	case f.is(next, asOf):
		return !f.words.adjectivesLast || f.is(next+1, asThe|asTheMany) || f.isMeasured(next+1)
	case f.is(next, asOfThe), f.isPercent(next):
		return true
	case nominal:
		return false
	}
	return p.Parts >= 100 || f.hedgedBefore(t) || f.endsClause(next) && (f.is(t-1, asBeforePart) || f.opensSentence(t))
}

func (f *finder) isPercent(t int) bool {
	name, _, ok := f.unitSign(t)
	return ok && name == "%"
}

// isMeasured reports whether a measure or scale word stands at token t: "un cuarto de hora".
func (f *finder) isMeasured(t int) bool {
	kind := f.word(t).unit.kind
	_, scales := f.doc.NumberWordAs(t, segment.NumberScale)
	return scales || kind == "measure" || kind == "duration"
}

func (f *finder) opensSentence(t int) bool {
	return f.doc.Sentences[f.doc.SentenceAt(t)].First == t
}

// hedgedBefore reports whether a hedge or bound ends right before token t.
func (f *finder) hedgedBefore(t int) bool {
	for _, h := range f.word(t - 1).hedges {
		if f.matches(t-len(h.words), h.words) {
			return true
		}
	}
	return false
}

// share reads "one in four", "two out of three", "una de cada cuatro", "3 de cada 10".
func (f *finder) share(t int) (amount, bool) {
	a, ok := f.numeral(t)
	if !ok || a.Ordinal {
		return amount{}, false
	}
	next := a.Last
	for _, p := range f.word(a.Last).shares {
		if a.Last+len(p) > next && f.matches(a.Last, p) {
			next = a.Last + len(p)
		}
	}
	if next == a.Last || f.calendarAt(next) {
		return amount{}, false
	}
	b, ok := f.number(next)
	if !ok || b.Value <= a.Value || a.Value <= 0 {
		return amount{}, false
	}
	if next == a.Last+1 && f.word(b.Last).counted.kind != "" {
		return amount{}, false // "three in two days"
	}
	return amount{first: t, next: b.Last, value: a.Value / b.Value, noun: true}, true
}

func (f *finder) calendarAt(t int) bool { return t < len(f.calendar) && f.calendar[t] }
