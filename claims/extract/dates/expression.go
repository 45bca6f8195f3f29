package dates

// lean says which way an expression without a year is read.
type lean int8

const (
	past    lean = -1
	nearest lean = 0
	future  lean = 1
)

// match is an expression over tokens [first, next).
type match struct {
	first, next int
	when        interval
	spans       bool // days from one to another, which "from" does not leave open
	vague       bool // a bare season or year-less holiday that only some contexts make a date
}

// expression reads a whole calendar expression that begins at token t, with the
// words that open or close its interval.
func (r *reader) expression(t int) (match, bool) {
	if _, next, ok := r.word(t, catNever); ok {
		return match{first: t, next: next}, false
	}
	if m, ok := r.bounded(t); ok {
		return m, true
	}
	start := t
	if r.grammar.keepsPreposition { // "en septiembre": the preposition is part of the expression
		start = r.skip(t, catIn)
	}
	core := r.skip(start, catThe)
	m, ok := r.core(core, nearest)
	if !ok && core > start {
		m, ok = r.core(start, nearest)
	}
	if !ok && start > t { // "en dos semanas"
		m, ok = r.core(t, nearest)
	}
	if ok && r.is(m.next, catTo, catThrough) {
		if span, ok := r.pair(t, t); ok {
			return span, true
		}
	}
	if !ok || m.vague {
		return match{}, false
	}
	m.first = t
	if _, next, ok := r.word(m.next, catOnwards); ok && r.endsPhrase(next) { // "2012 or later", "de 2016 en adelante"
		m.next, m.when = next, r.openFrom(m.when)
	}
	return m, true
}

// bounded reads "since X", "until X", "from X to Y", "between X and Y".
func (r *reader) bounded(t int) (match, bool) {
	if _, next, ok := r.word(t, catBetween); ok {
		if m, ok := r.pair(next, t); ok {
			return m, true
		}
	}
	if _, next, ok := r.word(t, catSpan); ok { // "de 2019 a 2021"
		if m, ok := r.pair(next, t); ok {
			return m, true
		}
	}
	if value, next, ok := r.word(t, catSince); ok {
		if m, ok := r.pair(next, t); ok {
			return m, true
		}
		l := past
		if value == "onset" { // "a partir de" may lie ahead
			l = nearest
		}
		if m, ok := r.open(next, l); ok {
			m.first = t
			if r.is(t, catOrigin) { // "footage from 2019" is of that year
				m.first = next
				if m.spans {
					m.first = t
				}
				return m, true
			}
			if m.spans {
				return m, true
			}
			m.when = r.openFrom(m.when)
			return m, true
		}
	}
	if _, next, ok := r.word(t, catUntil); ok {
		l := future
		if r.is(t, catBeforehand) || r.tellsPastUntil(t) {
			l = nearest
		}
		if m, ok := r.open(next, l); ok {
			m.first = t
			m.when = r.openTo(m.when)
			return m, true
		}
	}
	return match{}, false
}

// tellsPastUntil reports whether the clause of an "until" at token t tells of the
// past; at the head of a sentence it goes with the clause that follows.
func (r *reader) tellsPastUntil(t int) bool {
	told := r.clauseTense(t)
	if told == noTense && r.doc.Sentences[r.doc.SentenceAt(t)].First == t {
		told = r.tense(t)
	}
	return told == toldPast
}

// open reads what follows "since" or "until": an optional preposition and article.
func (r *reader) open(t int, l lean) (match, bool) {
	t = r.skip(t, catIn)
	m, ok := r.core(t, l)
	if bare := r.skip(t, catThe); bare > t {
		if inner, found := r.core(bare, l); found && (!ok || inner.next > m.next) {
			return inner, true
		}
	}
	return m, ok
}

func (r *reader) openFrom(i interval) interval {
	if i.unknown || i.from == nil {
		return interval{unknown: i.unknown}
	}
	return since(*i.from)
}

func (r *reader) openTo(i interval) interval {
	if i.unknown || i.to == nil {
		return interval{unknown: i.unknown}
	}
	return until(*i.to)
}
