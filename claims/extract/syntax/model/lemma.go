package model

import (
	"strings"
	"unicode/utf8"
)

// Lemmatizer turns a word and its tag into a lemma. A word seen in training
// has its own rule, under the full tag or the part of speech; any other word
// follows the rule of its longest known ending, those first that lead to a lemma
// known from other words.
type Lemmatizer struct {
	Rules   []Rule
	Words   Index // rule by tag and word, or part of speech and word
	Endings Index // rule by tag and ending, or part of speech and ending
	Known   Index // keys of part of speech and lemma
}

// Rule cuts letters off the end of a word and puts others there.
type Rule struct {
	Cut int
	Add string
}

// MaxEnding is the length in letters of the longest ending with a rule.
const MaxEnding = 6

// RuleFor gives the rule that leads from a word to its lemma.
func RuleFor(word, lemma string) Rule {
	same := 0
	for same < len(word) && same < len(lemma) {
		r, n := utf8.DecodeRuneInString(word[same:])
		q, m := utf8.DecodeRuneInString(lemma[same:])
		if r != q || n != m {
			break
		}
		same += n
	}
	return Rule{Cut: utf8.RuneCountInString(word[same:]), Add: lemma[same:]}
}

// Apply gives the lemma; false where the word is shorter than the cut.
func (r Rule) Apply(word string) (string, bool) {
	end := len(word)
	for range r.Cut {
		if end == 0 {
			return "", false
		}
		_, n := utf8.DecodeLastRuneInString(word[:end])
		end -= n
	}
	if r.Cut == 0 && r.Add == "" {
		return word, true
	}
	return word[:end] + r.Add, true
}

// TagName names a part of speech with all its features.
func TagName(pos, classFeats, bundle string) string { return pos + "|" + classFeats + "|" + bundle }

// TagSeed hashes a tag, or a part of speech, for LemmaKey.
func TagSeed(tag string) uint64 { return hashString(fnvOffset, tag) }

// LemmaKey hashes a word, ending or lemma under a tag.
func LemmaKey(seed uint64, s string) uint64 {
	return hashString((seed^0xFF)*fnvPrime, s)
}

func hashString(h uint64, s string) uint64 {
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}

// LemmaBase is the form the rules start from: names keep their capitals.
func LemmaBase(word, pos string) string {
	if pos == "PROPN" {
		return word
	}
	return strings.ToLower(strings.ReplaceAll(word, "’", "'"))
}

// Lemma gives the lemma of a word; tag is the seed of its full tag.
func (l *Lemmatizer) Lemma(word, pos string, tag uint64) string {
	base, seed := LemmaBase(word, pos), TagSeed(pos)
	for _, s := range [...]uint64{tag, seed} {
		if rule, ok := l.Words.Get(LemmaKey(s, base)); ok {
			if lemma, ok := l.Rules[rule].Apply(base); ok {
				return lemma
			}
		}
	}
	first := ""
	for _, under := range [...]uint64{tag, seed} {
		for n := MaxEnding; n >= 0; n-- {
			rule, ok := l.Endings.Get(LemmaKey(under, LastRunes(base, n)))
			if !ok {
				continue
			}
			lemma, ok := l.Rules[rule].Apply(base)
			if !ok || lemma == "" {
				continue
			}
			if _, ok := l.Known.Get(LemmaKey(seed, lemma)); ok {
				return lemma
			}
			if first == "" {
				first = lemma
			}
		}
	}
	if first == "" {
		return base
	}
	return first
}
