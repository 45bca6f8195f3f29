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
	POS   string            // UPOS: NOUN, VERB, …
	Feats map[string]string // VerbForm, Mood, Tense, Person, Number, Gender, PronType ("Int,Rel" where both hold); shared: not to be changed
	Token int               // index into segment.Document.Tokens
	Head  int               // index into Sentence.Words, -1 for the root or where not parsed
	Rel   string            // relation to Head: nsubj, ccomp, …
}

// Sentence is a tagged and parsed sentence, parallel to segment.Sentence.
type Sentence struct {
	Words []Word
}
