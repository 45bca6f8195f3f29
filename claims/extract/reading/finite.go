package reading

import (
	"strings"
	"unicode/utf8"
)

// minFinite is how many letters a word has at least whose ending is trusted.
const minFinite = 4

// repairEndings takes words with an ending that only finite verbs have in the
// language ("huyó") for verbs, whatever the tagger made of them, unless they
// stand behind an article or a preposition.
func (r *Reading) repairEndings() {
	for i := range r.Words {
		w := &r.Words[i]
		if w.Mark || r.Capital(i) || r.Finite(i) || utf8.RuneCountInString(w.Fold) < minFinite || !r.finiteEnding(w.Fold) {
			continue
		}
		if i > 0 && (r.Words[i-1].POS == "DET" || r.Words[i-1].POS == "ADP") && r.Words[i-1].Sent == w.Sent {
			continue
		}
		w.POS = "VERB"
		r.fin[i] = true
	}
}

func (r *Reading) finiteEnding(form string) bool {
	for ending := range r.Lex.words["finite-endings"] {
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
	}
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
		if !r.HasFinite(Range{first, i}) {
			r.promote(Range{first, i})
		}
		first = i + 1
	}
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
