package quantity

import (
	"strings"

	"cotejo/claims/extract/segment"
)

// maxUnitWords is how long a unit's noun phrase may be.
const maxUnitWords = 4

// addUnit reads what the amount counts, and the smaller unit that may follow.
func (f *finder) addUnit(a *amount) {
	first := a.next
	f.addWholeUnit(a)
	if u := f.words.signs[f.text(a.next-1)]; a.next > first && u.kind == "money" && u.parts > 0 { // 30 MUSD
		a.value, a.low, a.high = a.value*u.parts, a.low*u.parts, a.high*u.parts
	}
	if a.kind == single && a.unit != "" && f.word(a.next-1).unit.kind != "subunit" {
		f.addSubunit(a)
	}
}

// addSubunit adds what follows in the unit's own parts: "3 dollars and 50 cents", "5 feet 2 inches".
func (f *finder) addSubunit(a *amount) {
	if w, ok := f.doc.NumberWordAs(a.next, segment.NumberScale); ok && f.isMoney(a.next-1) && f.sameSentence(a.first, a.next) {
		a.value, a.next = a.value*w.Value, a.next+1 // "75 USD million"
		return
	}
	t := a.next
	if f.is(t, asAnd|asWith) {
		t++
	}
	n, ok := f.number(t)
	if !ok || !f.sameSentence(a.first, n.Last-1) {
		return
	}
	if u := f.word(n.Last).unit; n.Value < u.parts && (u.kind == "subunit" || u.kind == "part-sign" && f.isSignAt(a.next-1)) {
		a.value, a.next = a.value+n.Value/u.parts, n.Last+1
	} else if f.isMoney(a.next-1) && n.Value >= 10 && n.Value < 100 && f.endsClause(n.Last) {
		a.value, a.next = a.value+n.Value/100, n.Last // "15 dollars and 50."
	}
}

// isSignAt reports whether a measure's sign stands at token t, as "ft" does before "in".
func (f *finder) isSignAt(t int) bool { return f.words.signs[f.text(t)].kind == "sign" }

// addWholeUnit reads what the amount counts: a sign, a currency or a noun phrase.
func (f *finder) addWholeUnit(a *amount) {
	if a.unit != "" { // "$5 million" has its unit, "10km" too
		f.nameCurrency(a)
		return
	}
	if f.isAgeAside(a) {
		a.unit = f.words.ageUnit
		return
	}
	if name, next, ok := f.unitSign(a.next); ok {
		a.unit, a.next = name, next
		return
	}
	if f.words.neutral { // which words a number counts, only a language can say
		return
	}
	start := a.next
	if f.is(start, asOf) && f.sameSentence(start-1, start) {
		if f.isDigits(start - 1) { // "las 500 de Italia" counts what was named before
			return
		}
		start++
		if f.is(start, asTheMany) {
			start++
		}
		if _, counts := f.number(start); counts { // "dos de los cinco municipios"
			return
		}
		if u := f.word(start).unit; u.kind == "currency" || u.kind == "money" {
			a.unit, a.next = u.name, start+1
			return
		}
	}
	if next := f.hyphenated(a); next > a.next {
		a.next = next
		return
	}
	if unit, next := f.countedAt(start, a.value); unit != "" {
		a.unit, a.next = unit, next
		if a.kind == single {
			f.addPart(a, true) // "dos años y medio"
		}
	}
}

// nameCurrency takes in the currency's name after its sign: "$5 millones de pesos".
func (f *finder) nameCurrency(a *amount) {
	if u := f.word(a.next + 1).unit; u.kind == "currency" && f.is(a.next, asOf) {
		a.unit, a.next = u.name, a.next+2
	}
}

// isAgeAside reports whether the number stands between commas after a name, as
// ages do: "Ana Soto, 42, …".
func (f *finder) isAgeAside(a *amount) bool {
	t := a.first
	return a.next == t+1 && f.isDigits(t) && a.value >= 1 && a.value < 115 && f.text(t-1) == "," && f.isWord(t-2) &&
		startsUpper(f.text(t-2)) && f.text(a.next) == "," && !f.doc.Glued(t)
}

// unitSign reads a sign, per cent or a currency at token t; a comma that a
// typist left between number and sign is passed over.
func (f *finder) unitSign(t int) (name string, next int, ok bool) {
	if t < 1 || !f.sameSentence(t-1, t) {
		return "", t, false
	}
	if f.text(t) == "," && f.doc.Glued(t) && f.text(t+1) == "%" {
		t++
	}
	if f.text(t) == "-" && f.doc.Glued(t) && f.isWord(t+1) {
		if u := f.word(t + 1).unit; isSign(u.kind) || u.kind == "sign" || u.kind == "money" {
			return u.name, t + 2, true
		}
	}
	for _, p := range f.word(t).units {
		if isSign(p.unit.kind) && f.matches(t, p.words) {
			return p.unit.name, t + len(p.words), true
		}
	}
	if u := f.word(t).unit; isSign(u.kind) {
		return u.name, t + 1, true
	}
	for words := 3; words > 0; words-- { // km/h is three tokens, M€ two
		sign := f.joined(t, words)
		if sign == "" {
			continue
		}
		if u, ok := f.words.signs[sign]; ok && (u.kind == "sign" || u.kind == "money") {
			return u.name, t + words, true
		}
	}
	return "", t, false
}

// isSign reports whether a unit of that kind stands after its number without
// being counted as a noun is.
func isSign(kind string) bool {
	return kind == "percent" || kind == "points" || kind == "currency" || kind == "subunit"
}

