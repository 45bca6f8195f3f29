package clause

import (
	"cotejo/claims/extract/reading"
)

// trim takes marks, conjunctions and discourse markers off the start, and marks off the end.
func (sp *splitter) trim(words []int) []int {
	words = words[sp.dateline(words):]
	for len(words) > 0 {
		i := words[0]
		w := &sp.r.Words[i]
		if w.Mark && !sp.r.Is(i, "opening-paren") || w.POS == "CCONJ" || sp.r.Stamp(i) {
			words = words[1:]
			continue
		}
		if _, n := sp.r.Match("discourse", i, i+min(len(words), 6)); n > 0 && n+1 < len(words) && sp.r.Comma(words[n]) {
			words = words[n+1:]
			continue
		}
		break
	}
	for n := 1; n > 0 && len(words) > 0; words = words[:len(words)-n] {
		if n = sp.dangling(words); n == 0 && sp.closingMark(words[len(words)-1]) {
			n = 1
		}
	}
	return words
}

// dangling counts the words at the end that only lead over to a saying clause that was
// taken out behind them: "…, por lo que [el juez dijo que]".
func (sp *splitter) dangling(words []int) int {
	last := words[len(words)-1]
	if last+1 >= len(sp.r.Words) || !sp.found.Dropped[last+1] {
		return 0
	}
	for n := min(len(words)-1, maxConnective); n > 0; n-- {
		if class, have := sp.r.Match("connectives", words[len(words)-n], last+1); have == n && class != "none" && words[len(words)-n] == last+1-n {
			return n
		}
	}
	switch sp.r.Words[last].POS {
	case "ADP", "DET", "SCONJ":
		if !sp.r.Words[last+1].Mark {
			return 1
		}
	}
	return 0
}

// dateline counts the words of a place and date that open a paragraph: "Taipei,
// Taiwan — ", "Santa Rita, 14 mar (Agencia Altiplano).- ".
func (sp *splitter) dateline(words []int) int {
	if len(words) == 0 || words[0] != sp.r.Sentences[sp.r.Words[words[0]].Sent].First || !sp.r.Capital(words[0]) {
		return 0
	}
	for k := 1; k < len(words) && k < 14 && words[k] == words[k-1]+1; k++ {
		i := words[k]
		if sp.r.Words[i].Mark && isDash(sp.r.Words[i].Form) && k+2 < len(words) {
			return k + 1
		}
		if w := &sp.r.Words[i]; !w.Mark && !sp.r.Capital(i) && w.POS != "NUM" && !w.Time && !sp.r.Is(i, "of") {
			return 0
		}
	}
	return 0
}

func isDash(form string) bool {
	switch form {
	case "-", "—", "–", ".-", ".—", ".–":
		return true
	}
	return false
}

func (sp *splitter) closingMark(i int) bool {
	w := &sp.r.Words[i]
	return w.Mark && w.Fold != ")" && w.Fold != "]" && w.Fold != "%" && !sp.insideQuote(i) || w.POS == "CCONJ"
}

// insideQuote keeps the closing mark of quoted words that stand within the claim.
func (sp *splitter) insideQuote(i int) bool {
	return sp.r.Words[i].Quote != reading.None && isQuoteMark(sp.r.Words[i].Form)
}

func isQuoteMark(form string) bool {
	switch form {
	case `"`, "“", "”", "«", "»", "'", "‘", "’":
		return true
	}
	return false
}

// runs gives the unbroken runs of the words, without loose marks at their ends.
func (sp *splitter) runs(words []int) []reading.Range {
	breaks := 0
	for k := 1; k < len(words); k++ {
		if words[k] != words[k-1]+1 {
			breaks++
		}
	}
	out := sp.fragments.Take(breaks + 1)
	for k := 0; k < len(words); {
		end := k + 1
		for end < len(words) && words[end] == words[end-1]+1 {
			end++
		}
		w := sp.peel(reading.Range{First: words[k], Last: words[end-1] + 1})
		if !w.Empty() {
			out = append(out, w)
		}
		k = end
	}
	return out
}

// peel takes marks off both ends of a fragment, and quotation marks that are
// not closed or not opened within it, or that enclose all of it.
func (sp *splitter) peel(w reading.Range) reading.Range {
	for changed := true; changed && !w.Empty(); {
		changed = false
		if first := &sp.r.Words[w.First]; first.POS == "CCONJ" || first.Mark && !sp.r.Is(w.First, "opening-paren") && (!isQuoteMark(first.Form) || !sp.r.Enclosed(w.First, w)) {
			w.First++
			changed = true
		}
		if w.Empty() {
			break
		}
		if last := &sp.r.Words[w.Last-1]; last.POS == "CCONJ" || last.Mark && !sp.r.Is(w.Last-1, "closing-paren") && (!isQuoteMark(last.Form) || !sp.r.Enclosed(w.Last-1, w)) {
			w.Last--
			changed = true
		}
	}
	if !w.Empty() && w.Last-w.First > 2 {
		q := sp.r.Words[w.First].Quote
		if q != reading.None && isQuoteMark(sp.r.Words[w.First].Form) && isQuoteMark(sp.r.Words[w.Last-1].Form) && sp.r.Words[w.Last-1].Quote == q {
			return sp.peel(reading.Range{First: w.First + 1, Last: w.Last - 1})
		}
	}
	return w
}
