package reading

import "cotejo/claims"

// apposition opens the noun phrase at p as a statement of its own: one with an
// indefinite article that says what the noun before the comma is, in a relative
// clause or in a phrase of some length, and is no role of a person.
func (o *outliner) apposition(p int) bool {
	if p+2 >= len(o.seq) || p < 2 || !o.r.Is(o.seq[p], "indefinite") && !o.namesFact(p) && !o.ranks(p) || o.r.Words[o.seq[p+1]].Time {
		return false
	}
	if before := &o.r.Words[o.seq[p-2]]; before.Mark || before.POS == "ADV" || before.POS == "CCONJ" {
		return false
	}
	if class, n := o.match(p); n > 1 && class != Rel { // "una vez que"
		return false
	}
	end := o.longPhrase(o.seq[p], o.seq[len(o.seq)-1]+1)
	ranked := o.ranks(p)
	if verb := o.nextFinite(p); ranked && !o.main().finite && verb != None && !o.commaBetween(p, verb) {
		return false // it is the subject
	}
	if head := o.r.Head(Range{o.seq[p], end}); !ranked && (head == None || o.personal(head)) {
		return false
	}
	last := p
	for last < len(o.seq) && o.seq[last] < end {
		last++
	}
	b := Border{Kind: ByApposition, At: p, Start: p, End: len(o.seq), Verb: p}
	if last < len(o.seq) && o.isRelative(last) && o.opens(Rel, last, 1) && o.verbAfter(last) != None {
		b.Verb = o.verbAfter(last)
	} else if !ranked && (last-p < minApposition || last < len(o.seq) && !o.r.Words[o.seq[last]].Mark || o.listed(p, last)) {
		return false
	}
	o.stack = append(o.stack, frame{class: Rel, comma: true, finite: true, border: len(o.out.Borders)})
	o.out.Borders = append(o.out.Borders, b)
	return true
}

// ranks reports whether a superlative opens the phrase at p: "the largest in its
// history", "its weakest since March", "máximo goleador del equipo".
func (o *outliner) ranks(p int) bool {
	if o.r.Is(o.seq[p], "indefinite") && o.r.Is(o.seq[p+1], "of") { // "one of the largest"
		p += 2
	}
	for q := p; q < p+2 && q+2 < len(o.seq); q++ {
		i := o.seq[q]
		if o.r.Is(i, "superlative") {
			return true
		}
		if !o.r.Is(i, "determiner") || o.r.Is(i, "indefinite") {
			break
		}
	}
	return o.topsByDegree(p)
}

// topsByDegree reports whether a superlative made with a word of degree opens at p: "la más
// alta del año", "el nivel más bajo desde marzo".
func (o *outliner) topsByDegree(p int) bool {
	for q := p + 1; q <= p+2 && q+1 < len(o.seq) && o.r.Is(o.seq[p], "determiner") && !o.r.Is(o.seq[p], "indefinite"); q++ {
		if o.r.Is(o.seq[q], "degree") {
			return o.r.Words[o.seq[q+1]].POS == "ADJ"
		}
	}
	return false
}

// minApposition is how many words an apposition without a verb needs to state a fact.
const minApposition = 3

// namesFact reports whether a bare noun that names a fact opens a relative
// clause: "cifra que …".
func (o *outliner) namesFact(p int) bool {
	return o.r.Is(o.seq[p], "fact") && o.isRelative(p+1)
}

// figureApart opens a figure that is set off with its circumstance as a statement of its own:
// "75 murieron, 26 en la última semana, y …".
func (o *outliner) figureApart(p int) bool {
	if p+2 >= len(o.seq) || !o.main().finite {
		return false
	}
	w := &o.r.Words[o.seq[p]]
	if w.POS != "NUM" || w.Time || o.r.Words[o.seq[p+1]].POS != "ADP" {
		return false
	}
	end := p + 1
	for end < len(o.seq) && !o.comma(end) && !o.r.Words[o.seq[end]].Mark {
		if o.r.Finite(o.seq[end]) || o.conjunction(end) {
			return false
		}
		end++
	}
	if end-p < 3 {
		return false
	}
	o.out.Borders = append(o.out.Borders, Border{Kind: ByApposition, At: p, Start: p, End: end, Verb: p})
	return true
}

// longPhrase follows a noun phrase with the prepositional phrases behind it.
func (o *outliner) longPhrase(first, limit int) int {
	end := o.r.Phrase(first, limit)
	if end+1 < limit && o.r.Is(end, "degree") && o.r.Words[end+1].POS == "ADJ" { // "el nivel más bajo"
		end = o.r.Phrase(end+1, limit)
	}
	for end > first && end+1 < limit && (o.r.Words[end].POS == "ADP" || o.r.Words[end].POS == "ADV" && o.r.Words[end+1].POS == "NUM") {
		from := end + 1
		if from+1 < limit && o.r.Words[from].POS == "ADV" && o.r.Words[from+1].POS == "NUM" { // "a town of about 9,000 people"
			from++
		}
		next := o.r.Phrase(from, limit)
		if next == from {
			break
		}
		end = next
	}
	return end
}

// personal reports whether the noun names a person's role or kin.
func (o *outliner) personal(i int) bool {
	if o.r.Is(i, "person-role") {
		return true
	}
	n, known := o.r.Noun(i)
	return known && n.Kind == claims.KindPerson
}

// listed reports whether a conjunction or a further item follows, as in a list.
func (o *outliner) listed(p, q int) bool {
	for ; p < q; p++ {
		if o.conjunction(p) {
			return true
		}
	}
	return o.conjunction(q+1) && o.nextFinite(q+2) == None
}
