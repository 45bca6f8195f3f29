// Package attribute finds who says what: the words of an article that report
// speech, thought and documents, the source they name, whoever relays it, and
// the words that are its content.
package attribute

import (
	"sort"

	"cotejo/claims"
	"cotejo/claims/extract/names"
	"cotejo/claims/extract/reading"
)

// Report is one act of saying. Content lists the words that are said, Drop the
// words that tie them to the source and belong to no claim.
type Report struct {
	Sent    int
	Verb    int // the reporting verb, reading.None for a phrase such as "according to"
	Grade   reading.Grade
	Cue     reading.Range
	Sources []reading.Range // bare noun phrases
	Via     []reading.Range
	Content []reading.Range
	Drop    []reading.Range
	Direct  bool // the content is a quotation
	Basis   claims.Basis
	Rule    string
	parent  int
}

// The rules that make reports, as Report.Rule names them.
const (
	RuleComplement = "verb-complement"  // X said that P
	RuleColon      = "verb-colon"       // X said: P
	RulePostposed  = "verb-postposed"   // P, said X
	RulePhrase     = "source-phrase"    // according to X, P
	RuleQuoteVerb  = "quotation-verb"   // "P", said X
	RuleVerbQuote  = "verb-quotation"   // X said: "P"
	RuleQuotation  = "quotation"        // "P", with no verb of its own
	RuleIncise     = "quotation-incise" // "P —said X— P"
)

// Found is every report of an article, and which one each word belongs to.
type Found struct {
	Reports []Report
	Owner   []int  // for each word the innermost report whose content holds it, or None
	Dropped []bool // for each word whether it only ties a statement to its source
}

type finder struct {
	r      *reading.Reading
	names  *names.Index
	out    []Report
	begin  int             // the first report of the sentence before the one at hand
	quote  int             // the first quotation that may begin in the sentence at hand
	used   map[int]bool    // verbs that already carry a report
	marks  []reading.Range // quotation marks around statements
	taken  map[int]bool    // quotations that already have a source
	last   []reading.Range // who spoke last
	person []reading.Range // the last of them who was a person
	lastAt int             // the sentence of the last speaker
	mains  []int           // the main verb of each sentence, or unread
}

// unread stands for a sentence whose main verb was not looked for.
const unread = -2

// mainVerb gives the main verb of sentence s, reading.None where it has none.
func (f *finder) mainVerb(s int) int {
	if f.mains[s] == unread {
		f.mains[s] = f.r.MainVerb(f.r.Sentences[s].Range)
	}
	return f.mains[s]
}

// Find gives the reports of an article.
func Find(r *reading.Reading, idx *names.Index) *Found {
	f := &finder{r: r, names: idx, used: map[int]bool{}, taken: map[int]bool{}, lastAt: reading.None}
	f.mains = make([]int, len(r.Sentences))
	for s := range f.mains {
		f.mains[s] = unread
	}
	for s := range r.Sentences {
		f.sentence(s)
	}
	return f.settle()
}

func (f *finder) sentence(s int) {
	sent := f.r.Sentences[s]
	begin := len(f.out)
	f.begin = f.since(s - 1)
	f.phrases(s)
	f.quotations(s)
	for i := sent.First; i < sent.Last; i++ {
		if f.r.Words[i].Quote == reading.None && f.reporting(i) {
			f.verb(s, i)
		}
	}
	f.remember(s, begin)
}

// remember keeps who speaks next where a verb has no subject or a quotation no verb: the source of the
// sentence's main verb or quotation, else a person who is its subject.
func (f *finder) remember(s, begin int) {
	main := f.mainVerb(s)
	for _, rep := range f.out[begin:] {
		if len(rep.Sources) == 0 {
			continue
		}
		if rep.Direct || rep.Rule == RulePostposed || rep.Verb != reading.None && rep.Cue.Has(main) {
			f.spoke(rep.Sources, s)
			return
		}
	}
	if main != reading.None && f.r.Words[main].Quote != reading.None {
		return // what is quoted says nothing of who speaks
	}
	if subject := f.r.Bare(f.sentenceSubject(s)); !f.pronominal(subject) {
		if kind, _ := f.names.Kind(subject); kind == claims.KindPerson || main != reading.None && f.speechOfAnyKind(main) && f.plausible(subject) {
			f.spoke([]reading.Range{subject}, s)
			return
		}
	}
	for _, rep := range f.out[begin:] {
		if len(rep.Sources) > 0 && !f.footnote(rep, s) {
			f.spoke(rep.Sources, s)
		}
	}
}

