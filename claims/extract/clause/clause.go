// Package clause splits what an article and its sources say into single
// assertions: coordinated predicates, contrasts and relative clauses that state
// a fact, each with what it inherits from the clause before.
package clause

import (
	"slices"
	"strings"

	"cotejo/claims/extract/attribute"
	"cotejo/claims/extract/reading"
	"cotejo/claims/extract/segment"
	"cotejo/claims/extract/slab"
)

// minWords is how many words besides marks an assertion has at least.
const minWords = 2

// maxConnective is how many words the longest connective has.
const maxConnective = 5

// Clause is one assertion: its words in article order, the report that it is the
// content of (reading.None for the article's own voice) and, where it has no
// subject of its own, the subject that it inherits.
type Clause struct {
	Words     []int
	Fragments []reading.Range
	Report    int
	Sent      int
	Verb      int           // word index of its first finite verb, reading.None where it has none
	Subject   reading.Range // inherited; empty where the clause has its own
	Border    reading.BorderKind
	Rule      string
}

type splitter struct {
	r      *reading.Reading
	found  *attribute.Found
	out    []Clause
	spoken []speech // of the sentence at hand, by voice
	home   []int    // the part that each of the outlined words belongs to
	verbs  []int    // position of the verb of each part, reading.None where it asserts nothing
	part   []int    // the words of the part at hand

	words     slab.Of[int]
	fragments slab.Of[reading.Range]
}

// clausesPerSentence is how many assertions a sentence makes, rather too many.
const clausesPerSentence = 2

// Find gives the assertions of an article in article order.
func Find(r *reading.Reading, found *attribute.Found) []Clause {
	sp := &splitter{r: r, found: found, out: make([]Clause, 0, clausesPerSentence*len(r.Sentences))}
	for s, sent := range r.Sentences {
		if sent.Role == segment.RoleBody || sent.Role == segment.RoleList {
			sp.sentence(s)
		}
	}
	if len(sp.out) == 0 {
		sp.sentences()
	}
	slices.SortStableFunc(sp.out, func(a, b Clause) int { return a.Words[0] - b.Words[0] })
	return sp.out
}

// fewestWords is how many words besides marks a sentence has at least that is
// taken as it stands.
const fewestWords = 4

// sentences takes the sentences of a text in which no clause was found as they
// stand: a message such as "Crime up 20%" asserts something without a verb, and so
// does a question that gives a figure.
func (sp *splitter) sentences() {
	for s, sent := range sp.r.Sentences {
		if sent.Role != segment.RoleBody && sent.Role != segment.RoleList {
			continue
		}
		words, figures := 0, 0
		for i := sent.First; i < sent.Last; i++ {
			if !sp.r.Words[i].Mark {
				words++
			}
			if sp.r.Words[i].POS == "NUM" {
				figures++
			}
		}
		seq := reading.Sequence(sent.Range)
		if words >= fewestWords && (figures > 0 || !sp.question(seq)) {
			sp.keep(Clause{Report: reading.None, Sent: s, Verb: reading.None, Rule: "no-clause"}, seq)
		}
	}
}

// sentence outlines the words of each report's content, and the article's own,
// apart from each other.
func (sp *splitter) sentence(s int) {
	sent := sp.r.Sentences[s]
	sp.spoken = sp.spoken[:0]
	dropped := false
	for i := sent.First; i < sent.Last; i++ {
		if sp.found.Dropped[i] {
			dropped = true
			continue
		}
		said := sp.wordsOf(sp.voiceOf(i))
		said.words = append(said.words, i)
	}
	for _, said := range sp.spoken {
		report, seq := said.report, said.words
		if report == reading.None {
			seq = sp.withoutMarks(seq)
		}
		if len(seq) == 0 || sp.question(seq) || report == reading.None && sp.modifies(seq) {
			continue
		}
		before := len(sp.out)
		sp.outline(s, report, seq)
		if len(sp.out) == before && (report != reading.None || !dropped) {
			sp.whole(s, report, seq)
		}
	}
}

// withoutMarks takes marks off the start of the article's own words where what a
// source says stands before them.
func (sp *splitter) withoutMarks(seq []int) []int {
	for len(seq) > 0 && seq[0] > 0 && sp.found.Owner[seq[0]-1] != reading.None && sp.r.Comma(seq[0]) {
		seq = seq[1:]
	}
	return seq
}

