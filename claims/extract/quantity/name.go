package quantity

import "strings"

// isName reports whether the number of an amount is a name, a label, part of a
// list or a telephone number, or only says per how many another is counted.
// Token t is where its number begins, unitless where it ends.
func (f *finder) isName(a amount, t, unitless int) bool {
	if a.kind == vague || f.bounded(a) && !f.isPer(a.first) && !f.isLabelled(t) {
		return false
	}
	switch {
	case f.words.neutral && f.isUnclear(a, t, unitless):
		return true
	case f.is(unitless, asLabelAfter) || !f.doc.Glued(a.next-1) && f.is(a.next-1, asLabelAfter):
		return true
	case f.isPer(a.first) || f.isPeriodOfRate(a.first, a.next):
		return true
	case f.isTerm(a):
		return true
	case f.isLabelled(t) || f.continuesNames(t):
		return true
	case f.isListNumber(t, unitless):
		return true
	}
	return f.isDigits(t) && (f.isCode(unitless) || f.isTelephone(t, unitless) || f.followsName(a, t))
}

// isLabelled reports whether the word before token t makes the number a name,
// in the plural too: "artículos 14", "posts 542".
func (f *finder) isLabelled(t int) bool {
	return f.is(t-1, asLabelBefore) && f.sameSentence(t-1, t) && !f.calendarAt(t-1)
}

// continuesNames reports whether the number stands in a row of names: "posts 542, 543 and 250".
func (f *finder) continuesNames(t int) bool {
	if f.named == 0 || !f.isDigits(t) {
		return false
	}
	for at := t - 1; at >= f.named && at >= t-2; at-- {
		if f.text(at) != "," && !f.is(at, asListed) {
			return false
		}
	}
	return t-f.named <= 2 && t > f.named
}

// isTerm reports whether the amount is the term by which a debt is named:
// "10-year Treasury bonds", "bonos a 10 años".
func (f *finder) isTerm(a amount) bool {
	if f.text(a.next-2) == "-" || strings.Contains(f.text(a.next-1), "-") {
		return f.is(a.next, asTerm) || f.is(a.next+1, asTerm)
	}
	return f.word(a.next-1).counted.kind == "duration" && f.is(a.first-1, asTermJoint) && (f.is(a.first-2, asTerm) || f.is(a.first-3, asTerm))
}

func (f *finder) bounded(a amount) bool { return a.bound != "" || a.approx }

// isPer reports whether the words before token t make the number a rate's base:
// "por cada 100.000 habitantes", "per 1,000 people", "every four years".
func (f *finder) isPer(t int) bool {
	if !f.sameSentence(t-1, t) {
		return false
	}
	if f.is(t-1, asPer) {
		return true
	}
	for _, p := range f.words.perPhrases {
		if f.matches(t-len(p), p) {
			return true
		}
	}
	return false
}

// isPeriodOfRate reports whether the amount over tokens [first, next) is only the
// time in which a rate counts: "en 14 días por cada 100.000".
func (f *finder) isPeriodOfRate(first, next int) bool {
	if !f.is(first-1, asIn) || f.word(next-1).counted.kind != "duration" {
		return false
	}
	for _, p := range f.words.perPhrases {
		if f.matches(next, p) {
			return true
		}
	}
	return f.is(next, asPer)
}

// isBareYear reports whether four bare digits that count nothing are a year
// ("la Constitución de 1886"), or stand as one does ("en 1189").
func (f *finder) isBareYear(a amount, t int) bool {
	n, _ := f.numeral(t)
	if a.kind != single || f.bounded(a) || a.unit != "" && f.countsNoun(t) || !n.Plain || len(f.text(t)) != 4 {
		return false
	}
	return isYear(a.value) || a.value >= 1000 && a.value < 1500 && f.is(t-1, asIn)
}

// countsNoun reports whether the number at token t counts the word after it. A
// noun that shows no plural may have an uncommon one ("1709 schoolchildren"),
// but not behind an article ("an 1871 novel"), nor where nouns show it always.
func (f *finder) countsNoun(t int) bool {
	if w := f.word(t + 1); f.countsAfter(t) || w.unit.kind != "" || w.counted.kind != "" {
		return true
	}
	return !f.words.adjectivesLast && !startsUpper(f.text(t+1)) && !f.is(t-1, asArticle|asDeterminer|asDefinite)
}

// isListNumber reports whether the number only counts an item of a list: "1.
// Lavarse", "first 1) a fence, then 2) a gate".
func (f *finder) isListNumber(t, unitless int) bool {
	if f.text(unitless) == ")" && f.doc.Glued(unitless) && f.isDigits(t) && !f.inBrackets(t) {
		return true
	}
	s := f.doc.SentenceAt(t)
	return f.isDigits(t) && f.doc.Sentences[s].First == t && (f.text(unitless) == "." || f.text(unitless) == ")") && f.doc.Glued(unitless) && f.sameSentence(t, unitless+1)
}

