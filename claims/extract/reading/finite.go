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
			w.POS, w.Feats = "DET", nil
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
	if v+1 < limit && r.Words[v].Feats["VerbForm"] == "Part" && r.Is(v+1, "issuer-mark") { // "figures published by the force show"
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
	if w := &r.Words[v]; w.Feats["VerbForm"] == "Part" || w.Feats["VerbForm"] == "Ger" {
		return None
	}
	return v
}

// repairVerbless looks for the verb of a sentence without one among its nouns:
// a form that is always finite ("sank"), or a noun between another noun and an
// article that no preposition ties to either ("el sindicato cifra las pérdidas").
func (r *Reading) repairVerbless(s Sentence) {
	for i := s.First + 1; i < s.Last; i++ {
		w := &r.Words[i]
		if r.Is(i, "finite-form") && !r.Verbal(i) && !r.Capital(i) && r.Words[i-1].POS != "DET" && r.Words[i-1].POS != "ADP" {
			w.POS, r.fin[i] = "VERB", true
		}
	}
	if r.HasFinite(s.Range) {
		return
	}
	if v := r.likeliestVerb(s); v != None {
		r.Words[v].POS, r.fin[v] = "VERB", true
	}
}

// likeliestVerb looks in a sentence without a finite verb for a noun or adjective
// behind a noun that can be one: a verb of speech first, else what an article or
// an infinitive follows.
func (r *Reading) likeliestVerb(s Sentence) int {
	found := None
	for i := s.First + 1; i+1 < s.Last; i++ {
		w, next := &r.Words[i], &r.Words[i+1]
		if w.POS != "NOUN" && w.POS != "ADJ" || r.Capital(i) || w.Time {
			continue
		}
		clitic := r.Is(i-1, "clitic")
		if !clitic && !r.named(i-1) && r.Words[i-1].POS != "ADJ" {
			continue
		}
		if (clitic || next.POS == "DET" || next.Mark) && w.known.speech() {
			return i
		}
		if found == None && r.named(i-1) && (w.POS == "NOUN" && r.Is(i+1, "definite") && next.POS == "DET" || w.POS == "ADJ" && next.Feats["VerbForm"] == "Inf" && next.POS == "VERB") {
			found = i
		}
	}
	return found
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
			r.Words[i].POS, r.Words[i].Feats, r.fin[i] = "ADP", nil, false
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
		}
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
		if !r.Finite(i) && w.Feats["VerbForm"] == "Part" && w.Feats["Tense"] != "Pres" && r.named(i-1) && r.thatNear(i+1, s.Last) {
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

// repairParticiples takes the verb from a participle right behind a comma: between
// commas before the main verb ("The violin, made in Naples in 1794, belongs"), or
// with what it is compared to at the end (", unchanged from the year before").
func (r *Reading) repairParticiples(s Sentence) {
	before := false
	for i := s.First; i+2 < s.Last; i++ {
		if !r.Comma(i) {
			before = before || r.Finite(i)
			continue
		}
		w := &r.Words[i+1]
		if w.POS != "VERB" || !r.Finite(i+1) || r.Words[i+2].POS != "ADP" || w.Feats["Tense"] == "Pres" {
			continue
		}
		if before && r.Is(i+2, "participle-mark") || !before && r.verbBehindComma(i+2, s.Last) {
			w.POS, r.fin[i+1] = "ADJ", false
		}
	}
}

// repairAppended does the same by the ending, where a language tells participles by it:
// "La carta, escrita en 1954, es".
func (r *Reading) repairAppended(s Sentence) {
	for i := s.First + 1; i+1 < s.Last; i++ {
		w := &r.Words[i]
		if w.POS != "VERB" || !r.Finite(i) {
			continue
		}
		if !r.Comma(i - 1) {
			return
		}
		if r.hasEnding(w.Fold, "participle-endings") && r.Words[i+1].POS == "ADP" && r.verbBehindComma(i+1, s.Last) {
			w.POS, w.Feats, r.fin[i] = "ADJ", nil, false
		}
		return
	}
}

// verbBehindComma reports whether a comma and then a finite verb follow before
// any other one.
func (r *Reading) verbBehindComma(p, limit int) bool {
	for ; p+1 < limit; p++ {
		if r.Finite(p) {
			return r.Comma(p - 1)
		}
	}
	return false
}

// repairJoined finds the verb of a clause that a comma and a conjunction join to a
// clause with a verb ("…, and about 400 passengers crossed"), where no list is.
func (r *Reading) repairJoined(s Sentence) {
	commas, finite := 0, false
	for i := s.First; i+1 < s.Last; i++ {
		finite = finite || r.Finite(i)
		if !r.Comma(i) {
			continue
		}
		commas++
		if r.Words[i+1].POS != "CCONJ" || !finite || commas > 1 {
			continue
		}
		end := i + 2
		for end < s.Last && !r.Words[end].Mark {
			end++
		}
		if w := (Range{i + 2, end}); !r.HasFinite(w) {
			r.promote(w)
		}
	}
}

// repairInterrupted finds the main verb behind a relative clause between commas:
// "The bank, which has raised its rate, declined to comment".
func (r *Reading) repairInterrupted(s Sentence) {
	open := s.First
	for open < s.Last && !r.Comma(open) {
		open++
	}
	if open+1 >= s.Last || r.HasFinite(Range{s.First, open}) || !r.opensRelative(open+1) {
		return
	}
	for i := open + 2; i+1 < s.Last; i++ {
		if !r.Comma(i) || !r.HasFinite(Range{open, i}) {
			continue
		}
		v := i + 1
		for v+1 < s.Last && r.Words[v].POS == "ADV" {
			v++
		}
		if w := &r.Words[v]; (w.POS == "NOUN" || w.Feats["VerbForm"] == "Part" && w.Feats["Tense"] != "Pres") && !r.Capital(v) && !w.Time && !r.HasFinite(Range{i, s.Last}) {
			w.POS, r.fin[v] = "VERB", true
		}
		return
	}
}

func (r *Reading) opensRelative(i int) bool {
	class, n := r.Match("connectives", i, i+1)
	return n == 1 && Class(class) == Rel
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
	switch w.Feats["VerbForm"] {
	case "Part":
		return w.Feats["Tense"] != "Pres"
	case "Inf":
		return w.Head == None || !r.Lex.Is(r.Words[w.Head].Lemma, "causative")
	}
	return false
}

// repairStretches looks at the runs of words between semicolons.
func (r *Reading) repairStretches(s Sentence) {
	first := s.First
	for i := s.First; i <= s.Last; i++ {
		if i < s.Last && r.Words[i].Fold != ";" {
			continue
		}
		if end := r.beforeTail(first, i); !r.HasFinite(Range{first, end}) {
			r.promote(Range{first, end})
		}
		first = i + 1
	}
}

// beforeTail gives the end of a stretch without the words that only say who said
// it: ", the bureau said".
func (r *Reading) beforeTail(first, last int) int {
	end := last
	for end > first && r.Words[end-1].Mark {
		end--
	}
	comma := end - 1
	for comma > first && !r.Words[comma].Mark {
		comma--
	}
	for v := comma + 1; v < end && comma > first; v++ {
		if r.Finite(v) {
			if r.Verb(v, Says, Alleges, Thinks, Shows) && end-v < 4 {
				return comma
			}
			break
		}
	}
	return last
}

// promote takes the first participle behind a noun for the verb of the stretch.
func (r *Reading) promote(w Range) {
	for i := w.First + 1; i < w.Last; i++ {
		v := &r.Words[i]
		if v.POS != "VERB" || v.Feats["VerbForm"] != "Part" || v.Feats["Tense"] == "Pres" || r.helperBefore(i, w.First) {
			continue
		}
		if prev := r.Words[i-1].POS; prev == "NOUN" || prev == "PROPN" || prev == "PRON" || prev == "ADV" || prev == "NUM" {
			r.fin[i] = true
			return
		}
	}
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
