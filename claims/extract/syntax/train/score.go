package train

import (
	"math"
	"slices"

	"cotejo/claims/extract/lang"
	"cotejo/claims/extract/syntax/model"
)

// Scores are shares of words, 0 to 1, on gold words.
type Scores struct {
	Words  int                `json:"words"`
	UPOS   float64            `json:"upos"`
	Feats  float64            `json:"feats"` // all features that are kept
	Lemma  float64            `json:"lemma"`
	UAS    float64            `json:"uas"` // all words, punctuation too
	LAS    float64            `json:"las"`
	ByRel  map[string]float64 `json:"f1_by_relation,omitempty"`
	Speech map[string]float64 `json:"f1_of_speech_verbs,omitempty"` // their subjects and complements, and themselves as parataxis
}

// Score runs the model over the sentences, each as of its own treebank where
// the model knows it.
func Score(m *model.Model, sentences []Sentence) Scores {
	var (
		scratch model.Scratch
		tags    model.Tags
		forms   []model.Form
		buf     []model.Node
		count   = tally{verbs: speechVerbs(m.Lang)}
	)
	for i := range sentences {
		s := &sentences[i]
		domain := m.DomainOf(s.Domain)
		forms = model.Forms(s.Forms(), forms)
		m.Tagger.Tag(forms, domain, &tags, &scratch)
		buf = nodes(m, s, forms, &tags, buf)
		tree := m.Parser.Parse(buf, domain, &scratch)
		for j := range s.Words {
			w, c, b := &s.Words[j], m.Tagger.Classes[tags.Class[j]], m.Tagger.Bundles[tags.Bundle[j]]
			count.tag(w, c, b, m.Lemmatizer.Lemma(w.Form, c.POS, model.TagSeed(model.TagName(c.POS, c.Feats, b))))
			rel := "root"
			if tree.Head[j] >= 0 {
				rel = m.Parser.Labels[tree.Label[j]]
			}
			count.arc(s, j, int(tree.Head[j]), rel)
		}
	}
	return count.scores()
}

// scoredRelations are those that the engine's rules lean on.
var scoredRelations = []string{"nsubj", "ccomp", "obj", "obl", "conj", "acl:relcl", "parataxis", "root"}

// speechRelations are those that tie a speech verb to who speaks and what is said.
var speechRelations = []string{"nsubj", "ccomp", "parataxis"}

// speechVerbs gives the lemmas of the verbs that report speech in a language.
func speechVerbs(code string) map[string]bool {
	out := map[string]bool{}
	if pack, ok := lang.For(code); ok {
		for _, row := range pack.Rows("speech-verbs") {
			out[row.Cell(0)] = true
		}
	}
	return out
}

// tally counts hits.
type tally struct {
	words, upos, feats, lemma, heads, arcs int
	relations, speech                      relationCounts
	verbs                                  map[string]bool
}

// relationCounts counts, for each relation, arcs in gold, arcs guessed and those in both.
type relationCounts map[string]*relationCount

type relationCount struct{ gold, guess, hit int }

func (c relationCounts) of(rel string) *relationCount {
	if c[rel] == nil {
		c[rel] = &relationCount{}
	}
	return c[rel]
}

func (t *tally) tag(w *Word, c model.Class, bundle, lemma string) {
	t.words++
	if c.POS == w.POS {
		t.upos++
	}
	if c.Feats == joinFeats(w.Feats, true) && bundle == joinFeats(w.Feats, false) {
		t.feats++
	}
	if lemma == w.Lemma {
		t.lemma++
	}
}

// arc counts the arc guessed for word j of a sentence.
func (t *tally) arc(s *Sentence, j, head int, rel string) {
	if t.relations == nil {
		t.relations, t.speech = relationCounts{}, relationCounts{}
	}
	w := &s.Words[j]
	hit := w.Head == head && w.Rel == rel
	if w.Head == head {
		t.heads++
	}
	if hit {
		t.arcs++
		t.relations.of(rel).hit++
	}
	t.relations.of(w.Rel).gold++
	t.relations.of(rel).guess++
	if t.ofSpeech(s, j, w.Head, w.Rel) {
		t.speech.of(w.Rel).gold++
		if hit {
			t.speech.of(rel).hit++
		}
	}
	if t.ofSpeech(s, j, head, rel) {
		t.speech.of(rel).guess++
	}
}

// ofSpeech says whether an arc ties word j to a verb of speech; parataxis ties
// the verb itself to what is said.
func (t *tally) ofSpeech(s *Sentence, j, head int, rel string) bool {
	if head < 0 || !slices.Contains(speechRelations, rel) {
		return false
	}
	if rel == "parataxis" {
		head = j
	}
	return s.Words[head].POS == "VERB" && t.verbs[s.Words[head].Lemma]
}

func (t *tally) scores() Scores {
	out := Scores{
		Words: t.words, UPOS: share(t.upos, t.words), Feats: share(t.feats, t.words), Lemma: share(t.lemma, t.words),
		UAS: share(t.heads, t.words), LAS: share(t.arcs, t.words), ByRel: map[string]float64{}, Speech: map[string]float64{},
	}
	for _, rel := range scoredRelations {
		c := t.relations.of(rel)
		out.ByRel[rel] = share(2*c.hit, c.gold+c.guess)
	}
	for _, rel := range speechRelations {
		c := t.speech.of(rel)
		out.Speech[rel] = share(2*c.hit, c.gold+c.guess)
	}
	return out
}

// share gives a/b to four places, 0 for nothing.
func share(a, b int) float64 {
	return math.Round(1e4*float64(a)/float64(max(b, 1))) / 1e4
}
