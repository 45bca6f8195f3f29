package score

import (
	"strings"
	"unicode"

	"cotejo/claims"
	"cotejo/claims/extract/reading"
)

// traits is what the rules and the weights see of an assertion.
type traits struct {
	in                                                        Input
	words, nouns, namings, adjectives, verbs, pronouns        int
	opinion, wish, advice, prediction, vague, comparison, law bool
	relation, past, future, conditional, speech, asks         bool
	perfect, progressive, passive, infinitive, imperative     bool
	negated, question, exclaimed, interjection                bool
	money, percent, large, bounded                            bool
	year, dated                                               bool
	alone                                                     bool // the only assertion of its sentence: all of it
	opens                                                     bool // begins its sentence
	rest                                                      int  // words of its sentence outside it
	spoken                                                    bool // the sentence speaks of I or we outside quotation marks
	iAm, we, you, they                                        bool // persons that the words speak of
	subject                                                   string
	topics                                                    []bool // by the index of the field
}

// read looks an assertion's words up.
func (t *traits) read(r *reading.Reading, in Input) {
	clear(t.topics)
	*t = traits{in: in, topics: t.topics}
	main := t.mainVerb(r)
	for k, i := range in.Clause.Words {
		t.word(r, i, main)
		limit := i + 1
		for q := k + 1; q < len(in.Clause.Words) && in.Clause.Words[q] == limit; q++ {
			limit++
		}
		class, _ := r.Match("soft-cues", i, limit)
		t.cue(class, i >= in.Clause.Verb-2 && i <= in.Clause.Verb+2)
	}
	t.figure()
	t.tense(r)
	t.subject = subject(r, in, main)
	t.sentence(r)
}

// mainVerb gives the verb that says what happens: the one that the clause's
// auxiliary helps, else the clause's own; reading.None where there is none.
func (t *traits) mainVerb(r *reading.Reading) int {
	v := t.in.Clause.Verb
	if v == reading.None || r.Words[v].POS != "AUX" {
		return v
	}
	for k := v + 1; k < v+5 && k < len(r.Words) && r.Words[k].Sent == r.Words[v].Sent; k++ {
		switch r.Words[k].POS {
		case "VERB":
			return k
		case "AUX", "ADV", "PART", "PRON":
		default:
			return v
		}
	}
	return v
}

// word counts one word of the assertion.
func (t *traits) word(r *reading.Reading, i, main int) {
	w := &r.Words[i]
	if w.Mark {
		t.tone(w.Fold)
		return
	}
	t.words++
	t.negated = t.negated || r.Is(i, "negation")
	switch w.POS {
	case "NOUN":
		t.nouns++
	case "PROPN":
		t.namings++
	case "ADJ":
		t.adjectives++
	case "VERB":
		t.verbs++
	case "PRON":
		t.pronouns++
	case "INTJ":
		t.interjection = true
	}
	t.person(r, i)
	r.Topics(i, func(field int, pos string) {
		if pos == "" || i == main {
			t.topics[field] = true
		}
	})
}

// tone notes what a mark asks or exclaims.
func (t *traits) tone(mark string) {
	for _, c := range mark {
		switch c {
		case '?', '¿':
			t.question = true
		case '!', '¡':
			t.exclaimed = true
		}
	}
}

func (t *traits) person(r *reading.Reading, i int) {
	w := &r.Words[i]
	switch w.POS {
	case "PRON", "DET", "VERB", "AUX":
	default:
		return
	}
	plural := w.Feats.Number == "Plur"
	switch w.Feats.Person {
	case "1":
		t.we, t.iAm = t.we || plural, t.iAm || !plural
	case "2":
		t.you = true
	case "3":
		t.they = t.they || w.POS == "PRON"
	default:
		t.iAm = t.iAm || r.Is(i, "first-person")
	}
}

func (t *traits) first() bool { return t.iAm || t.we }

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

// figure looks at what the amounts and dates are of.
func (t *traits) figure() {
	for _, q := range t.in.Quantities {
		t.percent = t.percent || q.Unit == "%"
		t.large = t.large || q.Value != nil && *q.Value >= 1000
		t.bounded = t.bounded || q.Bound != claims.BoundExact || q.Approx
		t.money = t.money || strings.ContainsFunc(q.Text, func(c rune) bool { return unicode.Is(unicode.Sc, c) })
	}
	for _, at := range t.in.Times {
		t.year = t.year || at.From != nil && len(*at.From) == len("2006") || at.To != nil && len(*at.To) == len("2006")
		t.dated = t.dated || at.From != nil && len(*at.From) > len("2006")
	}
}