// joined gives the text of tokens [t, t+n) where nothing stands between them.
func (f *finder) joined(t, n int) string {
	if t+n > len(f.doc.Tokens) {
		return ""
	}
	for i := 1; i < n; i++ {
		if !f.doc.Glued(t + i) {
			return ""
		}
	}
	return f.doc.Text[f.doc.Tokens[t].Bytes[0]:f.doc.Tokens[t+n-1].Bytes[1]]
}

// hyphenated reads "-year-old" and "-year" after a number, and "-plus", "-odd", which bound it.
func (f *finder) hyphenated(a *amount) int {
	if !f.isHyphen(a.next) || !f.doc.Glued(a.next) || !f.doc.Glued(a.next+1) || !f.isWord(a.next+1) {
		return a.next
	}
	for _, h := range f.word(a.next + 1).after {
		if len(h.words) == 1 {
			a.apply(h.effect)
			a.next += 2
			a.unit, a.next = f.countedAt(a.next, a.value)
			return a.next
		}
	}
	a.unit, _, _ = strings.Cut(f.fold(a.next+1), "-")
	return a.next + 2
}

// isHyphen reports whether a hyphen stands at token t, or a dash for one: "22–year-old".
func (f *finder) isHyphen(t int) bool {
	if f.text(t) == "–" {
		first, _, _ := strings.Cut(f.fold(t+1), "-")
		w := f.words.words[first]
		return w != nil && w.counted.kind != ""
	}
	return f.text(t) == "-"
}

func isDash(s string) bool { return s == "-" || s == "–" || s == "—" || s == "−" }

// countedAt gives what is counted from token t on, and the token after it.
func (f *finder) countedAt(t int, value float64) (unit string, next int) {
	first, next := f.nounPhrase(t, value)
	if next == first {
		return "", t
	}
	return f.doc.Slice(f.doc.Covering(first, next)), next
}

// nounPhrase gives the words [first, next) that are counted: up to a plural, with
// what agrees with it and one complement.
func (f *finder) nounPhrase(t int, value float64) (first, next int) {
	first = t
	if t > 0 && !f.sameSentence(t-1, t) {
		return t, t
	}
	if f.words.adjectivesLast {
		next = f.nounFirst(t, value)
	} else {
		next = f.nounLast(t)
	}
	return first, f.complement(first, next)
}

// nounFirst gives the end of a noun phrase that begins with its noun: the noun,
// and the plurals that agree with it.
func (f *finder) nounFirst(t int, value float64) (next int) {
	for next = t; next < t+maxUnitWords && f.isNominal(next); next++ {
		if value == 1 {
			return next + 1
		}
		if next > t && !f.isPluralAt(next) {
			break
		}
	}
	return next
}

// nounLast gives the end of a noun phrase that ends with its noun: the first
// plural that qualifies no other, else the first word alone.
func (f *finder) nounLast(t int) (next int) {
	for next = t; next < t+maxUnitWords && f.isNominal(next); next++ {
		if f.isPluralAt(next) && !f.joinsPlural(next+1) {
			return next + 1
		}
	}
	if next > t && !f.isPluralAt(next-1) {
		return t + 1
	}
	return next
}

// isNominal reports whether token t can stand inside a counted noun phrase.
func (f *finder) isNominal(t int) bool {
	if !f.isWord(t) || f.is(t, asStop) || !f.sameSentence(t-1, t) || f.calendarAt(t) {
		return false
	}
	if f.at[t] != number { // no word that is a number of its own: "three-ton", "USD50"
		return true
	}
	_, compound := f.compound(t)
	_, coded := f.coded(t)
	return !compound && !coded
}

// joinsPlural reports whether a plural at token t is qualified by the one before
// it ("sports events").
func (f *finder) joinsPlural(t int) bool { return f.isNominal(t) && f.isPluralAt(t) }

// isPluralAt reports whether token t is a plural by the tables or its ending.
func (f *finder) isPluralAt(t int) bool { return f.is(t, asPlural) || f.isPlural(f.fold(t)) }

func (f *finder) isPlural(word string) bool {
	for _, ending := range f.words.singulars {
		if strings.HasSuffix(word, ending) {
			return false
		}
	}
	for _, ending := range f.words.plurals {
		if strings.HasSuffix(word, ending) {
			return true
		}
	}
	return false
}

// complement adds "de X" or "of X" to a counted noun.
func (f *finder) complement(first, next int) int {
	if next == first || !f.is(next, asOf) || !f.sameSentence(first, next) {
		return next
	}
	if w := f.word(next - 1); w.unit.kind != "" || w.counted.kind != "" {
		return next // "tres meses de cárcel" counts months
	}
	at := next + 1
	if f.is(at, asThe) {
		at++
	}
	_, counts := f.numeral(at)
	if !f.isNominal(at) || f.doc.Tokens[at].Kind != segment.Word || counts {
		return next
	}
	return at + 1
}

// isMeasure reports whether a unit is a measure, a currency or a sign, not a counted noun.
func (f *finder) isMeasure(unit string) bool {
	if f.words.signs[unit].kind != "" {
		return true
	}
	w := f.words.words[strings.ToLower(unit)]
	return w != nil && (w.unit.kind != "" || w.counted.kind != "")
}

// isMoney reports whether a currency's name or sign stands at token t.
func (f *finder) isMoney(t int) bool {
	return f.word(t).unit.kind == "currency" || f.words.signs[f.text(t)].kind == "money"
}

// endsClause reports whether no word, number or sign of the clause stands at token t.
func (f *finder) endsClause(t int) bool {
	return t >= len(f.doc.Tokens) || !f.sameSentence(t-1, t) || f.doc.Tokens[t].Kind == segment.Punct && f.text(t) != "-"
}