// whole keeps words as one assertion where no main clause was found in them but
// a finite verb stands there, or "said that" promises one.
func (sp *splitter) whole(s, report int, seq []int) {
	if report != reading.None && sp.emptied(seq) {
		return
	}
	if report != reading.None && sp.promised(sp.found.Reports[report], seq) {
		sp.keep(Clause{Report: report, Sent: s, Verb: seq[0], Rule: "whole-complement"}, seq)
		return
	}
	for _, i := range seq {
		if sp.r.Finite(i) {
			sp.keep(Clause{Report: report, Sent: s, Verb: i, Rule: "whole-sentence"}, seq)
			return
		}
	}
}

// emptied reports whether a report inside the words took the statement out of them.
func (sp *splitter) emptied(seq []int) bool {
	for i := seq[0]; i <= seq[len(seq)-1]+1 && i < len(sp.r.Words); i++ {
		if sp.found.Dropped[i] && !sp.r.Words[i].Mark {
			return true
		}
	}
	return false
}

// promised reports whether the words must be a statement although no verb was
// seen in them.
func (sp *splitter) promised(rep attribute.Report, seq []int) bool {
	if len(seq) <= minWords {
		return false
	}
	return rep.Rule == attribute.RuleComplement || rep.Rule == attribute.RuleVerbQuote && sp.r.Capital(seq[0])
}

// modifies reports whether the words only go on with a source that was taken
// out before them: a relative clause without a comma.
func (sp *splitter) modifies(seq []int) bool {
	i := seq[0]
	if i == 0 || !sp.found.Dropped[i-1] || sp.r.Words[i-1].Mark {
		return false
	}
	class, n := sp.r.Match("connectives", i, i+1)
	return n == 1 && (class == string(reading.Rel) || class == string(reading.Comp))
}

// question reports whether the words end in a question mark.
func (sp *splitter) question(seq []int) bool {
	for k := len(seq) - 1; k >= 0 && sp.r.Words[seq[k]].Mark; k-- {
		if sp.r.Words[seq[k]].Fold == "?" {
			return true
		}
	}
	return false
}

// outline splits one run of words at its borders.
func (sp *splitter) outline(s, owner int, seq []int) {
	out := sp.r.OutlineOf(seq)
	sp.assign(len(seq), out)
	for part, verb := range sp.verbs {
		if verb == reading.None {
			continue
		}
		sp.part = sp.part[:0]
		for p, h := range sp.home {
			if h == part {
				sp.part = append(sp.part, seq[p])
			}
		}
		c := Clause{Report: owner, Sent: s, Verb: seq[verb], Rule: "main-clause"}
		if part > 0 {
			b := out.Borders[part-1]
			c.Border, c.Rule = b.Kind, string(b.Kind)
			c.Subject = sp.inherited(seq, b)
		}
		sp.keep(c, sp.part)
	}
}

// assign gives each position the part that it belongs to: 0 for the first
// clause, k+1 for the one behind border k, -1 for a connective; and each part its verb.
func (sp *splitter) assign(n int, out reading.Outline) {
	sp.home = slices.Grow(sp.home[:0], n)[:n]
	clear(sp.home)
	sp.verbs = append(sp.verbs[:0], reading.None)
	for k, b := range out.Borders {
		end := min(b.End, n)
		for p := b.At; p < end; p++ {
			sp.home[p] = k + 1
			if p < b.Start {
				sp.home[p] = -1
			}
		}
		sp.verbs = append(sp.verbs, b.Verb)
	}
	for _, p := range out.Main {
		if part := sp.home[p]; part >= 0 && sp.verbs[part] == reading.None {
			sp.verbs[part] = p
		}
	}
}

// keep trims the words of a clause and records it where enough is left.
func (sp *splitter) keep(c Clause, words []int) {
	words = sp.trim(words)
	c.Fragments = sp.runs(words)
	c.Words = sp.words.Take(len(words))
	n := 0
	for _, w := range c.Fragments {
		for i := w.First; i < w.Last; i++ {
			c.Words = append(c.Words, i)
			if !sp.r.Words[i].Mark && !sp.tag(i) {
				n++
			}
		}
	}
	if c.Report == reading.None && sp.command(c) {
		return
	}
	if n >= minWords || n == 1 && !c.Subject.Empty() {
		sp.out = append(sp.out, c)
	}
}

