package quantity

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"cotejo/claims/extract/segment"
)

// numeral reads the number at token t.
func (f *finder) numeral(t int) (segment.Numeral, bool) {
	if !f.is(t, asNumber) {
		return segment.Numeral{}, false
	}
	return f.doc.NumeralAt(t)
}

// number reads a cardinal number at token t; a lone "one" or "uno" counts too.
func (f *finder) number(t int) (segment.Numeral, bool) {
	n, ok := f.numeral(t)
	if !ok || n.Ordinal {
		return segment.Numeral{}, false
	}
	return n, true
}

// scalar reads a single value: a number, money, "a dozen", "medio millón", "a thousand".
func (f *finder) scalar(t int) (amount, bool) {
	for _, form := range []func(int) (amount, bool){f.money, f.half, f.group, f.oneUnit, f.compound, f.plain} {
		if a, ok := form(t); ok {
			return a, true
		}
	}
	return amount{}, false
}

// money reads a sign and its number: "US$ 100.000 millones", "$5m".
func (f *finder) money(t int) (amount, bool) {
	if a, ok := f.coded(t); ok {
		return a, true
	}
	u, ok := f.words.signs[f.text(t)]
	if !ok || u.kind != "money" {
		return amount{}, false
	}
	n, ok := f.number(t + 1)
	if !ok || !n.Digits || n.Suffix != "" && n.Suffix != "m" {
		return amount{}, false
	}
	if n.Suffix == "m" {
		n.Value *= 1e6
	}
	if u.parts > 0 { // MUSD 30
		n.Value *= u.parts
	}
	return amount{first: t, next: n.Last, value: n.Value, unit: u.name, noun: true}, true
}

// coded reads a currency's code that is written against its figure: "USD115".
func (f *finder) coded(t int) (amount, bool) {
	text := f.text(t)
	code := strings.TrimRight(text, "0123456789")
	u := f.words.signs[code]
	if code == text || u.kind != "money" || len(code) != 3 {
		return amount{}, false
	}
	value, err := strconv.ParseFloat(text[len(code):], 64)
	return amount{first: t, next: t + 1, value: value, unit: u.name}, err == nil && len(text) < 20
}

// compound reads a number and its measure in one token: "six-mile".
func (f *finder) compound(t int) (amount, bool) {
	first, rest, ok := strings.Cut(f.fold(t), "-")
	if !ok || f.words.words[rest] == nil {
		return amount{}, false
	}
	u := f.words.words[rest].unit
	if u.kind != "measure" && u.kind != "duration" && u.kind != "currency" {
		return amount{}, false
	}
	for _, kind := range []string{"unit", "ten"} {
		if w, ok := segment.NumberWordOf(f.doc.Lang, first, kind); ok && w.Value > 0 {
			return amount{first: t, next: t + 1, value: w.Value, unit: u.name}, true
		}
	}
	return amount{}, false
}

// plain reads a number that is written in digits or words, and counts by the
// dozen ("two dozen", "tres docenas").
func (f *finder) plain(t int) (amount, bool) {
	n, ok := f.number(t)
	if !ok {
		return amount{}, false
	}
	a := amount{first: t, next: n.Last, value: n.Value, approx: n.About, noun: true}
	f.divide(&a, n)
	f.addPart(&a, n.Digits)
	if f.isNegative(t) {
		a.first, a.value = t-1, -a.value
	}
	if n.Suffix != "" {
		u, known := f.words.signs[n.Suffix]
		if !known || u.kind != "sign" && u.kind != "percent" && u.kind != "money" {
			return amount{}, false
		}
		a.unit = u.name
	}
	if c, ok := f.collective(a.next); ok && (c.kind == "group" || c.kind == "vague" && c.value <= 12) && n.Value < 1000 {
		a.value, a.next = a.value*c.value, a.next+1
	}
	if !n.Digits && a.first == t && a.next == n.Last && f.unlikelyWord(n) {
		return amount{}, false
	}
	return a, true
}

// divide reads the parts that a number in words counts, where they are more
// than a whole or the number is long: "twenty-three fifths", "tres veintiunavos".
func (f *finder) divide(a *amount, n segment.Numeral) {
	t := n.Last
	if n.Digits || n.About || n.Value < 2 || !f.sameSentence(a.first, t) || f.isNominal(t+1) || !f.isPlural(f.fold(t)) {
		return
	}
	part, ok := f.doc.NumberWordAs(t, "part")
	if value, ranks := f.ordinalWord(f.fold(t)); !ok && ranks && value > 2 {
		part.Value, ok = value, true
	}
	if ok && !f.is(t, asHalfNoun) {
		a.value, a.next = a.value/part.Value, t+1
	}
}