// inBrackets reports whether a bracket was opened before token t and not closed.
func (f *finder) inBrackets(t int) bool {
	for at := t - 1; at >= 0 && at > t-maxParenthesis && f.sameSentence(at, t); at-- {
		switch f.text(at) {
		case "(":
			return true
		case ")":
			return false
		}
	}
	return false
}

func (f *finder) isDigits(t int) bool {
	text := f.text(t)
	return text != "" && text[0] >= '0' && text[0] <= '9'
}

// isCode reports whether a hyphen and a capital follow the number: "1-O", "11-S".
func (f *finder) isCode(next int) bool {
	return f.text(next) == "-" && f.doc.Glued(next) && f.doc.Glued(next+1) && len(f.text(next+1)) == 1 && startsUpper(f.text(next+1))
}

// isTelephone reports whether digits have a leading zero, stand behind an
// apostrophe or in a row of figures parted by hyphens, as telephone and case
// numbers and shortened years do.
func (f *finder) isTelephone(t, next int) bool {
	if text := f.text(t); len(text) > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9' {
		return true
	}
	if isApostrophe(f.text(t-1)) && f.doc.Glued(t) && len(f.text(t)) == 2 { // "September of '67", "Sevilla'99"
		return true
	}
	if f.text(t-1) == "(" && f.text(next) == ")" && len(f.text(t)) == 3 && f.isDigits(next+1) && len(f.text(next+1)) == 3 && f.text(next+2) == "-" { // (555) 123-4567
		return true
	}
	if f.text(t-1) == "+" && f.doc.Glued(t) && len(f.text(t)) <= 3 && f.isDigits(next) {
		return true
	}
	row := func(mark, figure int) bool {
		return (f.text(mark) == "-" || f.text(mark) == "/") && f.isDigits(figure) && f.sameSentence(t, figure)
	}
	return f.doc.Glued(t) && row(t-1, t-2) && f.doc.Glued(t-1) || f.doc.Glued(next) && row(next, next+1) && f.doc.Glued(next+1)
}

func isApostrophe(s string) bool { return s == "'" || s == "’" || s == "‘" }

// followsName reports whether the number belongs to a name before it (Apollo 11):
// a capitalised word, and nothing counted after. A sentence's first word is
// capitalised in any case; there a closed-class word or a verb is no name.
func (f *finder) followsName(a amount, t int) bool {
	before := t - 1
	if !f.sameSentence(before, t) || !f.isWord(before) || !startsUpper(f.text(before)) || a.first < t {
		return f.doc.Glued(t) && f.text(before) == "-" && f.isWord(t-2) && (f.doc.Glued(before) || a.unit == "" && len(f.text(t)) < 3 && startsUpper(f.text(t-2))) // "COVID -19"
	}
	if a.unit != "" && (f.words.neutral || f.countsAfter(t)) {
		return false
	}
	if f.doc.Sentences[f.doc.SentenceAt(t)].First != before {
		return true
	}
	n, _ := f.numeral(t)
	return n.Plain && a.value < 1000 && f.at[before] == nothing && !f.isVerb(f.fold(before))
}

// countsAfter reports whether a sign, or a noun in the plural, stands after the number at token t.
func (f *finder) countsAfter(t int) bool {
	if _, _, ok := f.unitSign(t + 1); ok {
		return true
	}
	if f.text(t+1) == "-" && f.doc.Glued(t+1) && f.doc.Glued(t+2) && f.word(t+2).counted.kind != "" { // "Veltrane's 22-year history"
		return true
	}
	return f.isPluralAt(t+1) || f.words.adjectivesLast && f.is(t+1, asOf)
}

// isUnclear reports whether a bare number of a language without a pack may be a
// year, a day ("12. März") or an ordinal ("3."): such a number is left out.
func (f *finder) isUnclear(a amount, t, unitless int) bool {
	if a.unit != "" {
		return false
	}
	if a.kind == between {
		return isYear(a.low) && isYear(a.high)
	}
	n, _ := f.numeral(t)
	if !n.Plain {
		return false
	}
	pointed := f.text(unitless) == "." && f.doc.Glued(unitless) && f.is(unitless+1, asLabelAfter)
	return isYear(a.value) || pointed
}

// isYear reports whether a whole number of four digits is one that years have.
func isYear(n float64) bool { return n >= 1500 && n <= 2100 && n == float64(int(n)) }

// isVerb reports whether a word ends as verbs do that open sentences: "murieron 12".
func (f *finder) isVerb(word string) bool {
	for _, ending := range f.words.verbs {
		if strings.HasSuffix(word, ending) {
			return true
		}
	}
	return false
}
