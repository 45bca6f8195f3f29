package reading

// soonFinite reports whether a finite verb stands between p and the next comma,
// so that a connective before p opens a clause.
func (o *outliner) soonFinite(p int) bool {
	if o.comma(p) { // "si, como se teme, llueve"
		for p++; p < len(o.seq) && !o.comma(p); p++ {
		}
	}
	for q := p; q < len(o.seq); q++ {
		if o.r.Finite(o.seq[q]) {
			return true
		}
		if o.comma(q) && q > p || o.r.Words[o.seq[q]].Fold == ";" {
			return false
		}
	}
	return false
}

// pairedNouns reports whether the next finite verb stands behind a conjunction that
// it follows at once, so that it belongs to the clause before.
func (o *outliner) pairedNouns(p int) bool {
	verb := o.verbAfter(p)
	for q := verb - 1; verb != None && q >= p; q-- {
		if o.conjunction(q) {
			return o.adverbsOnly(q+1, verb)
		}
	}
	return false
}

// adverbsOnly reports whether only adverbs, clitics and negation stand in [p, q).
func (o *outliner) adverbsOnly(p, q int) bool {
	for ; p < q; p++ {
		i := o.seq[p]
		if o.r.Words[i].POS != "ADV" && !o.r.Is(i, "clitic") && !o.r.Is(i, "negation") && !o.r.Is(i, "also") {
			return false
		}
	}
	return true
}

// nextFinite gives the position of the first finite verb from p on that no
// connective, semicolon or relative pronoun stands before; None where there is none.
func (o *outliner) nextFinite(p int) int {
	for q := p; q < len(o.seq); q++ {
		if end := o.opaque(q); end > q {
			q = end - 1
			continue
		}
		i := o.seq[q]
		if o.r.Finite(i) {
			return q
		}
		if o.r.Words[i].Fold == ";" || o.r.Words[i].Fold == ":" {
			return None
		}
		class, n := o.match(q)
		if class == "" {
			continue
		}
		if (class == And || class == But) && q > p && (o.comma(q-1) || o.r.Words[i].POS == "CCONJ" && (o.verbFollows(q+n) || o.clauseFollows(q+n))) {
			return None // the verb behind belongs to that conjunction
		}
		if q == p && class == Sub && o.opens(class, q, n) {
			return o.pastSubordinate(q + n)
		}
		if (class == Rel || class == Comp) && q > p && !o.comma(q-1) && (o.r.Nominal(o.seq[q-1]) || class == Rel && q < p+3) && o.opens(class, q, n) {
			return o.pastRelative(q + n)
		}
		if class == Rel && q > p && o.comma(q-1) && o.opens(class, q, n) {
			return o.pastSubordinate(q + n) // "the third, who is ill, remains"
		}
		if class != And && class != But && o.opens(class, q, n) {
			return None
		}
	}
	return None
}

// verbFollows reports whether a finite verb stands at p, past adverbs and clitics.
func (o *outliner) verbFollows(p int) bool {
	verb := o.verbAfter(p)
	return verb != None && verb < p+4 && o.adverbsOnly(p, verb)
}

// clauseFollows reports whether a pronoun as subject and its verb stand at p.
func (o *outliner) clauseFollows(p int) bool {
	return p < len(o.seq) && o.r.Words[o.seq[p]].POS == "PRON" && !o.r.Is(o.seq[p], "clitic") && o.verbFollows(p+1)
}

// pastSubordinate looks for the main verb behind "and if …,".
func (o *outliner) pastSubordinate(p int) int {
	seen := false
	for q := p; q < len(o.seq); q++ {
		if o.r.Finite(o.seq[q]) {
			seen = true
		}
		if seen && o.comma(q) {
			return o.nextFinite(q + 1)
		}
	}
	return None
}

// laterComma reports whether a comma behind p stands right before the verb, so that it
// is the one that closes: "which is in Vigo, Spain, has".
func (o *outliner) laterComma(p, verb int) bool {
	for q := verb - 1; q > p; q-- {
		if o.comma(q) {
			return o.adverbsOnly(q+1, verb) && o.r.Phrase(o.seq[p], o.seq[q]) == o.seq[q]
		}
	}
	return false
}

// pastRelative looks for the verb of the noun that a relative clause without a comma
// goes with: "and the man who called left".
func (o *outliner) pastRelative(p int) int {
	verb := o.nextFinite(p)
	if verb == None {
		return None
	}
	return o.nextFinite(verb + 1)
}

func (o *outliner) commaBetween(p, q int) bool {
	for ; p < q; p++ {
		if o.comma(p) {
			return true
		}
	}
	return false
}

// mainAhead reports whether a comma and a clause behind it follow p, so that the main
// clause can still be to come.
func (o *outliner) mainAhead(p int) bool {
	for q := p + 1; q < len(o.seq); q++ {
		if o.comma(q) && o.nextFinite(q+1) != None {
			return true
		}
	}
	return false
}

func (o *outliner) verbAfter(p int) int {
	for q := p; q < len(o.seq); q++ {
		if o.r.Finite(o.seq[q]) {
			return q
		}
		if o.r.Words[o.seq[q]].Fold == ";" {
			break
		}
	}
	return None
}
