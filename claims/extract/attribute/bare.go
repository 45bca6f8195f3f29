package attribute

import (
	"cotejo/claims/extract/reading"
)

// bare looks for a content clause without a conjunction: "said fishermen saw them".
func (f *finder) bare(s, v int, c complement) (complement, bool) {
	r, limit := f.r, f.r.Sentences[s].Last
	group, listed := f.groupStart(v), r.Is(v, "bare-complement")
	if !listed && !r.Lex.Is("bare-complement", "traits") || f.separated(group-1) && !f.apposedSubject(s, group-1) && !f.gerund(v) {
		return complement{}, false
	}
	start := v + 1
	if r.Is(v, "relayed") {
		end := f.addressee(start, limit)
		if end < limit && r.Comma(end) && f.pronounAt(group-1, limit) {
			return complement{}, false // "P, she told the chamber, and Q"
		}
		c.via = f.outlet(reading.Range{First: start, Last: end})
		start = end
	}
	for start < limit && (r.Words[start].Time || r.Words[start].POS == "ADP" && start+1 < limit && r.Words[start+1].Time) {
		start++
	}
	subject := false
	for k := start; k < limit; k++ {
		w := &r.Words[k]
		if w.Quote != reading.None {
			if w.Quote != r.Words[start].Quote {
				break
			}
		}
		if r.Finite(k) {
			c.start = start
			parsed := f.complementOf(k, v)
			return c, parsed || listed && subject && !f.joined(k, start)
		}
		class, n := r.Match("connectives", k, limit)
		if k > start && f.that(k) || k == start && reading.Class(class) == reading.Rel {
			break // "announced the places that would", "announced where"
		}
		if n > 0 && class != string(reading.And) && class != string(reading.But) && (w.POS == "SCONJ" || w.POS == "PRON" && class == string(reading.Rel)) {
			break
		}
		if w.Fold == ";" || w.Fold == ":" {
			break
		}
		subject = subject || w.POS == "NOUN" || w.POS == "PROPN" || w.POS == "PRON" || w.POS == "NUM" || w.POS == "DET"
	}
	return complement{}, false
}

// joined reports whether a conjunction stands right before the verb group of k, so that
// what stands before it is an object: "announced the plan and left".
func (f *finder) joined(k, floor int) bool {
	for k > floor && (f.r.Words[k-1].POS == "ADV" || f.r.Words[k-1].POS == "AUX") {
		k--
	}
	return k > floor && f.r.Words[k-1].POS == "CCONJ"
}

// apposedSubject reports whether the comma before the verb closes an apposition
// to its subject ("X, spokesman for Y, said"), so that what follows is the
// content; else the verb with its own subject stands inside what it reports.
func (f *finder) apposedSubject(s, comma int) bool {
	first := f.r.Sentences[s].First
	if f.r.MainVerb(reading.Range{First: first, Last: comma}) != reading.None {
		return false
	}
	for i := comma - 1; i > first; i-- {
		if f.r.Comma(i) {
			return true
		}
	}
	m, ok := f.names.At(first)
	return ok && f.personName(m.Range) && m.Last < comma && f.r.Words[m.Last].POS == "ADP" // "Ana Gil for the Board, says"
}

// complementOf asks the parse whether finite verb k heads a complement of v.
func (f *finder) complementOf(k, v int) bool {
	w := &f.r.Words[k]
	switch w.Rel {
	case "aux", "aux:pass", "cop":
		if w.Head == reading.None {
			return false
		}
		w = &f.r.Words[w.Head]
	}
	return w.Rel == "ccomp" && w.Head == v
}

// addressee gives the end of who was told: a pronoun, one name, or a plain noun.
func (f *finder) addressee(p, limit int) int {
	if p < limit && f.r.Words[p].POS == "PRON" {
		return p + 1
	}
	return f.r.Phrase(p, limit)
}
