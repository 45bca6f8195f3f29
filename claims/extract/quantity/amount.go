package quantity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"cotejo/claims/extract/segment"
)

// isArticle reports whether token t is an article that may count one.
func (f *finder) isArticle(t int) bool {
	switch f.fold(t) {
	case "un", "una":
		return f.doc.Lang == "es"
	case "a", "an":
		return f.doc.Lang == "en"
	}
	return false
}

// number reads a cardinal number at token t; a lone "one" or "uno" counts too.
func (f *finder) number(t int) (segment.Numeral, bool) {
	n, ok := f.doc.NumeralAt(t)
	if !ok || n.Ordinal {
		return segment.Numeral{}, false
	}
	return n, true
}

// scalar reads a single value: a number, money, "a dozen", "medio millón", "a thousand".
func (f *finder) scalar(t int) (amount, bool) {
	for _, form := range []func(int) (amount, bool){f.money, f.half, f.group, f.oneUnit, f.plain} {
		if a, ok := form(t); ok {
			return a, true
		}
	}
	return amount{}, false
}

// money reads a sign and its number: "US$ 100.000 millones", "$5m".
func (f *finder) money(t int) (amount, bool) {
	u, ok := f.words.units[f.text(t)]
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
	return amount{first: t, next: n.Last, value: n.Value, unit: u.name, noun: true}, true
}

// plain reads a number that is written in digits or words, and counts by the
// dozen ("two dozen", "tres docenas").
func (f *finder) plain(t int) (amount, bool) {
	n, ok := f.number(t)
	if !ok {
		return amount{}, false
	}
	a := amount{first: t, next: n.Last, value: n.Value, approx: n.About, noun: true}
	f.addPart(&a, n.Digits)
	if f.isNegative(t) {
		a.first, a.value = t-1, -a.value
	}
	if n.Suffix != "" {
		u, known := f.words.units[n.Suffix]
		if !known || u.kind != "sign" && u.kind != "percent" {
			return amount{}, false
		}
		a.unit = u.name
	}
	if c, ok := f.collective(a.next); ok && (c.kind == "group" || c.kind == "vague" && c.value <= 12) && n.Value < 1000 {
		a.value, a.next = a.value*c.value, a.next+1
	}
	if !n.Digits && f.unlikelyWord(n) {
		return amount{}, false
	}
	return a, true
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
	return f.fold(t-1) == "minus"
}

// addPart adds what stands after a whole number: "dos y medio", "three and a
// half million", "two point five", "cinco coma dos".
func (f *finder) addPart(a *amount, digits bool) {
	t := a.next
	if !f.sameSentence(t-1, t) {
		return
	}
	switch word := f.fold(t); {
	case word == "y" && (f.fold(t+1) == "medio" || f.fold(t+1) == "media"):
		if _, another := f.half(t + 1); another { // "veinte libros y medio millón de sellos"
			return
		}
		a.value, a.next = a.value+f.lastScale(t)/2, t+2
	case word == "and" && f.fold(t+1) == "a" && (f.fold(t+2) == "half" || f.fold(t+2) == "quarter"):
		part := map[string]float64{"half": 2, "quarter": 4}[f.fold(t+2)]
		a.value, a.next = a.value+f.lastScale(t)/part, t+3
		if w, ok := f.doc.NumberWordAs(a.next, "scale"); ok {
			a.value, a.next = a.value*w.Value, a.next+1
		}
	case !digits && (word == "point" || word == "coma" || word == "punto"):
		f.addDecimals(a, t+1)
	}
}

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
	word := f.fold(t)
	c, ok := f.words.collectives[word]
	if !ok && strings.HasSuffix(word, "s") {
		c, ok = f.words.collectives[strings.TrimSuffix(word, "s")]
		ok = ok && c.kind == "group"
	}
	return c, ok
}

