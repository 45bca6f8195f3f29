package quantity

import "cmp"

// openedSpan reads a range behind the word that announces it: "entre 3 y 5", "from 3 to 5".
func (f *finder) openedSpan(t int) (amount, bool) {
	joints, start := asFromJoint, t+1
	if f.is(t, asFrom) && f.changes(t) {
		return amount{}, false
	}
	if f.is(t, asBetween) {
		joints = asBetweenJoint
	}
	start = f.afterArticle(start)
	if !f.is(start, asOpens|asMinus) {
		return amount{}, false
	}
	low, ok := f.side(start)
	if !ok {
		return amount{}, false
	}
	return f.span(t, low, joints)
}

// maxChangeGap is how many words may stand between what changed and by how much:
// "rose last year from 3 % to 5 %".
const maxChangeGap = 5

// changes reports whether the amounts behind "from" at token t are where
// something was and where it went, two amounts and no range.
func (f *finder) changes(t int) bool {
	for at := t - 1; at >= t-maxChangeGap && f.sameSentence(at, t); at-- {
		if f.is(at, asChange) {
			return true
		}
	}
	return false
}

// span reads a range from token t on, whose first value is known: "10-15", "dos o tres".
func (f *finder) span(t int, low amount, joints class) (amount, bool) {
	if f.crosses(low) || f.is(t-1, asFrom) && f.changes(t-1) {
		return amount{}, false
	}
	unit := low.unit
	at := low.next
	if name, next, ok := f.unitSign(at); ok && unit == "" {
		unit, at = name, next
	}
	if !f.joins(at, joints) {
		return amount{}, false
	}
	next := f.afterArticle(at + 1)
	high, ok := f.side(next)
	if !ok || f.crosses(high) || !f.sameSentence(t, high.next-1) || f.differs(unit, high) {
		return amount{}, false
	}
	f.shareScale(&low, high)
	if f.isScore(at, low, high, unit) {
		return amount{}, false
	}
	if low.value >= high.value || low.value == 1 && high.value > 31 && joints == asJoint || f.is(at, asOr) && high.value > maxAlternative*low.value {
		return amount{}, false
	}
	if unit == "" {
		unit = high.unit
	}
	a := amount{first: t, next: high.next, kind: between, low: low.value, high: high.value, approx: low.approx || high.approx, noun: true}
	if unit != "" {
		a.unit = unit
		if _, next, ok := f.unitSign(a.next); ok {
			a.next = next
		}
	}
	return a, true
}

// afterArticle passes over an article before a figure: "entre el 5 y el 10 %", "de un 3 a un 5 %".
func (f *finder) afterArticle(t int) int {
	if f.is(t, asThe) || f.is(t, asOne) && f.isDigits(t+1) {
		return t + 1
	}
	return t
}

// maxAlternative is how many times the first of two numbers joined by "or" the
// second may be where both tell one range: "two or three", not "1 or 1,000".
const maxAlternative = 10

// side reads one value of a range: a number, a fraction, a negative number in words.
func (f *finder) side(t int) (amount, bool) {
	if f.isMinus(t) {
		a, ok := f.scalar(t + 1)
		a.first, a.value = t, -a.value
		return a, ok
	}
	if a, ok := f.fraction(t); ok {
		return a, true
	}
	return f.scalar(t)
}

// differs reports whether the second side of a range counts something else than
// the unit of the first: "de 18 % a $ 2 millones", "by 25 % to 34,500 tons".
func (f *finder) differs(unit string, high amount) bool {
	if unit == "" {
		return false
	}
	name, _, signed := f.unitSign(high.next)
	if high.unit == "" && !signed {
		return f.isPluralAt(high.next) && f.isNominal(high.next) || f.word(high.next).counted.kind != "" || f.isPluralAt(high.next+1) && f.isNominal(high.next) && f.isNominal(high.next+1)
	}
	return unit != cmp.Or(high.unit, name)
}

// isScore reports whether two small numbers with a hyphen between and nothing
// counted are rather a result, "(1-4)", or a telephone number.
func (f *finder) isScore(at int, low, high amount, unit string) bool {
	if !isDash(f.text(at)) || unit != "" || high.unit != "" {
		return false
	}
	if f.doc.Glued(at) && len(f.text(at-1)) == 3 && len(f.text(at+1)) == 4 { // a telephone number
		return true
	}
	if low.value > maxPoints || high.value > maxPoints {
		return false
	}
	_, _, signed := f.unitSign(high.next)
	return !signed && !f.isNominal(high.next)
}

// isResult reports whether the number at token t is one side of a result with a
// spaced dash: "won 3 – 0", which counts nothing.
func (f *finder) isResult(t int) bool {
	for _, dash := range []int{t + 1, t - 1} {
		other := 2*dash - t
		if isDash(f.text(dash)) && !f.doc.Glued(dash) && f.sameSentence(t, other) && f.isPoints(t) && f.isPoints(other) {
			after := max(t, other) + 1
			_, _, signed := f.unitSign(after)
			return !signed && (!f.isNominal(after) || !f.isPluralAt(after))
		}
	}
	return false
}

// isPoints reports whether token t is a small whole number in digits.
func (f *finder) isPoints(t int) bool {
	n, ok := f.numeral(t)
	return ok && n.Digits && f.isDigits(t) && n.Last == t+1 && n.Value <= maxPoints && n.Value == float64(int(n.Value))
}

// maxPoints is the most that a side scores in a result of two small numbers.
const maxPoints = 20

// joins reports whether token t joins the sides of a range; a hyphen must stand
// against a number or have space on both sides.
func (f *finder) joins(t int, joints class) bool {
	if !f.sameSentence(t-1, t) {
		return false
	}
	switch f.text(t) {
	case "-":
		return joints == asJoint && f.doc.Glued(t) == f.doc.Glued(t+1)
	case "–", "—", "~":
		return joints == asJoint
	}
	return f.is(t, joints)
}

// shareScale gives the first side the scale of the second: "de 10 a 12 millones".
func (f *finder) shareScale(low *amount, high amount) {
	if high.next-high.first < 2 {
		return
	}
	n, ok := f.numeral(high.next - 1)
	if !ok || n.Digits || n.Value < 1000 {
		return
	}
	if low.value < high.value/n.Value*10 && low.value < n.Value {
		low.value *= n.Value
	}
}