// isNegative reports whether a minus stands before the number: a sign with
// nothing glued to its left, or the English word.
func (f *finder) isNegative(t int) bool {
	if t-1 < f.free || !f.sameSentence(t-1, t) {
		return false
	}
	switch f.text(t - 1) {
	case "-", "−", "–":
		return f.doc.Glued(t) && !f.doc.Glued(t-1) && !f.isDigits(t-2)
	}
	return f.is(t-1, asMinus)
}

// addPart adds what stands after a whole number: "dos y medio", "three and a
// half million", "two point five", "cinco coma dos".
func (f *finder) addPart(a *amount, digits bool) {
	t := a.next
	if !f.sameSentence(t-1, t) {
		return
	}
	switch {
	case f.is(t, asAnd|asWith):
		f.addHalf(a, t+1)
	case !digits && f.is(t, asDecimalPoint):
		f.addDecimals(a, t+1)
	}
}

// addHalf adds a half or the like that stands at token t, and what scales both.
func (f *finder) addHalf(a *amount, t int) {
	if _, another := f.half(t); another { // "veinte libros y medio millón de sellos"
		return
	}
	if part, ok := f.fraction(t); ok && a.unit == "" && f.doc.Tokens[t].Kind == segment.Word && f.sameSentence(a.first, part.next-1) {
		a.value, a.next = a.value+f.lastScale(a.next)*part.value, part.next
		return
	}
	if f.is(t, asArticle|asOne) {
		t++
	}
	part, ok := f.doc.NumberWordAs(t, "part")
	if value, ranks := f.ordinalWord(f.fold(t)); !ok && ranks && !f.isNominal(t+1) && a.unit == "" {
		part.Value, ok = value, value > 2 // "three and a fifth"
	}
	if !ok || part.Value > maxHalved && a.unit != "" || f.is(t, asPart) || !f.sameSentence(a.first, t) {
		return
	}
	a.value, a.next = a.value+f.lastScale(a.next)/part.Value, t+1
	if w, ok := f.doc.NumberWordAs(a.next, "scale"); ok {
		a.value, a.next = a.value*w.Value, a.next+1
	}
}

// maxHalved is into how many parts people divide what they add to a whole: halves, thirds, quarters.
const maxHalved = 4

// lastScale gives the scale word before token t, 1 for none: "tres millones y
// medio" adds half a million.
func (f *finder) lastScale(t int) float64 {
	if w, ok := f.doc.NumberWordAs(t-1, "scale"); ok {
		return w.Value
	}
	return 1
}

// addDecimals reads decimals in words, digit by digit or as one number.
func (f *finder) addDecimals(a *amount, t int) {
	scale := 1.0
	for range 6 {
		n, ok := f.number(t)
		if !ok || n.Digits || n.Value >= 1000 || !f.sameSentence(a.first, t) {
			break
		}
		for scale *= 10; n.Value/scale*10 >= 10 && n.Value > 9; {
			scale *= 10
		}
		a.value, a.next, t = a.value+n.Value/scale, n.Last, n.Last
	}
	if w, ok := f.doc.NumberWordAs(a.next, "scale"); ok && scale > 1 {
		a.value, a.next = a.value*w.Value, a.next+1
	}
}

func (f *finder) collective(t int) (collective, bool) {
	c := f.word(t).collective
	return c, c.kind != ""
}

