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

// traits is what the rules and the weights see of an assertion.
type traits struct {
	in                                                        Input
	words                                                     int
	opinion, wish, advice, prediction, vague, comparison, law bool
	relation, past, future, conditional, first, speech, asks  bool
	negated, question                                         bool
}

// Names of the features, in the order of Features; weights.tsv has a row for each.
var Names = []string{
	"bias", "figure", "figures", "time", "name", "names", "source", "quoted", "past", "future", "conditional", "first-person",
	"opinion", "wish", "advice", "prediction", "vague", "comparison", "law", "relation", "speech", "request", "negated", "question",
	"short", "long", "figure-and-comparison", "figure-and-past", "name-and-past",
}

// Features gives the traits of an assertion as numbers, 0 or 1, one for each of Names.
func Features(r *reading.Reading, in Input) []float64 { return read(r, in).vector() }

func (t traits) vector() []float64 {
	named := t.in.Names > 0
	bits := []bool{
		true, t.figures(), t.in.Quantities > 1, t.in.Times > 0, named, t.in.Names > 2, t.in.Sourced, t.quoted(), t.past, t.future, t.conditional, t.first,
		t.opinion, t.wish, t.advice, t.prediction, t.vague, t.comparison, t.law, t.relation, t.speech, t.asks, t.negated, t.question,
		t.words < 8, t.words > 24, t.figures() && t.comparison, t.figures() && t.past, named && t.past,
	}
	out := make([]float64, len(bits))
	for i, b := range bits {
		if b {
			out[i] = 1
		}
	}
	return out
}

// read looks an assertion's words up.
func read(r *reading.Reading, in Input) traits {
	t := traits{in: in}
	for k, i := range in.Clause.Words {
		w := &r.Words[i]
		if w.Mark {
			t.question = t.question || w.Fold == "?"
			continue
		}
		t.words++
		t.first = t.first || r.Is(i, "first-person") || w.Feats["Person"] == "1" && r.Verbal(i)
		t.negated = t.negated || r.Is(i, "negation")
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

// cue notes a word of soft-cues.tsv; wishes, advice, forecasts and relations
// count only at the main verb.
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
	if t.conditional && w.POS == "AUX" && v+1 < len(r.Words) && r.Words[v+1].Feats["VerbForm"] == "Part" { // "habría huido": a rumour of what happened
		t.conditional, t.past = false, true
	}
	if w.POS == "AUX" { // "was built" is an event, "was tall" a relation
		for k := v + 1; k < v+4 && k < len(r.Words); k++ {
			t.relation = t.relation && !(r.Words[k].POS == "VERB" && r.Words[k].Feats["VerbForm"] == "Part")
		}
	}
	for k := v; k < v+4 && k < len(r.Words) && r.Words[k].Sent == w.Sent; k++ {
		if !r.Verbal(k) {
			continue
		}
		t.past = t.past || k > v && w.POS == "AUX" && r.Words[k].Feats["VerbForm"] == "Part" && r.Words[k].Feats["Tense"] == "Past" && !t.future
		t.asks = t.asks || r.Lex.Verb(r.Words[k].Fold, reading.Asks, reading.Denies, reading.Doubts)
		t.speech = t.speech || r.Lex.Verb(r.Words[k].Fold, reading.Says, reading.Alleges) && !r.Is(k, "weak-speech")
	}
}

func (t traits) figures() bool { return t.in.Quantities > 0 }

func (t traits) quoted() bool { return t.in.Mode == claims.ModeDirect }
