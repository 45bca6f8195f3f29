package dates

import (
	"strconv"
	"strings"

	"cotejo/claims/extract/segment"
)

// yearNumber reads a year that follows a month or an "in": four plain digits.
func (r *reader) yearNumber(t int) (y, next int, ok bool) {
	text := r.text(t)
	if len(text) != 4 || t >= len(r.doc.Tokens) || r.doc.Tokens[t].Kind != segment.Number {
		return 0, t, false
	}
	y, ok = wholeNumber(text)
	return y, t + 1, ok && y >= 1000 && y < 2200
}

// yearInWords reads a year of the last or this century after a month: "mil
// novecientos noventa", "two thousand and ten"; a round two thousand may count.
func (r *reader) yearInWords(t int) (y, next int, ok bool) {
	n, ok := r.numeral(t)
	if ok && !n.Digits && !n.Ordinal && n.Value >= 17 && n.Value <= 20 { // "nineteen eighty six"
		if rest, ok := r.numeral(n.Last); ok && !rest.Digits && !rest.Ordinal && rest.Value >= 10 && rest.Value < 100 && rest.Value == float64(int(rest.Value)) {
			return int(n.Value)*100 + int(rest.Value), rest.Last, true
		}
	}
	if !ok || n.Digits || n.Ordinal || n.Value < 1000 || n.Value > 2199 || int(n.Value)%100 == 0 && !r.endsSentencePart(n.Last) || n.Value != float64(int(n.Value)) {
		return 0, t, false
	}
	return int(n.Value), n.Last, true
}

// endsSentencePart reports whether a mark stands at token t, or nothing.
func (r *reader) endsSentencePart(t int) bool {
	return t >= len(r.doc.Tokens) || r.doc.Tokens[t].Kind == segment.Punct
}

// yearAfter reads an optional ", 2011", "de 2021" or "del año 2021" after a month.
func (r *reader) yearAfter(t int) (y, next int) {
	for _, from := range []int{r.skip(t, catOf), r.skip(t, catThe), r.skip(t, catIn)} {
		if r.text(from) == "," {
			from++
		}
		from = r.skip(r.skip(from, catOf), catYearword)
		if y, next, ok := r.yearNumber(from); ok {
			return y, next
		}
		if y, next, ok := r.yearInWords(from); ok {
			return y, next
		}
	}
	for _, from := range []int{r.skip(r.skip(t, catOf), catThe), r.skip(t, catOf)} { // "de este año", "del año pasado"
		if from == t {
			continue
		}
		m, ok := r.relativeUnit(from, nearest)
		if !ok {
			m, ok = r.toldUnit(from, nearest) // "de ese año", "of the following year"
		}
		if ok && !m.when.unknown && m.when.from.precision == byYear {
			return m.when.from.Year(), m.next
		}
	}
	if r.grammar.headFirst || !r.is(t, catLast, catNext, catThis) {
		return 0, t
	}
	if m, ok := r.relativeUnit(t, nearest); ok && !m.when.unknown && m.when.from.precision == byYear { // "in March last year"
		return m.when.from.Year(), m.next
	}
	return 0, t
}

// yearOfMonth reads what yearAfter does, and after a month the two figures of "April of 87" and "April '87".
func (r *reader) yearOfMonth(t int) (y, next int) {
	if y, next = r.yearAfter(t); y > 0 {
		return y, next
	}
	of := r.skip(t, catOf)
	short := r.text(of) == "'" || r.text(of) == "’" // "September '67"
	if short {
		of++
	}
	n, ok := r.numeral(of)
	if of == t || !ok || !n.Plain || len(r.text(of)) != len("87") || !short && (n.Value < 32 || !r.endsPhrase(of+1)) || short && !r.doc.Glued(of) {
		return 0, t
	}
	return r.inCentury(int(n.Value)), of + 1
}

// yearAlone reads a year that stands by itself: "en 2019", "el año 2020", "1995-98".
func (r *reader) yearAlone(t int, _ lean) (match, bool) {
	announced := r.skip(t, catYearword)
	y, next, ok := r.yearNumber(announced)
	if n, numeral := r.numeral(announced); !ok && announced > t && numeral && (n.Plain || !n.Digits && n.Value == float64(int(n.Value)) && r.endsPhrase(n.Last)) && n.Value >= 100 && n.Value < 1000 {
		y, next, ok = int(n.Value), n.Last, true
	}
	if !ok && r.is(t-1, catIn, catSince, catUntil, catBetween, catAnd) || !ok && announced > t {
		if y, next, ok := r.yearInWords(announced); ok && r.endsPhrase(next) && (y%100 != 0 || announced > t) { // "in nineteen ninety six"
			return match{next: next, when: at(year(y))}, true
		}
	}
	if ok && announced == t && r.is(t-1, catThe) { // "the 2004 fiscal year"
		if unit, after, named := r.word(next, catUnit); named && unit == "year" && !r.isPlural(after-1) {
			return match{next: after, when: at(year(y))}, true
		}
	}
	if !ok || announced == t && !r.looksLikeYear(t, y) {
		return match{}, false
	}
	if last, after, ok := r.yearAfterHyphen(next, y); ok {
		return match{next: after, when: between(year(y), year(last)), spans: true}, true
	}
	return match{next: next, when: at(year(y))}, true
}

// yearAfterHyphen reads the two figures that end a span of years: "1995-98".
func (r *reader) yearAfterHyphen(t, y int) (last, next int, ok bool) {
	if r.text(t) != "-" && r.text(t) != "–" || !r.doc.Glued(t) || !r.doc.Glued(t+1) || len(r.text(t+1)) != len("98") {
		return 0, t, false
	}
	n, err := strconv.Atoi(r.text(t + 1))
	last = y/100*100 + n
	if last < y { // 1999-00
		last += 100
	}
	return last, t + 2, err == nil && last > y && last-y < 50
}

// looksLikeYear reports whether four digits stand where a year does and do not
// count the word after them.
func (r *reader) looksLikeYear(t, y int) bool {
	if y < 1900 && !r.is(t-1, catIn, catSince, catUntil) || y < 1500 || y > 2100 && (!r.endsPhrase(t+1) || !r.is(t-1, catIn, catSince, catUntil)) {
		return false
	}
	next := r.text(t + 1)
	if r.is(t+1, catUnit) || next == "%" || next == "°C" {
		return false
	}
	if t > 0 && (r.doc.Tokens[t-1].Kind == segment.Symbol && r.text(t-1) != "~" || r.text(t-1) == "-" && r.doc.Glued(t) && !r.afterYear(t)) {
		return false
	}
	if strings.HasSuffix(next, "s") && isLower(next) && !r.isFunctionWord(t+1) {
		return !r.grammar.headFirst && (r.is(t-1, catIn, catSince, catUntil, catThe) || strings.HasSuffix(r.fold(t-1), "'s") || strings.HasSuffix(r.fold(t-1), "’s"))
	}
	return true
}

func (r *reader) afterYear(t int) bool {
	_, _, ok := r.yearNumber(t - 2)
	return ok
}

// isFunctionWord reports whether the token is a word of the calendar's grammar, or another closed-class one.
func (r *reader) isFunctionWord(t int) bool {
	return r.is(t, catFunction, catThe, catOf, catIn)
}
