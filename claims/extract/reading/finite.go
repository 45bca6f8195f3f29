package reading

import (
	"strings"
	"unicode/utf8"

	"cotejo/claims"
)

// minFinite is how many letters a word has at least whose ending is trusted.
const minFinite = 4

// repairEndings takes words with an ending that only finite verbs have in the
// language ("huyó") for verbs, whatever the tagger made of them, unless they
// stand behind an article or a preposition.
func (r *Reading) repairEndings() {
	for i := range r.Words {
		w := &r.Words[i]
		if w.POS == "VERB" && r.Is(i, "determiner") && i+1 < len(r.Words) && r.named(i+1) { // "dichos medios"
			w.POS, w.Feats = "DET", featureless
		}
		if w.Mark || r.Capital(i) || r.Finite(i) || utf8.RuneCountInString(w.Fold) < minFinite || !r.hasEnding(w.Fold, "finite-endings") {
			continue
		}
		if i > 0 && (r.Words[i-1].POS == "DET" || r.Words[i-1].POS == "ADP") && r.Words[i-1].Sent == w.Sent {
			continue
		}
		w.POS = "VERB"
		r.fin[i] = true
	}
}

// repairShowing tells documents from verbs where both are written alike:
// "figures show", "figures from the regulator show prices rose".
func (r *Reading) repairShowing() {
	for _, s := range r.Sentences {
		for i := s.First; i < s.Last; i++ {
			if n, ok := r.Noun(i); !ok || n.Kind != claims.KindDocument {
				continue
			}
			if v := r.showing(i, s.Last); v != None && (v == i+1 || i == s.First || r.Comma(i-1)) {
				r.Words[i].POS, r.Words[v].POS = "NOUN", "VERB"
				r.fin[i], r.fin[v] = false, true
			}
		}
	}
}

// showing gives the verb of showing behind the document at i or behind who
// issued it, None where there is none.
func (r *Reading) showing(i, limit int) int {
	v := i + 1
	if v+1 < limit && r.Words[v].Feats.VerbForm == "Part" && r.Is(v+1, "issuer-mark") { // "figures published by the force show"
		r.fin[v] = false
		v++
	}
	if v < limit && r.Is(v, "issuer-mark") {
		for v++; v < limit && r.Nominal(v) && !r.Verb(v, Shows); v++ {
		}
	}
	if v >= limit || r.Words[v].POS == "ADJ" || !r.Verb(v, Shows) {
		return None
	}
	if w := &r.Words[v]; w.Feats.VerbForm == "Part" || w.Feats.VerbForm == "Ger" {
		return None
	}
	return v
}

// repairAgo takes the verb from what only counts time back: "hace tres años", "hace poco".
func (r *Reading) repairAgo(s Sentence) {
	for i := s.First; i+1 < s.Last; i++ {
		if !r.Is(i, "ago-verb") {
			continue
		}
		end := i + 1
		for end < s.Last && end < i+4 && !r.Is(end, "period") && (r.Nominal(end) || r.Words[end].POS == "ADV" || r.Is(end, "of")) {
			end++
		}
		if end < s.Last && r.Is(end, "period") {
			r.Words[i].POS, r.Words[i].Feats, r.fin[i] = "ADP", featureless, false
		}
	}
}

func (r *Reading) named(i int) bool { return r.Words[i].POS == "NOUN" || r.Words[i].POS == "PROPN" }

func (r *Reading) hasEnding(form, class string) bool {
	for _, ending := range r.Lex.members[class] {
		if strings.HasSuffix(form, ending) {
			return true
		}
	}
	return false
}

// repairFinite gives the finite verbs that the tagger took for participles or
// infinitives back their clauses, where a language writes both alike ("retaliated",
// "provide"): the parse shows a subject and no auxiliary, or a stretch of the
// sentence would have no finite verb at all.
func (r *Reading) repairFinite() {
	r.fin = make([]bool, len(r.Words))
	r.repairEndings()
	r.repairPersons()
	r.repairShowing()
	for _, s := range r.Sentences {
		r.repairAgo(s)
		r.repairAppended(s)
		r.repairVerbless(s)
	}
	if !r.Lex.Is("syncretic", "traits") {
		return
	}
	r.repairMarks()
	subject, helped := make([]bool, len(r.Words)), make([]bool, len(r.Words))
	for i := range r.Words {
		w := &r.Words[i]
		if w.Head == None {
			continue
		}
		switch w.Rel {
		case "nsubj", "nsubj:pass", "expl":
			subject[w.Head] = true
		case "aux", "aux:pass", "cop", "mark":
			helped[w.Head] = helped[w.Head] || w.POS == "AUX" || w.POS == "PART"
		}
	}
	for _, s := range r.Sentences {
		for i := s.First; i < s.Last; i++ {
			w := &r.Words[i]
			if w.POS == "VERB" && r.confusable(w) && subject[i] && !helped[i] && !r.helperBefore(i, s.First) {
				r.fin[i] = true
			}
			if subject[i] && w.Feats.Mood == "Imp" { // which has no subject
				w.Feats = indicative
			}
		}
		r.repairPaired(s)
		r.repairStretches(s)
		r.repairReported(s)
		r.repairParticiples(s)
		r.repairJoined(s)
		r.repairInterrupted(s)
	}
}