// unlikelyWord reports whether a number word does not count here: "no one", "one
// of them", "los dos", an article.
func (f *finder) unlikelyWord(n segment.Numeral) bool {
	lone := n.Last == n.First+1
	switch {
	case n.Value == 0:
		return true
	case lone && f.is(n.First, asBareOne):
		return true // oneUnit reads those that a bound or a measure makes numbers
	case lone && f.is(n.First, asPronounOne) && f.word(n.Last).unit.kind == "measure":
		return false
	case lone && f.is(n.First, asPronounOne):
		return f.is(n.First-1, asDeterminer|asDefinite) || !f.isWord(n.Last) || f.is(n.Last, asStop|asNotOne)
	case lone && n.Value == 2: // "los dos" were named before, "los dos metros" are measured
		return f.is(n.First-1, asDefinite) && f.word(n.Last).counted.kind == "" && f.word(n.Last).unit.kind == ""
	}
	return false
}

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
	if w, ok := f.doc.NumberWordAs(next, "scale"); ok {
		return amount{first: t, next: next + 1, value: w.Value * c.value, noun: true}, true
	}
	if g, ok := f.collective(next); ok && g.kind == "group" {
		return amount{first: t, next: next + 1, value: g.value * c.value, noun: true}, true
	}
	if u := f.word(next).unit; u.kind == "measure" || u.kind == "duration" {
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
		return amount{first: t, next: n.Last, value: n.Value, noun: true}, true
	}
	if n, ok := f.number(t); ok && n.Value >= 100 { // un millón
		return amount{first: t, next: n.Last, value: n.Value, noun: true}, true
	}
	c, ok := f.collective(t + 1)
	if !ok || c.kind != "group" && c.kind != "pair" {
		return amount{}, false
	}
	a := amount{first: t, next: t + 2, value: c.value, approx: c.kind == "pair", noun: true}
	if c.kind == "pair" && !f.is(t+2, asOf) {
		return amount{}, false
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
	case f.isWord(t+1) && !f.is(t+1, asStop) && (measured || f.is(t, asOne)) && f.boundBefore(t):
		return a, true
	case !measured || f.isRate(t):
		return amount{}, false
	case u.kind == "measure" || u.kind == "subunit":
		return a, true
	case u.kind == "duration":
		return a, f.is(t-1, asAnnounces) || f.is(t+2, asLater)
	}
	return amount{}, false
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

// fraction reads "dos tercios", "two-thirds", "la mitad de", "a quarter of", "tres cuartas partes".
func (f *finder) fraction(t int) (amount, bool) {
	if value, next, ok := f.halfOf(t); ok {
		return amount{first: t, next: next, value: value, noun: true}, true
	}
	top, next, ok := f.numerator(t)
	if !ok {
		return amount{}, false
	}
	parts, next, ok := f.denominator(next, top)
	if !ok || parts <= top {
		return amount{}, false
	}
	a := amount{first: t, next: next, value: top / parts, noun: true}
	if w, ok := f.doc.NumberWordAs(next, "scale"); ok { // "three quarters billion"
		a.value, a.next = a.value*w.Value, next+1
	}
	return a, true
}

// halfOf reads "half of", "half the", "la mitad".
func (f *finder) halfOf(t int) (value float64, next int, ok bool) {
	if f.is(t, asHalfNoun) {
		return 0.5, t + 1, f.is(t-1, asThe)
	}
	if f.word(t).collective.kind != "half" || !f.is(t+1, asAfterHalf) {
		return 0, t, false
	}
	n, numbered := f.numeral(t - 1)
	return 0.5, t + 1, !numbered || !n.Ordinal // not "the first half of"
}

func (f *finder) numerator(t int) (top float64, next int, ok bool) {
	if f.is(t, asArticle|asOne|asPartArticle) {
		return 1, t + 1, true
	}
	word, rest, hyphen := strings.Cut(f.fold(t), "-")
	if w, ok := f.doc.NumberWordAs(t, "unit"); ok && !hyphen {
		return w.Value, t + 1, true
	}
	if n, ok := f.number(t); ok && n.Plain && n.Value < 20 && f.sameSentence(t, t+1) {
		return n.Value, n.Last, true
	}
	if hyphen && rest != "" {
		if w, ok := segment.NumberWordOf(f.doc.Lang, word, "unit"); ok {
			return w.Value, t, true // the denominator stands in the same token
		}
	}
	return 0, t, false
}