// tag reports whether word i is a hashtag, a handle or a link, which asserts nothing.
func (sp *splitter) tag(i int) bool {
	return strings.Contains(sp.r.Words[i].Form, "://") || isTagSign(sp.r.Fold(i)) ||
		isTagSign(sp.r.Fold(i-1)) && sp.r.Words[i-1].End == sp.r.Words[i].Start
}

func isTagSign(form string) bool { return form == "#" || form == "@" }

// command reports whether a clause in the article's own voice begins with an
// imperative: a call to the reader.
func (sp *splitter) command(c Clause) bool {
	return c.Border == "" && c.Verb != reading.None && len(c.Words) > 0 && c.Words[0] == c.Verb && sp.r.Words[c.Verb].Feats["Mood"] == "Imp"
}

// trim takes marks, conjunctions and discourse markers off the start, and marks off the end.
func (sp *splitter) trim(words []int) []int {
	words = words[sp.dateline(words):]
	for len(words) > 0 {
		i := words[0]
		w := &sp.r.Words[i]
		if w.Mark && !sp.r.Is(i, "opening-paren") || w.POS == "CCONJ" || sp.r.Stamp(i) {
			words = words[1:]
			continue
		}
		if _, n := sp.r.Match("discourse", i, i+min(len(words), 6)); n > 0 && n+1 < len(words) && sp.r.Comma(words[n]) {
			words = words[n+1:]
			continue
		}
		break
	}
	for n := 1; n > 0 && len(words) > 0; words = words[:len(words)-n] {
		if n = sp.dangling(words); n == 0 && sp.closingMark(words[len(words)-1]) {
			n = 1
		}
	}
	return words
}

// dangling counts the words at the end that only lead over to a saying clause that was
// taken out behind them: "…, por lo que [el juez dijo que]".
func (sp *splitter) dangling(words []int) int {
	last := words[len(words)-1]
	if last+1 >= len(sp.r.Words) || !sp.found.Dropped[last+1] {
		return 0
	}
	for n := min(len(words)-1, maxConnective); n > 0; n-- {
		if class, have := sp.r.Match("connectives", words[len(words)-n], last+1); have == n && class != "none" && words[len(words)-n] == last+1-n {
			return n
		}
	}
	switch sp.r.Words[last].POS {
	case "ADP", "DET", "SCONJ":
		if !sp.r.Words[last+1].Mark {
			return 1
		}
	}
	return 0
}

// dateline counts the words of a place and date that open a paragraph: "Taipei,
// Taiwan — ", "Santa Rita, 14 mar (Agencia Altiplano).- ".
func (sp *splitter) dateline(words []int) int {
	if len(words) == 0 || words[0] != sp.r.Sentences[sp.r.Words[words[0]].Sent].First || !sp.r.Capital(words[0]) {
		return 0
	}
	for k := 1; k < len(words) && k < 14 && words[k] == words[k-1]+1; k++ {
		i := words[k]
		if sp.r.Words[i].Mark && isDash(sp.r.Words[i].Form) && k+2 < len(words) {
			return k + 1
		}
		if w := &sp.r.Words[i]; !w.Mark && !sp.r.Capital(i) && w.POS != "NUM" && !w.Time && !sp.r.Is(i, "of") {
			return 0
		}
	}
	return 0
}

func isDash(form string) bool {
	switch form {
	case "-", "—", "–", ".-", ".—", ".–":
		return true
	}
	return false
}

func (sp *splitter) closingMark(i int) bool {
	w := &sp.r.Words[i]
	return w.Mark && w.Fold != ")" && w.Fold != "]" && w.Fold != "%" && !sp.insideQuote(i) || w.POS == "CCONJ"
}

// insideQuote keeps the closing mark of quoted words that stand within the claim.
func (sp *splitter) insideQuote(i int) bool {
	return sp.r.Words[i].Quote != reading.None && isQuoteMark(sp.r.Words[i].Form)
}

func isQuoteMark(form string) bool {
	switch form {
	case `"`, "“", "”", "«", "»", "'", "‘", "’":
		return true
	}
	return false
}

