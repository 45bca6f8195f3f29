package claims

import "unicode"

// Change is a stretch of a text and what it became in a later version: the same where
// nothing changed. Put together in order, all Before are the one text and all After the
// other.
type Change struct {
	Before, After         string
	BeforeSpan, AfterSpan Span
	Warnings              []Warning
}

// Same reports whether nothing changed in the stretch.
func (c Change) Same() bool { return c.Before == c.After }

// Warning says that something changed that turns what a sentence says: it is put into
// words wherever the change is shown, however small that is.
type Warning struct {
	Kind          WarningKind `json:"kind"`
	Before, After string      // "" where something was added or left out
}

// WarningKind is what changed.
type WarningKind string

// What turns what a sentence says.
const (
	WarnFigure   WarningKind = "figure"   // digits, number words, signs of money and shares
	WarnDate     WarningKind = "date"     // months and days of the week
	WarnNegation WarningKind = "negation" // "not", "without"
	WarnName     WarningKind = "name"     // words in capitals
)

// WarningKinds lists them in the order in which they are told.
var WarningKinds = []WarningKind{WarnFigure, WarnDate, WarnNegation, WarnName}

// Warnings gives the warnings of all changes, in order.
func Warnings(changes []Change) (out []Warning) {
	for _, c := range changes {
		out = append(out, c.Warnings...)
	}
	return out
}

// leastKept is how much of a claim's words must stand still for a place to be offered
// for it, in per cent.
const leastKept = 30

// Followed says where a stretch of the earlier text went: it begins and ends with whole
// changes. Without ok too little of it stands in the later text to speak of.
func Followed(changes []Change, s Span) (to Span, ok bool) {
	to = Span{-1, -1}
	kept := 0
	for _, c := range changes {
		if !c.BeforeSpan.Overlaps(s) {
			continue
		}
		start, end := c.AfterSpan.Start, c.AfterSpan.End
		if c.Same() {
			from, until := max(s.Start, c.BeforeSpan.Start), min(s.End, c.BeforeSpan.End)
			start, end = c.AfterSpan.Start+from-c.BeforeSpan.Start, c.AfterSpan.Start+until-c.BeforeSpan.Start
			kept += until - from
		}
		if to.Start < 0 {
			to.Start = start
		}
		to.End = end
	}
	return to, to.Placed() && kept*100 >= s.Len()*leastKept
}

// Around cuts out of changes what has to do with a stretch of the earlier text: the
// changes that touch it, and at most context code points of what is the same beside it.
func Around(changes []Change, s Span, context int) []Change {
	within := Span{s.Start - context, s.End + context}
	var out []Change
	for _, c := range changes {
		if c.Same() {
			if cut, ok := cutSame(c, within); ok {
				out = append(out, cut)
			}
			continue
		}
		near := c.BeforeSpan.Overlaps(within) || !c.BeforeSpan.Placed() && within.Start <= c.BeforeSpan.Start && c.BeforeSpan.Start <= within.End
		if near {
			out = append(out, c)
		}
	}
	return out
}

// cutSame gives the part of an unchanged stretch that lies within a span of the earlier
// text, whole words of it.
func cutSame(c Change, within Span) (Change, bool) {
	start, end := max(c.BeforeSpan.Start, within.Start), min(c.BeforeSpan.End, within.End)
	if start >= end {
		return c, false
	}
	by, text := c.AfterSpan.Start-c.BeforeSpan.Start, []rune(c.Before)
	for start > c.BeforeSpan.Start && !unicode.IsSpace(text[start-1-c.BeforeSpan.Start]) {
		start--
	}
	for end < c.BeforeSpan.End && !unicode.IsSpace(text[end-c.BeforeSpan.Start]) {
		end++
	}
	words := string(text[start-c.BeforeSpan.Start : end-c.BeforeSpan.Start])
	return Change{Before: words, After: words, BeforeSpan: Span{start, end}, AfterSpan: Span{start + by, end + by}}, true
}
