package attribute

import (
	"strings"

	"cotejo/claims"
	"cotejo/claims/extract/reading"
)

// reporting reports whether word i is a verb that reports, in the active voice
// and not negated.
func (f *finder) reporting(i int) bool {
	r := f.r
	if f.used[i] || !r.Verbal(i) || f.light(i) == 0 && !r.Verb(i, reading.Says, reading.Alleges, reading.Thinks, reading.Shows) {
		return false
	}
	if class, _ := r.Match("cues", i, len(r.Words)); class == "quoting" {
		return false // "citing X" belongs to the verb of who cites
	}
	first := f.groupStart(i)
	passive := false
	own := r.Lex.Is(r.Words[i].Lemma, "pronominal") || f.aspect(first, i) // whose "se" is no passive
	for k := first; k < i; k++ {
		if r.Is(k, "negation") || r.Is(k, "impersonal") && !own {
			return false
		}
		passive = passive || r.Words[k].POS == "AUX" && r.Lex.Is(r.Words[k].Lemma, "passive")
	}
	switch form := r.Words[i].Feats.VerbForm; {
	case r.Finite(i):
		return true
	case f.gerund(i): // "…, saying", "by saying that", not "they say adding salt helps"
		return first < i || r.Comma(i-1) || f.that(i+1) && (form == "Ger" && !r.Is(i, "bare-complement") || r.Is(i-1, "gerund-mark"))
	case form == "Part":
		return !passive && first < i
	case form == "Inf":
		return f.reportingInfinitive(i, first)
	}
	return true
}

// reportingInfinitive takes "al explicar que", "después de asegurar que" and "se
// limitó a decir que" for reports, not "puede decir que", nor "al entender que".
func (f *finder) reportingInfinitive(i, first int) bool {
	r := f.r
	if !r.Verb(i, reading.Says) {
		return false
	}
	if first < i && f.aspect(first, i) {
		return true
	}
	return r.Is(i-1, "on-infinitive") || r.Is(i-1, "of") && r.Is(i-2, "behind-infinitive")
}

// aspect reports whether a finite verb of aspect stands in [first, v).
func (f *finder) aspect(first, v int) bool {
	for k := first; k < v; k++ {
		if f.r.Lex.Is(f.r.Words[k].Lemma, "aspect") && f.r.Finite(k) {
			return true
		}
	}
	return false
}

// groupStart gives the first word of the verb group that ends at v: its
// auxiliaries, clitics, adverbs and negation.
func (f *finder) groupStart(v int) int {
	first := v
	for k := v - 1; k >= f.r.Sentences[f.r.Words[v].Sent].First; k-- {
		w := &f.r.Words[k]
		if w.Quote != reading.None {
			break
		}
		switch {
		case w.POS == "AUX" || f.r.Is(k, "clitic") || f.r.Is(k, "negation"):
			first = k
		case w.POS == "VERB" && f.r.Lex.Is(w.Lemma, "aspect") && f.r.Finite(k) && f.r.Words[v].Feats.VerbForm == "Inf" && f.toInfinitive(k+1, first):
			first = k
		case w.POS == "ADV" || f.r.Is(k, "also") || f.r.Words[v].Feats.VerbForm == "Inf" && (w.Time || f.r.Is(k, "infinitive-mark")):
		default:
			return first
		}
	}
	return first
}

// light gives how many words behind the verb at i make it one of speech before "that":
// "dejó [claro] que", "made [it clear] that"; 0 where none do.
func (f *finder) light(i int) int {
	limit := f.r.Sentences[f.r.Words[i].Sent].Last
	lemmas, n := f.r.Match("light-speech", i+1, limit)
	if n == 0 || i+1+n >= limit || !f.that(i+1+n) {
		return 0
	}
	for lemma := range strings.SplitSeq(lemmas, ",") {
		if lemma == f.r.Words[i].Lemma {
			return n
		}
	}
	return 0
}

// toInfinitive reports whether only adverbs, times and the mark of the infinitive
// stand in [p, q): "se apresuró hoy a [decir]", "went on to [say]".
func (f *finder) toInfinitive(p, q int) bool {
	for ; p < q; p++ {
		w := &f.r.Words[p]
		if w.POS != "ADV" && !w.Time && !f.r.Is(p, "infinitive-mark") && !f.r.Is(p, "clitic") {
			return false
		}
	}
	return true
}

func (f *finder) grade(i int) reading.Grade {
	for _, g := range []reading.Grade{reading.Says, reading.Alleges, reading.Thinks, reading.Shows} {
		if f.r.Verb(i, g) {
			return g
		}
	}
	if f.light(i) > 0 {
		return reading.Says
	}
	return ""
}

// verb reads the reporting verb v of sentence s: with a complement clause, a
// colon, or behind what it reports.
func (f *finder) verb(s, v int) {
	if c, ok := f.complement(s, v); ok {
		f.withComplement(s, v, c)
		return
	}
	if f.colon(s, v) {
		return
	}
	f.postposed(s, v)
}

// gerund reports whether the verb goes on with the speech of the clause before it:
// "…, saying prices would fall".
func (f *finder) gerund(v int) bool {
	feats := f.r.Words[v].Feats
	return feats.VerbForm == "Ger" || feats.VerbForm == "Part" && feats.Tense == "Pres"
}

func (f *finder) speechOfAnyKind(i int) bool {
	return f.r.Verb(i, reading.Says, reading.Alleges, reading.Denies, reading.Doubts, reading.Asks)
}

// shown keeps "the data show that" and "doctors found that", and leaves "he showed
// that he can" alone.
func (f *finder) shown(v int, sources []reading.Range) bool {
	if len(sources) > 0 && f.r.Is(v, "finder") && f.that(v+1) {
		return true
	}
	for _, p := range sources {
		for i := p.First; i < p.Last && f.r.Words[i].POS != "ADP"; i++ {
			if n, known := f.r.Noun(i); known && n.Kind != claims.KindPerson || f.r.Words[i].POS == "PROPN" {
				return true
			}
		}
	}
	return false
}
