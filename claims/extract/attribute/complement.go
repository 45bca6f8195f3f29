package attribute

import (
	"cotejo/claims"
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
	return r.Is(v, "weak-speech") || f.toldTo(v, p) || !r.Lex.Verb(r.Words[v].Fold, reading.Says)
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
	case p == v+1 && (w.POS == "ADJ" || w.Feats["VerbForm"] == "Part") && f.that(p+1): // "considera probado que"
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
	form := f.r.Words[v].Feats["VerbForm"]
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

// complementSubject finds the subject of a verb with a complement and the words
// of it that belong to no claim.
func (f *finder) complementSubject(s, v, group int, c complement) (subject reading.Range, drop []reading.Range) {
	floor := f.r.Sentences[s].First
	if !c.subject.Empty() {
		return f.named(c.subject, f.r.Sentences[s].Last), nil
	}
	if f.relativeBefore(group) && f.oblique(group-1) {
		return reading.Range{}, nil
	}
	if f.relativeBefore(group) {
		k := group - 2
		if f.r.Comma(k) {
			k--
		}
		p := f.nearest(reading.Range{First: f.r.PhraseBefore(k, floor), Last: k + 1})
		if f.r.Is(group-1, "person-relative") && !f.plausible(p) {
			p = f.personBefore(p, floor)
		}
		return p, nil
	}
	if f.gerund(v) || f.r.Words[v].Feats["VerbForm"] == "Inf" {
		return reading.Range{}, nil
	}
	p := f.subjectBefore(v, floor)
	if p.Empty() {
		return p, nil
	}
	drop = []reading.Range{f.withRole(p, floor)}
	if !f.r.Comma(p.Last) { // adverbs between subject and verb
		drop = append(drop, reading.Range{First: p.Last, Last: group})
	}
	return p, drop
}

// oblique reports whether the relative pronoun at p stands for a place, or behind a
// preposition, so that its noun is not who speaks: "el programa donde aseguró".
func (f *finder) oblique(p int) bool {
	if f.r.Is(p, "place-relative") {
		return true
	}
	for k := p - 1; k >= 0 && k >= p-2 && f.r.Words[k].Sent == f.r.Words[p].Sent; k-- {
		if f.r.Words[k].POS == "ADP" {
			return true
		}
		if !f.r.Is(k, "definite") {
			return false
		}
	}
	return false
}

// neuter reports whether the verb group's subject is a fact, not somebody: "lo que
// supone que", "which means that" of no noun.
func (f *finder) neuter(group int) bool {
	return f.relativeBefore(group) && f.r.Is(group-2, "neuter") && !(group > 2 && f.r.Words[group-3].POS == "ADP")
}

// nearest cuts a phrase to what stands behind its last preposition other than "of",
// which a relative clause goes with: "la información con allegados, quienes …".
func (f *finder) nearest(p reading.Range) reading.Range {
	for i := p.Last - 1; i > p.First; i-- {
		if f.r.Words[i].POS == "ADP" && !f.r.Is(i, "of") {
			return reading.Range{First: i + 1, Last: p.Last}
		}
	}
	return p
}

// personBefore gives the last noun before a phrase that names somebody, else the phrase:
// "vecinos del lugar donde se hallaron los restos, quienes …".
func (f *finder) personBefore(p reading.Range, floor int) reading.Range {
	for i := p.First - 1; i >= floor && i > p.First-maxAntecedent; i-- {
		if f.role(i) || f.speaks(i) {
			return reading.Range{First: i, Last: i + 1}
		}
	}
	return p
}

// maxAntecedent is how far before its clause the noun of a relative pronoun is looked for.
const maxAntecedent = 15

// withRole widens a name to the role that it stands in apposition to: "Su
// portavoz, Tomás Urquijo".
func (f *finder) withRole(p reading.Range, floor int) reading.Range {
	if p.First-2 < floor || !f.r.Comma(p.First-1) {
		return p
	}
	role := f.phraseEnding(p.First-1, floor)
	if head := f.r.Head(role); head != reading.None {
		if n, known := f.r.Lex.Noun(f.r.Words[head].Fold); known && n.Kind == claims.KindPerson {
			p.First = role.First
		}
	}
	return p
}

// relativeBefore reports whether a relative pronoun stands before the verb group.
func (f *finder) relativeBefore(group int) bool {
	if group == 0 || f.r.Words[group-1].Sent != f.r.Words[group].Sent {
		return false
	}
	class, n := f.r.Match("connectives", group-1, group)
	return n == 1 && f.r.Words[group-1].POS == "PRON" && (class == string(reading.Rel) || class == string(reading.Comp))
}
