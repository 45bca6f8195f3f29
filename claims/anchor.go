package claims

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// leastContext is how much of the text around a claim must be the same, in code
// points, beside the whole of its sentences.
const leastContext = 40

// Moved gives an assertion its places in another version of its text, where that can
// be done without a doubt: all its words, from the first to the last, stand there
// exactly once amid the same surroundings, and so does every other part of the text
// that it points to. Else it stays where it was: people have to look.
func Moved(a Assertion, before, after []rune) (Assertion, bool) {
	if len(a.Fragments) == 0 {
		return a, false
	}
	m := mover{before: before, after: string(after)}
	if !m.anchor(Span{a.Fragments[0].Start, a.Fragments[len(a.Fragments)-1].End}) {
		return a, false
	}
	a.Fragments = slices.Clone(a.Fragments)
	for i := range a.Fragments {
		m.move(&a.Fragments[i].Span)
	}
	a.Attributions = CopyAttributions(a.Attributions)
	for i := range a.Attributions {
		m.moveAttribution(&a.Attributions[i])
	}
	a.Quantities, a.Times = slices.Clone(a.Quantities), slices.Clone(a.Times)
	for i := range a.Quantities {
		m.move(&a.Quantities[i].Span)
	}
	for i := range a.Times {
		m.move(&a.Times[i].Span)
	}
	return a, !m.lost
}

// mover carries spans of one text over to another.
type mover struct {
	before []rune
	after  string
	within Span // of before: what was found again as a whole
	by     int  // how far that moved
	lost   bool // a span was not found again
}

// anchor finds a stretch of the text again with its surroundings.
func (m *mover) anchor(s Span) bool {
	if s.Start < 0 || s.End > len(m.before) || !s.Placed() {
		return false
	}
	start, end := contextStart(m.before, s.Start), contextEnd(m.before, s.End)
	words := string(m.before[start:end])
	at := strings.Index(m.after, words)
	if at < 0 || strings.Contains(m.after[at+1:], words) {
		return false
	}
	// What bordered on an end of the text must border on one still, or on that of a
	// paragraph: more words there are other surroundings.
	until := at + len(words)
	if start == 0 && at > 0 && m.after[at-1] != '\n' || end == len(m.before) && until < len(m.after) && m.after[until] != '\n' {
		return false
	}
	m.within, m.by = Span{start, end}, utf8.RuneCountInString(m.after[:at])-start
	return true
}

// contextStart goes back to where the sentence seems to begin, at least leastContext far.
func contextStart(text []rune, at int) int {
	for i := at; i > 0; i-- {
		if sentenceEnds(text, i-1) {
			return min(i, max(0, at-leastContext))
		}
	}
	return 0
}

// contextEnd goes on to where the sentence seems to end, at least leastContext far.
func contextEnd(text []rune, at int) int {
	for i := at; i < len(text); i++ {
		if sentenceEnds(text, i) {
			return max(i+1, min(len(text), at+leastContext))
		}
	}
	return len(text)
}

// sentenceEnds reports whether a sentence may end at a mark; points inside of figures end none.
func sentenceEnds(text []rune, i int) bool {
	if text[i] == '\n' {
		return true
	}
	return strings.ContainsRune(".!?…。", text[i]) && (i+1 == len(text) || unicode.IsSpace(text[i+1]))
}

// move carries a span over: as a part of what moved as a whole, or by its own surroundings.
func (m *mover) move(s *Span) {
	if !s.Placed() {
		return
	}
	by := m.by
	if !m.within.Contains(*s) {
		own := mover{before: m.before, after: m.after}
		if !own.anchor(*s) {
			m.lost = true
			return
		}
		by = own.by
	}
	s.Start, s.End = s.Start+by, s.End+by
}

// moveAttribution moves what a points to; a shares nothing with the assertion before.
func (m *mover) moveAttribution(a *Attribution) {
	for _, links := range [][]Link{a.Sources, a.Via} {
		for i := range links {
			m.move(&links[i].Span)
		}
	}
	if a.Original != nil {
		m.move(&a.Original.Span)
	}
	if a.Cue != nil {
		m.move(&a.Cue.Span)
	}
}
