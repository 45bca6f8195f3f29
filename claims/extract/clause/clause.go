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
	return c.Border == "" && c.Verb != reading.None && len(c.Words) > 0 && c.Words[0] == c.Verb && sp.r.Words[c.Verb].Feats.Mood == "Imp"
}
