package dates

import (
	"strings"

	"cotejo/claims/extract/segment"
)

// ClockTime gives the token after the clock time that begins at token t, or t
// where none does: "10:30", "a las 8 de la mañana", "5 p.m.". A clock time alone
// is no calendar expression, and its numbers are no quantities.
func ClockTime(doc *segment.Document, t int) int {
	r := &reader{doc: doc, words: lexiconFor(doc.Lang), sentence: -1}
	if text := r.text(t); doc.Tokens[t].Kind == segment.Number && strings.Contains(text, ":") {
		return r.afterClock(t + 1)
	}
	n, ok := doc.NumeralAt(t)
	if !ok || n.Ordinal || n.Value > 24 || n.Last != t+1 {
		return t
	}
	if after := r.afterClock(n.Last); after > n.Last || isMeridiem(n.Suffix) {
		return after
	}
	if r.introducesHour(t) && !r.countsNoun(n.Last) {
		return n.Last
	}
	return t
}

func isMeridiem(word string) bool {
	switch strings.ReplaceAll(word, ".", "") {
	case "am", "pm", "o'clock", "o’clock":
		return true
	}
	return false
}

// afterClock passes over what follows an hour: "a.m.", "o'clock", "de la mañana".
func (r *reader) afterClock(t int) int {
	if t < len(r.doc.Tokens) && isMeridiem(r.fold(t)) {
		return t + 1
	}
	if _, next, ok := r.word(t, "part"); ok && r.fold(t) == "de" {
		return next
	}
	return t
}

// introducesHour reports whether the words before token t announce an hour: "a las", "at".
func (r *reader) introducesHour(t int) bool {
	if r.doc.Lang == "en" {
		return r.fold(t-1) == "at"
	}
	if r.fold(t-1) != "las" && r.fold(t-1) != "la" {
		return false
	}
	switch r.fold(t - 2) {
	case "a", "sobre", "desde", "hacia":
		return true
	case "de": // "alrededor de las tres", but not "más de las 5"
		return r.fold(t-3) == "alrededor" || r.fold(t-3) == "cerca" || r.fold(t-3) == "eso" || r.fold(t-3) == "partir"
	}
	return false
}

// countsNoun reports whether a plural follows that the number would count; hours do not.
func (r *reader) countsNoun(t int) bool {
	word := r.fold(t)
	if unit, _, ok := r.word(t, "unit"); ok && unit == "hour" {
		return false
	}
	return strings.HasSuffix(word, "s") && t < len(r.doc.Tokens) && r.doc.Tokens[t].Kind == segment.Word && !r.is(t, "the") || word == "%"
}
