package reading

func (o *outliner) conjunction(p int) bool {
	if p >= len(o.seq) {
		return false
	}
	class, _ := o.match(p)
	return class == And || class == But
}

// coordinate decides at a conjunction whether it joins main clauses.
func (o *outliner) coordinate(p, n int, class Class) {
	if p > 0 && p+n < len(o.seq) && o.r.Words[o.seq[p-1]].POS == "NUM" && o.r.Words[o.seq[p+n]].POS == "NUM" {
		return // "entre 20 y 30 metros"
	}
	if class == And && o.shareObject(p, n) {
		return
	}
	verb := o.nextFinite(p + n)
	if verb == None {
		if last := o.seq[p+n-1]; n == 2 && len(o.stack) == 1 && o.main().finite && p+n+2 < len(o.seq) && o.r.Is(last, "complementizer") && o.r.Words[last].POS != "DET" {
			o.border(Border{Kind: ByConjunction, At: p, Start: p + n, Verb: p + n}) // "y que …": a verb must follow, though none was seen
			return
		}
		if part := o.sharesAuxiliary(p + n); part != None && o.main().finite && (len(o.stack) == 1 || o.headOutside(part, p)) {
			aux := o.aux
			o.border(Border{Kind: ByConjunction, At: p, Start: p + n, Verb: part})
			o.main().finite = true
			o.aux = aux
		}
		return
	}
	if !o.main().finite && !o.neverClosed(p) {
		o.top().joined = o.top().finite && (o.adverbsOnly(p+n, verb) || len(o.stack) > 1 && o.mainAhead(verb))
		return
	}
	if len(o.stack) > 1 && !o.top().finite && !o.comma(p-1) {
		return
	}
	if len(o.stack) > 1 && !o.joinsMain(p, verb, class) {
		o.joinInside(p, n, verb)
		return
	}
	o.border(Border{Kind: ByConjunction, At: p, Start: p + n, Verb: verb})
}

// shareObject reports whether the conjunction joins two bare verbs whose object stands
// behind the second: "police arrested and questioned the student".
func (o *outliner) shareObject(p, n int) bool {
	if p == 0 || p+n+1 >= len(o.seq) || !o.r.Finite(o.seq[p-1]) || !o.r.Finite(o.seq[p+n]) || o.r.Words[o.seq[p-1]].POS != "VERB" {
		return false
	}
	switch o.r.Words[o.seq[p+n+1]].POS {
	case "DET", "NOUN", "PROPN", "NUM", "ADJ":
		return !o.r.Words[o.seq[p+n+1]].Time
	}
	return false
}

// marked opens a main clause with a subject of its own behind a marker between commas:
// "…, however, the road is open".
func (o *outliner) marked(p int) bool {
	if p+2 >= len(o.seq) || !o.main().finite {
		return false
	}
	_, n := o.r.Match("discourse", o.seq[p+1], o.seq[len(o.seq)-1])
	if n == 0 || p+n+2 >= len(o.seq) || o.seq[p+n+1] != o.seq[p]+n+1 || !o.comma(p+n+1) {
		return false
	}
	b := Border{Kind: ByContrast, At: p, Start: p + n + 2, Verb: o.nextFinite(p + n + 2)}
	if b.Verb == None || b.Verb == b.Start || o.bare(b) {
		return false
	}
	for q := b.Start; q < b.Verb; q++ {
		if o.conjunction(q) {
			return false // "es decir, propiedad del Estado y su dueño es"
		}
	}
	o.border(b)
	return true
}

// neverClosed reports whether the one dependent clause that opens the words still stands open
// where a comma and a conjunction announce another main verb: what went before
// is then taken whole, its main verb was not seen.
func (o *outliner) neverClosed(p int) bool {
	if len(o.stack) != 2 || !o.top().finite || !o.comma(p-1) || o.top().border != None {
		return false
	}
	if o.mainAhead(p) {
		return false // "if A, and B, C"
	}
	o.main().finite = true
	if verb := o.verbAfter(0); verb != None {
		o.out.Main = append(o.out.Main, verb)
	}
	return true
}

// joinInside joins a verb to the dependent clause that is open; in a relative
// clause that states a fact, that is a further statement.
func (o *outliner) joinInside(p, n, verb int) {
	f := o.top()
	f.joined = true
	if f.border == None || !f.finite {
		return
	}
	o.out.Borders[f.border].End = p
	f.border = len(o.out.Borders)
	b := Border{Kind: ByConjunction, At: p, Start: p + n, End: len(o.seq), Verb: verb}
	b.Bare = o.bare(b)
	o.out.Borders = append(o.out.Borders, b)
}

// sharesAuxiliary gives the position of a verb at p, past adverbs, that has the
// form of the one behind the main clause's auxiliary: "was arrested and charged".
func (o *outliner) sharesAuxiliary(p int) int {
	for q := p; q < len(o.seq) && q < p+3 && o.aux != ""; q++ {
		w := &o.r.Words[o.seq[q]]
		if w.POS == "VERB" && w.Feats.VerbForm == o.aux && (o.aux == "Part" || o.aux == "Inf" && w.Rel == "conj") {
			return q
		}
		if w.POS != "ADV" {
			return None
		}
	}
	return None
}

// headOutside reports whether the parse coordinates the verb at position part
// with one of the main clause.
func (o *outliner) headOutside(part, p int) bool {
	depth, ok := o.headDepth(part, p)
	return ok && depth == 0
}

// joinsMain decides for a conjunction inside a dependent clause whether its verb goes
// with the main one: by the parse where there is one, else by comma and subject.
func (o *outliner) joinsMain(p, verb int, class Class) bool {
	if o.r.Words[o.seq[verb]].Feats.Mood == "Sub" {
		return false
	}
	if o.top().silent {
		return len(o.stack) == 2
	}
	if depth, ok := o.headDepth(verb, p); ok {
		return depth == 0
	}
	return o.comma(p-1) || class == But
}

// headDepth asks the parse how deep the clause stands that the verb is coordinated with.
func (o *outliner) headDepth(verb, p int) (int, bool) {
	v := o.seq[verb]
	switch o.r.Words[v].Rel {
	case "aux", "aux:pass", "cop":
		v = o.r.Words[v].Head
	}
	if v == None || o.r.Words[v].Rel != "conj" || o.r.Words[v].Head == None {
		return 0, false
	}
	head := o.r.Words[v].Head
	for q := p - 1; q >= 0; q-- {
		if o.seq[q] == head {
			return o.out.Depth[q], true
		}
	}
	return 0, false
}
