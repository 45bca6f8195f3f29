package attribute

import (
	"cotejo/claims"
	"cotejo/claims/extract/reading"
)

// subjectBefore finds the subject that stands before word v, not left of floor;
// the empty range where there is none.
func (f *finder) subjectBefore(v, floor int) reading.Range {
	j := v - 1
	if f.r.Words[v].Feats.VerbForm == "Inf" {
		j = f.groupStart(v) - 1 // "Mora se limitó a decir"
	}
	for j >= floor && f.skippable(j) {
		j--
	}
	if j < floor {
		return reading.Range{}
	}
	if f.r.Comma(j) {
		return f.acrossParenthesis(j, floor)
	}
	if f.r.Words[j].Quote != reading.None {
		return f.quotedName(j, floor)
	}
	if f.pronounAt(j, v) {
		return reading.Range{First: j, Last: j + 1}
	}
	if head := f.beforeRestriction(v, j, floor); !head.Empty() {
		return head
	}
	p := reading.Range{First: f.r.PhraseBefore(j, floor), Last: j + 1}
	if name := f.namedBefore(p, floor); !name.Empty() {
		return name
	}
	return p
}

// quotedName gives the noun phrase that ends in a name between quotation marks, at
// word j: `el diario "Le Figaro"`.
func (f *finder) quotedName(j, floor int) reading.Range {
	first := j
	for first > floor && f.r.Words[first-1].Quote == f.r.Words[j].Quote {
		first--
	}
	if first == floor || f.quotedWords(first, j+1) == reading.None || f.r.Words[first-1].POS != "NOUN" && f.r.Words[first-1].POS != "ADJ" {
		return reading.Range{}
	}
	return reading.Range{First: f.r.PhraseBefore(first-1, floor), Last: j + 1}
}

// namedBefore gives the person's name before a comma whose role the phrase states,
// where no comma closes it: "Ana Gil, subsecretaria de Salud dijo".
func (f *finder) namedBefore(p reading.Range, floor int) reading.Range {
	if p.Empty() || !f.role(p.First) || f.r.Capital(p.First) || p.First-2 < floor || !f.r.Comma(p.First-1) || f.endsInName(p) {
		return reading.Range{}
	}
	before := f.phraseEnding(p.First-1, floor)
	if f.personName(f.r.Bare(before)) {
		return before
	}
	return reading.Range{}
}

// personName reports whether a phrase is a person's name and nothing else.
func (f *finder) personName(p reading.Range) bool {
	if p.Empty() {
		return false
	}
	m, ok := f.names.At(p.First)
	if !ok || m.Last != p.Last {
		return false
	}
	kind, _ := f.names.Kind(p)
	return kind == claims.KindPerson
}

// endsInName reports whether a person's name of two words or more ends the phrase.
func (f *finder) endsInName(p reading.Range) bool {
	for i := p.First; i+1 < p.Last; i++ {
		if m, ok := f.names.At(i); ok && m.Last == p.Last && f.personName(m.Range) {
			return true
		}
	}
	return false
}

// beforeRestriction gives the noun phrase whose relative clause, without commas,
// ends at word j before the verb: "la empresa que lo gestiona sostiene".
func (f *finder) beforeRestriction(v, j, floor int) reading.Range {
	finite := false
	for k := j; k > floor; k-- {
		if f.r.Comma(k) || f.r.Words[k].Quote != reading.None || f.r.Words[k].Fold == ";" {
			break
		}
		if f.r.Finite(k) {
			finite = true
		}
		if w := &f.r.Words[k]; w.POS == "VERB" && w.Feats.VerbForm == "Part" && !f.r.Finite(k) && k < j && f.r.Words[k+1].POS == "ADP" && f.r.Nominal(k-1) {
			return f.phraseEnding(k, floor) // "figures published by the force show"
		}
		if !f.relativeAt(k) {
			continue
		}
		if p := f.phraseEnding(k, floor); finite && f.r.Finite(v) && !f.pronominal(p) {
			return p
		}
		break
	}
	return reading.Range{}
}

// skippable are the words that may stand between subject and verb.
func (f *finder) skippable(j int) bool {
	w := &f.r.Words[j]
	return w.POS == "ADV" || w.POS == "AUX" || w.Time || f.r.Is(j, "clitic") || f.r.Is(j, "speaker-adverb") || f.r.Is(j, "negation")
}

