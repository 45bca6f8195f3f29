package claims

import "fmt"

// Span is a half-open range of code points in a text. The zero Span says that
// the thing stands nowhere in the text (it was typed by hand).
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Placed reports whether the span covers any text.
func (s Span) Placed() bool { return s.End > s.Start }

// Len is the number of code points covered.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether o lies inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether the two share at least one code point.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// String prints the span as start-end.
func (s Span) String() string { return fmt.Sprintf("%d-%d", s.Start, s.End) }

// Fragment is one run of a claim's exact words in the snapshot's text.
type Fragment struct {
	Span
	Text string `json:"text"`
}

// Slice returns the words of text (given as code points) that s covers; false
// when s does not lie inside text.
func Slice(text []rune, s Span) (string, bool) {
	if s.Start < 0 || s.End > len(text) || s.Start > s.End {
		return "", false
	}
	return string(text[s.Start:s.End]), true
}
