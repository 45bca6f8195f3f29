package attribute

import (
	"cotejo/claims"
	"cotejo/claims/extract/reading"
)

// phrases reads "according to X" and its like in sentence s.
func (f *finder) phrases(s int) {
	sent := f.r.Sentences[s]
	for i := sent.First; i < sent.Last; i++ {
		if f.r.Words[i].Quote != reading.None {
			continue
		}
		class, n := f.r.Match("cues", i, sent.Last)
		if class == "as" { // "como recoge el fallo": only with a verb of saying
			if _, ok := f.sayingVerb(i+n, sent.Last); !ok {
				continue
			}
		}
		if class == "view" && !f.viewer(s, i, n) {
			continue
		}
		if class == "prep" || class == "as" || class == "view" {
			if rep, ok := f.phrase(s, i, n); ok {
				f.add(rep)
			}
			i += n - 1
		}
	}
}

// viewer reports whether the phrase behind "para" at i names a person whose view
// follows: at the start, up to a comma and a clause.
func (f *finder) viewer(s, i, n int) bool {
	sent := f.r.Sentences[s]
	if i > sent.First && !(f.r.Comma(i-1) && !f.r.HasFinite(reading.Range{First: sent.First, Last: i})) {
		return false
	}
	end := f.r.Phrase(i+n, sent.Last)
	p := f.r.Bare(reading.Range{First: i + n, Last: end})
	return f.r.Comma(end) && (f.endsInName(p) || f.personName(p)) && f.r.HasFinite(reading.Range{First: end, Last: sent.Last})
}

// sourcePhrase is who "according to" names and where the naming ends.
type sourcePhrase struct {
	sources, via []reading.Range
	basis        claims.Basis
	cueEnd, end  int
}

func (f *finder) phrase(s, i, n int) (Report, bool) {
	sent := f.r.Sentences[s]
	src, ok := f.phraseSource(s, i+n, sent.Last)
	if !ok {
		return Report{}, false
	}
	rep := Report{
		Sent: s, Verb: reading.None, Grade: reading.Says, Cue: reading.Range{First: i, Last: src.cueEnd},
		Sources: src.sources, Via: src.via, Basis: src.basis, Rule: RulePhrase,
	}
	rep.Content, rep.Drop = f.phraseScope(sent, i, src.end)
	return rep, len(rep.Content) > 0
}

// phraseSource reads the source behind the cue: a noun phrase ("según la ONU"),
// a document and its issuer, or a clause with the source behind its verb
// ("según informó la policía", "según ha podido saber la cadena").
func (f *finder) phraseSource(s, p, limit int) (sourcePhrase, bool) {
	r := f.r
	if end, ok := f.sayingVerb(p, limit); ok {
		subject := f.named(f.subjectAfter(end, limit), limit)
		if f.pronominal(subject) && end < limit && f.r.Words[end].POS == "ADP" { // "según trascendió en medios locales"
			if p := (reading.Range{First: end + 1, Last: r.Phrase(end+1, limit)}); f.plausible(p) {
				subject = p
			}
		}
		if f.pronominal(subject) {
			sources, basis := f.speaker(s, p, reading.Range{}, false)
			return sourcePhrase{sources: sources, basis: basis, cueEnd: end, end: f.commaFrom(end, limit)}, len(sources) > 0
		}
		sources, basis := f.party(subject)
		f.claimVerbs(p, end)
		return sourcePhrase{sources: sources, basis: basis, cueEnd: end, end: f.commaFrom(subject.Last, limit)}, true
	}
	if p >= limit {
		return sourcePhrase{}, false
	}
	end := r.Phrase(p, limit)
	whole := reading.Range{First: p, Last: end}
	if f.pronominal(whole) && !f.quoted(p) {
		if !f.pronounAt(p, limit) {
			return sourcePhrase{}, false
		}
		sources, basis := f.speaker(s, p, reading.Range{}, false)
		return sourcePhrase{sources: sources, basis: basis, cueEnd: p, end: p + 1}, len(sources) > 0
	}
	src := sourcePhrase{cueEnd: p, end: end}
	src.sources, src.basis = f.possessed(s, p, whole)
	if len(src.sources) == 1 && src.sources[0].First > p {
		src.cueEnd = f.cueBefore(src.sources[0].First)
	}
	if len(src.sources) == 0 {
		return src, false
	}
	f.afterSource(&src, limit)
	return src, true
}

func (f *finder) quoted(p int) bool { return f.r.Words[p].Quote != reading.None }

// cueBefore leaves the source's determiner out of the cue.
func (f *finder) cueBefore(first int) int {
	if first > 0 && f.r.Is(first-1, "definite") {
		return first - 1
	}
	return first
}

// possessed reads "según sus declaraciones" as the subject of the sentence, else the phrase itself.
func (f *finder) possessed(s, p int, whole reading.Range) ([]reading.Range, claims.Basis) {
	head := f.r.Head(whole)
	if f.r.Is(p, "possessive") && head != reading.None {
		if n, known := f.r.Noun(head); known && n.Kind == claims.KindDocument {
			if subject := f.sentenceSubject(s); !f.pronominal(subject) {
				sources, _ := f.party(subject)
				return sources, n.Basis
			}
		}
	}
	if f.r.Is(p, "possessive") {
		if _, known := f.r.Lex.Noun(f.r.Fold(head)); !known {
			return nil, "" // "según sus ideologías" names nobody
		}
	}
	return f.party(whole)
}

