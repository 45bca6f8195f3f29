package attribute

import (
	"cotejo/claims/extract/reading"
)

// complement is where a verb's content clause begins, and what stands between.
type complement struct {
	start   int           // first word of the content
	subject reading.Range // behind the verb: "dijo el ministro que"
	via     reading.Range // "told Reuters that"
}

// complement looks behind the verb for "that" or, where the language lets it be
// left out, for a clause.
func (f *finder) complement(s, v int) (complement, bool) {
	r, limit := f.r, f.r.Sentences[s].Last
	var c complement
	if n := f.light(v); n > 0 {
		c.start = v + n + 2
		return c, true
	}
	preverbal := !f.pronominal(f.subjectBefore(v, r.Sentences[s].First))
	for p := v + 1; p < limit && p < v+30; {
		if r.Words[p].Quote != reading.None {
			if p = f.quotedWords(p, limit); p == reading.None || !f.that(p) {
				break
			}
		}
		if f.that(p) && p > v+1 && c.subject.Empty() && c.via.Empty() && f.relativeAfterNoun(v, p) {
			break // "avanzó bajo un sol que …": a relative clause
		}
		if f.that(p) || p == v+1 && r.Is(p, "complementizer") && r.HasFinite(reading.Range{First: p, Last: limit}) {
			c.start = p + 1
			return c, true
		}
		next, ok := f.pass(v, p, limit, preverbal, &c)
		if !ok {
			break
		}
		p = next
	}
	return f.bare(s, v, c)
}

// maxQuotedWords is how many words, with their marks, are quoted words rather than
// a statement.
const maxQuotedWords = 8

// quotedWords gives the end of the few quoted words without a finite verb that begin
// at p: `consideró "inevitable" que`, `"Le Figaro" indica`; None where more is quoted.
func (f *finder) quotedWords(p, limit int) int {
	end := p
	for end < limit && f.r.Words[end].Quote == f.r.Words[p].Quote {
		end++
	}
	if end-p > maxQuotedWords || f.r.HasFinite(reading.Range{First: p, Last: end}) {
		return reading.None
	}
	return end
}

// relativeAfterNoun reports whether "that" at p rather begins a relative clause of
// the noun before it than what verb v reports; a verb that is only ever one of
// speech reports.
func (f *finder) relativeAfterNoun(v, p int) bool {
	r := f.r
	if r.Words[p].POS != "PRON" || r.Comma(p-1) || r.Words[p-1].Time || r.Words[p-1].POS != "NOUN" || r.Is(v, "relayed") {
		return false
	}
	return r.Is(v, "weak-speech") || f.toldTo(v, p) || !r.Verb(v, reading.Says)
}

// toldTo reports whether the noun before p is what the verb at v speaks to: "respondió
// a las críticas que".
func (f *finder) toldTo(v, p int) bool {
	return v+1 < p && f.r.Is(v+1, "outlet-mark") && f.r.Words[v+1].POS == "ADP" && !f.speaks(p-1) && !f.role(p-1)
}

// pass steps over what may stand between the verb and its clause: adverbs, times,
// adjuncts, a parenthesis, who was told, and the subject where none stands before.
func (f *finder) pass(v, p, limit int, preverbal bool, c *complement) (next int, ok bool) {
	r, w := f.r, &f.r.Words[p]
	switch {
	case r.Is(p, "clitic"):
		return p + 1, !f.that(p + 1) // "dijo lo que pensaba" reports nothing
	case w.Time || w.POS == "ADV" || r.Is(p, "speaker-adverb"):
		return p + 1, true
	case p == v+1 && (w.POS == "ADJ" || w.Feats.VerbForm == "Part") && f.that(p+1): // "considera probado que"
		return p + 1, true
	case w.POS == "ADP":
		next, ok = f.passAdjunct(v, p, limit, c)
		if p == v+1 && ok && next > p+1 && c.via.Empty() && r.Is(v, "weak-speech") && r.Is(p, "with") && !f.plausible(reading.Range{First: p + 1, Last: next}) {
			return p, false // "contará con técnicos que"
		}
		return next, ok
	case r.Comma(p):
		end := f.closing(p, limit)
		return end + 1, end != reading.None && f.that(end+1)
	case r.Nominal(p):
		told := reading.Range{First: p, Last: r.Phrase(p, limit)}
		if r.Is(v, "relayed") {
			c.via = f.outlet(told)
			return told.Last, true
		}
		if preverbal || !f.plausible(told) || !f.soonThat(told.Last, limit) {
			return p, false
		}
		c.subject = told
		return told.Last, true
	}
	return p, false
}

