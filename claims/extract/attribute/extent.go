package attribute

import (
	"cotejo/claims/extract/reading"
)

// unsaid ends the content before a contrast in which the article says what the
// speaker did not tell: "…, aunque no aportó el estudio", "although it gave no date".
func (f *finder) unsaid(from, limit int) int {
	for i := from + 1; i+2 < limit; i++ {
		semicolon := f.r.Words[i].Fold == ";"
		if !f.r.Comma(i) && !semicolon || f.r.Words[i].Quote != reading.None {
			continue
		}
		class, n := f.r.Match("connectives", i+1, limit)
		if semicolon && (reading.Class(class) == reading.Contrast || reading.Class(class) == reading.But || f.opposing(i+1, limit)) {
			return i
		}
		if reading.Class(class) != reading.Contrast && reading.Class(class) != reading.But {
			continue
		}
		negated := false
		for k := i + 1 + n; k < limit && k < i+n+7; k++ {
			w := &f.r.Words[k]
			negated = negated || f.r.Is(k, "negation")
			if negated && f.r.Verbal(k) && f.r.Is(k, "telling") {
				return i
			}
			if w.POS != "ADV" && w.POS != "AUX" && w.POS != "PART" && !f.r.Is(k, "negation") && !f.r.Is(k, "clitic") && !f.r.Is(k, "third-person") {
				break
			}
		}
	}
	return limit
}

// secondPredicate ends the content where a conjunction joins another verb of
// speech, without a subject, to the reporting verb: "said that P, and asked for Q".
func (f *finder) secondPredicate(v, from, limit int) int {
	for i := from; i+1 < limit; i++ {
		if f.r.Words[i].POS != "CCONJ" || f.r.Words[i].Quote != reading.None {
			continue
		}
		k := i + 1
		for k < limit && (f.r.Words[k].POS == "ADV" || f.r.Is(k, "clitic")) {
			k++
		}
		if f.r.Comma(i-1) && f.otherSpeaks(i+1, limit) {
			return i - 1
		}
		if k < limit && f.r.Finite(k) && f.speechOfAnyKind(k) && f.r.Words[k].Feats.Tense == f.r.Words[v].Feats.Tense {
			if f.r.Comma(i - 1) {
				return i - 1
			}
			return i
		}
	}
	return limit
}

// endSibling ends the content of an earlier verb where this one is its second
// predicate: "dijo que P y añadió que Q", "dijo que P, señalando que Q".
func (f *finder) endSibling(s, group int) {
	end := group
	if f.pronounAt(end-1, len(f.r.Words)) && end > 1 && f.r.Words[end-2].POS == "CCONJ" {
		end-- // "said that P, and she added that Q"
	}
	switch {
	case end > 0 && f.r.Words[end-1].POS == "CCONJ":
		end--
	case end > 0 && f.r.Comma(end-1):
	case end > 1 && f.r.Comma(end-2) && f.r.Words[end-1].POS == "ADP":
		end--
	case end > 0 && f.r.Words[end-1].POS == "ADP":
		end--
	default:
		return
	}
	for k := f.begin; k < len(f.out); k++ {
		rep := &f.out[k]
		if rep.Sent != s || len(rep.Content) == 0 || rep.Verb == reading.None {
			continue
		}
		if last := &rep.Content[len(rep.Content)-1]; last.Has(group) && last.First < end {
			last.Last = end
		}
	}
}

// endOpposed ends the content of earlier verbs where a contrast or, behind a
// comma, a conjunction sets this verb's own subject against them: "said that P,
// while the union said Q".
func (f *finder) endOpposed(s int, subject reading.Range) {
	first := f.r.Sentences[s].First
	opener := subject.First - 1
	for opener > first && (f.r.Words[opener].POS == "DET" || f.r.Words[opener].POS == "ADJ") {
		opener--
	}
	if subject.Empty() || opener-1 <= first || !f.r.Comma(opener-1) {
		return
	}
	switch class, _ := f.r.Match("connectives", opener, opener+1); reading.Class(class) {
	case reading.And, reading.But, reading.Contrast, reading.ContrastNP:
	default:
		return
	}
	for k := f.begin; k < len(f.out); k++ {
		if rep := &f.out[k]; rep.Sent == s && rep.Rule == RuleComplement {
			if last := &rep.Content[len(rep.Content)-1]; last.Has(opener) && last.First < opener-1 {
				last.Last = opener - 1
			}
		}
	}
}

// endAtSemicolon ends the content of earlier verbs at a semicolon before this one.
func (f *finder) endAtSemicolon(s, group int) {
	for k := f.begin; k < len(f.out); k++ {
		rep := &f.out[k]
		if rep.Sent != s || rep.Rule != RuleComplement {
			continue
		}
		last := &rep.Content[len(rep.Content)-1]
		for i := group - 1; last.Has(group) && i > last.First; i-- {
			if f.r.Words[i].Fold == ";" && f.r.Words[i].Quote == reading.None {
				last.Last = i
			}
		}
	}
}

// extendQuote carries content on to the end of a quotation that goes on in the
// following sentences.
func (f *finder) extendQuote(rep *Report) {
	last := &rep.Content[len(rep.Content)-1]
	if last.Empty() {
		return
	}
	q := f.r.Words[last.Last-1].Quote
	if q == reading.None || f.taken[q] {
		return
	}
	for last.Last < len(f.r.Words) && f.r.Words[last.Last].Quote == q {
		last.Last++
	}
	f.taken[q] = true
}

// clip ends the content of the sentence's earlier reports where the tail of one
// around them begins.
func (f *finder) clip(s, from int) {
	for k := f.begin; k < len(f.out); k++ {
		if f.out[k].Sent != s {
			continue
		}
		for c := range f.out[k].Content {
			if w := &f.out[k].Content[c]; w.Has(from) {
				w.Last = from
			}
		}
	}
}

// opposing reports whether "however" or its like stands at p.
func (f *finder) opposing(p, limit int) bool {
	class, n := f.r.Match("discourse", p, limit)
	return n > 0 && class == "contrast"
}

// otherSpeaks reports whether somebody and a finite verb of asking or denying stand at
// p: "…, and the agency has urged people to stay".
func (f *finder) otherSpeaks(p, limit int) bool {
	end := f.r.Phrase(p, limit)
	if end == p || !f.plausible(reading.Range{First: p, Last: end}) {
		return false
	}
	finite := false
	for k := end; k < limit && k < end+4; k++ {
		finite = finite || f.r.Finite(k)
		if f.r.Verbal(k) && f.r.Verb(k, reading.Asks, reading.Denies, reading.Doubts) {
			return finite
		}
		if f.r.Words[k].POS != "AUX" && f.r.Words[k].POS != "ADV" {
			return false
		}
	}
	return false
}
