package train

import (
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
		hits    [5]int
	)
	for i := range sentences {
		s := &sentences[i]
		forms = model.Forms(s.Forms(), forms)
		m.Tagger.Tag(forms, m.DomainOf(s.Domain), &tags, &scratch)
		for j := range s.Words {
			w := &s.Words[j]
			c := m.Tagger.Classes[tags.Class[j]]
			bundle := m.Tagger.Bundles[tags.Bundle[j]]
			out.Words++
			if c.POS == w.POS {
				hits[0]++
			}
			if c.Feats == joinFeats(w.Feats, true) && bundle == joinFeats(w.Feats, false) {
				hits[1]++
			}
			if m.Lemmatizer.Lemma(w.Form, c.POS, model.TagSeed(model.TagName(c.POS, c.Feats, bundle))) == w.Lemma {
				hits[2]++
			}
		}
	}
	share := func(n int) float64 { return float64(n) / float64(max(out.Words, 1)) }
	out.UPOS, out.Feats, out.Lemma, out.UAS, out.LAS = share(hits[0]), share(hits[1]), share(hits[2]), share(hits[3]), share(hits[4])
	return out
}