// unlikelyWord reports whether a number word does not count here: "no one", "one
// of them", "los dos", an article.
func (f *finder) unlikelyWord(n segment.Numeral) bool {
	word, before, next := f.fold(n.First), f.fold(n.First-1), f.fold(n.Last)
	switch {
	case n.Value == 0:
		return true
	case n.Last == n.First+1 && (word == "un" || word == "una" || word == "uno"):
		return true // an article; oneUnit reads those that a bound or a measure makes numbers
	case word == "one" && n.Value == 1:
		return isDeterminer(before) || before == "no" || !f.isWord(n.Last) || f.words.stops[next] || next == "day" || next == "another" || next == "time" || strings.HasSuffix(next, "n't") || strings.HasSuffix(next, "n’t")
	case n.Value == 2 && n.Last == n.First+1:
		return isDefinite(before)
	}
	return false
}

func isDefinite(word string) bool {
	switch word {
	case "los", "las", "the", "sus", "his", "her", "their", "its", "estos", "estas", "esos", "esas", "these", "those", "ambos", "otros", "otras", "other", "you", "we", "us", "them":
		return true
	}
	return false
}

func isDeterminer(word string) bool {
	switch word {
	case "this", "that", "any", "some", "every", "each", "which", "the", "another", "only":
		return true
	}
	return isDefinite(word)
}

// half reads "half a million", "medio millón", "media hora", "half an hour".
func (f *finder) half(t int) (amount, bool) {
	c, ok := f.collective(t)
	if !ok || c.kind != "half" {
		return amount{}, false
	}
	next := t + 1
	if f.text(next) == "-" || f.doc.Lang == "en" && f.isArticle(next) {
		next++
	}
	if w, ok := f.doc.NumberWordAs(next, "scale"); ok {
		return amount{first: t, next: next + 1, value: w.Value / 2, noun: true}, true
	}
	if g, ok := f.collective(next); ok && g.kind == "group" {
		return amount{first: t, next: next + 1, value: g.value / 2, noun: true}, true
	}
	if u, ok := f.words.units[f.fold(next)]; ok && (u.kind == "measure" || u.kind == "duration") {
		return amount{first: t, next: next + 1, value: 0.5, unit: u.name}, true
	}
	return amount{}, false
}

