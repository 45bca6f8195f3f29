package attribute

import (
	"cotejo/claims"
	"cotejo/claims/extract/reading"
)

// reporting reports whether word i is a verb that reports, in the active voice
// and not negated.
func (f *finder) reporting(i int) bool {
	r := f.r
	if f.used[i] || !r.Verbal(i) || !r.Lex.Verb(r.Words[i].Fold, reading.Says, reading.Alleges, reading.Thinks, reading.Shows) {
		return false
	}
	if class, _ := r.Match("cues", i, len(r.Words)); class == "quoting" {
		return false // "citing X" belongs to the verb of who cites
	}
	first := f.groupStart(i)
	passive := false
	for k := first; k < i; k++ {
		if r.Is(k, "negation") || r.Is(k, "impersonal") && !r.Lex.Is(r.Words[i].Lemma, "pronominal") {
			return false
		}
		passive = passive || r.Words[k].POS == "AUX" && r.Lex.Is(r.Words[k].Lemma, "passive")
	}
	switch r.Words[i].Feats["VerbForm"] {
	case "Part":
		return !passive && (first < i || r.Finite(i) || f.gerund(i) && r.Comma(i-1))
	case "Inf": // "al explicar que", not "puede decir que", nor "al entender que"
		return r.Is(i-1, "on-infinitive") && r.Lex.Verb(r.Words[i].Fold, reading.Says) || r.Finite(i)
	}
	return true
}

// groupStart gives the first word of the verb group that ends at v: its
// auxiliaries, clitics, adverbs and negation.
func (f *finder) groupStart(v int) int {
	first := v
	for k := v - 1; k >= f.r.Sentences[f.r.Words[v].Sent].First; k-- {
		w := &f.r.Words[k]
		if w.Quote != reading.None {
			break
		}
		switch {
		case w.POS == "AUX" || f.r.Is(k, "clitic") || f.r.Is(k, "negation"):
			first = k
		case w.POS == "ADV" || f.r.Is(k, "also"):
		default:
			return first
		}
	}
	return first
}

func (f *finder) grade(i int) reading.Grade {
	for _, g := range []reading.Grade{reading.Says, reading.Alleges, reading.Thinks, reading.Shows} {
		if f.r.Lex.Verb(f.r.Words[i].Fold, g) {
			return g
		}
	}
	return ""
}

