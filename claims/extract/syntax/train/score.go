package train

import (
	"math"

	"cotejo/claims/extract/syntax/model"
)

// Scores are shares of words, 0 to 1, on gold words.
type Scores struct {
	Words int                `json:"words"`
	UPOS  float64            `json:"upos"`
	Feats float64            `json:"feats"` // all features that are kept
	Lemma float64            `json:"lemma"`
	UAS   float64            `json:"uas"` // all words, punctuation too
	LAS   float64            `json:"las"`
	ByRel map[string]float64 `json:"f1_by_relation,omitempty"`
}

// Score runs the model over the sentences, each as of its own treebank where
// the model knows it.
func Score(m *model.Model, sentences []Sentence) Scores {
	var (
		scratch model.Scratch
		tags    model.Tags
		forms   []model.Form
		buf     []model.Node
		count   tally
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
			count.arc(w, int(tree.Head[j]), rel)
		}
	}
	return count.scores()
}

// scoredRelations are those that the engine's rules lean on.
var scoredRelations = []string{"nsubj", "ccomp", "obj", "obl", "conj", "acl:relcl", "parataxis", "root"}

// tally counts hits.
type tally struct {
	words, upos, feats, lemma, heads, arcs int
	relations                              map[string]relationCount
}

type relationCount struct{ gold, guess, hit int }

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

func (t *tally) arc(w *Word, head int, rel string) {
	if t.relations == nil {
		t.relations = map[string]relationCount{}
	}
	gold := t.relations[w.Rel]
	gold.gold++
	if w.Head == head {
		t.heads++
		if w.Rel == rel {
			t.arcs++
			gold.hit++
		}
	}
	t.relations[w.Rel] = gold
	guess := t.relations[rel]
	guess.guess++
	t.relations[rel] = guess
}

func (t *tally) scores() Scores {
	round := func(a, b int) float64 { return math.Round(1e4*float64(a)/float64(max(b, 1))) / 1e4 }
	out := Scores{
		Words: t.words, UPOS: round(t.upos, t.words), Feats: round(t.feats, t.words), Lemma: round(t.lemma, t.words),
		UAS: round(t.heads, t.words), LAS: round(t.arcs, t.words), ByRel: map[string]float64{},
	}
	for _, rel := range scoredRelations {
		c := t.relations[rel]
		out.ByRel[rel] = round(2*c.hit, c.gold+c.guess)
	}
	return out
}