// runs gives the unbroken runs of the words, without loose marks at their ends.
func (sp *splitter) runs(words []int) []reading.Range {
	breaks := 0
	for k := 1; k < len(words); k++ {
		if words[k] != words[k-1]+1 {
			breaks++
		}
	}
	out := sp.fragments.Take(breaks + 1)
	for k := 0; k < len(words); {
		end := k + 1
		for end < len(words) && words[end] == words[end-1]+1 {
			end++
		}
		w := sp.peel(reading.Range{First: words[k], Last: words[end-1] + 1})
		if !w.Empty() {
			out = append(out, w)
		}
		k = end
	}
	return out
}

// peel takes marks off both ends of a fragment, and quotation marks that are
// not closed or not opened within it, or that enclose all of it.
func (sp *splitter) peel(w reading.Range) reading.Range {
	for changed := true; changed && !w.Empty(); {
		changed = false
		if first := &sp.r.Words[w.First]; first.POS == "CCONJ" || first.Mark && !sp.r.Is(w.First, "opening-paren") && (!isQuoteMark(first.Form) || !sp.r.Enclosed(w.First, w)) {
			w.First++
			changed = true
		}
		if w.Empty() {
			break
		}
		if last := &sp.r.Words[w.Last-1]; last.POS == "CCONJ" || last.Mark && !sp.r.Is(w.Last-1, "closing-paren") && (!isQuoteMark(last.Form) || !sp.r.Enclosed(w.Last-1, w)) {
			w.Last--
			changed = true
		}
	}
	if !w.Empty() && w.Last-w.First > 2 {
		q := sp.r.Words[w.First].Quote
		if q != reading.None && isQuoteMark(sp.r.Words[w.First].Form) && isQuoteMark(sp.r.Words[w.Last-1].Form) && sp.r.Words[w.Last-1].Quote == q {
			return sp.peel(reading.Range{First: w.First + 1, Last: w.Last - 1})
		}
	}
	return w
}

// inherited finds the subject that a clause without one of its own shares: the
// noun before a relative pronoun, else the subject of the first clause.
func (sp *splitter) inherited(seq []int, b reading.Border) reading.Range {
	floor := sp.r.Sentences[sp.r.Words[seq[0]].Sent].First
	if b.Kind == reading.ByRelative {
		end := seq[b.At]
		if end > floor && sp.r.Comma(end-1) {
			end--
		}
		return sp.r.Bare(reading.Range{First: sp.r.PhraseBefore(end-1, floor), Last: end})
	}
	if !b.Bare {
		return reading.Range{}
	}
	for p := b.At - 1; p >= 0; p-- {
		if sp.r.Finite(seq[p]) && p > 0 {
			if w := sp.subject(seq, p); !w.Empty() {
				return w
			}
		}
	}
	if b.At == 0 && b.Kind == reading.ByContrast {
		return sp.speaker(seq[0])
	}
	return reading.Range{}
}

// speaker gives the source of the report whose content ends right before word i:
// whom "aunque no aportó el estudio" speaks of.
func (sp *splitter) speaker(i int) reading.Range {
	for i--; i >= 0 && sp.r.Words[i].Mark; i-- {
	}
	if i < 0 || sp.found.Owner[i] == reading.None {
		return reading.Range{}
	}
	if rep := sp.found.Reports[sp.found.Owner[i]]; len(rep.Sources) == 1 {
		return rep.Sources[0]
	}
	return reading.Range{}
}

// subject gives the noun phrase before the verb at position p of seq.
func (sp *splitter) subject(seq []int, p int) reading.Range {
	k := p - 1
	for k >= 0 && (sp.r.Words[seq[k]].POS == "ADV" || sp.r.Words[seq[k]].POS == "AUX" || sp.r.Words[seq[k]].Time || sp.r.Is(seq[k], "clitic")) {
		k--
	}
	if k < 0 || sp.r.Words[seq[k]].Mark {
		return reading.Range{}
	}
	w := sp.r.Bare(reading.Range{First: sp.r.PhraseBefore(seq[k], seq[0]), Last: seq[k] + 1})
	if sp.r.Head(w) == reading.None {
		return reading.Range{}
	}
	return w
}
