package attribute

import (
	"cotejo/claims/extract/reading"
)

// commaFrom gives the index of the next comma or the end of the sentence.
func (f *finder) commaFrom(p, limit int) int {
	for p < limit && !f.r.Comma(p) && f.r.Words[p].Fold != ";" {
		p++
	}
	return p
}

// phraseScope says which words the phrase at [i, end) attributes: what follows
// it at the start of a sentence or clause, the clause around it between commas,
// all before it at the end.
func (f *finder) phraseScope(sent reading.Sentence, i, end int) (content, drop []reading.Range) {
	r := f.r
	start := i
	for start > sent.First && (r.Words[start-1].POS == "ADV" || r.Words[start-1].POS == "CCONJ" || r.Comma(start-1) && start-1 > sent.First && r.Words[start-2].POS == "ADV" || r.Comma(start-1) && start-1 == sent.First+1) {
		start--
	}
	if _, n := r.Match("discourse", sent.First, i); n > 0 && r.Comma(i-1) && sent.First+n == i-1 {
		start = sent.First // "Sin embargo, según X, P"
	}
	if start == sent.First || r.Words[start-1].Fold == ";" {
		return f.initialScope(sent, start, end)
	}
	from := i
	if r.Comma(i - 1) {
		from = i - 1
	}
	last := f.contentLast(sent)
	closed := end < last && r.Comma(end)
	if !closed {
		if tail := f.commaFrom(end, last); tail >= last || r.MainVerb(reading.Range{First: tail + 1, Last: last}) == reading.None {
			return f.finalScope(sent, from, tail)
		}
		end = f.commaFrom(end, last)
	}
	if closed && f.relativeAt(end+1) && r.HasFinite(reading.Range{First: sent.First, Last: from}) {
		return f.finalScope(sent, from, end) // what the source is, is the article's own voice
	}
	if closed && f.apposed(end+1, last) && r.HasFinite(reading.Range{First: sent.First, Last: from}) {
		return f.finalScope(sent, from, last)
	}
	return f.middleScope(sent, i, from, end)
}

// relativeAt reports whether a relative pronoun stands at p.
func (f *finder) relativeAt(p int) bool {
	class, n := f.r.Match("connectives", p, len(f.r.Words))
	return n > 0 && f.r.Words[p].POS == "PRON" && (class == string(reading.Rel) || class == string(reading.Comp))
}

// apposed reports whether what stands from p on only says more about the source
// before it: a noun phrase, and no main verb.
func (f *finder) apposed(p, limit int) bool {
	if p >= limit || f.r.MainVerb(reading.Range{First: p, Last: limit}) != reading.None {
		return p >= limit
	}
	w := &f.r.Words[p]
	if w.POS == "ADJ" {
		head := f.r.Head(reading.Range{First: p, Last: f.r.Phrase(p, limit)})
		return head != reading.None && f.canSpeak(reading.Range{First: p, Last: head + 1}, head)
	}
	return w.POS == "NOUN" || w.POS == "PROPN" || w.POS == "DET"
}

// contentLast is the end of the sentence without its closing mark.
func (f *finder) contentLast(sent reading.Sentence) int {
	last := sent.Last
	for last > sent.First && f.r.Words[last-1].Mark && f.r.Words[last-1].Quote == reading.None {
		last--
	}
	return last
}

func (f *finder) initialScope(sent reading.Sentence, start, end int) (content, drop []reading.Range) {
	comma := end
	if comma < sent.Last && !f.r.Comma(comma) {
		// an apposition, or a clause without its comma
		if next := f.commaFrom(end, sent.Last); next < sent.Last && (f.relativeAt(end) || f.r.MainVerb(reading.Range{First: end, Last: next}) == reading.None) {
			comma = next
		}
	}
	if comma < sent.Last && f.r.Comma(comma) {
		comma++
	}
	if !f.r.HasFinite(reading.Range{First: comma, Last: sent.Last}) {
		return nil, nil
	}
	return []reading.Range{{First: comma, Last: f.beforeContrast(comma, sent.Last)}}, []reading.Range{{First: start, Last: comma}}
}

// beforeContrast ends what a source phrase covers at a comma with a contrast
// behind it, which has its own voice: ", mientras que …".
func (f *finder) beforeContrast(p, limit int) int {
	for i := p; i+1 < limit; i++ {
		if !f.r.Comma(i) {
			continue
		}
		if class, n := f.r.Match("connectives", i+1, limit); class == string(reading.Contrast) && n > 1 || class == string(reading.ContrastNP) {
			return i
		}
	}
	return limit
}

func (f *finder) finalScope(sent reading.Sentence, from, end int) (content, drop []reading.Range) {
	first := sent.First
	for k := from - 1; k >= sent.First; k-- {
		if f.r.Words[k].Fold == ";" && f.r.Words[k].Quote == reading.None {
			first = k + 1
			break
		}
	}
	if !f.r.HasFinite(reading.Range{First: first, Last: from}) {
		return nil, nil
	}
	return []reading.Range{{First: first, Last: from}}, []reading.Range{{First: from, Last: end}}
}

// middleScope handles a phrase between commas: behind a relative pronoun or a
// conjunction it covers what that opens; else the whole sentence around it.
func (f *finder) middleScope(sent reading.Sentence, i, from, end int) (content, drop []reading.Range) {
	r := f.r
	after := end
	if after < sent.Last && r.Comma(after) {
		after++
	}
	drop = []reading.Range{{First: from, Last: after}}
	rest := reading.Range{First: after, Last: f.beforeContrast(after, sent.Last)}
	if from == 0 || from <= sent.First {
		return []reading.Range{rest}, drop
	}
	class, n := r.Match("connectives", from-1, from)
	switch opener := &r.Words[from-1]; {
	case n == 1 && opener.POS == "PRON" && (class == string(reading.Rel) || class == string(reading.Comp)):
		return []reading.Range{{First: from - 1, Last: from}, rest}, drop
	case opener.POS == "CCONJ" || opener.POS == "SCONJ":
		return []reading.Range{rest}, drop
	}
	before := reading.Range{First: sent.First, Last: from}
	if k := r.Words[i-1]; !r.Comma(i-1) && k.POS != "" && r.MainVerb(before) != reading.None && r.MainVerb(rest) != reading.None {
		return []reading.Range{before}, drop
	}
	return []reading.Range{before, rest}, drop
}
