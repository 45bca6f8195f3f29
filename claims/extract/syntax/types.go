// Package syntax tags, lemmatizes and parses sentences after Universal
// Dependencies, with small linear models trained from public treebanks.
package syntax

import "cotejo/claims"

// Word is one syntactic word. Multiword tokens are split where a rule of the
// language pack is sure of it ("it's", "decirle"); del and al stay whole, with the
// lemmas de and a. The words of one token share its span. A hyphenated word is one.
type Word struct {
	claims.Span
	Form  string
	Lemma string
	POS   string // UPOS: NOUN, VERB, …
	Feats *Feats // shared between words: not to be changed
	Token int    // index into segment.Document.Tokens
	Head  int    // index into Sentence.Words, -1 for the root or where not parsed
	Rel   string // relation to Head: nsubj, ccomp, …
}

// Feats are the features of a word that are kept, "" where it has none; PronType is
// "Int,Rel" where both hold.
type Feats struct{ VerbForm, Mood, Tense, Person, Number, Gender, PronType string }

// set gives a feature its value, by name; others than those kept are left out.
func (f *Feats) set(name, value string) {
	switch name {
	case "VerbForm":
		f.VerbForm = value
	case "Mood":
		f.Mood = value
	case "Tense":
		f.Tense = value
	case "Person":
		f.Person = value
	case "Number":
		f.Number = value
	case "Gender":
		f.Gender = value
	case "PronType":
		f.PronType = value
	}
}

// Sentence is a tagged and parsed sentence, parallel to segment.Sentence.
type Sentence struct {
	Words []Word
}
