// Package score says whether an assertion can be checked, what kind it is, and
// how much it is worth a newsroom's time, with reasons that a person can read.
package score

import (
	"sync"

	"cotejo/claims"
	"cotejo/claims/extract/clause"
	"cotejo/claims/extract/reading"
)

// Input is what the score looks at.
type Input struct {
	Clause     clause.Clause
	Mode       claims.Mode
	Grade      reading.Grade // of the verb that reports it, "" in the article's own voice
	Sourced    bool          // a source is named
	Self       bool          // the source speaks of itself: "I think"
	Quantities []claims.Quantity
	Times      []claims.Time
	Names      int
}

// Verdict is what the score says. Worth is the grade, 0 to 1, that people who
// choose what to check would give on average; Chance is how likely it is that
// evidence could settle the assertion.
type Verdict struct {
	Kind      claims.Kind
	Checkable bool
	Chance    float64
	Worth     float64
	Reasons   []string
	Features  []int // those that hold, as indexes into Names
}

// unfit is the most that something that cannot be checked is worth.
const unfit = 0.15

// The chances below which an assertion is taken for one that cannot be checked:
// one that a speaker makes in his own person must be surer than one that an article
// reports, where most can be.
const (
	leastReported = 0.2
	leastSpoken   = 0.25
	leastVerbless = 0.5
)

// sheets are traits to fill in, used again.
var sheets = sync.Pool{New: func() any { return &traits{topics: make([]bool, len(topicFields))} }}

// Rate scores one assertion.
func Rate(r *reading.Reading, in Input) Verdict {
	t := sheets.Get().(*traits)
	defer sheets.Put(t)
	t.read(r, in)
	holding := t.features()
	v := Verdict{Kind: kind(t), Features: holding}
	v.Chance, v.Worth = rounded(Chance(fitted.Checkable, holding)), rounded(Chance(fitted.Worth, holding))
	v.Checkable = checkable(t) && v.Chance >= t.leastChance()
	if !v.Checkable {
		v.Worth = min(v.Worth, unfit)
	}
	v.Reasons = reasons(t, v.Checkable)
	return v
}

func (t *traits) leastChance() float64 {
	switch {
	case t.in.Clause.Verb == reading.None:
		return leastVerbless
	case t.spoken && !t.past:
		return leastSpoken
	}
	return leastReported
}

// checkable says whether evidence could settle the assertion: opinion, wish and
// advice cannot be settled, nor a forecast without a date, unless figures stand in it.
func checkable(t *traits) bool {
	switch {
	case t.wish && t.first():
		return false
	case t.figures():
		return true
	case t.in.Grade == reading.Thinks && (t.prediction || t.conditional || t.opinion):
		return false
	case t.quoted() && (t.opinion || t.wish || t.advice):
		return false
	case t.quoted() && t.words <= 3 && t.in.Names == 0:
		return false
	case t.conditional && t.in.Sourced && len(t.in.Times) == 0:
		return false
	case t.quoted() && t.prediction && len(t.in.Times) == 0:
		return false
	}
	return true
}

func kind(t *traits) claims.Kind {
	switch {
	case t.opinion && t.quoted() && !t.figures():
		return claims.KindOpinion
	case t.figures():
		return claims.KindQuantity
	case t.future || t.conditional:
		return claims.KindPrediction
	case t.comparison:
		return claims.KindComparison
	case t.asks || t.speech:
		return claims.KindSpeechAct
	case t.quoted():
		return claims.KindQuotation
	case t.relation:
		return claims.KindRelation
	case t.in.Clause.Verb != reading.None:
		return claims.KindEvent
	}
	return claims.KindOther
}

// reason is a message key and when it holds.
type reason struct {
	key   string
	holds func(t *traits, fit bool) bool
}

// told are the reasons in the order in which they are given: what speaks for
// checking before what speaks against. The pages have words for each.
var told = []reason{
	{"figure", func(t *traits, _ bool) bool { return t.figures() }},
	{"named-source", func(t *traits, _ bool) bool { return t.in.Sourced }},
	{"quote", func(t *traits, _ bool) bool { return t.quoted() }},
	{"law", func(t *traits, _ bool) bool { return t.law }},
	{"comparison", func(t *traits, _ bool) bool { return t.comparison }},
	{"event", func(t *traits, fit bool) bool {
		return fit && t.in.Clause.Verb != reading.None && !t.future && !t.conditional && !t.relation
	}},
	{"prediction", func(t *traits, _ bool) bool { return t.future || t.conditional || t.prediction }},
	{"opinion", func(t *traits, _ bool) bool { return t.opinion }},
	{"wish", func(t *traits, _ bool) bool { return t.wish }},
	{"advice", func(t *traits, _ bool) bool { return t.advice }},
	{"vague", func(t *traits, _ bool) bool { return t.vague && !t.figures() }},
}

// Reasons lists every message key that a verdict can give.
func Reasons() []string {
	out := make([]string, len(told))
	for i, r := range told {
		out[i] = r.key
	}
	return out
}

// mostReasons is how many reasons an assertion has, as a rule at most.
const mostReasons = 5

func reasons(t *traits, fit bool) []string {
	out := make([]string, 0, mostReasons)
	for i := range told {
		if told[i].holds(t, fit) {
			out = append(out, told[i].key)
		}
	}
	return out
}
