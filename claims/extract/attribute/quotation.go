package attribute

import "cotejo/claims/extract/reading"

// quotations gives the quotations that begin in sentence s, and are statements of
// their own, to whoever speaks them.
func (f *finder) quotations(s int) {
	for ; f.quote < len(f.r.Quotes); f.quote++ {
		q := f.quote
		if f.r.Quotes[q].Depth > 0 || f.taken[q] {
			continue
		}
		words := f.quoteWords(q)
		if words.Empty() {
			continue
		}
		if f.r.Words[words.First].Sent > s {
			return
		}
		if f.statement(q, words) {
			f.attributeQuote(s, q, words)
		}
	}
}

// quoteWords gives the words of a quotation with its marks.
func (f *finder) quoteWords(q int) reading.Range {
	span := f.r.Quotes[q].Span
	lo, hi := 0, len(f.r.Words)
	for lo < hi {
		mid := (lo + hi) / 2
		if f.r.Words[mid].Start < span.Start {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	first := lo
	for lo < len(f.r.Words) && f.r.Words[lo].End <= span.End {
		lo++
	}
	return reading.Range{First: first, Last: lo}
}

// statement reports whether a quotation says something by itself, rather than
// being a few quoted words inside the article's own sentence.
func (f *finder) statement(q int, w reading.Range) bool {
	if !f.r.HasFinite(w) {
		return f.announced(w)
	}
	first := f.r.Sentences[f.r.Words[w.First].Sent].First
	if w.First == first || f.r.Words[w.First].Sent != f.r.Words[w.Last-1].Sent {
		return true
	}
	before := w.First - 1
	if f.r.Words[before].Fold == ":" || f.r.Comma(before) {
		return true
	}
	for k := before; k >= first && k > before-4; k-- {
		if k < before && f.that(k) {
			return false // "said that the slogan “No more” works": a part of its clause
		}
		if f.r.Verbal(k) {
			return f.reporting(k)
		}
	}
	return false
}

// announced takes a quotation in which no verb was seen for a statement where it
// begins with a capital behind a verb of speech and a comma or colon.
func (f *finder) announced(w reading.Range) bool {
	v := w.First - 2
	return w.Last-w.First > 4 && v >= 0 && f.r.Capital(w.First+1) && (f.r.Comma(v+1) || f.r.Words[v+1].Fold == ":") && f.speech(v)
}

// attributeQuote looks for the speaker behind the quotation, before it, and in
// what was said last.
func (f *finder) attributeQuote(s, q int, w reading.Range) {
	content := []reading.Range{f.inner(w)}
	f.marks = append(f.marks, reading.Range{First: w.First, Last: content[0].First}, reading.Range{First: content[0].Last, Last: w.Last})
	f.taken[q] = true
	if f.incise(q, content[0]) || f.introduced(w) && f.beforeQuote(w, content) || f.behindQuote(f.r.Words[w.Last-1].Sent, w, content) || f.beforeQuote(w, content) {
		return
	}
	if f.covered(w) {
		return // "P", according to X
	}
	rep := Report{Sent: s, Verb: reading.None, Grade: reading.Says, Content: content, Direct: true, Rule: RuleQuotation}
	if f.speaking(w) {
		rep.Sources = f.last
	}
	f.add(rep)
}

// introduced reports whether "that" or a colon leads from a verb before the
// quotation to it, so that a verb behind it is another one's.
func (f *finder) introduced(w reading.Range) bool {
	before := w.First - 1
	if before < 0 || f.r.Words[before].Sent != f.r.Words[w.First].Sent || f.r.Words[before].Quote != reading.None {
		return false
	}
	return f.that(before) || f.r.Words[before].Fold == ":" && !f.closedBySpeech(w.Last)
}

// closedBySpeech reports whether a comma and then a verb of speech stand right behind
// a quotation: it is their own, whatever led to it.
func (f *finder) closedBySpeech(p int) bool {
	if p >= len(f.r.Words) || !f.r.Comma(p) {
		return false
	}
	for k := p + 1; k < len(f.r.Words) && k < p+5; k++ {
		if f.r.Finite(k) && f.speech(k) {
			return true
		}
		if f.r.Words[k].POS != "AUX" && !f.r.Is(k, "clitic") {
			return false
		}
	}
	return false
}

// covered reports whether a source phrase of the sentence already takes the words in.
func (f *finder) covered(w reading.Range) bool {
	for k := f.begin; k < len(f.out); k++ {
		for _, c := range f.out[k].Content {
			if c.First <= w.First && w.Last-1 <= c.Last {
				return true
			}
		}
	}
	return false
}

// inner leaves the marks of a quotation out.
func (f *finder) inner(w reading.Range) reading.Range {
	for !w.Empty() && f.r.Words[w.First].Mark && isQuoteMark(f.r.Words[w.First].Form) {
		w.First++
	}
	for !w.Empty() && isQuoteMark(f.r.Words[w.Last-1].Form) {
		w.Last--
	}
	return w
}

func isQuoteMark(form string) bool {
	switch form {
	case `"`, "“", "”", "«", "»", "'", "‘", "’", "„", "‟", "—", "–", "''", "``":
		return true
	}
	return false
}

// behindQuote reads `"P", dijo X` and `"P", X said`.
func (f *finder) behindQuote(s int, w reading.Range, content []reading.Range) bool {
	limit := f.r.Sentences[s].Last
	for v := w.Last; v < limit && v < w.Last+25; v++ {
		if f.r.Words[v].Quote != reading.None {
			if !f.listed(w.Last, v) {
				return false
			}
			continue
		}
		if f.r.Words[v].Fold == ";" || f.r.Words[v].Fold == "." {
			return false
		}
		if !f.r.Finite(v) && !f.used[v] && !f.reporting(v) {
			continue
		}
		if f.used[v] {
			return f.shareVerb(v, content)
		}
		if !f.speech(v) {
			if f.r.Words[v].POS == "AUX" {
				continue
			}
			return false
		}
		if _, ok := f.complement(s, v); ok && (f.that(v+1) || f.r.MainVerb(reading.Range{First: w.Last, Last: v}) != reading.None) {
			return false
		}
		return f.quoteTail(s, v, w.Last, limit, content)
	}
	return false
}

// listed reports whether only marks, conjunctions and quoted words stand in
// [p, q): several quotations with one verb behind them.
func (f *finder) listed(p, q int) bool {
	for ; p < q; p++ {
		w := &f.r.Words[p]
		if w.Quote == reading.None && !w.Mark && w.POS != "CCONJ" {
			return false
		}
	}
	return true
}

// speech reports whether a verb can carry a quotation: requests carry them too.
func (f *finder) speech(v int) bool {
	if f.reporting(v) {
		return true
	}
	form := f.r.Words[v].Feats.VerbForm
	return !f.used[v] && f.r.Verbal(v) && (form != "Inf" || f.r.Finite(v)) && f.r.Verb(v, reading.Asks, reading.Denies, reading.Doubts, reading.Quotes)
}

// shareVerb gives a quotation to the report of a verb that already has one.
func (f *finder) shareVerb(v int, content []reading.Range) bool {
	for k := f.begin; k < len(f.out); k++ {
		if f.out[k].Verb == v && f.out[k].Direct {
			f.out[k].Content = append(f.out[k].Content, content...)
			return true
		}
	}
	return false
}

func (f *finder) quoteTail(s, v, floor, limit int, content []reading.Range) bool {
	group := f.groupStart(v)
	var subject reading.Range
	if group > floor {
		if f.relativeBefore(group) {
			return false
		}
		if after := f.named(f.subjectAfter(v+1, limit), limit); !f.r.Comma(group-1) || !f.plausible(after) {
			subject = f.subjectBefore(v, floor)
		}
	}
	end := v + 1
	if f.r.Bare(subject).Empty() && !f.pronounAt(group-1, limit) {
		if after := f.subjectAfter(v+1, limit); f.plausible(after) || f.anyNoun(after) {
			subject, end = f.named(after, limit), after.Last
		}
	}
	sources, basis := f.speaker(f.r.Words[content[0].First].Sent, v, subject, false)
	from := group
	if !subject.Empty() && subject.First < group {
		from = subject.First
	}
	for from > floor && f.r.Words[from-1].Quote == reading.None {
		from--
	}
	f.add(Report{
		Sent: s, Verb: v, Grade: f.grade(v), Cue: reading.Range{First: group, Last: v + 1}, Sources: sources, Basis: basis,
		Via: append(f.relayers(s, v), f.told(v, limit)...), Content: content, Drop: []reading.Range{{First: from, Last: max(end, v+1)}}, Direct: true, Rule: RuleQuoteVerb,
	})
	return true
}

// maxTold is how far behind the verb an outlet is looked for, in words.
const maxTold = 30

// told finds the outlet that was told, behind the verb: `"P", X told the BBC`,
// `"P", dijo X a la cadena Uno`.
func (f *finder) told(v, limit int) []reading.Range {
	var via []reading.Range
	for i := v; i < limit && i < v+maxTold; i++ {
		if i > v && (f.r.Finite(i) || f.r.Words[i].Quote != reading.None || f.r.Words[i].Fold == ";") {
			break
		}
		if !f.r.Is(i, "relayed") && (i == v || !f.r.Is(i, "outlet-mark")) {
			continue
		}
		if out := f.outlet(reading.Range{First: i + 1, Last: f.r.Phrase(i+1, limit)}); !out.Empty() {
			via = append(via, out)
		}
	}
	return via
}

// anyNoun accepts any noun phrase as a speaker where it stands right behind the
// verb of a quotation: "rezaba una pancarta".
func (f *finder) anyNoun(p reading.Range) bool {
	return !p.Empty() && f.r.Head(p) != reading.None
}

// beforeQuote reads `X dijo: "P"` and `X said, "P"`; also a verb in the sentence before, where
// that ends in a colon.
func (f *finder) beforeQuote(w reading.Range, content []reading.Range) bool {
	s := f.r.Words[w.First].Sent
	first := f.r.Sentences[s].First
	if w.First == first && s > 0 && f.r.Fold(w.First-1) == ":" {
		s--
		first = f.r.Sentences[s].First
	}
	for v := w.First - 1; v >= first && v > w.First-20; v-- {
		if f.r.Words[v].Quote != reading.None {
			break
		}
		if f.used[v] {
			return f.shareVerb(v, content)
		}
		if !f.speech(v) {
			continue
		}
		subject := reading.Range{}
		if f.relativeBefore(f.groupStart(v)) {
			subject, _ = f.complementSubject(s, v, f.groupStart(v), complement{})
		} else if subject = f.subjectBefore(v, first); f.pronominal(subject) {
			if after := f.subjectAfter(v+1, w.First); f.plausible(after) {
				subject = f.named(after, w.First)
			}
		}
		sources, basis := f.speaker(s, v, subject, true)
		from := f.groupStart(v)
		if f.relativeBefore(from) {
			from--
		} else if !subject.Empty() && subject.First < from {
			from = subject.First
		}
		f.add(Report{
			Sent: s, Verb: v, Grade: f.grade(v), Cue: reading.Range{First: f.groupStart(v), Last: v + 1}, Sources: sources, Basis: basis,
			Via: f.relayers(s, v), Content: content, Drop: []reading.Range{{First: from, Last: w.First}}, Direct: true, Rule: RuleVerbQuote,
		})
		return true
	}
	return f.shareNearby(w, content)
}

// shareNearby gives a second quotation of one sentence to the speaker of the
// first: `"A", it added; and, later, "B"`.
func (f *finder) shareNearby(w reading.Range, content []reading.Range) bool {
	s := f.r.Words[w.First].Sent
	for k := len(f.out) - 1; k >= f.begin && f.out[k].Sent >= s; k-- {
		if f.out[k].Direct && f.out[k].Sent == s {
			f.out[k].Content = append(f.out[k].Content, content...)
			return true
		}
	}
	return false
}

// speaking reports whether the last speaker is near enough to go on speaking in
// the quotation.
func (f *finder) speaking(w reading.Range) bool {
	s := f.r.Words[w.First].Sent
	return f.last != nil && s-f.lastAt <= 3
}
