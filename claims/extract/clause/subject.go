package clause

import "cotejo/claims/extract/reading"

// inherited finds the subject that a clause without one of its own shares: the
// noun before a relative pronoun, else the subject of the first clause.
func (sp *splitter) inherited(seq []int, b reading.Border) reading.Range {
	floor := sp.r.Sentences[sp.r.Words[seq[0]].Sent].First
	if b.Kind == reading.ByRelative {
		end := seq[b.At]
		if end > floor && sp.r.Comma(end-1) {
			end--
		}
		return sp.r.Bare(reading.Range{First: sp.r.PhraseBefore(end-1, floor), Last: end})
	}
	if !b.Bare {
		return reading.Range{}
	}
	for p := b.At - 1; p >= 0; p-- {
		if sp.r.Finite(seq[p]) && p > 0 {
			if w := sp.subject(seq, p); !w.Empty() {
				return w
			}
		}
	}
	if b.At == 0 && b.Kind == reading.ByContrast {
		return sp.speaker(seq[0])
	}
	return reading.Range{}
}

// speaker gives the source of the report whose content ends right before word i:
// whom "aunque no aportó el estudio" speaks of.
func (sp *splitter) speaker(i int) reading.Range {
	for i--; i >= 0 && sp.r.Words[i].Mark; i-- {
	}
	if i < 0 || sp.found.Owner[i] == reading.None {
		return reading.Range{}
	}
	if rep := sp.found.Reports[sp.found.Owner[i]]; len(rep.Sources) == 1 {
		return rep.Sources[0]
	}
	return reading.Range{}
}

// subject gives the noun phrase before the verb at position p of seq.
func (sp *splitter) subject(seq []int, p int) reading.Range {
	k := p - 1
	for k >= 0 && (sp.r.Words[seq[k]].POS == "ADV" || sp.r.Words[seq[k]].POS == "AUX" || sp.r.Words[seq[k]].Time || sp.r.Is(seq[k], "clitic")) {
		k--
	}
	if k < 0 || sp.r.Words[seq[k]].Mark {
		return reading.Range{}
	}
	w := sp.r.Bare(reading.Range{First: sp.r.PhraseBefore(seq[k], seq[0]), Last: seq[k] + 1})
	if sp.r.Head(w) == reading.None {
		return reading.Range{}
	}
	return w
}
