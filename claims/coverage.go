package claims

import (
	"sort"
	"time"
)

// Sentence is a sentence of a snapshot's text, as the engine cuts it. Paragraph counts
// from 0.
type Sentence struct {
	Span
	Paragraph int
}

// SkipReason says why there is nothing to check in a sentence.
type SkipReason string

// The reasons for which a sentence may be skipped.
const (
	SkipNoClaim      SkipReason = "no_claim"      // asserts nothing: a greeting, a transition
	SkipOpinion      SkipReason = "opinion"       // somebody's view
	SkipTrivial      SkipReason = "trivial"       // everybody knows it
	SkipNotCheckable SkipReason = "not_checkable" // nobody could find out
	SkipRepeated     SkipReason = "repeated"      // the article says it elsewhere
	SkipOther        SkipReason = "other"         // as the note says
)

// SkipReasons lists them as forms do.
var SkipReasons = []SkipReason{SkipNoClaim, SkipOpinion, SkipTrivial, SkipNotCheckable, SkipRepeated, SkipOther}

// Skip says that somebody looked at the sentences inside a span of a snapshot and found
// nothing to check in them.
type Skip struct {
	ID       string
	Article  string
	Snapshot int
	Span
	Reason SkipReason
	Note   string
	By     string // person id
	At     time.Time
}

// SignOff says that an editor is done with an article as it stood in a snapshot. Left
// counts the sentences nobody had looked at, and Why says why that was enough. The zero
// SignOff says that nobody is done.
type SignOff struct {
	By       string // person id
	At       time.Time
	Snapshot int
	Left     int
	Why      string
}

// Signed reports whether somebody signed the article off.
func (s SignOff) Signed() bool { return s.By != "" }

// Cover says what became of a sentence.
type Cover string

// What became of a sentence; the first two are left to look at.
const (
	CoverUnseen    Cover = "unseen"    // nobody looked at it
	CoverSuggested Cover = "suggested" // a machine or a contributor suggests a claim in it, undecided
	CoverClaimed   Cover = "claimed"   // a claim stands in it
	CoverDismissed Cover = "dismissed" // a person decided that what was suggested in it is no claim to check
	CoverSkipped   Cover = "skipped"   // a person skipped it
)

// Covers lists them in the order of a key.
var Covers = []Cover{CoverUnseen, CoverSuggested, CoverClaimed, CoverDismissed, CoverSkipped}

// Left reports whether somebody still has to look.
func (c Cover) Left() bool { return c == CoverUnseen || c == CoverSuggested }

// SentenceCover is a sentence and what became of it. Claims are the ids of the claims
// that have words in it, dismissed ones included; Skip is set where it was skipped.
type SentenceCover struct {
	Sentence
	Cover  Cover
	Claims []string
	Skip   *Skip
}

// Coverage is what became of every sentence of an article's text.
type Coverage struct {
	Sentences []SentenceCover
	Left      int
}

// Next gives the place of the first sentence from i on that is left, beginning anew at
// the end; -1 where none is.
func (c Coverage) Next(i int) int {
	n := len(c.Sentences)
	for step := range n {
		if at := (max(i, 0) + step) % n; c.Sentences[at].Cover.Left() {
			return at
		}
	}
	return -1
}

// At gives the place of the sentence that holds a code point, -1 for none.
func (c Coverage) At(point int) int {
	i := sort.Search(len(c.Sentences), func(i int) bool { return c.Sentences[i].End > point })
	if i < len(c.Sentences) && c.Sentences[i].Start <= point {
		return i
	}
	return -1
}

// Covered says of each sentence, given in order, what became of it: what a claim stands
// in is claimed, whatever else is so. A claim that was set aside as wrongly found says
// nothing of its sentence. Claims and skips must be of the sentences' snapshot.
func Covered(sentences []Sentence, all []Claim, skips []Skip) Coverage {
	c := Coverage{Sentences: make([]SentenceCover, len(sentences))}
	for i, s := range sentences {
		c.Sentences[i] = SentenceCover{Sentence: s, Cover: CoverUnseen}
	}
	for _, skip := range skips {
		c.each(skip.Span, func(s *SentenceCover) {
			if skip.Contains(s.Span) && s.Skip == nil {
				s.Skip, s.Cover = &skip, CoverSkipped
			}
		})
	}
	for _, claim := range all {
		by, counts := coverOf(claim)
		for _, f := range claim.Fragments {
			c.each(f.Span, func(s *SentenceCover) {
				if n := len(s.Claims); n == 0 || s.Claims[n-1] != claim.ID {
					s.Claims = append(s.Claims, claim.ID)
				}
				if counts && outranks(by, s.Cover) {
					s.Cover = by
				}
			})
		}
	}
	for _, s := range c.Sentences {
		if s.Cover.Left() {
			c.Left++
		}
	}
	return c
}

// each calls fn for the sentences that share a code point with a span.
func (c *Coverage) each(span Span, fn func(*SentenceCover)) {
	from := sort.Search(len(c.Sentences), func(i int) bool { return c.Sentences[i].End > span.Start })
	for i := from; i < len(c.Sentences) && c.Sentences[i].Start < span.End; i++ {
		fn(&c.Sentences[i])
	}
}

func coverOf(c Claim) (by Cover, counts bool) {
	switch {
	case c.State == StateSuggested:
		return CoverSuggested, true
	case c.State != StateDismissed:
		return CoverClaimed, true
	}
	return CoverDismissed, c.Dismissed == nil || c.Dismissed.Reason != DismissWrong
}

// outranks orders what may be said of one sentence: a claim that stands counts for all of
// it, and a suggestion still waits although the rest was skipped.
func outranks(a, b Cover) bool {
	rank := map[Cover]int{CoverUnseen: 0, CoverDismissed: 1, CoverSkipped: 2, CoverSuggested: 3, CoverClaimed: 4}
	return rank[a] > rank[b]
}
