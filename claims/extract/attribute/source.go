package attribute

import (
	"cotejo/claims"
	"cotejo/claims/extract/reading"
)

// reach is how many sentences a speaker is remembered.
const reach = 4

// party turns a noun phrase into the source that it names and says what the
// statement rests on: the issuer of a document ("evaluaciones de Corea del
// Sur"), both halves of a coordination, else the bare phrase.
func (f *finder) party(p reading.Range) (sources []reading.Range, basis claims.Basis) {
	p = f.nameOnly(f.withoutParticiple(f.beforeRelayer(f.r.Bare(p))))
	if p.Empty() {
		return nil, ""
	}
	head := f.r.Head(p)
	if head == reading.None {
		return []reading.Range{p}, ""
	}
	noun, known := f.r.Lex.Noun(f.r.Words[head].Fold)
	if known && noun.Kind == claims.KindDocument && noun.Basis != claims.BasisLaw {
		if issuer := f.issuer(reading.Range{First: head + 1, Last: p.Last}); !issuer.Empty() {
			return []reading.Range{issuer}, noun.Basis
		}
		return []reading.Range{p}, noun.Basis
	}
	return f.halves(p), noun.Basis
}

// beforeRelayer cuts "cited by the agency" off a source.
func (f *finder) beforeRelayer(p reading.Range) reading.Range {
	for i := p.First + 1; i < p.Last; i++ {
		if f.relaying(i) {
			p.Last = i
		}
	}
	return p
}

// withoutParticiple cuts an adjective off the end of a name that does not agree with
// it: "[datos del] Ministerio notificados al centro".
func (f *finder) withoutParticiple(p reading.Range) reading.Range {
	last, head := p.Last-1, f.r.Head(p)
	if head == reading.None || last <= head || f.r.Capital(last) || f.r.Words[last-1].POS != "PROPN" || f.r.Words[last].POS != "ADJ" && f.r.Words[last].POS != "VERB" {
		return p
	}
	if a, b := f.r.Words[head].Feats["Number"], f.r.Words[last].Feats["Number"]; a != "" && b != "" && a != b {
		p.Last = last
	}
	return p
}

// nameOnly cuts what follows a person's name behind a preposition: "Ana Gil of
// the Transport Board".
func (f *finder) nameOnly(p reading.Range) reading.Range {
	m, ok := f.names.At(p.First)
	if !ok || m.Last >= p.Last {
		return p
	}
	switch f.r.Words[m.Last].POS {
	case "ADP":
	case "ADJ", "VERB": // "escribió Karla Souza generado el apoyo"
		if m.Last-m.First < 2 || f.r.Capital(m.Last) {
			return p
		}
	default:
		return p
	}
	if kind, _ := f.names.Kind(m.Range); kind == claims.KindPerson {
		return m.Range
	}
	return p
}

// issuer finds who made a document in the words behind its noun.
func (f *finder) issuer(p reading.Range) reading.Range {
	for i := p.First; i+1 < p.Last; i++ {
		if !f.r.Is(i, "issuer-mark") {
			if f.r.Words[i].POS == "ADP" && !f.r.Words[i].Time {
				break // "a study in the journal of …" says where it stands
			}
			continue
		}
		rest := f.r.Bare(reading.Range{First: i + 1, Last: p.Last})
		if head := f.r.Head(rest); head != reading.None && f.canSpeak(rest, head) {
			return rest
		}
	}
	return reading.Range{}
}

// canSpeak reports whether a phrase can be a speaker: a name, or a noun of the
// tables that is no document.
func (f *finder) canSpeak(p reading.Range, head int) bool {
	if f.r.Words[head].POS == "PROPN" && f.r.Capital(head) {
		return true
	}
	noun, known := f.r.Lex.Noun(f.r.Words[head].Fold)
	return known && noun.Kind != claims.KindDocument
}

// halves splits "Juan Pérez y María Gil": two names that say something jointly.
func (f *finder) halves(p reading.Range) []reading.Range {
	for i := p.First + 1; i+1 < p.Last; i++ {
		if !f.r.Is(i, "and") {
			continue
		}
		left, right := f.r.Bare(reading.Range{First: p.First, Last: i}), f.r.Bare(reading.Range{First: i + 1, Last: p.Last})
		if f.separate(left) && f.separate(right) {
			return []reading.Range{left, right}
		}
	}
	return []reading.Range{p}
}

func (f *finder) separate(p reading.Range) bool {
	if p.Empty() {
		return false
	}
	kind, _ := f.names.Kind(p)
	return kind != claims.KindUnknown && f.r.HasName(p)
}

