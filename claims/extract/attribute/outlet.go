package attribute

import (
	"cotejo/claims"
	"cotejo/claims/extract/reading"
)

// outlet gives the phrase where it names a news outlet, else the empty range.
func (f *finder) outlet(p reading.Range) reading.Range {
	if class, n := f.r.Match("outlets", p.First, p.Last); class != "" { // "EL TIEMPO", whose article is its own
		return reading.Range{First: p.First, Last: p.First + n}
	}
	p = f.r.Bare(p)
	if p.Empty() {
		return reading.Range{}
	}
	if kind, _ := f.names.Kind(p); kind == claims.KindMedia {
		return p
	}
	if class, n := f.r.Match("outlets", p.First, p.Last); class != "" {
		return reading.Range{First: p.First, Last: p.First + n}
	}
	return reading.Range{}
}

// plausible reports whether a phrase behind a verb can be its subject rather
// than its object: a name, a pronoun, or a noun that can be a source.
func (f *finder) plausible(p reading.Range) bool {
	head := f.r.Head(p)
	if head == reading.None {
		return false
	}
	_, known := f.r.Noun(head)
	return known || f.bearsName(p)
}

// bearsName reports whether a name stands in the phrase itself, not in an "of"
// phrase of it: "el sitio deportivo Marca", not "el apoyo de Moscú".
func (f *finder) bearsName(p reading.Range) bool {
	for i := p.First; i < p.Last; i++ {
		if f.r.Words[i].POS == "ADP" {
			return false
		}
		if f.r.Words[i].POS == "PROPN" && f.r.Capital(i) {
			return true
		}
	}
	return false
}

// relayers finds who passed a statement on, in the words of the saying clause
// before the verb: "en declaraciones a Radio Uno, X dijo".
func (f *finder) relayers(s, end int) []reading.Range {
	first := f.r.Sentences[s].First
	var via []reading.Range
	for i := first; i < end; i++ {
		n := 1
		if class, k := f.r.Match("cues", i, end); class == "quoted-by" {
			n = k
		} else if !f.r.Is(i, "outlet-mark") {
			continue
		}
		p := i + n
		for p < end && (f.r.Is(p, "of") || f.r.Is(p, "determiner")) {
			p++
		}
		if out := f.outlet(reading.Range{First: p, Last: f.r.Phrase(p, end)}); !out.Empty() {
			via = append(via, out)
		}
	}
	return via
}

func (f *finder) relaying(i int) bool {
	class, _ := f.r.Match("cues", i, len(f.r.Words))
	return class == "quoted-by"
}
