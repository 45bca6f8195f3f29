package train

import (
	"strings"

	"cotejo/claims/extract/syntax/model"
)

// Baseline scores what needs no model: every word takes the tag, lemma and
// relation it had most often in training (an unknown one those of names), and
// hangs on the word before it.
func Baseline(training, test []Sentence) Scores {
	type reading struct{ pos, class, bundle, lemma, rel string }
	read := func(w *Word) reading {
		return reading{w.POS, joinFeats(w.Feats, true), joinFeats(w.Feats, false), w.Lemma, w.Rel}
	}
	readings := map[string]counter[reading]{}
	for _, s := range training {
		for i := range s.Words {
			form := strings.ToLower(s.Words[i].Form)
			if readings[form] == nil {
				readings[form] = counter[reading]{}
			}
			readings[form].add(read(&s.Words[i]))
		}
	}
	usual := map[string]reading{}
	for form, c := range readings {
		usual[form] = c.sorted(func(a, b reading) int {
			return strings.Compare(strings.Join([]string{a.pos, a.class, a.bundle, a.lemma, a.rel}, "\x00"),
				strings.Join([]string{b.pos, b.class, b.bundle, b.lemma, b.rel}, "\x00"))
		})[0]
	}
	var count tally
	for _, s := range test {
		for i := range s.Words {
			w := &s.Words[i]
			r, ok := usual[strings.ToLower(w.Form)]
			if !ok {
				r = reading{pos: "PROPN", lemma: w.Form, rel: "flat"}
			}
			count.tag(w, model.Class{POS: r.pos, Feats: r.class}, r.bundle, r.lemma)
			count.arc(w, i-1, r.rel)
		}
	}
	return count.scores()
}