// verb reads the reporting verb v of sentence s: with a complement clause, a
// colon, or behind what it reports.
func (f *finder) verb(s, v int) {
	if c, ok := f.complement(s, v); ok {
		f.withComplement(s, v, c)
		return
	}
	if f.colon(s, v) {
		return
	}
	f.postposed(s, v)
}

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
	preverbal := !f.pronominal(f.subjectBefore(v, r.Sentences[s].First))
	for p := v + 1; p < limit && p < v+30 && r.Words[p].Quote == reading.None; {
		if f.that(p) && p > v+1 && r.Words[p].POS == "PRON" && !r.Comma(p-1) && !r.Words[p-1].Time && r.Words[p-1].POS == "NOUN" && c.subject.Empty() && c.via.Empty() && !r.Is(v, "relayed") {
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
		return f.passAdjunct(p, limit, c)
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
func (f *finder) passAdjunct(p, limit int, c *complement) (next int, ok bool) {
	if p+1 < limit && f.that(p+1) { // "insistió en que"
		return p + 1, true
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
			return c, parsed || listed && subject
		}
		if class, n := r.Match("connectives", k, limit); n > 0 && class != string(reading.And) && class != string(reading.But) && (w.POS == "SCONJ" || w.POS == "PRON" && class == string(reading.Rel)) {
			break
		}
		if w.Fold == ";" || w.Fold == ":" {
			break
		}
		subject = subject || w.POS == "NOUN" || w.POS == "PROPN" || w.POS == "PRON" || w.POS == "NUM" || w.POS == "DET"
	}
	return complement{}, false
}

// gerund reports whether the verb goes on with the speech of the clause before it:
// "…, saying prices would fall".
func (f *finder) gerund(v int) bool {
	feats := f.r.Words[v].Feats
	return feats["VerbForm"] == "Ger" || feats["VerbForm"] == "Part" && feats["Tense"] == "Pres"
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
	return false
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

// outlet gives the phrase where it names a news outlet, else the empty range.
func (f *finder) outlet(p reading.Range) reading.Range {
	p = f.r.Bare(p)
	if p.Empty() {
		return reading.Range{}
	}
	if kind, _ := f.names.Kind(p); kind == claims.KindMedia || f.masthead(p) {
		return p
	}
	if class, n := f.r.Match("outlets", p.First, p.Last); class != "" {
		return reading.Range{First: p.First, Last: p.First + n}
	}
	return reading.Range{}
}

// masthead reports whether the phrase is named as newspapers are: "the Larne Courier".
func (f *finder) masthead(p reading.Range) bool {
	for i := p.First; i < p.Last; i++ {
		if !f.r.Capital(i) && !f.r.Is(i, "of") {
			return false
		}
	}
	return f.r.Is(p.First, "masthead") || f.r.Is(p.Last-1, "masthead")
}

// plausible reports whether a phrase behind a verb can be its subject rather
// than its object: a name, a pronoun, or a noun that can be a source.
func (f *finder) plausible(p reading.Range) bool {
	head := f.r.Head(p)
	if head == reading.None {
		return false
	}
	_, known := f.r.Lex.Noun(f.r.Words[head].Fold)
	return known || f.bearsName(p)
}

// bearsName reports whether a name stands in the phrase itself, not in an "of"
// phrase of it: "el sitio deportivo Marca", not "el apoyo de Moscú".
func (f *finder) bearsName(p reading.Range) bool {
	for i := p.First; i < p.Last; i++ {
		if f.r.Words[i].POS == "ADP" {
			return false
		}
		if f.r.Words[i].POS == "PROPN" && f.r.Capital(i) {
			return true
		}
	}
	return false
}

// separated reports whether word p is a comma, a dash or the end of a quotation.
func (f *finder) separated(p int) bool {
	return p >= 0 && (f.r.Comma(p) || f.r.Words[p].Quote != reading.None)
}

// withComplement records "X said (that) P".
func (f *finder) withComplement(s, v int, c complement) {
	sent := f.r.Sentences[s]
	group := f.groupStart(v)
	subject, drop := f.complementSubject(s, v, group, c)
	end := f.unsaid(c.start, f.secondPredicate(v, c.start, sent.Last))
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
	if rep.Grade == reading.Shows && !f.shown(sources) {
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

// unsaid ends the content before a contrast in which the article says what the
// speaker did not tell: "…, aunque no aportó el estudio", "although it gave no date".
func (f *finder) unsaid(from, limit int) int {
	for i := from + 1; i+2 < limit; i++ {
		if !f.r.Comma(i) || f.r.Words[i].Quote != reading.None {
			continue
		}
		class, n := f.r.Match("connectives", i+1, limit)
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
		if k < limit && f.r.Finite(k) && f.speechOfAnyKind(k) && f.r.Words[k].Feats["Tense"] == f.r.Words[v].Feats["Tense"] {
			if f.r.Comma(i - 1) {
				return i - 1
			}
			return i
		}
	}
	return limit
}

func (f *finder) speechOfAnyKind(i int) bool {
	return f.r.Lex.Verb(f.r.Words[i].Fold, reading.Says, reading.Alleges, reading.Denies, reading.Doubts, reading.Asks)
}

// shown keeps "the data show that" and leaves "he showed that he can" alone.
func (f *finder) shown(sources []reading.Range) bool {
	for _, p := range sources {
		if head := f.r.Head(p); head != reading.None {
			if n, known := f.r.Lex.Noun(f.r.Words[head].Fold); known && n.Kind != claims.KindPerson || f.r.Words[head].POS == "PROPN" {
				return true
			}
		}
	}
	return false
}

// complementSubject finds the subject of a verb with a complement and the words
// of it that belong to no claim.
func (f *finder) complementSubject(s, v, group int, c complement) (subject reading.Range, drop []reading.Range) {
	floor := f.r.Sentences[s].First
	if !c.subject.Empty() {
		return f.named(c.subject, f.r.Sentences[s].Last), nil
	}
	if f.relativeBefore(group) {
		k := group - 2
		if f.r.Comma(k) {
			k--
		}
		return reading.Range{First: f.r.PhraseBefore(k, floor), Last: k + 1}, nil
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
	sources, basis := f.speaker(s, v, f.named(subject, sent.Last), false)
	f.clip(s, from)
	rep := Report{
		Sent: s, Verb: v, Grade: f.grade(v), Cue: reading.Range{First: f.groupStart(v), Last: v + 1}, Sources: sources, Basis: basis,
		Via: f.relayers(s, v), Content: content, Drop: []reading.Range{{First: from, Last: end}}, Rule: RulePostposed,
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
			if (f.lastWord(v+1, limit) || f.r.Comma(v+1)) && f.last != nil {
				return reading.Range{First: v + 1, Last: v + 1}, group - 1, v + 1, true // ", subrayó."
			}
			if !f.pronounAt(subject.First, limit) {
				return subject, 0, 0, false
			}
			subject.Last = subject.First + 1
		}
		return subject, group - 1, subject.Last, true
	}
	if f.pronounAt(group-1, limit) && group-2 >= floor && f.separated(group-2) {
		return reading.Range{First: group - 1, Last: group}, group - 2, v + 1, f.ends(v+1, limit)
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

// relayers finds who passed a statement on, in the words of the saying clause
// before the verb: "en declaraciones a Radio Uno, X dijo".
func (f *finder) relayers(s, end int) []reading.Range {
	first := f.r.Sentences[s].First
	var via []reading.Range
	for i := first; i < end; i++ {
		if !f.r.Is(i, "outlet-mark") && !f.relaying(i) {
			continue
		}
		p := i + 1
		for p < end && (f.r.Is(p, "of") || f.r.Is(p, "determiner")) {
			p++
		}
		if out := f.outlet(reading.Range{First: p, Last: f.r.Phrase(p, end)}); !out.Empty() {
			via = append(via, out)
		}
	}
	return via
}

func (f *finder) relaying(i int) bool {
	class, _ := f.r.Match("cues", i, len(f.r.Words))
	return class == "quoted-by"
}
