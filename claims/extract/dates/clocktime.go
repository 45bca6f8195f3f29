package dates

import (
	"strings"

	"cotejo/claims/extract/segment"
)

// maxClockWords is how many words announce an hour at most: "alrededor de las".
const maxClockWords = 3

// ClockTimes finds the clock times of a document, asked in text order.
type ClockTimes struct {
	r     *reader
	known int // the words of the tokens before it were looked up, where an hour was asked for
}

// The words around an hour that can tell that it is one.
const (
	wordsBeforeHour = maxClockWords
	wordsAfterHour  = 12
)

// NewClockTimes prepares to find the clock times of a document. A clock time
// alone is no calendar expression, and its numbers are no quantities.
func NewClockTimes(doc *segment.Document) *ClockTimes {
	c := calendarFor(doc.Lang)
	if c == nil {
		c = &calendar{tenses: &tenseMarks{}}
	}
	r := &reader{calendar: c, doc: doc, at: make([]*vocable, len(doc.Tokens))}
	for t := range r.at {
		r.at[t] = strange
	}
	return &ClockTimes{r: r}
}

// Next gives the token after the clock time that begins at token t, or t where
// none does: "10:30", "a las 8 de la mañana", "5 p.m.".
func (c *ClockTimes) Next(t int) int {
	r := c.r
	for at := max(c.known, t-wordsBeforeHour); at < min(t+wordsAfterHour, len(r.at)); at++ {
		r.at[at] = r.lookUp(at)
		c.known = at + 1
	}
	if r.at[t].categories&catNumber == 0 {
		return t
	}
	if text := r.text(t); r.doc.Tokens[t].Kind == segment.Number && strings.IndexByte(text, ':') >= 0 {
		return r.afterClock(t + 1)
	}
	n, ok := r.numeral(t)
	if !ok || n.Ordinal || n.Value > 24 || n.Last != t+1 {
		return t
	}
	if after := r.afterClock(n.Last); after > n.Last || r.isMeridiem(n.Suffix) {
		return after
	}
	if r.introducesHour(t) && !r.countsNoun(n.Last) {
		return n.Last
	}
	return t
}

// isMeridiem reports whether the letters written against an hour say which half of the day it is.
func (r *reader) isMeridiem(suffix string) bool {
	v := r.words[strings.ToLower(suffix)]
	return suffix != "" && v != nil && v.categories&catMeridiem != 0
}

// afterClock passes over what follows an hour: "a.m.", "o'clock", "de la mañana".
func (r *reader) afterClock(t int) int { return r.skip(t, catMeridiem, catClockpart) }

// introducesHour reports whether the words before token t announce an hour: "a las", "at".
func (r *reader) introducesHour(t int) bool {
	for words := 1; words <= maxClockWords; words++ {
		if _, next, ok := r.word(t-words, catClockat); ok && next == t {
			return true
		}
	}
	return false
}

// countsNoun reports whether a plural follows that the number would count; hours do not.
func (r *reader) countsNoun(t int) bool {
	word := r.fold(t)
	if unit, _, ok := r.word(t, catUnit); ok && unit == "hour" {
		return false
	}
	return strings.HasSuffix(word, "s") && r.doc.Tokens[t].Kind == segment.Word && !r.is(t, catThe) || word == "%"
}
