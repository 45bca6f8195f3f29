package quantity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

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