// acrossParenthesis finds the subject where a comma stands before its verb: "X,
// spokesman for Y, said" gives X; "la ministra, Ana Gil, dijo" gives Ana Gil;
// "Lavrov, quien dijo" gives Lavrov.
func (f *finder) acrossParenthesis(comma, floor int) reading.Range {
	open := comma - 1
	for open >= floor && !f.r.Comma(open) {
		if f.r.Words[open].Fold == ";" {
			return reading.Range{}
		}
		open--
	}
	inner := reading.Range{First: open + 1, Last: comma}
	if open < floor { // no comma before: "The firm Secunia, has said"
		return f.opening(comma, floor)
	}
	if name := f.leadingName(comma, floor); !name.Empty() {
		return name
	}
	outer := f.phraseEnding(open, floor)
	if !inner.Empty() && f.r.Words[inner.First].POS == "PROPN" && f.r.Phrase(inner.First, comma) == comma {
		return inner
	}
	if outer.Empty() {
		return f.phraseEnding(comma, floor)
	}
	return outer
}

// leadingName finds the person's name that opens a row of appositions: "Ana Gil,
// curator at the University, Arkansas, said".
func (f *finder) leadingName(comma, floor int) reading.Range {
	var name reading.Range
	for end := comma; end > floor; {
		first := end - 1
		for first >= floor && !f.r.Comma(first) {
			if f.r.Finite(first) || f.r.Words[first].Fold == ";" || f.r.Words[first].Quote != reading.None {
				return name
			}
			first--
		}
		p := f.phraseEnding(end, max(first+1, floor))
		if bare := f.r.Bare(p); !bare.Empty() && bare.First == first+1 {
			if f.personName(bare) || f.endsInName(bare) {
				name = p
				if end == comma {
					return reading.Range{} // the name stands last, behind its role
				}
			}
		}
		end = first
	}
	return name
}

// opening gives the subject that the sentence opens with before its only comma: a
// phrase from its first word on, or a name with what follows it ("Ana Gil for
// the Board, says"); what is only the object of a verb or preposition is none.
func (f *finder) opening(comma, floor int) reading.Range {
	p := f.phraseEnding(comma, floor)
	if m, ok := f.names.At(floor); ok && m.Last < comma && f.personName(m.Range) && !f.r.HasFinite(reading.Range{First: floor, Last: comma}) {
		return m.Range
	}
	for k := p.First - 1; k >= floor; k-- {
		switch w := &f.r.Words[k]; {
		case w.POS == "DET" || f.r.Is(k, "determiner"):
			continue
		case w.POS == "ADP" || w.POS == "VERB":
			return reading.Range{}
		}
		break
	}
	return p
}

func (f *finder) phraseEnding(end, floor int) reading.Range {
	return reading.Range{First: f.r.PhraseBefore(end-1, floor), Last: end}
}

// subjectAfter finds the subject that stands behind a verb group ending at i.
func (f *finder) subjectAfter(i, limit int) reading.Range {
	for i < limit && (f.betweenTimes(i, limit) || f.r.Words[i].POS == "ADV" || f.r.Words[i].Time || f.r.Is(i, "speaker-adverb") || f.r.Words[i].POS == "ADP" && i+1 < limit && f.r.Words[i+1].Time) {
		i++
	}
	end := f.r.Phrase(i, limit)
	if p := f.behindAdjunct(i, limit); end == i && !p.Empty() {
		return p
	}
	return reading.Range{First: i, Last: end}
}

// betweenTimes reports whether the comma at i belongs to a date: "dijo hoy, martes, el alcalde".
func (f *finder) betweenTimes(i, limit int) bool {
	return f.r.Comma(i) && (f.r.Words[i-1].Time || f.r.Is(i-1, "speaker-adverb")) && i+1 < limit &&
		(f.r.Words[i+1].Time || f.r.Words[i-1].Time && i > 1 && f.r.Comma(i-2))
}

