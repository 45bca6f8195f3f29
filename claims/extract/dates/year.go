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
	y, err := strconv.Atoi(text)
	return y, t + 1, err == nil && y >= 1000 && y < 2200
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
	return 0, t
}

// yearAlone reads a year that stands by itself: "en 2019", "el año 2020", "1995-98".
func (r *reader) yearAlone(t int, _ lean) (match, bool) {
	announced := r.skip(t, catYearword)
	y, next, ok := r.yearNumber(announced)
	if n, numeral := r.numeral(announced); !ok && announced > t && numeral && n.Plain && n.Value >= 100 && n.Value < 1000 {
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
	return match{next: next, when: at(year(y))}, true
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
