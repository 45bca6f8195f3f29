package attribute

import (
	"cotejo/claims"
	"cotejo/claims/extract/reading"
)

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
	if f.gerund(v) || f.r.Words[v].Feats.VerbForm == "Inf" {
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
		if n, known := f.r.Noun(head); known && n.Kind == claims.KindPerson {
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
