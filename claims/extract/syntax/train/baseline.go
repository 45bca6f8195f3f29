package train

import (
	"strings"
	"unicode"

	"cotejo/claims"
	"cotejo/claims/extract/syntax/model"
)

// reading is what the null baseline says of a word.
type reading struct{ pos, class, bundle, lemma, rel string }

// usual gives the reading that each word, in lower case, had most often.
func usual(training []Sentence) map[string]reading {
	readings := map[string]counter[reading]{}
	for _, s := range training {
		for i := range s.Words {
			w := &s.Words[i]
			form := strings.ToLower(w.Form)
			if readings[form] == nil {
				readings[form] = counter[reading]{}
			}
			readings[form].add(reading{w.POS, joinFeats(w.Feats, true), joinFeats(w.Feats, false), w.Lemma, w.Rel})
		}
	}
	out := map[string]reading{}
	for form, c := range readings {
		out[form] = c.sorted(func(a, b reading) int {
			return strings.Compare(strings.Join([]string{a.pos, a.class, a.bundle, a.lemma, a.rel}, "\x00"),
				strings.Join([]string{b.pos, b.class, b.bundle, b.lemma, b.rel}, "\x00"))
		})[0]
	}
	return out
}

func usualOf(readings map[string]reading, form string) reading {
	if r, ok := readings[strings.ToLower(form)]; ok {
		return r
	}
	return reading{pos: "PROPN", lemma: form, rel: "flat"}
}

// Baseline scores what needs no model: every word takes the tag, lemma and
// relation it had most often in training (an unknown one those of names), and
// hangs on the word before it.
func Baseline(training, test []Sentence) Scores {
	var count tally
	readings := usual(training)
	for k := range test {
		s := &test[k]
		for i := range s.Words {
			r := usualOf(readings, s.Words[i].Form)
			count.tag(&s.Words[i], model.Class{POS: r.pos, Feats: r.class}, r.bundle, r.lemma)
			count.arc(s, i, i-1, r.rel)
		}
	}
	return count.scores()
}

// TextBaseline scores what needs neither model nor rules of segmentation: a word
// is a run of letters and digits or one other mark, a sentence ends with a line
// or after a full stop, question or exclamation mark, and Baseline does the rest.
func TextBaseline(training, test []Sentence) TextScores {
	text, gold := lay(test)
	readings := usual(training)
	var (
		words []placed
		start = -1
		opens = true
		runes = append([]rune(text), '\n')
	)
	put := func(from, to int) {
		r := usualOf(readings, string(runes[from:to]))
		w := placed{Span: claims.Span{Start: from, End: to}, opens: opens, pos: r.pos, head: len(words) - 1, rel: r.rel}
		if opens {
			w.head, w.rel = -1, "root"
		}
		words, opens = append(words, w), false
	}
	for i, r := range runes {
		inWord := unicode.IsLetter(r) || unicode.IsDigit(r)
		if inWord && start < 0 {
			start = i
		}
		if !inWord && start >= 0 {
			put(start, i)
			start = -1
		}
		if !inWord && !unicode.IsSpace(r) {
			put(i, i+1)
		}
		opens = opens || strings.ContainsRune(".?!\n", r)
	}
	return compare(gold, words)
}
