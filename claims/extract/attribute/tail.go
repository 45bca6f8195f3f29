package attribute

import (
	"cotejo/claims/extract/reading"
)

// separated reports whether word p is a comma, a dash or the end of a quotation.
func (f *finder) separated(p int) bool {
	return p >= 0 && (f.r.Comma(p) || f.dash(p) || f.r.Words[p].Quote != reading.None)
}

// colon reads "X dijo: P".
func (f *finder) colon(s, v int) bool {
	r, sent := f.r, f.r.Sentences[s]
	for p := v + 1; p < sent.Last && p < v+15; p++ {
		if r.Words[p].Fold != ":" {
			if r.Finite(p) {
				return false
			}
			continue
		}
		if p+1 >= sent.Last {
			return true // the quotation of the next paragraph takes the verb
		}
		subject := f.subjectBefore(v, sent.First)
		if f.pronominal(subject) {
			subject = f.subjectAfter(v+1, p)
		}
		sources, basis := f.speaker(s, v, subject, true)
		rep := Report{
			Sent: s, Verb: v, Grade: f.grade(v), Cue: reading.Range{First: f.groupStart(v), Last: v + 1}, Sources: sources, Basis: basis,
			Drop: []reading.Range{{First: min(v, subject.First), Last: p + 1}}, Content: []reading.Range{{First: p + 1, Last: sent.Last}}, Rule: RuleColon,
		}
		f.extendQuote(&rep)
		f.add(rep)
		return true
	}
	return false
}

// postposed reads "P, dijo X" and "P, X said".
func (f *finder) postposed(s, v int) {
	sent := f.r.Sentences[s]
	subject, from, end, ok := f.tail(v, sent.First, sent.Last)
	if !ok {
		return
	}
	content := []reading.Range{{First: sent.First, Last: from}}
	if f.r.MainVerb(content[0]) == reading.None && (f.embedded(end, sent.Last) || !f.r.HasFinite(content[0])) {
		if next := f.commaFrom(end, sent.Last); !f.r.HasFinite(reading.Range{First: end, Last: next}) {
			end = next
		}
		if end >= sent.Last || !f.r.Comma(end) || f.r.MainVerb(reading.Range{First: end + 1, Last: sent.Last}) == reading.None {
			return
		}
		content = append(content, reading.Range{First: end + 1, Last: sent.Last})
	}
	if class, n := f.r.Match("connectives", from-1, from); n == 1 && class != string(reading.Rel) && f.r.Comma(end) && f.r.HasFinite(reading.Range{First: end + 1, Last: sent.Last}) {
		content = []reading.Range{{First: end + 1, Last: sent.Last}} // "…, pues, aseguran, P"
		end++
	}
	sources, basis := f.speaker(s, v, f.named(subject, sent.Last), false)
	f.clip(s, from)
	rep := Report{
		Sent: s, Verb: v, Grade: f.grade(v), Cue: reading.Range{First: f.groupStart(v), Last: v + 1}, Sources: sources, Basis: basis,
		Via: append(f.relayers(s, v), f.told(v, sent.Last)...), Content: content, Drop: []reading.Range{{First: from, Last: end}}, Rule: RulePostposed,
	}
	f.citing(&rep, subject, sent.Last)
	f.add(rep)
}

// citing reads "X, citing Y, said": Y is the source and X relays it.
func (f *finder) citing(rep *Report, subject reading.Range, limit int) {
	p := subject.Last
	if subject.Empty() || p+1 >= limit || !f.r.Comma(p) {
		return
	}
	class, n := f.r.Match("cues", p+1, limit)
	if class != "quoting" {
		return
	}
	first := p + 1 + n
	end := f.r.Phrase(first, limit)
	if cited, basis := f.party(reading.Range{First: first, Last: end}); len(cited) > 0 {
		rep.Via = append(rep.Via, rep.Sources...)
		rep.Sources, rep.Basis = cited, basis
		rep.Drop = append(rep.Drop, reading.Range{First: p, Last: end})
	}
}

