package attribute

import "cotejo/claims/extract/reading"

// maxIncise is how many words may stand between the dashes of an incise.
const maxIncise = 25

// incise reads the words of the writer between dashes inside a quotation: "No lo
// será —añadió Ana Gil—, pero …".
func (f *finder) incise(q int, inner reading.Range) bool {
	found := false
	first := inner.First
	var content []reading.Range
	for i := inner.First; i < inner.Last; i++ {
		if !f.dash(i) {
			continue
		}
		v, subject, ok := f.inciseVerb(i+1, inner.Last)
		if !ok {
			continue
		}
		end := f.dashAfter(v, inner.Last)
		if end == reading.None {
			continue
		}
		content = append(content, reading.Range{First: first, Last: i})
		for first = end + 1; first < inner.Last && (f.dash(first) || f.r.Comma(first)); first++ {
		}
		sources, basis := f.speaker(f.r.Words[v].Sent, v, subject, false)
		f.add(Report{
			Sent: f.r.Words[inner.First].Sent, Verb: v, Grade: f.grade(v), Cue: reading.Range{First: f.groupIn(v, i+1), Last: v + 1},
			Sources: sources, Basis: basis, Drop: []reading.Range{{First: i, Last: first}}, Direct: true, Rule: RuleIncise,
		})
		found = true
		i = first - 1
	}
	if !found {
		return false
	}
	if first < inner.Last {
		content = append(content, reading.Range{First: first, Last: inner.Last})
	}
	rep := &f.out[len(f.out)-1]
	rep.Content = content
	f.taken[q] = true
	return true
}

// dash reports whether word i is a dash that sets words off: it has a space on one side.
func (f *finder) dash(i int) bool {
	switch f.r.Words[i].Fold {
	case "-", "--", "–", "—", "―":
	default:
		return false
	}
	return i > 0 && f.r.Words[i-1].End < f.r.Words[i].Start || i+1 < len(f.r.Words) && f.r.Words[i].End < f.r.Words[i+1].Start
}

// dashAfter gives the first dash from p on, None where none stands near.
func (f *finder) dashAfter(p, limit int) int {
	for k := p; k < limit && k < p+maxIncise; k++ {
		if f.dash(k) {
			return k
		}
	}
	return reading.None
}

// inciseVerb reads the verb of speech that an incise begins with, past clitics and
// auxiliaries, and its subject behind it: "dijo ayer el alcalde", "he said".
func (f *finder) inciseVerb(p, limit int) (v int, subject reading.Range, ok bool) {
	v = p
	if f.pronounAt(v, limit) {
		subject = reading.Range{First: v, Last: v + 1}
		v++
	}
	for v < limit && v < p+4 && (f.r.Is(v, "clitic") || f.r.Words[v].POS == "AUX" || f.r.Words[v].POS == "ADV") {
		v++
	}
	if v >= limit || !f.r.Verb(v, reading.Says, reading.Alleges, reading.Thinks, reading.Asks, reading.Quotes) || f.r.Words[v].POS == "NOUN" && f.r.Is(v+1, "of") {
		return v, subject, false
	}
	if subject.Empty() {
		subject = f.named(f.subjectAfter(v+1, limit), limit)
	}
	return v, subject, true
}

// groupIn gives the first word of the verb group that ends at v, not left of floor.
func (f *finder) groupIn(v, floor int) int {
	for v > floor && !f.pronounAt(v-1, v) && (f.r.Is(v-1, "clitic") || f.r.Words[v-1].POS == "AUX") {
		v--
	}
	return v
}
