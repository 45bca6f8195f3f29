package quantity

import "cmp"

// span reads a range of two values: "entre 3 y 5", "10-15", "from 3 to 5", "dos o tres".
func (f *finder) span(t int) (amount, bool) {
	joints, start, opened := f.opener(t)
	low, ok := f.scalar(start)
	if !ok || f.crosses(low) {
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
	next := at + 1
	if f.is(next, asThe) {
		next++
	}
	high, ok := f.scalar(next)
	if !ok || f.crosses(high) || !f.sameSentence(t, high.next-1) {
		return amount{}, false
	}
	if name, _, _ := f.unitSign(high.next); unit != "" && unit != cmp.Or(high.unit, name, unit) {
		return amount{}, false // "de 18 % a $ 2 millones"
	}
	f.shareScale(&low, high)
	if f.isScore(at, low, high, unit) {
		return amount{}, false
	}
	if low.value >= high.value || low.value == 1 && high.value > 31 && !opened {
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

// isScore reports whether two small numbers with a hyphen between and nothing
// counted are rather a result, "(1-4)", or a telephone number.
func (f *finder) isScore(at int, low, high amount, unit string) bool {
	if f.text(at) != "-" || unit != "" || high.unit != "" {
		return false
	}
	if f.doc.Glued(at) && len(f.text(at-1)) == 3 && len(f.text(at+1)) == 4 { // a telephone number
		return true
	}
	if low.value > 20 || high.value > 20 {
		return false
	}
	_, _, signed := f.unitSign(high.next)
	return !signed && !f.isNominal(high.next)
}

// opener reads the word that announces a range and gives what may join its sides.
func (f *finder) opener(t int) (joints class, start int, opened bool) {
	switch {
	case f.is(t, asBetween):
		joints = asBetweenJoint
	case f.is(t, asFrom):
		joints = asFromJoint
	default:
		return asJoint, t, false
	}
	start = t + 1
	if f.is(start, asThe) {
		start++
	}
	return joints, start, true
}

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
	if high.next-high.first < 2 || low.value >= 1000 {
		return
	}
	n, ok := f.numeral(high.next - 1)
	if !ok || n.Digits || n.Value < 1000 {
		return
	}
	if low.value < high.value/n.Value*10 && low.value < 1000 {
		low.value *= n.Value
	}
}
