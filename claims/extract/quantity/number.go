package quantity

import (
	"strconv"
	"strings"

	"cotejo/claims/extract/segment"
)

// numeral reads the number at token t, once.
func (f *finder) numeral(t int) (segment.Numeral, bool) {
	if !f.is(t, asNumber) {
		return segment.Numeral{}, false
	}
	k := &f.numerals[t%len(f.numerals)]
	if k.token != t+1 {
		k.token = t + 1
		k.numeral, k.ok = f.doc.NumeralAt(t)
	}
	return k.numeral, k.ok
}

// knownNumeral is what NumeralAt gave for the token before token.
type knownNumeral struct {
	token   int
	numeral segment.Numeral
	ok      bool
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
	if !f.is(t, asMoney) {
		return amount{}, false
	}
	u := f.words.signs[f.text(t)]
	if u.kind != "money" {
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
	if !isCode(text) {
		return amount{}, false
	}
	code := strings.TrimRight(text, "0123456789")
	u := f.words.signs[code]
	if code == text || u.kind != "money" {
		return amount{}, false
	}
	figure, next := text[len(code):], t+1
	if f.text(t+1) == "." && f.doc.Glued(t+1) && f.doc.Glued(t+2) && f.isDigits(t+2) {
		figure, next = figure+"."+f.text(t+2), t+3 // USD115.5
	}
	value, err := strconv.ParseFloat(figure, 64)
	return amount{first: t, next: next, value: value, unit: u.name}, err == nil && len(text) < 20
}

// compound reads a number and its measure in one token: "six-mile".
func (f *finder) compound(t int) (amount, bool) {
	first, rest, ok := strings.Cut(f.fold(t), "-")
	rest, _, _ = strings.Cut(rest, "-") // "nine-month-old"
	if !ok || f.words.words[rest] == nil {
		return amount{}, false
	}
	u := f.words.words[rest].unit
	if u.kind != "measure" && u.kind != "duration" && u.kind != "currency" && u.kind != "numbered" && u.kind != "compound" {
		return amount{}, false
	}
	if half := f.words.words[first]; half != nil && half.collective.kind == "half" {
		return amount{first: t, next: t + 1, value: half.collective.value, unit: u.name}, true
	}
	for _, kind := range []segment.NumberKind{segment.NumberUnit, segment.NumberTen} {
		if w, ok := f.words.numbers.As(first, kind); ok && w.Value > 0 {
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
		return f.degrees(t)
	}
	a := amount{first: t, next: n.Last, value: n.Value, approx: n.About, noun: true}
	f.addPart(&a, n.Digits)
	if n.Suffix != "" {
		u, known := f.words.signs[n.Suffix]
		if !known || u.kind != "sign" && u.kind != "percent" && u.kind != "money" && u.kind != "against" {
			return amount{}, false
		}
		a.unit = u.name
	}
	if c, ok := f.collective(a.next); ok && (c.kind == "group" || c.kind == "vague" && c.value <= 12) && n.Value < 1000 {
		a.value, a.next = a.value*c.value, a.next+1
	}
	if !n.Digits && a.next == n.Last && f.unlikelyWord(n) {
		return amount{}, false
	}
	return a, true
}

// degrees reads a temperature whose degree sign is an ordinal's: "37º C".
func (f *finder) degrees(t int) (amount, bool) {
	n, ok := f.numeral(t)
	if !ok || !n.Digits || !strings.HasSuffix(f.text(t), "º") || !f.sameSentence(t, n.Last) {
		return amount{}, false
	}
	u := f.words.signs["°"+f.text(n.Last)]
	return amount{first: t, next: n.Last + 1, value: n.Value, unit: u.name}, u.kind == "sign"
}

// addSign makes an amount negative behind a minus: a sign with nothing glued to
// its left, no dash of a parenthesis ("-15 personas-"), or the word.
func (f *finder) addSign(a *amount) {
	t := a.first - 1
	if t < f.free || !f.sameSentence(t, a.first) || a.kind != single {
		return
	}
	negative := f.isMinus(t)
	switch f.text(t) {
	case "-", "−", "–":
		negative = f.doc.Glued(a.first) && !f.isGluedLeft(t) && !f.isDigits(t-1) && (f.isDigits(a.first) || f.isMoney(a.first)) && !f.closesDash(a.next) ||
			f.standsAlone(t, a.next) && f.isDigits(a.first)
	}
	if negative {
		a.first, a.value = t, -a.value
	}
}

// standsAlone reports whether tokens [first, next) are all of their sentence: a
// dash before a bare number opens no item of a list.
func (f *finder) standsAlone(first, next int) bool {
	s := f.doc.Sentences[f.doc.SentenceAt(first)]
	return s.First == first && s.Last == next
}

// isMinus reports whether the word for a minus stands at token t: behind a word
// of the tables, as "is minus three", not behind one of content ("todos menos uno").
func (f *finder) isMinus(t int) bool {
	if !f.is(t, asMinus) || f.endsHedge(t) || f.is(t-1, asNumber) {
		return false
	}
	return f.word(t-1) != nothing || f.doc.Sentences[f.doc.SentenceAt(t)].First == t
}

// isGluedLeft reports whether a word or number stands against the left of token t.
func (f *finder) isGluedLeft(t int) bool {
	return f.doc.Glued(t) && (f.doc.Tokens[t-1].Kind == segment.Number || f.doc.Tokens[t-1].Kind == segment.Word)
}

// maxParenthesis is within how many tokens a dash that opens a parenthesis is closed.
const maxParenthesis = 30

// closesDash reports whether a dash that closes a parenthesis stands after token t.
func (f *finder) closesDash(t int) bool {
	for at := t; at < t+maxParenthesis && at < len(f.doc.Tokens) && f.sameSentence(t-1, at); at++ {
		switch f.text(at) {
		case "-", "−", "–":
			if f.doc.Glued(at) && !f.doc.Glued(at+1) {
				return true
			}
		}
	}
	return false
}

// endsHedge reports whether the word at token t ends a phrase about an amount:
// "al menos", "más o menos".
func (f *finder) endsHedge(t int) bool {
	for _, h := range f.word(t).hedges {
		if f.matches(t+1-len(h.words), h.words) {
			return true
		}
	}
	return false
}

// addPart adds what stands after a whole number: "dos y medio", "three and a
// half million", "two point five", "cinco coma dos", "siete con cincuenta".
func (f *finder) addPart(a *amount, digits bool) {
	t := a.next
	if !f.is(t, asAnd|asWith|asDecimalPoint) || !f.sameSentence(t-1, t) {
		return
	}
	switch {
	case f.is(t, asAnd|asWith) && (f.addHalf(a, t+1) || f.addGroups(a, t+1)):
	case !digits && f.is(t, asWith):
		whole := *a
		if f.addDecimals(a, t+1); !f.endsClause(a.next) && !f.isSigned(a.next) {
			*a = whole
		}
	case !digits && f.is(t, asDecimalPoint):
		f.addDecimals(a, t+1)
	}
}

func (f *finder) isSigned(t int) bool { _, _, ok := f.unitSign(t); return ok }

// addGroups adds what is counted by the dozen: "dos mil y cuatro docenas".
func (f *finder) addGroups(a *amount, t int) bool {
	n, ok := f.number(t)
	if !ok || a.unit != "" {
		return false
	}
	c := f.word(n.Last).collective
	if c.kind != "group" || n.Value*c.value >= f.lastScale(a.next) {
		return false
	}
	a.value, a.next = a.value+n.Value*c.value, n.Last+1
	return true
}

// addHalf adds a part of one that stands at token t, and what scales both.
func (f *finder) addHalf(a *amount, t int) bool {
	above := f.lastScale(a.next)
	if half, another := f.half(t); another || f.isDigits(t) { // "veinte libros y medio millón de sellos"
		if another = another && a.unit == "" && half.unit == "" && half.value < above; another {
			a.value, a.next = a.value+half.value, half.next // "un billón y medio millón"
		}
		return another
	}
	part, next, ok := 0.0, t, false
	if a.unit == "" {
		part, next, ok = f.ratio(t)
	}
	if !ok {
		part, next, ok = f.partOfOne(t, a.unit == "")
	}
	if !ok || part >= 1 || a.unit != "" && 1/part > maxHalved || !f.sameSentence(a.first, next-1) {
		return false
	}
	w, scaled := f.doc.NumberWordAs(next, segment.NumberScale)
	switch {
	case !scaled:
		a.value += above * part
	case above > w.Value: // "one billion and three quarters million"
		a.value += w.Value * part
	default:
		a.value = (a.value + above*part) * w.Value
	}
	if a.next = next; scaled {
		a.next++
	}
	return true
}

// partOfOne reads a half or the like that a whole comes before: "a half", "media", "a fifth".
func (f *finder) partOfOne(t int, ranked bool) (value float64, next int, ok bool) {
	if f.is(t, asArticle|asOne) {
		t++
	}
	p, ok := f.doc.PartsAt(t)
	if !ok || p.Plural || f.is(t, asPart) || p.Ranks && (!ranked || p.Parts <= 2 || f.isNominal(p.Last)) {
		return 0, t, false
	}
	return 1 / p.Parts, p.Last, true
}

// maxHalved is into how many parts people divide what they add to a measure: halves, thirds, quarters.
const maxHalved = 4

// lastScale gives the scale word before token t, 1 for none: "tres millones y
// medio" adds half a million.
func (f *finder) lastScale(t int) float64 {
	if w, ok := f.doc.NumberWordAs(t-1, segment.NumberScale); ok {
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
	if w, ok := f.doc.NumberWordAs(a.next, segment.NumberScale); ok && scale > 1 {
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
	case f.isMinus(n.First - 1):
		return false
	case lone && n.Value == 1 && !f.is(n.First, asOne) && !f.is(n.First-1, asResumes) && f.boundBefore(n.First):
		return false // "at least one", but not "more than one"
	case lone && f.is(n.First, asPronounOne) && f.goesOn(n.First):
		return false // "two hurt and one missing"
	case n.Value == 0: // "zero cases", "cero contratos", not "zero tolerance"
		return !f.isNominal(n.Last) || !f.isPluralAt(n.Last)
	case lone && n.Value == 1 && f.hedgedAfter(n.Last):
		return false // "one or more donations"
	case lone && f.is(n.First, asBareOne):
		return true // oneUnit reads those that a bound or a measure makes numbers
	case lone && f.is(n.First, asPronounOne) && f.word(n.Last).unit.kind == "measure":
		return false
	case lone && f.is(n.First, asPronounOne):
		only := f.is(n.First-1, asOnly) && !f.is(n.First-2, asThe) // "only one survived"
		return f.is(n.First-1, asDeterminer|asDefinite) && !only || !f.isWord(n.Last) || f.is(n.Last, asStop|asNotOne)
	case lone && n.Value == 2: // "los dos" were named before, "los dos metros" are measured
		return f.is(n.First-1, asDefinite) && f.word(n.Last).counted.kind == "" && f.word(n.Last).unit.kind == ""
	}
	return false
}