// passAdjunct steps over a prepositional phrase and notes an outlet in it: "dijo a la agencia EFE".
func (f *finder) passAdjunct(v, p, limit int, c *complement) (next int, ok bool) {
	if p+1 < limit && f.that(p+1) { // "insistió en que", not "coincidió con el momento en que", nor "espera a que"
		if f.grade(v) == reading.Thinks && f.r.Is(p, "outlet-mark") {
			return p, false
		}
		return p + 1, f.r.Words[p-1].POS != "NOUN" || f.r.Words[p-1].Time || !c.subject.Empty()
	}
	end := f.r.Phrase(p+1, limit)
	if end == p+1 && (end >= limit || !f.r.Words[end].Time) {
		return p, false
	}
	if f.r.Is(p, "outlet-mark") {
		c.via = f.outlet(reading.Range{First: p + 1, Last: end})
	}
	return max(end, p+1), true
}

// that reports whether word p is the conjunction that opens a content clause.
func (f *finder) that(p int) bool {
	if !f.r.Is(p, "complementizer") {
		return false
	}
	return f.r.Words[p].POS != "DET" || p+1 < len(f.r.Words) && f.r.Words[p+1].POS == "DET" // "that no worker would lose"
}

func (f *finder) soonThat(p, limit int) bool {
	for k := p; k < limit && k < p+12; k++ {
		if f.that(k) {
			return k == p || f.r.Comma(k-1) || f.r.Words[k-1].Time
		}
		if f.r.Finite(k) {
			return false
		}
	}
	return false
}

// closing gives the comma that closes the parenthesis opened by the one at p.
func (f *finder) closing(p, limit int) int {
	for k := p + 1; k < limit && k < p+30; k++ {
		if f.r.Comma(k) {
			return k
		}
	}
	return reading.None
}

// withComplement records "X said (that) P".
func (f *finder) withComplement(s, v int, c complement) {
	sent := f.r.Sentences[s]
	group := f.groupStart(v)
	subject, drop := f.complementSubject(s, v, group, c)
	said := f.secondPredicate(v, c.start, sent.Last)
	end := f.unsaid(c.start, said)
	if end < said && !f.r.HasFinite(reading.Range{First: sent.First, Last: group}) {
		drop = append(drop, reading.Range{First: sent.First, Last: c.start}) // the article's own contrast begins anew
	}
	if main := f.mainBehind(v, c.start, sent); main != reading.None {
		subject, end = f.subjectBefore(f.r.MainVerb(reading.Range{First: main, Last: sent.Last}), main), main-1
	}
	sources, basis := f.speaker(s, v, subject, true)
	sources = f.withPartner(sources, group, v)
	if rel := f.relativeBefore(group); rel {
		drop = []reading.Range{{First: group - 1, Last: c.start}}
	}
	rep := Report{
		Sent: s, Verb: v, Grade: f.grade(v), Cue: reading.Range{First: group, Last: c.start},
		Sources: sources, Basis: basis, Drop: append(drop, reading.Range{First: group, Last: c.start}),
		Content: []reading.Range{{First: c.start, Last: end}}, Rule: RuleComplement,
	}
	if rep.Grade == reading.Shows && !f.shown(v, sources) || f.neuter(group) {
		return
	}
	if !c.via.Empty() {
		rep.Via = []reading.Range{c.via}
	}
	rep.Via = append(rep.Via, f.relayers(s, group)...)
	f.citing(&rep, subject, group)
	f.endSibling(s, group)
	f.endOpposed(s, subject)
	f.endAtSemicolon(s, group)
	f.extendQuote(&rep)
	f.add(rep)
}

// mainBehind gives where the main clause begins behind an opening "Al explicar
// que P," or "Saying that P,"; None where the verb is finite or stands behind one.
func (f *finder) mainBehind(v, from int, sent reading.Sentence) int {
	form := f.r.Words[v].Feats.VerbForm
	if form == "Fin" || form == "Part" || f.r.HasFinite(reading.Range{First: sent.First, Last: v}) || f.r.Finite(v) {
		return reading.None
	}
	for i := from; i+1 < sent.Last; i++ {
		if f.r.Comma(i) && f.r.Words[i].Quote == reading.None && f.r.HasFinite(reading.Range{First: from, Last: i}) && f.r.MainVerb(reading.Range{First: i + 1, Last: sent.Last}) != reading.None {
			return i + 1
		}
	}
	return reading.None
}