// repairReported finds the finite verbs of reported speech: a verb of saying behind
// a noun and before "that" ("the ministry warned in May that"), and the verb of
// what is said without it ("said 40 people stayed").
func (r *Reading) repairReported(s Sentence) {
	for i := s.First + 1; i+1 < s.Last; i++ {
		w := &r.Words[i]
		if !r.Verb(i, Says, Alleges, Thinks, Shows) {
			continue
		}
		if w.POS == "NOUN" && r.nounOfSaying(i, s) {
			w.POS, r.fin[i] = "VERB", true
		}
		if w.POS != "VERB" {
			continue
		}
		if !r.Finite(i) && w.Feats.VerbForm == "Part" && w.Feats.Tense != "Pres" && r.named(i-1) && r.thatNear(i+1, s.Last) {
			r.fin[i] = true
		}
		if !r.Finite(i) || !r.Is(i, "bare-complement") {
			continue
		}
		end := i + 1
		for end < s.Last && !r.Words[end].Mark {
			end++
		}
		if w := (Range{i + 1, end}); !r.HasFinite(w) {
			r.promote(w)
		}
	}
}

// repairMarks takes what opens the clause of a finite verb by the parse for a
// conjunction, where the tagger saw a preposition: "after data showed".
func (r *Reading) repairMarks() {
	for i := range r.Words {
		if w := &r.Words[i]; w.POS == "ADP" && w.Rel == "mark" && w.Head > i && r.Finite(w.Head) && !r.Is(i+1, "complementizer") { // "para que" has one
			w.POS = "SCONJ"
		}
	}
}

// repairPersons takes a word for a noun that names a person and stands last in its
// phrase, where the tagger saw an adjective: "one official said".
func (r *Reading) repairPersons() {
	for i := 1; i+1 < len(r.Words); i++ {
		w, prev, next := &r.Words[i], r.Words[i-1].POS, &r.Words[i+1]
		if w.POS != "ADJ" || prev != "DET" && prev != "NUM" && prev != "ADJ" || !next.Mark && next.POS != "AUX" && !r.Finite(i+1) {
			continue
		}
		if n, ok := r.Noun(i); ok && n.Kind == claims.KindPerson {
			w.POS = "NOUN"
		}
	}
}

// nounOfSaying reports whether what was tagged a noun is the verb of its clause:
// behind a noun, before a determiner or "that", in a clause that has another verb
// only behind it: "the church estimates that number is lower".
func (r *Reading) nounOfSaying(i int, s Sentence) bool {
	if !r.Is(i, "bare-complement") || !r.named(i-1) || r.Capital(i) || r.Words[i+1].POS != "DET" && !r.Is(i+1, "complementizer") {
		return false
	}
	first, last := i, i+1
	for first > s.First && !r.Words[first-1].Mark {
		first--
	}
	for last < s.Last && !r.Words[last].Mark {
		last++
	}
	return !r.HasFinite(Range{first, i}) && r.HasFinite(Range{i + 1, last})
}

// thatNear reports whether "that" follows at p, past times and adverbs.
func (r *Reading) thatNear(p, limit int) bool {
	for ; p < limit; p++ {
		w := &r.Words[p]
		if w.Time || w.POS == "ADV" || w.POS == "ADP" && p+1 < limit && r.Words[p+1].Time {
			continue
		}
		return r.Is(p, "complementizer") && w.POS != "DET"
	}
	return false
}

// confusable reports whether the tagged form can be a finite one: a past
// participle, or an infinitive that no verb of seeing or letting governs.
func (r *Reading) confusable(w *Word) bool {
	switch w.Feats.VerbForm {
	case "Part":
		return w.Feats.Tense != "Pres"
	case "Inf":
		return w.Head == None || !r.Lex.Is(r.Words[w.Head].Lemma, "causative")
	}
	return false
}

// helperBefore reports whether an auxiliary or "to" stands before the verb, past adverbs.
func (r *Reading) helperBefore(i, floor int) bool {
	for k := i - 1; k >= floor; k-- {
		switch r.Words[k].POS {
		case "ADV":
			continue
		case "AUX", "PART":
			return true
		}
		return false
	}
	return false
}
