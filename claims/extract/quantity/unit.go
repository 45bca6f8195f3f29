package quantity

import (
	"strings"

	"cotejo/claims/extract/segment"
)

// Limits of a unit's noun phrase, in words.
const (
	maxUnitWords      = 4
	maxComplementWord = 2
)

// addUnit reads what the amount counts: a sign, a currency or a noun phrase.
func (f *finder) addUnit(a *amount) {
	if a.unit != "" { // "$5 million" has its unit, "10km" too
		f.nameCurrency(a)
		return
	}
	if f.isAgeAside(a) {
		a.unit = map[string]string{"es": "años", "en": "years"}[f.doc.Lang]
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
	if word := f.fold(start); (word == "de" || word == "of") && f.sameSentence(start-1, start) {
		if f.isDigits(start - 1) { // "las 500 de Italia" counts what was named before
			return
		}
		start++
		if f.fold(start) == "los" || f.fold(start) == "las" || f.fold(start) == "the" {
			start++
		}
		if u, ok := f.words.units[f.fold(start)]; ok && (u.kind == "currency" || u.kind == "money") {
			a.unit, a.next = u.name, start+1
			return
		}
	}
	if next := f.hyphenated(a); next > a.next {
		a.next = next
		return
	}
	if first, next := f.nounPhrase(start, a.value); next > first {
		a.unit, a.next = f.doc.Slice(f.doc.Covering(first, next)), next
		if a.kind == single {
			f.addPart(a, true) // "dos años y medio"
		}
	}
}

// nameCurrency takes in the currency's name after its sign: "$5 millones de pesos".
func (f *finder) nameCurrency(a *amount) {
	if u, ok := f.words.units[f.fold(a.next+1)]; ok && u.kind == "currency" && f.fold(a.next) == "de" {
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
		if u, known := f.words.units[f.fold(t+1)]; known && u.kind != "duration" && u.kind != "measure" {
			return u.name, t + 2, true
		}
	}
	for words := 2; words > 0; words-- {
		if u, ok := f.words.units[phrase(f.doc, t, t+words)]; ok && u.kind != "sign" && u.kind != "money" && u.kind != "measure" && u.kind != "duration" {
			return u.name, t + words, true
		}
	}
	for words := 3; words > 0; words-- { // km/h is three tokens, M€ two
		if u, ok := f.words.units[f.joined(t, words)]; ok && (u.kind == "sign" || u.kind == "money") {
			return u.name, t + words, true
		}
	}
	return "", t, false
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

// hyphenated reads "-year-old" and "-year" after a number.
func (f *finder) hyphenated(a *amount) int {
	if f.text(a.next) != "-" || !f.doc.Glued(a.next) || !f.doc.Glued(a.next+1) || !f.isWord(a.next+1) {
		return a.next
	}
	a.unit, _, _ = strings.Cut(f.fold(a.next+1), "-")
	return a.next + 2
}

// nounPhrase gives the words [first, next) that are counted: up to a plural, with
// what agrees with it and one complement.
func (f *finder) nounPhrase(t int, value float64) (first, next int) {
	first = t
	if t > 0 && !f.sameSentence(t-1, t) {
		return t, t
	}
	for next = t; next < t+maxUnitWords && f.isNominal(next); next++ {
		if f.doc.Lang == "es" && next > t && !isPluralWord(f.fold(next)) && value != 1 {
			break
		}
		if f.doc.Lang == "en" && isPluralWord(f.fold(next)) && !f.joinsPlural(next+1) {
			next++
			break
		}
		if value == 1 && f.doc.Lang == "es" {
			next++
			break
		}
	}
	if f.doc.Lang == "en" && next > t && !isPluralWord(f.fold(next-1)) {
		next = t + 1
	}
	return first, f.complement(first, next)
}

// isNominal reports whether token t can stand inside a counted noun phrase.
func (f *finder) isNominal(t int) bool {
	return f.isWord(t) && !f.words.stops[f.fold(t)] && f.sameSentence(t-1, t) && !f.calendarAt(t)
}

// joinsPlural reports whether an English plural is itself followed by the plural
// that it qualifies ("sports events").
func (f *finder) joinsPlural(t int) bool {
	return f.isNominal(t) && isPluralWord(f.fold(t)) && !strings.HasSuffix(f.fold(t), "ed")
}

func isPluralWord(word string) bool {
	switch word {
	case "people", "men", "women", "children", "police", "personnel", "troops", "percent":
		return true
	}
	return strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !strings.HasSuffix(word, "'s") && !strings.HasSuffix(word, "’s")
}

// complement adds "de X" or "of X" to a counted noun.
func (f *finder) complement(first, next int) int {
	if next == first || f.fold(next) != "de" && f.fold(next) != "of" || !f.sameSentence(first, next) {
		return next
	}
	if u, ok := f.words.units[strings.TrimSuffix(f.fold(next-1), "s")]; ok && u.kind != "" {
		return next // "tres meses de cárcel" counts months
	}
	at := next + 1
	if f.fold(at) == "la" || f.fold(at) == "los" || f.fold(at) == "las" || f.fold(at) == "the" {
		at++
	}
	if !f.isNominal(at) || f.doc.Tokens[at].Kind != segment.Word {
		return next
	}
	return at + 1
}
