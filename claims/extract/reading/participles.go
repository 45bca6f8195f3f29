package reading

import "cotejo/claims/extract/syntax"

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
		if w.POS != "VERB" || !r.Finite(i+1) || r.Words[i+2].POS != "ADP" || w.Feats.Tense == "Pres" {
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
			w.POS, w.Feats, r.fin[i] = "ADJ", featureless, false
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

// featureless is what is known of a word that no feature goes with.
var featureless = new(syntax.Feats)

// indicative is what is known of a verb that was wrongly taken for an order.
var indicative = &syntax.Feats{Mood: "Ind", VerbForm: "Fin"}

// repairPaired gives an infinitive behind a conjunction the form of the verb before it:
// "swept away homes and cut the road", "has bought five firms and cut jobs".
func (r *Reading) repairPaired(s Sentence) {
	last := None
	for i := s.First; i < s.Last; i++ {
		w := &r.Words[i]
		if w.POS != "VERB" && w.POS != "AUX" {
			continue
		}
		if w.POS == "VERB" && w.Feats.VerbForm == "Inf" && last != None && r.behindConjunction(i, s.First) {
			switch first := &r.Words[last]; {
			case first.POS == "VERB" && r.Finite(last):
				r.fin[i] = true
			case first.POS == "VERB" && first.Feats.VerbForm == "Part" && r.helperBefore(last, s.First):
				w.Feats = first.Feats
			}
		}
		last = i
	}
}

// behindConjunction reports whether a conjunction stands before the word, past adverbs.
func (r *Reading) behindConjunction(i, floor int) bool {
	for i--; i > floor && r.Words[i].POS == "ADV"; i-- {
	}
	return i > floor && r.Words[i].POS == "CCONJ"
}
