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
	if !f.joins(at, joints, opened) {
		return amount{}, false
	}
	next := at + 1
	for f.fold(next) == "los" || f.fold(next) == "las" || f.fold(next) == "el" || f.fold(next) == "the" {
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

// opener reads the word that announces a range and gives the words that may join its sides.
func (f *finder) opener(t int) (joints []string, start int, opened bool) {
	start = t + 1
	if next := f.fold(start); next == "los" || next == "las" || next == "el" || next == "the" {
		start++
	}
	switch f.fold(t) {
	case "entre":
		return []string{"y", "a"}, start, true
	case "between":
		return []string{"and", "to"}, start, true
	case "de", "desde":
		if f.doc.Lang == "es" {
			return []string{"a", "hasta"}, start, true
		}
	case "from":
		return []string{"to", "up"}, start, true
	}
	return []string{"a", "to", "-", "–", "—", "o", "or", "u", "~"}, t, false
}

// joins reports whether token t joins the sides of a range; a hyphen must stand
// against a number or have space on both sides.
func (f *finder) joins(t int, joints []string, opened bool) bool {
	if !f.sameSentence(t-1, t) {
		return false
	}
	for _, j := range joints {
		if f.fold(t) == j {
			return opened || j != "-" || f.doc.Glued(t) == f.doc.Glued(t+1)
		}
	}
	return false
}

// shareScale gives the first side the scale of the second: "de 10 a 12 millones".
func (f *finder) shareScale(low *amount, high amount) {
	if high.next-high.first < 2 || low.value >= 1000 {
		return
	}
	n, ok := f.doc.NumeralAt(high.next - 1)
	if !ok || n.Digits || n.Value < 1000 {
		return
	}
	if low.value < high.value/n.Value*10 && low.value < 1000 {
		low.value *= n.Value
	}
}