func (t *traits) tense(r *reading.Reading) {
	v := t.in.Clause.Verb
	if v == reading.None {
		return
	}
	w := &r.Words[v]
	t.past = w.Feats.Tense == "Past" || w.Feats.Tense == "Imp"
	t.future = w.Feats.Tense == "Fut" || w.Fold == "will"
	t.conditional = w.Feats.Mood == "Cnd"
	t.imperative = w.Feats.Mood == "Imp"
	t.infinitive = w.Feats.VerbForm == "Inf"
	if t.conditional && w.POS == "AUX" && v+1 < len(r.Words) && r.Words[v+1].Feats.VerbForm == "Part" { // "habría huido": a rumour of what happened
		t.conditional, t.past = false, true
	}
	if w.POS == "AUX" { // "was built" is an event, "was tall" a relation
		for k := v + 1; k < v+4 && k < len(r.Words); k++ {
			t.relation = t.relation && !(r.Words[k].POS == "VERB" && r.Words[k].Feats.VerbForm == "Part")
		}
	}
	for k := v; k < v+4 && k < len(r.Words) && r.Words[k].Sent == w.Sent; k++ {
		if !r.Verbal(k) {
			continue
		}
		form := r.Words[k].Feats.VerbForm
		participle := k > v && w.POS == "AUX" && form == "Part" && r.Words[k].Feats.Tense == "Past"
		t.past = t.past || participle && !t.future
		t.perfect = t.perfect || participle && !r.Lex.Is(w.Lemma, "passive")
		t.passive = t.passive || participle && r.Lex.Is(w.Lemma, "passive")
		t.progressive = t.progressive || k > v && w.POS == "AUX" && (form == "Ger" || form == "Part" && r.Words[k].Feats.Tense == "Pres")
		t.asks = t.asks || r.Verb(k, reading.Asks, reading.Denies, reading.Doubts)
		t.speech = t.speech || r.Verb(k, reading.Says, reading.Alleges) && !r.Is(k, "weak-speech")
	}
}

// sentence looks at what surrounds the assertion.
func (t *traits) sentence(r *reading.Reading) {
	c := t.in.Clause
	if len(c.Words) == 0 {
		return
	}
	s := r.Sentences[c.Sent]
	for i := s.First; i < s.Last; i++ {
		w := &r.Words[i]
		if w.Mark {
			t.tone(w.Fold)
			continue
		}
		t.rest++
		t.spoken = t.spoken || w.Quote == reading.None && w.Feats.Person == "1"
	}
	t.rest -= t.words
	t.alone = t.rest <= 2
	t.opens = c.Words[0] <= s.First+1
}

// The kinds of subject.
const (
	subjectFirst  = "first-person"
	subjectWe     = "we"
	subjectSecond = "second-person"
	subjectThird  = "third-person"
	subjectThat   = "this-or-that"
	subjectName   = "name"
	subjectNoun   = "noun"
	subjectNone   = "none"
)

// subject says what stands as the subject of the main verb: by the parse, else
// by the verb's own person.
func subject(r *reading.Reading, in Input, main int) string {
	v := in.Clause.Verb
	if v == reading.None {
		return subjectNone
	}
	for _, i := range in.Clause.Words {
		w := &r.Words[i]
		if !strings.HasPrefix(w.Rel, "nsubj") || w.Head != main && w.Head != v && w.Head != r.Words[v].Head {
			continue
		}
		switch w.POS {
		case "PRON", "DET":
			return pronoun(w)
		case "PROPN":
			return subjectName
		}
		return subjectNoun
	}
	if !in.Clause.Subject.Empty() {
		return subjectNoun
	}
	switch w := &r.Words[v]; w.Feats.Person {
	case "1":
		if w.Feats.Number == "Plur" {
			return subjectWe
		}
		return subjectFirst
	case "2":
		return subjectSecond
	}
	return subjectNone
}

func pronoun(w *reading.Word) string {
	switch w.Feats.Person {
	case "1":
		if w.Feats.Number == "Plur" {
			return subjectWe
		}
		return subjectFirst
	case "2":
		return subjectSecond
	case "3":
		return subjectThird
	}
	return subjectThat
}

func (t *traits) figures() bool { return len(t.in.Quantities) > 0 }

func (t *traits) quoted() bool { return t.in.Mode == claims.ModeDirect }