// afterSource follows what may stand behind the source: an issuer behind "by",
// a verb ("según X explicó"), an apposition, or who is quoted.
func (f *finder) afterSource(src *sourcePhrase, limit int) {
	r := f.r
	if head := r.Head(src.sources[0]); head != reading.None {
		if n, known := r.Noun(head); known && n.Kind == claims.KindDocument {
			f.issuedBy(src, limit)
		}
	}
	if end, ok := f.sayingVerb(src.end, limit); ok {
		f.claimVerbs(src.end, end)
		src.end = end
	}
	p := src.end
	if p < limit && r.Comma(p) {
		p++
	}
	class, n := r.Match("cues", p, limit)
	if n == 0 {
		f.apposition(src, limit)
		return
	}
	first := p + n
	end := r.Phrase(first, limit)
	other := r.Bare(reading.Range{First: first, Last: end})
	if other.Empty() {
		return
	}
	switch class {
	case "quoting":
		src.via = append(src.via, src.sources...)
		src.sources, _ = f.party(other)
		src.end = end
		if end < limit && f.relativeAt(end) { // "quoting two people who had seen it,"
			src.end = f.commaFrom(end, limit)
		}
	case "quoted-by":
		src.via = append(src.via, other)
		src.end = end
	}
}

// apposition steps over what commas set off behind the source to say who it is: the
// name of a role ("la ministra, Ana Gil,"), the role of a name ("Ana Gil, del
// Movimiento Sur,"), letters behind a name ("Tom Hale, QC,").
func (f *finder) apposition(src *sourcePhrase, limit int) {
	if head := f.r.Head(src.sources[0]); src.end < limit && f.r.Words[src.end].POS == "ADP" && head != reading.None && f.role(head) {
		end := f.commaFrom(src.end, limit) // "la coordinadora del centro en el sur, Ana Gil"
		next := f.r.Bare(reading.Range{First: end + 1, Last: f.r.Phrase(end+1, limit)})
		if end < limit && f.personName(next) && !f.r.HasFinite(reading.Range{First: src.end, Last: end}) {
			src.end = end
		}
	}
	for f.r.Comma(src.end) {
		end := f.commaFrom(src.end+1, limit)
		inner := reading.Range{First: src.end + 1, Last: end}
		if end >= limit {
			inner = f.r.Bare(inner)
		}
		if inner.Empty() || f.r.HasFinite(inner) || end < limit && !f.r.HasFinite(reading.Range{First: end, Last: limit}) {
			return
		}
		person := f.endsInName(src.sources[0]) || f.personName(src.sources[0])
		bare := f.r.Bare(inner)
		switch head := f.r.Head(src.sources[0]); {
		case !person && head != reading.None && f.role(head) && (f.personName(bare) || f.endsInName(bare)):
			src.sources = []reading.Range{bare}
		case person && (f.statesRole(bare) || f.r.Is(inner.First, "of") || inner.Last-inner.First == 1 && f.r.Capital(inner.First) && f.r.Words[inner.First].POS == "PROPN" && len(f.r.Words[inner.First].Form) < 4):
		default:
			return
		}
		if end >= limit {
			end = inner.Last
		}
		src.end = end
	}
}

// statesRole reports whether a person's role stands in a phrase before any preposition.
func (f *finder) statesRole(p reading.Range) bool {
	for i := p.First; i < p.Last && f.r.Words[i].POS != "ADP"; i++ {
		if f.role(i) {
			return true
		}
	}
	return false
}

// issuedBy makes the issuer of a document the source: "a report by the council",
// "un informe publicado el jueves por la autoridad".
func (f *finder) issuedBy(src *sourcePhrase, limit int) {
	p, obtained := src.end, f.r.Is(src.end, "obtained")
	if p < limit && f.r.Words[p].POS == "VERB" && f.r.Words[p].Feats.VerbForm == "Part" {
		for p++; p < limit && !f.r.Comma(p) && !(f.r.Is(p, "issuer-mark") && !f.r.Words[p].Time); p++ {
			if w := &f.r.Words[p]; !w.Time && w.POS != "ADV" && w.POS != "ADP" {
				return
			}
		}
	}
	if p >= limit || !f.r.Is(p, "issuer-mark") {
		return
	}
	end := f.r.Phrase(p+1, limit)
	issuer := f.r.Bare(reading.Range{First: p + 1, Last: end})
	if f.r.Head(issuer) == reading.None {
		return
	}
	if src.end = end; obtained { // "a letter seen by the newspaper": who passes it on
		src.via = append(src.via, issuer)
		return
	}
	src.sources = []reading.Range{issuer}
}

// sayingVerb gives the end of a verb group at p that reports or tells of
// knowing; its verbs may not be negated.
func (f *finder) sayingVerb(p, limit int) (end int, ok bool) {
	r := f.r
	for k := p; k < limit && k < p+5; k++ {
		w := &r.Words[k]
		switch {
		case r.Verbal(k) && (r.Lex.Verb(w.Fold, reading.Says, reading.Alleges, reading.Thinks, reading.Shows) || r.Is(k, "source-verb") || r.Lex.Is(w.Lemma, "source-verb")):
			if w.Feats.Person == "1" || w.Feats.Person == "2" { // "como sabemos"
				return 0, false
			}
			return k + 1, w.Feats.VerbForm == "Fin" || k > p
		case w.POS == "AUX" || w.POS == "ADV" && k > p || r.Is(k, "clitic") || w.POS == "VERB" && k == p || k > p && w.POS == "VERB" && w.Feats.VerbForm == "Part":
		default:
			return 0, false
		}
	}
	return 0, false
}

// claimVerbs keeps the verbs of a source phrase from being read again.
func (f *finder) claimVerbs(first, last int) {
	for i := first; i < last; i++ {
		f.used[i] = true
	}
}
