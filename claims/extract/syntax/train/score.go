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
		out     Scores
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
			count.tags(m, &s.Words[j], tags.Class[j], tags.Bundle[j])
			rel := "root"
			if tree.Head[j] >= 0 {
				rel = m.Parser.Labels[tree.Label[j]]
			}
			count.arc(&s.Words[j], int(tree.Head[j]), rel)
		}
	}
	share := func(n int) float64 { return math.Round(1e4*float64(n)/float64(max(count.words, 1))) / 1e4 }
	out.Words, out.UPOS, out.Feats, out.Lemma = count.words, share(count.upos), share(count.feats), share(count.lemma)
	out.UAS, out.LAS = share(count.heads), share(count.arcs)
	out.ByRel = map[string]float64{}
	for _, rel := range scoredRelations {
		c := count.relations[rel]
		out.ByRel[rel] = math.Round(1e4*2*float64(c.hit)/float64(max(c.gold+c.guess, 1))) / 1e4
	}
	return out
}

// scoredRelations are those that the engine's rules lean on.
var scoredRelations = []string{"nsubj", "ccomp", "obj", "obl", "conj", "acl:relcl", "parataxis", "root"}

// tally counts hits.
type tally struct {
	words, upos, feats, lemma, heads, arcs int
	relations                              map[string]relationCount
}

type relationCount struct{ gold, guess, hit int }

func (t *tally) tags(m *model.Model, w *Word, class, bundle uint8) {
	c, b := m.Tagger.Classes[class], m.Tagger.Bundles[bundle]
	t.words++
	if c.POS == w.POS {
		t.upos++
	}
	if c.Feats == joinFeats(w.Feats, true) && b == joinFeats(w.Feats, false) {
		t.feats++
	}
	if m.Lemmatizer.Lemma(w.Form, c.POS, model.TagSeed(model.TagName(c.POS, c.Feats, b))) == w.Lemma {
		t.lemma++
	}
}

func (t *tally) arc(w *Word, head int, rel string) {
	if t.relations == nil {
		t.relations = map[string]relationCount{}
	}
	gold, guess := t.relations[w.Rel], relationCount{}
	gold.gold++
	if w.Head == head {
		t.heads++
		if w.Rel == rel {
			t.arcs++
			gold.hit++
		}
	}
	t.relations[w.Rel] = gold
	guess = t.relations[rel]
	guess.guess++
	t.relations[rel] = guess
}