// subjectBefore finds the subject that stands before word v, not left of floor;
// the empty range where there is none.
func (f *finder) subjectBefore(v, floor int) reading.Range {
	j := v - 1
	if f.r.Words[v].Feats["VerbForm"] == "Inf" {
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
		if w := &f.r.Words[k]; w.POS == "VERB" && w.Feats["VerbForm"] == "Part" && !f.r.Finite(k) && k < j && f.r.Words[k+1].POS == "ADP" && f.r.Nominal(k-1) {
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
	n, known := f.r.Lex.Noun(f.r.Words[i].Fold)
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
		if f.speechOfAnyKind(k) && f.r.Finite(k) && f.r.Words[k].Quote == reading.None && f.r.Words[k].Feats["Tense"] == w.Feats["Tense"] {
			return f.subjectBefore(k, first)
		}
	}
	return reading.Range{}
}

// role reports whether the noun at i names a person's role.
func (f *finder) role(i int) bool {
	n, known := f.r.Lex.Noun(f.r.Words[i].Fold)
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

// speaker settles who a subject stands for: itself, or for a pronoun or nothing
// the subject of the sentence so far, or the last speaker.
func (f *finder) speaker(s, v int, p reading.Range, shared bool) ([]reading.Range, claims.Basis) {
	if !f.pronominal(p) {
		return f.party(p)
	}
	if who := f.sameSentence(s, v, p, shared); who != nil {
		return who, ""
	}
	if shared {
		if q := f.joinedSubject(s, v); !f.r.Bare(q).Empty() {
			return f.speaker(s, v, q, false)
		}
		if q := f.clauseSubject(v, f.r.Sentences[f.r.Words[v].Sent].First); f.couldBe(p, q) {
			return f.party(q)
		}
	}
	if f.person != nil && f.r.Is(p.Last-1, "person-pronoun") {
		return f.person, ""
	}
	if f.last != nil && s-f.lastAt <= reach {
		return f.last, ""
	}
	if q := f.clauseSubject(v, f.r.Sentences[f.r.Words[v].Sent].First); f.plausible(q) {
		return f.party(q)
	}
	if s > 0 {
		if q := f.sentenceSubject(s - 1); f.plausible(q) {
			return f.party(q)
		}
	}
	return nil, ""
}

// couldBe reports whether the pronoun p, or nothing, can stand for the subject q: a
// person for "she", and somebody who speaks where anybody was speaking before.
func (f *finder) couldBe(p, q reading.Range) bool {
	if f.pronominal(q) {
		return false
	}
	if !p.Empty() && f.r.Is(p.Last-1, "person-pronoun") {
		kind, _ := f.names.Kind(f.r.Bare(q))
		return kind == claims.KindPerson
	}
	return f.last == nil || f.plausible(q) && f.canSpeak(q, f.r.Head(q))
}

// sameSentence finds who a pronoun, or a verb without a subject, stands for among
// the sources of the sentence so far.
func (f *finder) sameSentence(s, v int, p reading.Range, shared bool) []reading.Range {
	person := !p.Empty() && f.r.Is(p.Last-1, "person-pronoun")
	for k := len(f.out) - 1; k >= f.begin; k-- {
		rep := &f.out[k]
		if rep.Sent != s || len(rep.Sources) == 0 || rep.Cue.First >= v {
			continue
		}
		if kind, _ := f.names.Kind(rep.Sources[0]); person && (kind == claims.KindPerson || kind == claims.KindUnknown && f.r.HasName(rep.Sources[0])) {
			return rep.Sources
		}
		if shared && f.joins(*rep, v) {
			return rep.Sources
		}
		if shared && p.Empty() && !f.r.HasFinite(reading.Range{First: rep.Cue.Last, Last: v}) {
			return rep.Sources
		}
	}
	return nil
}

// joins reports whether only a conjunction stands between what a report says and
// the verb group at v: the second verb of one speaker.
func (f *finder) joins(rep Report, v int) bool {
	if rep.Rule != RuleComplement || len(rep.Content) == 0 {
		return false
	}
	group, joined := f.groupStart(v), false
	k := rep.Content[len(rep.Content)-1].Last
	if k > group {
		return false
	}
	for ; k < group; k++ {
		w := &f.r.Words[k]
		joined = joined || w.POS == "CCONJ"
		if w.POS != "CCONJ" && w.POS != "ADV" && !f.r.Comma(k) {
			return false
		}
	}
	return joined
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
