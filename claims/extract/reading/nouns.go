package reading

import (
	"strings"
	"unicode"

	"cotejo/claims/extract/segment"
)

// Capital reports whether word i begins with a capital letter.
func (r *Reading) Capital(i int) bool {
	if i < 0 || i >= len(r.Words) {
		return false
	}
	for _, c := range r.Words[i].Form {
		return unicode.IsUpper(c)
	}
	return false
}

// Nominal reports whether word i can stand inside a noun phrase before or at its noun.
func (r *Reading) Nominal(i int) bool {
	switch r.Words[i].POS {
	case "NOUN", "PROPN", "ADJ", "NUM", "DET":
		return true
	case "PRON":
		return r.Is(i, "group-head") || r.Is(i, "determiner") && !r.Is(i, "complementizer") || r.shouted(i)
	case "X", "SYM":
		return !r.Words[i].Mark
	}
	return r.possessiveMark(i) || r.midNameVerb(i)
}

func (r *Reading) possessiveMark(i int) bool {
	f := r.Words[i].Fold
	return f == "'s" || f == "’s" || (r.Words[i].POS == "PART" && (f == "'" || f == "’"))
}

// midNameVerb lets a capitalised word that the tagger took for something else
// stand inside a name.
func (r *Reading) midNameVerb(i int) bool {
	return i > 0 && r.Capital(i) && r.Capital(i-1) && r.Words[i].Sent == r.Words[i-1].Sent && !r.Words[i].Mark
}

// Phrase follows a noun phrase from its first word rightwards: nouns with their
// modifiers, "of" phrases, coordinated nouns and a short parenthesis. It gives the index
// behind the phrase, at most limit, and first itself where there is none.
func (r *Reading) Phrase(first, limit int) int {
	i := first
	for i < limit {
		switch {
		case i > first && r.NewPhrase(i):
			return i
		case r.Nominal(i):
			i++
		case i > first && r.Is(i, "of") && i+1 < limit && r.Nominal(i+1):
			i += 2
		case i > first && r.joinsNouns(i, limit):
			i += 2
		case i > first && r.openParen(i):
			end := r.closeParen(i, limit)
			if end == None || end-i > 6 {
				return i
			}
			i = end + 1
		default:
			return i
		}
	}
	return i
}

// NewPhrase reports whether an article behind a noun begins another phrase at i.
func (r *Reading) NewPhrase(i int) bool {
	if r.Words[i].POS != "DET" || !r.Is(i, "definite") && !r.Is(i, "indefinite") {
		return false
	}
	if r.Capital(i) && r.Capital(i+1) {
		return false // "the newspaper The Lantern"
	}
	prev := r.Words[i-1].POS
	return prev == "NOUN" || prev == "PROPN" || r.Capital(i-1)
}

// joinsNouns reports whether word i coordinates two nouns of one phrase.
func (r *Reading) joinsNouns(i, limit int) bool {
	if !r.Is(i, "and") || i+1 >= limit || !r.Nominal(i+1) {
		return false
	}
	for k := i + 1; k < limit && k < i+12; k++ {
		if r.Finite(k) {
			return false
		}
		if r.Words[k].Mark || r.Is(k, "complementizer") && r.Words[k].POS != "DET" {
			break
		}
	}
	return true
}

func (r *Reading) openParen(i int) bool { return r.Is(i, "opening-paren") }

func (r *Reading) closeParen(i, limit int) int {
	for k := i + 1; k < limit; k++ {
		if r.Is(k, "closing-paren") {
			return k
		}
	}
	return None
}

// PhraseBefore follows a noun phrase from its last word leftwards, not beyond
// floor. It gives the index of its first word, and last+1 where there is none or
// where the words are only the object of a preposition.
func (r *Reading) PhraseBefore(last, floor int) int {
	k, none := last, last+1
	for k >= floor {
		w := &r.Words[k]
		switch {
		case w.Time:
			return k + 1
		case r.Is(k, "closing-paren"):
			open := k - 1
			for open >= floor && !r.openParen(open) {
				open--
			}
			if open < floor || k-open > 6 {
				return k + 1
			}
			k = open - 1
			continue
		case w.POS == "DET" && !r.linksLeft(k, floor):
			return k
		case r.Nominal(k):
		case w.POS == "ADP":
			if k-1 < floor || !r.Nominal(k-1) || r.Words[k-1].Time || k == last {
				return none
			}
		case r.Is(k, "and") && k < last && k > floor && r.Nominal(k-1):
		default:
			return k + 1
		}
		k--
	}
	return k + 1
}

// linksLeft reports whether a preposition, a conjunction or another determiner
// stands before the determiner at k, so that the phrase goes on to the left.
func (r *Reading) linksLeft(k, floor int) bool {
	if k-1 < floor {
		return false
	}
	return r.Words[k-1].POS == "ADP" || r.Words[k-1].POS == "DET" || r.Is(k-1, "and")
}

// Head gives the first noun or name of a phrase, None where there is none.
func (r *Reading) Head(p Range) int {
	for i := p.First; i < p.Last; i++ {
		if pos := r.Words[i].POS; pos == "NOUN" || pos == "PROPN" || pos == "PRON" && r.shouted(i) {
			return i
		}
	}
	if p.Last-p.First == 2 && r.Words[p.First].POS == "DET" && r.Words[p.First+1].POS != "PRON" {
		return p.First + 1 // "los tres", "los Quince"
	}
	return None
}

// HasName reports whether a proper noun stands in the range.
func (r *Reading) HasName(p Range) bool {
	for i := p.First; i < p.Last; i++ {
		if r.Words[i].POS == "PROPN" && r.Capital(i) {
			return true
		}
	}
	return false
}

// clock reports whether word i is a time of day, as live reports begin with.
func (r *Reading) clock(i int) bool {
	return r.Doc.Tokens[r.Words[i].Token].Kind == segment.Number && strings.Contains(r.Words[i].Form, ":")
}

// Stamp reports whether word i is the time of day that a sentence begins with.
func (r *Reading) Stamp(i int) bool {
	return i == r.Sentences[r.Words[i].Sent].First && r.clock(i)
}

// Bare takes determiners and loose marks off both ends of a phrase.
func (r *Reading) Bare(p Range) Range {
	for !p.Empty() && (r.Words[p.First].Mark || r.clock(p.First) || r.Is(p.First, "determiner") && !r.Is(p.First+1, "of")) {
		p.First++
	}
	for !p.Empty() && r.Words[p.Last-1].Mark && !r.Is(p.Last-1, "closing-paren") {
		p.Last--
	}
	return p
}
