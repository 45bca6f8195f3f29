package reading

// opens reports whether a connective of the class opens a clause at p.
func (o *outliner) opens(class Class, p, n int) bool {
	switch pos := o.r.Words[o.seq[p]].POS; class {
	case Sub:
		if n == 1 && o.correlates(p) {
			return false
		}
		if n > 1 {
			return o.soonFinite(p + n)
		}
		return (pos != "ADP" || o.top().finite) && o.soonFinite(p+n) && !o.pairedNouns(p+n)
	case Comp:
		return n > 1 || (pos == "SCONJ" || pos == "PRON") && !o.comparison(p) && !o.demonstrative(p)
	case Rel:
		return n > 1 || pos != "DET" && pos != "ADP"
	case Contrast, ContrastNP, Result, ResultApart:
		return true
	}
	return false
}

// correlates reports whether the word at p is the second of a pair that joins nouns: "tanto
// la víctima como el testigo".
func (o *outliner) correlates(p int) bool {
	if !o.r.Is(o.seq[p], "correlate") {
		return false
	}
	for q := p - 1; q >= 0 && !o.r.Finite(o.seq[q]); q-- {
		if o.r.Is(o.seq[q], "correlative") {
			return true
		}
	}
	return false
}

// demonstrative reports whether "that" at p is "the one": "such as that of a horse".
func (o *outliner) demonstrative(p int) bool {
	return o.r.Words[o.seq[p]].Feats.PronType == "Dem" && p+1 < len(o.seq) && o.r.Is(o.seq[p+1], "of")
}

// comparison reports whether "than" stands at p: a word of comparison before it
// and a noun behind it, no verb.
func (o *outliner) comparison(p int) bool {
	if p+1 >= len(o.seq) || !o.r.Nominal(o.seq[p+1]) {
		return false
	}
	for q := p - 1; q >= 0 && q >= p-3; q-- {
		if o.r.Is(o.seq[q], "comparative") {
			return true
		}
		if o.r.Words[o.seq[q]].Mark {
			return false
		}
	}
	return false
}

// contrast opens a clause of contrast or result; false where what follows asserts nothing.
func (o *outliner) contrast(p, n int, class Class) bool {
	verb := o.nextFinite(p + n)
	if verb == None {
		return false
	}
	if class == ContrastNP && (verb == p+n || o.r.Words[o.seq[p+n]].POS == "PRON" && o.r.Words[o.seq[p+n]].Rel != "expl" && !o.comma(p-1)) {
		return false
	}
	if class == Result && n == 1 && !o.setOff(p) {
		return false
	}
	if o.opening(p) {
		if class == Result {
			return false
		}
		o.border(Border{Kind: ByContrast, At: p, Start: p + n, Verb: verb})
		o.main().class = Contrast
		return true
	}
	if class == Contrast && !o.top().finite && o.closesBefore(verb) {
		o.interpose(p, n, verb)
		return true
	}
	if !o.main().finite {
		return false
	}
	kind := ByContrast
	if class == Result {
		kind = ByResult
	}
	o.border(Border{Kind: kind, At: p, Start: p + n, Verb: verb})
	return true
}

// opening reports whether only conjunctions and marks stand before p.
func (o *outliner) opening(p int) bool {
	for q := 0; q < p; q++ {
		if w := &o.r.Words[o.seq[q]]; !w.Mark && w.POS != "CCONJ" {
			return false
		}
	}
	return true
}

// closesBefore reports whether a comma follows the verb of an interposed clause, and
// behind it the verb that the clause around it waits for.
func (o *outliner) closesBefore(verb int) bool {
	for q := verb + 1; q < len(o.seq); q++ {
		if o.comma(q) {
			return o.nextFinite(q+1) != None
		}
	}
	return false
}

// interpose opens a concession in the middle of a clause whose verb is still to come:
// "the town, although it has no station, grew".
func (o *outliner) interpose(p, n, verb int) {
	b := Border{Kind: ByContrast, At: p, Start: p + n, End: len(o.seq), Verb: verb}
	b.Bare = o.bare(b)
	o.stack = append(o.stack, frame{class: Contrast, comma: true, border: len(o.out.Borders)})
	o.out.Borders = append(o.out.Borders, b)
	o.level(p, p+n)
}

// open pushes a dependent clause; a relative one behind a comma is a border.
func (o *outliner) open(p, n int, class Class) {
	start := p
	if p == 0 && (class == Rel || class == Comp) && !o.freeRelative(p, n, class) {
		o.level(p, p+n) // what is outlined is the relative clause itself
		return
	}
	if class == Rel || class == Comp {
		start = o.relativeStart(p, n)
	}
	f := frame{class: class, comma: o.setOff(start), border: None}
	if start > 0 && o.comma(start-1) && o.relative(p, class) && !o.freeRelative(p, n, class) {
		f.class = Rel
		f.border = len(o.out.Borders)
		o.out.Borders = append(o.out.Borders, Border{Kind: ByRelative, At: start, Start: start, End: len(o.seq), Verb: o.verbAfter(p + n)})
	}
	o.stack = append(o.stack, f)
	o.level(start, p+n)
}

// relativeStart gives where the relative clause begins whose pronoun stands at p: at a
// preposition before it ("en la que"), or at the noun of "the cause of which".
func (o *outliner) relativeStart(p, n int) int {
	if p > 0 && o.r.Words[o.seq[p-1]].POS == "ADP" {
		return p - 1
	}
	if n > 1 {
		return o.partitive(p)
	}
	return p
}

// freeRelative reports whether the pronoun at p opens a clause that is itself the subject
// of the main verb: "lo que importa es".
func (o *outliner) freeRelative(p, n int, class Class) bool {
	if class != Rel || p > 0 && o.main().finite {
		return false
	}
	verb := o.nextFinite(p + n)
	if verb == None {
		return false
	}
	main := o.nextFinite(verb + 1)
	return main != None && (p == 0 || o.r.Is(o.seq[p], "determiner") && !o.nounBefore(p-1))
}

// nounBefore reports whether a noun phrase that no preposition governs ends before the comma at p.
func (o *outliner) nounBefore(p int) bool {
	if p < 1 || !o.comma(p) || !o.r.Nominal(o.seq[p-1]) {
		return false
	}
	first := o.r.PhraseBefore(o.seq[p-1], o.seq[0])
	return first <= o.seq[p-1] && (first == 0 || o.r.Words[first-1].POS != "ADP" || first == o.seq[0])
}

// partitive gives where a relative clause begins that "of which" at p stands in:
// ", the cause of which is unknown".
func (o *outliner) partitive(p int) int {
	for q := p - 1; q > 0 && q >= p-4 && o.r.Nominal(o.seq[q]); q-- {
		if o.comma(q - 1) {
			return q
		}
	}
	return p
}

// relative reports whether the pronoun at p opens a relative clause that states
// a fact: a finite verb in the indicative follows.
func (o *outliner) relative(p int, class Class) bool {
	if class != Rel && class != Comp || o.r.Words[o.seq[p]].Fold != "that" && !o.isRelative(p) {
		return false
	}
	verb := o.verbAfter(p)
	return verb != None && o.r.Words[o.seq[verb]].Feats.Mood != "Sub"
}

func (o *outliner) isRelative(p int) bool {
	for _, ph := range o.r.Words[o.seq[p]].known.phrasesOf("connectives") {
		if Class(ph.class) == Rel {
			return true
		}
	}
	return false
}