// footnote reports whether a report only names a document behind what it says (",
// according to the polls") while somebody else is speaking.
func (f *finder) footnote(rep Report, s int) bool {
	if rep.Rule != RulePhrase || f.last == nil || s-f.lastAt > reach || rep.Cue.First == f.r.Sentences[s].First {
		return false
	}
	kind, _ := f.names.Kind(rep.Sources[0])
	return kind == claims.KindDocument
}

// spoke notes who spoke last.
func (f *finder) spoke(who []reading.Range, s int) {
	f.last, f.lastAt = who, s
	if kind, _ := f.names.Kind(who[0]); kind == claims.KindPerson {
		f.person = who
	}
}

// since gives the index of the first report of sentence s or later.
func (f *finder) since(s int) int {
	k := len(f.out)
	for k > f.begin && f.out[k-1].Sent >= s {
		k--
	}
	return k
}

// add records a report and remembers its verb.
func (f *finder) add(rep Report) {
	if rep.Verb != reading.None {
		f.used[rep.Verb] = true
	}
	f.out = append(f.out, rep)
}

// settle gives each word its innermost report and ties chains: what one source
// says another says makes the first the relayer.
func (f *finder) settle() *Found {
	n := len(f.r.Words)
	found := &Found{Reports: f.out, Owner: make([]int, n), Dropped: make([]bool, n)}
	for i := range found.Owner {
		found.Owner[i] = reading.None
	}
	order := make([]int, len(f.out))
	for k := range order {
		order[k] = k
	}
	sort.SliceStable(order, func(a, b int) bool { return size(f.out[order[a]].Content) > size(f.out[order[b]].Content) })
	for _, k := range order {
		rep := &found.Reports[k]
		rep.parent = reading.None
		if at := anchor(*rep); at != reading.None {
			rep.parent = found.Owner[at]
		}
		for _, w := range rep.Content {
			for i := w.First; i < w.Last; i++ {
				found.Owner[i] = k
			}
		}
	}
	found.drop(f.marks)
	for k := range found.Reports {
		found.drop(found.Reports[k].Drop)
	}
	for _, k := range order {
		f.chain(found, k)
	}
	return found
}

func (found *Found) drop(ws []reading.Range) {
	for _, w := range ws {
		for i := w.First; i < w.Last; i++ {
			found.Dropped[i] = true
		}
	}
}

// chain makes the source of the report around this one its relayer.
func (f *finder) chain(found *Found, k int) {
	rep := &found.Reports[k]
	if rep.parent == reading.None {
		return
	}
	outer := &found.Reports[rep.parent]
	if len(rep.Sources) == 0 {
		rep.Sources = outer.Sources
		rep.Via = append(rep.Via, outer.Via...)
		return
	}
	if outer.Basis == claims.BasisLaw {
		return // a law relays nothing
	}
	for _, v := range append(append([]reading.Range{}, outer.Via...), outer.Sources...) {
		if !f.sameParty(v, rep.Sources) && !f.sameParty(v, rep.Via) {
			rep.Via = append(rep.Via, v)
		}
	}
}

func (f *finder) sameParty(v reading.Range, among []reading.Range) bool {
	for _, s := range among {
		if f.names.Best(s) == f.names.Best(v) {
			return true
		}
	}
	return false
}

func anchor(rep Report) int {
	if rep.Verb != reading.None {
		return rep.Verb
	}
	if !rep.Cue.Empty() {
		return rep.Cue.First
	}
	return reading.None
}

func size(ws []reading.Range) int {
	n := 0
	for _, w := range ws {
		n += w.Last - w.First
	}
	return n
}