func (f *finder) denominator(t int, top float64) (parts float64, next int, ok bool) {
	word := f.fold(t)
	if _, rest, hyphen := strings.Cut(word, "-"); hyphen {
		word = rest
	}
	if w, ok := f.ordinalWord(word); ok && f.is(t+1, asPart) {
		return w, t + 2, true
	}
	w, found := segment.NumberWordOf(f.doc.Lang, word, "part")
	if value, ranks := f.ordinalWord(word); !found && ranks && value > 2 && !f.is(t-1, asArticle|asOne|asPartArticle) {
		w.Value, found = value, f.isPlural(word) == (top > 1) && !f.isNominal(t+1) // "one eighth"
	}
	_, ranks := segment.NumberWordOf(f.doc.Lang, word, "ordinal")
	plural := f.isPlural(word)
	switch {
	case !found || w.Value == 2 && !plural && !f.is(t, asHalfNoun) && (f.words.adjectivesLast && f.is(t+1, asOf) || f.isNominal(t+1)):
		return 0, t, false // "un medio de transporte"
	case top == 1 && !plural && (ranks || !f.words.adjectivesLast) && !f.is(t+1, asOf) && f.isNominal(t+1):
		return 0, t, false // "a third attempt"
	}
	return w.Value, t + 1, plural || top == 1
}

// ordinalWord gives the value of an ordinal, in the plural too: "tres cuartas partes".
func (f *finder) ordinalWord(word string) (float64, bool) {
	if w, ok := segment.NumberWordOf(f.doc.Lang, word, "ordinal"); ok {
		return w.Value, true
	}
	for _, ending := range f.words.plurals {
		if w, ok := segment.NumberWordOf(f.doc.Lang, strings.TrimSuffix(word, ending), "ordinal"); ok {
			return w.Value, true
		}
	}
	return 0, false
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

// multiple reads "twice", "el doble", "tenfold".
func (f *finder) multiple(t int) (amount, bool) {
	if c := f.word(t).collective; c.kind == "times" && (!f.words.adjectivesLast || f.is(t-1, asThe)) {
		idle := f.words.adjectivesLast && f.isWord(t+1) && !f.is(t+1, asResumes) // "el doble propósito"
		return amount{first: t, next: t + 1, value: c.value, unit: f.words.timesUnit}, !idle
	}
	if word, ok := strings.CutSuffix(f.fold(t), f.words.multiplier); ok && f.words.multiplier != "" {
		if w, ok := segment.NumberWordOf(f.doc.Lang, strings.TrimSuffix(word, "-"), "unit"); ok {
			return amount{first: t, next: t + 1, value: w.Value, unit: f.words.timesUnit}, true
		}
	}
	return amount{}, false
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
	if f.words.adjectivesLast && !f.is(a.next, asOf) {
		return amount{}, false
	}
	return a, true
}

// rank reads "#2", "fourth place", "third largest", "cuarta nación", "el tercero".
func (f *finder) rank(t int) (amount, bool) {
	if f.text(t) == "#" && f.doc.Glued(t+1) {
		if n, ok := f.number(t + 1); ok && n.Plain {
			return amount{first: t, next: n.Last, value: n.Value}, true
		}
	}
	n, ok := f.numeral(t)
	if !ok || !n.Ordinal || !f.isWord(n.Last) {
		return amount{}, false
	}
	ranked := f.is(n.Last, asRankNoun) || f.isSuperlative(n.Last)
	if n.Value == 1 && (f.is(t-1, asIn) || f.is(t-1, asThe) && f.is(t-2, asIn)) { // "en primer lugar"
		return amount{}, false
	}
	return amount{first: t, next: n.Last + 1, value: n.Value, unit: f.text(n.Last)}, ranked
}

// numberedUnit reads a counted week or the like under a bound: "hasta la semana 14".
func (f *finder) numberedUnit(t int) (amount, bool) {
	u := f.word(t).unit
	if u.kind != "duration" {
		return amount{}, false
	}
	n, ok := f.number(t + 1)
	if !ok || !n.Plain {
		return amount{}, false
	}
	for _, end := range []int{t, t - 1} {
		for _, h := range f.word(end - 1).hedges {
			if len(h.words) == 1 && h.effect != "approx" {
				return amount{first: t, next: n.Last, value: n.Value, unit: u.name}, end == t || f.is(end, asThe)
			}
		}
	}
	return amount{}, false
}

// isSuperlative reports whether a superlative stands at token t, or after the noun there.
func (f *finder) isSuperlative(t int) bool {
	if f.is(t, asSuperlative) || f.words.adjectivesLast && f.is(t+1, asMost) && f.sameSentence(t, t+1) {
		return true
	}
	word := f.fold(t)
	return f.words.superlative != "" && strings.HasSuffix(word, f.words.superlative) && len(word) > shortestSuperlative && !f.is(t, asNoSuperlative)
}

// shortestSuperlative is longer than words that only look like one: "nest", "guest".
const shortestSuperlative = 5

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
