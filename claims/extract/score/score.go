// Package score says whether an assertion can be checked, what kind it is, and
// how much it is worth a newsroom's time, with reasons that a person can read.
package score

import (
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
	Quantities int
	Times      int
	Names      int
}

// Verdict is what the score says.
type Verdict struct {
	Kind      claims.Kind
	Checkable bool
	Worth     float64
	Reasons   []string
}

// Rate scores one assertion.
func Rate(r *reading.Reading, in Input) Verdict {
	f := features(r, in)
	v := Verdict{Kind: kind(f), Checkable: checkable(f)}
	v.Worth = worth(f, v.Checkable)
	v.Reasons = reasons(f, v.Checkable)
	return v
}

// features are the traits of an assertion that the rules weigh.
type traits struct {
	in                                                          Input
	words                                                       int
	opinion, wish, advice, prediction, vague, comparison, law   bool
	relation, past, future, conditional, first, speechAct, asks bool
}

func features(r *reading.Reading, in Input) traits {
	t := traits{in: in}
	for k, i := range in.Clause.Words {
		w := &r.Words[i]
		if w.Mark {
			continue
		}
		t.words++
		t.first = t.first || r.Is(i, "first-person") || w.Feats["Person"] == "1" && r.Verbal(i)
		limit := i + 1
		for q := k + 1; q < len(in.Clause.Words) && in.Clause.Words[q] == limit; q++ {
			limit++
		}
		class, _ := r.Match("soft-cues", i, limit)
		t.cue(class, i >= in.Clause.Verb-2 && i <= in.Clause.Verb+2)
	}
	t.tense(r)
	return t
}

func (t *traits) cue(class string, verb bool) {
	switch class {
	case "opinion":
		t.opinion = true
	case "wish":
		t.wish = t.wish || verb
	case "advice":
		t.advice = t.advice || verb
	case "prediction":
		t.prediction = t.prediction || verb
	case "vague":
		t.vague = true
	case "comparison":
		t.comparison = true
	case "law":
		t.law = true
	case "relation":
		t.relation = t.relation || verb
	}
}

func (t *traits) tense(r *reading.Reading) {
	v := t.in.Clause.Verb
	if v == reading.None {
		return
	}
	w := &r.Words[v]
	t.past = w.Feats["Tense"] == "Past" || w.Feats["Tense"] == "Imp"
	t.future = w.Feats["Tense"] == "Fut" || w.Fold == "will"
	t.conditional = w.Feats["Mood"] == "Cnd"
	for k := v; k < v+4 && k < len(r.Words) && r.Words[k].Sent == w.Sent; k++ {
		if r.Lex.Verb(r.Words[k].Fold, reading.Asks, reading.Denies, reading.Doubts) && r.Verbal(k) {
			t.asks = true
		}
		if r.Lex.Verb(r.Words[k].Fold, reading.Says, reading.Alleges) && r.Verbal(k) {
			t.speechAct = true
		}
	}
}

func (t traits) figures() bool { return t.in.Quantities > 0 }

func (t traits) quoted() bool { return t.in.Mode == claims.ModeDirect }

// checkable says whether evidence could settle the assertion: opinion, wish and
// advice cannot be settled, nor a forecast without a date, unless figures stand in it.
func checkable(t traits) bool {
	switch {
	case t.wish && t.first:
		return false
	case t.figures():
		return true
	case t.in.Grade == reading.Thinks && (t.prediction || t.conditional || t.opinion):
		return false
	case t.quoted() && (t.opinion || t.wish || t.advice):
		return false
	case t.quoted() && t.words <= 3 && t.in.Names == 0:
		return false
	case t.conditional && t.in.Sourced && t.in.Times == 0:
		return false
	case t.quoted() && t.prediction && t.in.Times == 0:
		return false
	}
	return true
}

func kind(t traits) claims.Kind {
	switch {
	case t.opinion && t.quoted() && !t.figures():
		return claims.KindOpinion
	case t.figures():
		return claims.KindQuantity
	case t.future || t.conditional:
		return claims.KindPrediction
	case t.comparison:
		return claims.KindComparison
	case t.asks || t.speechAct:
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

// worth weighs the traits; the scale is that of a probability.
func worth(t traits, fit bool) float64 {
	x := 0.35
	add := func(yes bool, by float64) {
		if yes {
			x += by
		}
	}
	add(t.figures(), 0.25)
	add(t.in.Sourced, 0.12)
	add(t.past, 0.08)
	add(t.law, 0.08)
	add(t.comparison, 0.08)
	add(t.in.Times > 0, 0.05)
	add(t.in.Names > 0, 0.07)
	add(t.vague && !t.figures(), -0.08)
	add(t.opinion && !t.figures(), -0.12)
	add(t.future || t.conditional || t.prediction, -0.08)
	add(t.words < 5, -0.1)
	if !fit {
		x = min(x, 0.25)
	}
	return max(0.01, min(0.99, x))
}

// reasons lists message keys, the weightiest first.
func reasons(t traits, fit bool) []string {
	out := []string{}
	add := func(yes bool, key string) {
		if yes {
			out = append(out, key)
		}
	}
	add(t.figures(), "figure")
	add(t.in.Sourced, "named-source")
	add(t.quoted(), "quote")
	add(t.law, "law")
	add(t.comparison, "comparison")
	add(fit && t.in.Clause.Verb != reading.None && !t.future && !t.conditional && !t.relation, "event")
	add(t.future || t.conditional || t.prediction, "prediction")
	add(t.opinion, "opinion")
	add(t.wish, "wish")
	add(t.advice, "advice")
	add(t.vague && !t.figures(), "vague")
	return out
}
