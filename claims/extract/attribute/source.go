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
	noun, known := f.r.Noun(head)
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
	if a, b := f.r.Words[head].Feats.Number, f.r.Words[last].Feats.Number; a != "" && b != "" && a != b {
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
	noun, known := f.r.Noun(head)
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

// withPartner adds the second of two people who say something jointly, each with a
// role of their own: "Ana Gil, directora del museo, y Juan Mora, alcalde, dijeron".
func (f *finder) withPartner(sources []reading.Range, group, v int) []reading.Range {
	if len(sources) != 1 || sources[0].Last >= group || f.r.Words[sources[0].First].Sent != f.r.Words[v].Sent || !f.personName(sources[0]) {
		return sources
	}
	if f.r.HasFinite(reading.Range{First: sources[0].Last, Last: group}) {
		return sources
	}
	for i := sources[0].Last; i+1 < group; i++ {
		if !f.r.Is(i, "and") || !f.r.Comma(i-1) && f.r.Words[v].Feats.Number != "Plur" {
			continue
		}
		if m, ok := f.names.At(i + 1); ok && m.Last <= group && f.personName(m.Range) {
			return append(sources[:1:1], m.Range)
		}
	}
	return sources
}