// embedded reports whether a main verb stands behind the tail that ends at p.
func (f *finder) embedded(p, limit int) bool {
	next := f.commaFrom(p, limit)
	return next < limit && f.r.MainVerb(reading.Range{First: next + 1, Last: limit}) != reading.None
}

// tail reads a reporting verb with its subject behind what it reports: the
// subject, the first word of the tail and the index behind it.
func (f *finder) tail(v, floor, limit int) (subject reading.Range, from, end int, ok bool) {
	r := f.r
	group := f.groupStart(v)
	if group <= floor {
		return
	}
	if f.separated(group - 1) {
		subject = f.subjectAfter(v+1, limit)
		if r.Bare(subject).Empty() || !f.plausible(subject) {
			if end := f.silentTail(v, limit); end != reading.None && f.anybody(v, floor) {
				return reading.Range{First: v + 1, Last: v + 1}, group - 1, end, true
			}
			if !f.pronounAt(subject.First, limit) {
				return subject, 0, 0, false
			}
			subject.Last = subject.First + 1
		}
		return subject, group - 1, subject.Last, true
	}
	if f.pronounAt(group-1, limit) && group-2 >= floor && f.separated(group-2) {
		end = v + 1
		if r.Is(v, "relayed") { // ", she told reporters"
			end = f.addressee(end, limit)
		}
		return reading.Range{First: group - 1, Last: group}, group - 2, end, f.ends(end, limit)
	}
	subject = f.subjectBefore(v, floor)
	if r.Bare(subject).Empty() || subject.First-1 < floor || !f.separated(subject.First-1) {
		return subject, 0, 0, false
	}
	end = v + 1
	if r.Is(v, "relayed") { // ", the clerk told reporters"
		end = f.addressee(end, limit)
	}
	return subject, subject.First - 1, end, f.ends(end, limit)
}

// anybody reports whether somebody was named before verb v who may be speaking.
func (f *finder) anybody(v, floor int) bool {
	s := f.r.Words[v].Sent
	return f.last != nil || f.plausible(f.clauseSubject(v, floor)) || s > 0 && f.plausible(f.sentenceSubject(s-1))
}

// silentTail gives the end of a tail that names nobody: ", subrayó." or ", argumenta en
// una carta,"; None where something that can be the verb's object follows.
func (f *finder) silentTail(v, limit int) int {
	if f.lastWord(v+1, limit) || f.r.Comma(v+1) {
		return v + 1
	}
	if f.r.Words[v+1].POS != "ADP" || f.r.Is(v, "weak-speech") || !f.r.Finite(v) {
		return reading.None
	}
	end := f.commaFrom(v+1, f.contentEnd(v+1, limit))
	if f.r.HasFinite(reading.Range{First: v + 1, Last: end}) {
		return reading.None
	}
	return end
}

// contentEnd gives the end of the words up to limit without closing marks.
func (f *finder) contentEnd(p, limit int) int {
	for limit > p && f.r.Words[limit-1].Mark && f.r.Words[limit-1].Quote == reading.None {
		limit--
	}
	return limit
}

// lastWord reports whether only marks stand from p on.
func (f *finder) lastWord(p, limit int) bool {
	for ; p < limit; p++ {
		if !f.r.Words[p].Mark || f.r.Words[p].Quote != reading.None {
			return false
		}
	}
	return true
}

func (f *finder) pronounAt(p, limit int) bool {
	return p >= 0 && p < limit && f.r.Words[p].POS == "PRON" && (f.r.Is(p, "third-person") || f.r.Is(p, "first-person"))
}

// ends reports whether nothing that could be the verb's object follows at p.
func (f *finder) ends(p, limit int) bool {
	if p >= limit {
		return true
	}
	w := &f.r.Words[p]
	return w.Mark || w.Time || w.POS == "ADP" || w.POS == "ADV" || w.POS == "CCONJ" || w.POS == "SCONJ"
}