// group reads "a dozen", "un centenar", "un par de", "a couple of", "a thousand".
func (f *finder) group(t int) (amount, bool) {
	if !f.isArticle(t) {
		return amount{}, false
	}
	if n, ok := f.number(t + 1); ok && !n.Digits && n.Value >= 100 && f.doc.Lang == "en" {
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
	if c.kind == "pair" && f.fold(t+2) != "of" && f.fold(t+2) != "de" {
		return amount{}, false
	}
	return a, true
}

// oneUnit reads "un metro", "an hour", "una vez" after a bound, "durante un año".
func (f *finder) oneUnit(t int) (amount, bool) {
	if !f.isArticle(t) {
		return amount{}, false
	}
	bounded := f.boundBefore(t)
	a := amount{first: t, next: t + 1, value: 1, noun: true}
	u, measured := f.words.units[f.fold(t+1)]
	switch {
	case bounded && f.isWord(t+1) && !f.words.stops[f.fold(t+1)]:
		return a, f.doc.Lang == "es" || measured
	case !measured || f.isRate(t):
		return amount{}, false
	case u.kind == "measure":
		return a, true
	case u.kind == "duration":
		return a, f.announcesDuration(t) || f.fold(t+2) == "later" || f.fold(t+2) == "earlier"
	}
	return amount{}, false
}

// isRate reports whether the article at token t says per what: "$5 an hour", "twice a week".
func (f *finder) isRate(t int) bool {
	_, _, isUnit := f.unitSign(t - 1)
	n, isNumber := f.doc.NumeralAt(t - 1)
	c, _ := f.collective(t - 1)
	return isUnit || isNumber && n.Digits || c.kind == "times" || f.fold(t-1) == "times" || f.fold(t-1) == "veces" || strings.HasSuffix(f.fold(t-1), "s") && f.doc.Lang == "en" && f.calendarUnitBefore(t)
}

func (f *finder) calendarUnitBefore(t int) bool {
	u, ok := f.words.units[strings.TrimSuffix(f.fold(t-1), "s")]
	return ok && (u.kind == "measure" || u.kind == "duration")
}

func (f *finder) announcesDuration(t int) bool {
	switch f.fold(t - 1) {
	case "durante", "for", "within", "after", "tras", "nearly", "almost", "casi", "about":
		return true
	}
	return false
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
	return amount{first: t, next: next, value: top / parts, noun: true}, true
}

// halfOf reads "half of", "half the", "la mitad".
func (f *finder) halfOf(t int) (value float64, next int, ok bool) {
	switch f.fold(t) {
	case "half":
		switch f.fold(t + 1) {
		case "of", "the", "its", "his", "her", "their", "all":
			return 0.5, t + 1, f.fold(t-1) != "first" && f.fold(t-1) != "second"
		}
	case "mitad":
		return 0.5, t + 1, f.fold(t-1) == "la"
	}
	return 0, t, false
}

func (f *finder) numerator(t int) (top float64, next int, ok bool) {
	if f.isArticle(t) || f.fold(t) == "la" && f.doc.Lang == "es" {
		return 1, t + 1, true
	}
	word, rest, hyphen := strings.Cut(f.fold(t), "-")
	if w, ok := f.doc.NumberWordAs(t, "unit"); ok && !hyphen {
		return w.Value, t + 1, true
	}
	if n, ok := f.number(t); ok && n.Plain && n.Value < 20 && f.sameSentence(t, t+1) {
		return n.Value, n.Last, true
	}
	if hyphen && rest != "" && f.doc.Lang == "en" {
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
	if w, ok := segment.NumberWordOf(f.doc.Lang, word, "ordinal"); ok || strings.HasSuffix(word, "s") {
		if !ok {
			w, ok = segment.NumberWordOf(f.doc.Lang, strings.TrimSuffix(word, "s"), "ordinal")
		}
		if next := f.fold(t + 1); ok && (next == "parte" || next == "partes") {
			return w.Value, t + 2, true
		}
	}
	w, found := segment.NumberWordOf(f.doc.Lang, word, "part")
	plural := strings.HasSuffix(word, "s")
	switch {
	case !found || word == "medio" || word == "media" || word == "half" && top == 1:
		return 0, t, false
	case top == 1 && !plural && f.doc.Lang == "en" && f.fold(t+1) != "of" && f.isNominal(t+1):
		return 0, t, false // "a third attempt"
	}
	return w.Value, t + 1, plural || top == 1
}

// share reads "one in four", "two out of three", "una de cada cuatro", "3 de cada 10".
func (f *finder) share(t int) (amount, bool) {
	a, ok := f.doc.NumeralAt(t)
	if !ok || a.Ordinal {
		return amount{}, false
	}
	next := a.Last
	switch {
	case f.fold(next) == "de" && f.fold(next+1) == "cada":
		next += 2
	case f.fold(next) == "in" && f.doc.Lang == "en" && !f.calendarAt(next+1):
		next++
		if f.fold(next) == "every" {
			next++
		}
	case f.fold(next) == "out" && f.fold(next+1) == "of":
		next += 2
		if f.fold(next) == "every" {
			next++
		}
	default:
		return amount{}, false
	}
	b, ok := f.number(next)
	if !ok || b.Value <= a.Value || b.Value == 0 || f.calendarAt(next) {
		return amount{}, false
	}
	if u, isUnit := f.words.units[strings.TrimSuffix(f.fold(b.Last), "s")]; isUnit && (u.kind == "duration" || u.kind == "measure") {
		return amount{}, false // "three in two days"
	}
	return amount{first: t, next: b.Last, value: a.Value / b.Value, noun: true}, true
}

func (f *finder) calendarAt(t int) bool { return t < len(f.calendar) && f.calendar[t] }

// multiple reads "twice", "el doble", "tenfold".
func (f *finder) multiple(t int) (amount, bool) {
	c, ok := f.words.collectives[f.fold(t)]
	if ok && c.kind == "times" && (f.doc.Lang == "en" || f.fold(t-1) == "el" || f.fold(t-1) == "al") {
		unit := map[string]string{"en": "times", "es": "veces"}[f.doc.Lang]
		idle := f.doc.Lang == "es" && f.isWord(t+1) && f.fold(t+1) != "de" && f.fold(t+1) != "que" // "el doble propósito"
		return amount{first: t, next: t + 1, value: c.value, unit: unit}, !idle
	}
	if word, ok := strings.CutSuffix(f.fold(t), "fold"); ok && f.doc.Lang == "en" {
		if w, ok := segment.NumberWordOf("en", strings.TrimSuffix(word, "-"), "unit"); ok {
			return amount{first: t, next: t + 1, value: w.Value, unit: "times"}, true
		}
	}
	return amount{}, false
}

// vague reads "miles de", "dozens of", "tens of thousands of", "cientos de miles de".
func (f *finder) vague(t int) (amount, bool) {
	c, ok := f.words.collectives[f.fold(t)]
	if !ok || c.kind != "vague" {
		return amount{}, false
	}
	a := amount{first: t, next: t + 1, low: c.value, kind: vague, noun: true}
	for range 2 { // "hundreds of thousands of millions" is as far as people go
		if f.fold(a.next) != "de" && f.fold(a.next) != "of" {
			break
		}
		inner, ok := f.words.collectives[f.fold(a.next+1)]
		if !ok || inner.kind != "vague" {
			break
		}
		if inner.value != c.value { // "miles de miles" are thousands
			a.low *= inner.value
		}
		a.next += 2
	}
	if f.doc.Lang == "es" && f.fold(a.next) != "de" {
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
	n, ok := f.doc.NumeralAt(t)
	if !ok || !n.Ordinal || !f.isWord(n.Last) {
		return amount{}, false
	}
	word := f.fold(n.Last)
	ranked := isRankNoun(word) || f.isSuperlative(n.Last)
	if n.Value == 1 && (f.fold(t-1) == "en" || f.fold(t-2) == "in") { // "en primer lugar"
		return amount{}, false
	}
	return amount{first: t, next: n.Last + 1, value: n.Value, unit: f.text(n.Last)}, ranked
}

// numberedUnit reads a counted week or the like under a bound: "hasta la semana 14".
func (f *finder) numberedUnit(t int) (amount, bool) {
	u, ok := f.words.units[f.fold(t)]
	if !ok || u.kind != "duration" {
		return amount{}, false
	}
	n, ok := f.number(t + 1)
	if !ok || !n.Plain {
		return amount{}, false
	}
	for _, end := range []int{t, t - 1} {
		if h := f.words.hedges[phrase(f.doc, end-1, end)]; h.effect == "min" || h.effect == "max" {
			return amount{first: t, next: n.Last, value: n.Value, unit: u.name}, end == t || isArticleWord(f.fold(end))
		}
	}
	return amount{}, false
}

func isArticleWord(word string) bool {
	switch word {
	case "el", "la", "los", "las", "the":
		return true
	}
	return false
}

func isRankNoun(word string) bool {
	switch word {
	case "place", "position", "spot", "lugar", "puesto", "posición", "país", "nación", "potencia", "economía", "ciudad", "country", "nation", "economy", "power", "productor", "exportador", "causa":
		return true
	}
	return false
}

// isSuperlative reports whether a superlative stands at token t, or after the noun there.
func (f *finder) isSuperlative(t int) bool {
	word := f.fold(t)
	if f.doc.Lang == "en" {
		return word == "most" || word == "best" || word == "worst" || word == "least" || strings.HasSuffix(word, "est") && len(word) > 5 && word != "interest" && word != "request" && word != "protest" && word != "contest" && word != "arrest" && word != "forest"
	}
	return word == "mayor" || word == "mejor" || word == "peor" || word == "menor" || word == "más" || f.fold(t+1) == "más" && f.sameSentence(t, t+1)
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
