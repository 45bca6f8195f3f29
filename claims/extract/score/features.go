package score

import (
	"slices"

	"cotejo/claims/extract/reading"
)

// feature is a named yes or no that the weights count.
type feature struct {
	name  string
	holds func(t *traits) bool
}

// features are what holds across languages; the fields of topics.tsv follow them.
var features = append([]feature{
	{"bias", func(*traits) bool { return true }},
	{"figure", (*traits).figures},
	{"figures", func(t *traits) bool { return len(t.in.Quantities) > 1 }},
	{"many-figures", func(t *traits) bool { return len(t.in.Quantities) > 2 }},
	{"money", func(t *traits) bool { return t.money }},
	{"percent", func(t *traits) bool { return t.percent }},
	{"large-figure", func(t *traits) bool { return t.large }},
	{"bound", func(t *traits) bool { return t.bounded }},
	{"time", func(t *traits) bool { return len(t.in.Times) > 0 }},
	{"year", func(t *traits) bool { return t.year }},
	{"date", func(t *traits) bool { return t.dated }},
	{"name", (*traits).named},
	{"names", func(t *traits) bool { return t.in.Names > 2 }},
	{"source", func(t *traits) bool { return t.in.Sourced && !t.in.Self }},
	{"own-view", func(t *traits) bool { return t.in.Self }},
	{"thought", func(t *traits) bool { return t.in.Grade == reading.Thinks }},
	{"quoted", (*traits).quoted},
	{"past", func(t *traits) bool { return t.past }},
	{"perfect", func(t *traits) bool { return t.perfect }},
	{"progressive", func(t *traits) bool { return t.progressive }},
	{"passive", func(t *traits) bool { return t.passive }},
	{"future", func(t *traits) bool { return t.future }},
	{"conditional", func(t *traits) bool { return t.conditional }},
	{"imperative", func(t *traits) bool { return t.imperative }},
	{"infinitive", func(t *traits) bool { return t.infinitive }},
	{"no-verb", func(t *traits) bool { return t.in.Clause.Verb == reading.None }},
	{"i", func(t *traits) bool { return t.iAm }},
	{"we", func(t *traits) bool { return t.we }},
	{"you", func(t *traits) bool { return t.you }},
	{"they", func(t *traits) bool { return t.they }},
	{"spoken", func(t *traits) bool { return t.spoken }},
	{"subject-i", subjectIs(subjectFirst)},
	{"subject-we", subjectIs(subjectWe)},
	{"subject-you", subjectIs(subjectSecond)},
	{"subject-they", subjectIs(subjectThird)},
	{"subject-that", subjectIs(subjectThat)},
	{"subject-name", subjectIs(subjectName)},
	{"subject-noun", subjectIs(subjectNoun)},
	{"opinion", func(t *traits) bool { return t.opinion }},
	{"wish", func(t *traits) bool { return t.wish }},
	{"advice", func(t *traits) bool { return t.advice }},
	{"prediction", func(t *traits) bool { return t.prediction }},
	{"vague", func(t *traits) bool { return t.vague }},
	{"comparison", func(t *traits) bool { return t.comparison }},
	{"law-word", func(t *traits) bool { return t.law }},
	{"relation", func(t *traits) bool { return t.relation }},
	{"speech", func(t *traits) bool { return t.speech }},
	{"request", func(t *traits) bool { return t.asks }},
	{"negated", func(t *traits) bool { return t.negated }},
	{"question", func(t *traits) bool { return t.question }},
	{"exclaimed", func(t *traits) bool { return t.exclaimed }},
	{"interjection", func(t *traits) bool { return t.interjection }},
	{"very-short", func(t *traits) bool { return t.words < 5 }},
	{"short", func(t *traits) bool { return t.words < 8 }},
	{"medium", func(t *traits) bool { return t.words > 12 }},
	{"long", func(t *traits) bool { return t.words > 18 }},
	{"very-long", func(t *traits) bool { return t.words > 28 }},
	{"alone", func(t *traits) bool { return t.alone }},
	{"opens", func(t *traits) bool { return t.opens }},
	{"in-long-sentence", func(t *traits) bool { return t.rest > 15 }},
	{"no-noun", func(t *traits) bool { return t.nouns+t.namings == 0 }},
	{"few-nouns", func(t *traits) bool { return t.nouns+t.namings < 3 }},
	{"many-nouns", func(t *traits) bool { return t.nouns+t.namings > 5 }},
	{"dense-nouns", func(t *traits) bool { return 3*(t.nouns+t.namings) > t.words }},
	{"dense-verbs", func(t *traits) bool { return 6*t.verbs > t.words }},
	{"dense-pronouns", func(t *traits) bool { return 6*t.pronouns > t.words }},
	{"dense-adjectives", func(t *traits) bool { return 8*t.adjectives > t.words }},
	{"figure-and-comparison", func(t *traits) bool { return t.figures() && t.comparison }},
	{"figure-and-past", func(t *traits) bool { return t.figures() && t.past }},
	{"name-and-past", func(t *traits) bool { return t.named() && t.past }},
	{"i-and-past", func(t *traits) bool { return t.subject == subjectFirst && t.past }},
	{"we-and-past", func(t *traits) bool { return t.subject == subjectWe && t.past }},
	{"they-and-past", func(t *traits) bool { return t.subject == subjectThird && t.past }},
	{"noun-and-past", func(t *traits) bool { return t.subject == subjectNoun && t.past }},
	{"figure-and-future", func(t *traits) bool { return t.figures() && (t.future || t.conditional || t.prediction) }},
}, topicFeatures()...)

func subjectIs(kind string) func(*traits) bool {
	return func(t *traits) bool { return t.subject == kind }
}

// topicFields are the fields of meaning that a word can belong to.
var topicFields = reading.TopicFields()

func topicFeatures() []feature {
	var out []feature
	for i, field := range topicFields {
		out = append(out, feature{"topic-" + field, func(t *traits) bool { return t.topics[i] }})
	}
	return out
}

// Names of the features; weights.tsv has a row for each.
var Names = names()

func names() []string {
	out := make([]string, len(features))
	for i, f := range features {
		out[i] = f.name
	}
	return out
}

// features gives those that hold, as rising indexes into Names.
func (t *traits) features() []int {
	var room [mostFeatures]int
	out := room[:0]
	for i := range features {
		if features[i].holds(t) {
			out = append(out, i)
		}
	}
	return slices.Clone(out)
}

// mostFeatures is how many features hold of an assertion, as a rule at most.
const mostFeatures = 64

func (t *traits) named() bool { return t.in.Names > 0 }
