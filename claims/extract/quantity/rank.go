package quantity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"cotejo/claims/extract/segment"
)

// rank reads "#2", "fourth place", "third largest", "cuarta nación", "third
// straight win", "a fourth suspect", "fue el tercer ataque".
func (f *finder) rank(t int) (amount, bool) {
	if f.text(t) == "#" && f.doc.Glued(t+1) {
		if n, ok := f.number(t + 1); ok && n.Plain {
			return amount{first: t, next: n.Last, value: n.Value}, true
		}
	}
	n, ok := f.numeral(t)
	if !ok || !n.Ordinal || !f.isWord(n.Last) || !f.sameSentence(t, n.Last) {
		return amount{}, false
	}
	a := amount{first: t, next: n.Last + 1, value: n.Value, unit: f.text(n.Last)}
	if f.is(n.Last, asRankNoun) || f.isSuperlative(n.Last) {
		return a, n.Value > 1 || !f.isLeadIn(t)
	}
	return a, n.Value > 1 && f.isNominal(n.Last) && !f.is(n.Last, asNoRank|asLabelAfter) && !startsUpper(f.text(n.Last)) && f.countsUp(t, n)
}

// isLeadIn reports whether the ordinal at token t only opens an argument: "en primer lugar".
func (f *finder) isLeadIn(t int) bool {
	return f.is(t-1, asIn) || f.is(t-1, asThe) && f.is(t-2, asIn)
}

// countsUp reports whether an ordinal says how many there are by now: in a
// series, behind an article ("a fourth suspect"; a second one is only another),
// or as what something is ("it was the fourth burglary").
func (f *finder) countsUp(t int, n segment.Numeral) bool {
	noun := n.Last
	if f.is(noun, asSeries) || f.words.adjectivesLast && f.is(noun+1, asSeries) {
		return true
	}
	if f.is(noun, asOccasion) {
		return n.Value > 2 && (f.is(t-1, asBeforeOccasion) || f.is(t-1, asThe) && f.is(t-2, asBeforeOccasion))
	}
	if f.is(t-1, asArticle|asOne) { // one that opens a sentence goes on in a count or, without one, in an argument
		return n.Value > 2 && !n.Digits && (!f.opensSentence(t-1) || n.Value < 32 && f.seen&(1<<uint(n.Value-1)) != 0)
	}
	return f.is(t-1, asThe) && f.is(t-2, asCopula) && f.sameSentence(t-2, t)
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
