// Package syntax tags, lemmatizes and parses sentences after Universal
// Dependencies, with small linear models trained from public treebanks.
package syntax

import "cotejo/claims"

// Word is one syntactic word. Multiword tokens are split ("it's", "decirle"),
// but del and al stay whole; the words of one token share its span.
type Word struct {
	claims.Span
	Form  string
	Lemma string
	POS   string            // UPOS: NOUN, VERB, …
	Feats map[string]string // VerbForm, Mood, Tense, Person, Number, Gender, PronType
	Token int               // index into segment.Document.Tokens
	Head  int               // index into Sentence.Words, -1 for the root or where not parsed
	Rel   string            // relation to Head: nsubj, ccomp, …
}

// Sentence is a tagged and parsed sentence, parallel to segment.Sentence.
type Sentence struct {
	Words []Word
}