// behindAdjunct finds a name behind one or two prepositional phrases: "reclamó
// durante la marcha Lilian".
func (f *finder) behindAdjunct(i, limit int) reading.Range {
	for n := 0; n < 2 && i+1 < limit && f.r.Words[i].POS == "ADP"; n++ {
		next := i + 1
		for next < limit && f.r.Nominal(next) && !(next > i+1 && (f.r.Capital(next) && !f.r.Capital(next-1) || f.r.NewPhrase(next) || f.speaks(next))) {
			next++
		}
		if next == i+1 {
			return reading.Range{}
		}
		if f.r.Is(i, "outlet-mark") { // "dijo a la cadena Uno la ministra": the name is part of who was told
			name := next
			for name < limit && f.r.Capital(name) && f.r.Nominal(name) {
				name++
			}
			if name > next && !f.outlet(reading.Range{First: i + 1, Last: name}).Empty() {
				next = name
			}
		}
		i = next
		if p := (reading.Range{First: i, Last: f.r.Phrase(i, limit)}); !p.Empty() && f.plausible(p) {
			return p
		}
	}
	return reading.Range{}
}

// speaks reports whether the noun at i can only be a speaker: "fuentes", "police".
func (f *finder) speaks(i int) bool {
	n, known := f.r.Noun(i)
	return known && n.Kind == claims.KindGroup
}

// named prefers the name in an apposition to the role before it: "la ministra, Ana Gil".
func (f *finder) named(p reading.Range, limit int) reading.Range {
	if p.Empty() || f.r.HasName(f.r.Bare(p)) && f.r.Words[p.Last-1].POS == "PROPN" || !f.r.Comma(p.Last) || p.Last+1 >= limit {
		return p
	}
	next := p.Last + 1
	for next < limit && (f.r.Is(next, "definite") || f.role(next)) { // "la autora, la médica Ana Gil"
		next++
	}
	if next < limit && f.r.Words[next].POS == "PROPN" {
		if end := f.r.Phrase(next, limit); end > next && (end >= limit || f.r.Words[end].Mark || f.r.Words[end].POS == "ADP" || f.r.Words[end].POS == "ADV" || f.r.Words[end].Time) {
			return reading.Range{First: next, Last: end}
		}
	}
	return p
}

// joinedSubject gives the subject of the verb that a conjunction joins verb v to:
// by the parse, else the verb of speech before it: "She denied that P, but acknowledged that Q".
func (f *finder) joinedSubject(s, v int) reading.Range {
	w, first := &f.r.Words[v], f.r.Sentences[s].First
	if w.Rel == "conj" && w.Head != reading.None && w.Head < v && f.r.Finite(w.Head) && f.r.Words[w.Head].Quote == reading.None {
		return f.subjectBefore(w.Head, first)
	}
	group := f.groupStart(v)
	if group <= first || f.r.Words[group-1].POS != "CCONJ" {
		return reading.Range{}
	}
	for k := group - 2; k > first; k-- {
		if f.speechOfAnyKind(k) && f.r.Finite(k) && f.r.Words[k].Quote == reading.None && f.r.Words[k].Feats.Tense == w.Feats.Tense {
			return f.subjectBefore(k, first)
		}
	}
	return reading.Range{}
}

// role reports whether the noun at i names a person's role.
func (f *finder) role(i int) bool {
	n, known := f.r.Noun(i)
	return known && n.Kind == claims.KindPerson && f.r.Words[i].POS == "NOUN"
}

// clauseSubject gives the subject of the finite verb before word v in its
// sentence: the one that a gerund or a second predicate shares.
func (f *finder) clauseSubject(v, floor int) reading.Range {
	for i := v - 1; i >= floor; i-- {
		if f.r.Words[i].Quote == reading.None && f.r.Finite(i) {
			if p := f.subjectBefore(i, floor); !f.r.Bare(p).Empty() {
				return p
			}
		}
	}
	return reading.Range{}
}

// pronominal reports whether a phrase is only a pronoun, or nothing.
func (f *finder) pronominal(p reading.Range) bool {
	return f.r.Head(p) == reading.None
}

// sentenceSubject gives the subject of a sentence's main verb.
func (f *finder) sentenceSubject(s int) reading.Range {
	sent := f.r.Sentences[s]
	v := f.mainVerb(s)
	if v == reading.None {
		return reading.Range{}
	}
	return f.subjectBefore(v, sent.First)
}
