package train

import (
	"slices"
	"strings"

	"cotejo/claims/extract/lang"
	"cotejo/claims/extract/syntax/model"
)

// An ending's rule is kept where at least minEnding different words bear it out.
const minEnding = 2

// lemmaType is a different word, tag and lemma; endings are learnt from types,
// so that frequent irregular words do not shape the rule.
type lemmaType struct{ pos, tag, base, lemma string }

// trainLemmatizer learns the usual rule of every ending under each tag and
// part of speech, then
// notes the words that those rules get wrong.
func trainLemmatizer(sentences []Sentence, lang string) *model.Lemmatizer {
	types := counter[lemmaType]{}
	for _, s := range sentences {
		for i := range s.Words {
			w := &s.Words[i]
			types.add(lemmaType{w.POS, tagName(w), model.LemmaBase(w.Form, w.POS), w.Lemma})
		}
	}
	order := types.sorted(func(a, b lemmaType) int {
		return strings.Compare(a.tag+"\x00"+a.base+"\x00"+a.lemma, b.tag+"\x00"+b.base+"\x00"+b.lemma)
	})
	l := &model.Lemmatizer{}
	number := ruleNumbers{of: map[model.Rule]uint32{}, l: l}
	learnEndings(l, order, &number)
	listed := listedTypes(lang)
	learnEndings(l, general(append(slices.Clone(order), listed...)), &number)
	for _, t := range append(slices.Clone(order), listed...) {
		l.Known.Put(model.LemmaKey(model.TagSeed(t.pos), t.lemma), 0)
	}
	learnWords(l, append(order, listed...), types, &number)
	return l
}

// listedTypes reads the table lemma-forms of the language pack: what a small
// treebank lacks. They have no features.
func listedTypes(code string) []lemmaType {
	pack, ok := lang.For(code)
	if !ok {
		return nil
	}
	var out []lemmaType
	for _, row := range pack.Rows("lemma-forms") {
		for _, form := range strings.Fields(row.Cell(2)) {
			out = append(out, lemmaType{pos: row.Cell(0), tag: row.Cell(0), base: form, lemma: row.Cell(1)})
		}
	}
	return out
}

// general gives the different types under their part of speech alone.
func general(types []lemmaType) []lemmaType {
	seen := map[lemmaType]bool{}
	var out []lemmaType
	for _, t := range types {
		t.tag = t.pos
		if !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	return out
}

// ruleNumbers hands out the numbers of rules.
type ruleNumbers struct {
	of map[model.Rule]uint32
	l  *model.Lemmatizer
}

func (r *ruleNumbers) number(rule model.Rule) uint32 {
	n, ok := r.of[rule]
	if !ok {
		n = uint32(len(r.l.Rules))
		r.of[rule] = n
		r.l.Rules = append(r.l.Rules, rule)
	}
	return n
}

func learnEndings(l *model.Lemmatizer, types []lemmaType, rules *ruleNumbers) {
	type ending struct {
		tag, letters string
	}
	counts := map[ending]counter[model.Rule]{}
	for _, t := range types {
		rule := model.RuleFor(t.base, t.lemma)
		for n := 0; n <= model.MaxEnding; n++ {
			e := ending{t.tag, model.LastRunes(t.base, n)}
			if n > 0 && e.letters == model.LastRunes(t.base, n-1) {
				break // the whole word is shorter
			}
			if counts[e] == nil {
				counts[e] = counter[model.Rule]{}
			}
			counts[e].add(rule)
		}
	}
	usual := make(map[ending]model.Rule, len(counts))
	for e, c := range counts {
		if top := c.top(compareRules); e.letters == "" || c[top] >= minEnding {
			usual[e] = top
		}
	}
	for _, t := range types { // in order, so that rules are numbered alike each time
		var shorter model.Rule
		for n := 0; n <= model.MaxEnding; n++ {
			letters := model.LastRunes(t.base, n)
			rule, ok := usual[ending{t.tag, letters}]
			if ok && (n == 0 || rule != shorter) {
				l.Endings.Put(model.LemmaKey(model.TagSeed(t.tag), letters), rules.number(rule))
				shorter = rule
			}
		}
	}
}

// learnWords notes the usual lemma of every word under its part of speech, but
// of a word seen once only where the endings miss it, and then what differs
// under a full tag ("fue" of ser and of ir).
func learnWords(l *model.Lemmatizer, types []lemmaType, counts counter[lemmaType], rules *ruleNumbers) {
	settled := map[uint64]bool{}
	note := func(seed uint64, t lemmaType, always bool) {
		key := model.LemmaKey(seed, t.base)
		if settled[key] {
			return // a more frequent lemma has it
		}
		settled[key] = true
		if always || l.Lemma(t.base, t.pos, model.TagSeed(t.tag)) != t.lemma {
			l.Words.Put(key, rules.number(model.RuleFor(t.base, t.lemma)))
		}
	}
	for _, t := range types { // most frequent first
		note(model.TagSeed(t.pos), t, counts[t] > 1)
	}
	for _, t := range types {
		note(model.TagSeed(t.tag), t, false)
	}
}

func tagName(w *Word) string {
	return model.TagName(w.POS, joinFeats(w.Feats, true), joinFeats(w.Feats, false))
}

func compareRules(a, b model.Rule) int {
	if a.Cut != b.Cut {
		return a.Cut - b.Cut
	}
	return strings.Compare(a.Add, b.Add)
}
