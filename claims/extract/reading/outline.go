package reading

import "cotejo/claims"

// BorderKind says how a clause is set off from the one before.
type BorderKind string

// The kinds of border.
const (
	ByConjunction BorderKind = "conjunction"
	ByContrast    BorderKind = "contrast"
	ByResult      BorderKind = "result"
	ByRelative    BorderKind = "relative"
	BySemicolon   BorderKind = "semicolon"
	ByComma       BorderKind = "comma"      // the main clause behind an opening concession; a listed predicate
	ByApposition  BorderKind = "apposition" // a noun phrase that says what something is
)

// Border is where a clause that asserts something of its own begins. Positions
// count within the outlined words.
type Border struct {
	Kind  BorderKind
	At    int  // the first position that the clause before no longer has
	Start int  // the first position of the new clause, behind its connective
	End   int  // for a relative clause, the position behind its last word; else the next border
	Verb  int  // position of its first finite verb or participle
	Bare  bool // it has no subject of its own: the verb comes first
}

// Outline is the clause structure of a run of words, found from connectives,
// commas and finite verbs, with the parse as a witness.
type Outline struct {
	Depth   []int // how deep in dependent clauses each position stands, 0 for a main clause
	Borders []Border
	Main    []int // positions of the finite verbs of main clauses
}

type frame struct {
	class  Class
	comma  bool // opened behind a comma, a conjunction or at the start
	finite bool
	joined bool // a conjunction has announced a second finite verb
	silent bool // opened by a second finite verb, without a connective
	border int  // index of its border, None where it is none
}

type outliner struct {
	r     *Reading
	seq   []int
	stack []frame
	out   Outline
	aux   string // the form of the verb behind the auxiliary that is the main clause's last finite verb, or ""
}

// OutlineOf finds the clauses in seq, indexes of words in article order.
func (r *Reading) OutlineOf(seq []int) Outline {
	o := &outliner{r: r, seq: seq, out: Outline{Depth: make([]int, len(seq))}}
	o.stack = []frame{{comma: true, border: None}}
	for p := 0; p < len(seq); {
		p = o.step(p)
	}
	o.closeFrom(1, len(seq))
	return o.out
}

func (o *outliner) top() *frame  { return &o.stack[len(o.stack)-1] }
func (o *outliner) main() *frame { return &o.stack[0] }

// step reads the word at p and gives the position to go on from.
func (o *outliner) step(p int) int {
	i := o.seq[p]
	if end := o.opaque(p); end > p {
		o.level(p, end)
		return end
	}
	w := &o.r.Words[i]
	if w.Mark {
		o.level(p, p+1)
		o.mark(p)
		return p + 1
	}
	if n := o.connective(p); n > 0 {
		return p + n
	}
	if o.r.Finite(i) {
		o.finite(p)
	}
	o.level(p, p+1)
	return p + 1
}

func (o *outliner) level(from, to int) {
	for p := from; p < to && p < len(o.seq); p++ {
		o.out.Depth[p] = len(o.stack) - 1
	}
}

// opaque gives the end of a quotation or parenthesis that begins at p and whose inside is not
// split: p itself where none begins.
func (o *outliner) opaque(p int) int {
	i := o.seq[p]
	q := o.r.Words[i].Quote
	if q != None && (p == 0 || o.r.Words[o.seq[p-1]].Quote != q) && o.r.Words[o.seq[0]].Quote != q {
		end := p
		for end < len(o.seq) && o.r.Words[o.seq[end]].Quote == q {
			end++
		}
		return end
	}
	if o.r.openParen(i) {
		for end := p + 1; end < len(o.seq); end++ {
			if o.r.Is(o.seq[end], "closing-paren") {
				return end + 1
			}
		}
	}
	return p
}

func (o *outliner) comma(p int) bool { return p >= 0 && p < len(o.seq) && o.r.Comma(o.seq[p]) }

// setOff reports whether position p begins what a comma, a conjunction or the
// start of the words sets off.
func (o *outliner) setOff(p int) bool {
	return p == 0 || o.comma(p-1) || o.r.Words[o.seq[p-1]].POS == "CCONJ"
}

// match gives the class and length of the connective at p, in unbroken words.
func (o *outliner) match(p int) (Class, int) {
	limit := o.seq[p] + 1
	for q := p + 1; q < len(o.seq) && o.seq[q] == limit; q++ {
		limit++
	}
	class, n := o.r.Match("connectives", o.seq[p], limit)
	return Class(class), n
}

// opens reports whether a connective of the class opens a clause at p.
func (o *outliner) opens(class Class, p, n int) bool {
	switch pos := o.r.Words[o.seq[p]].POS; class {
	case Sub:
		if pos == "ADP" && n == 1 {
			return o.top().finite && o.soonFinite(p+n) && !o.pairedNouns(p+n)
		}
		return o.soonFinite(p + n)
	case Comp:
		return n > 1 || (pos == "SCONJ" || pos == "PRON") && !o.comparison(p)
	case Rel:
		return n > 1 || pos != "DET" && pos != "ADP"
	case Contrast, ContrastNP, Result:
		return true
	}
	return false
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

// soonFinite reports whether a finite verb stands between p and the next comma,
// so that a connective before p opens a clause.
func (o *outliner) soonFinite(p int) bool {
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

func (o *outliner) mark(p int) {
	switch o.r.Words[o.seq[p]].Fold {
	case ";":
		if o.main().finite && o.nextFinite(p+1) != None {
			o.border(Border{Kind: BySemicolon, At: p, Start: p + 1, Verb: o.nextFinite(p + 1)})
		}
	case ",", "—", "–":
		o.atComma(p)
	}
}

// atComma closes the dependent clauses that the comma ends.
func (o *outliner) atComma(p int) {
	if o.apposition(p+1) || o.figureApart(p+1) {
		return
	}
	if len(o.stack) == 1 {
		if o.main().finite && o.verbFollows(p+1) && !o.conjunction(p+1) {
			o.border(Border{Kind: ByComma, At: p, Start: p + 1, Verb: o.verbAfter(p + 1)})
			return
		}
		if o.main().class == Contrast && o.main().finite && o.nextFinite(p+1) != None && !o.conjunction(p+1) {
			o.border(Border{Kind: ByComma, At: p, Start: p + 1, Verb: o.nextFinite(p + 1)})
		}
		return
	}
	if !o.top().finite || o.conjunction(p+1) {
		return
	}
	if o.main().finite && o.main().class != Contrast {
		return
	}
	if next := o.nextFinite(p + 1); next != None && !o.laterComma(p+1, next) {
		o.closeFrom(1, p)
		if o.main().finite {
			o.border(Border{Kind: ByComma, At: p, Start: p + 1, Verb: next})
		}
	}
}

// apposition opens the noun phrase at p as a statement of its own: one with an
// indefinite article that says what the noun before the comma is, in a relative
// clause or in a phrase of some length, and is no role of a person.
func (o *outliner) apposition(p int) bool {
	if p+2 >= len(o.seq) || p < 2 || !o.r.Is(o.seq[p], "indefinite") && !o.namesFact(p) && !o.ranks(p) || o.r.Words[o.seq[p-2]].Mark || o.r.Words[o.seq[p+1]].Time {
		return false
	}
	end := o.longPhrase(o.seq[p], o.seq[len(o.seq)-1]+1)
	ranked := o.ranks(p)
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
	} else if last-p < minApposition && !ranked || last < len(o.seq) && !o.r.Words[o.seq[last]].Mark || o.listed(p, last) {
		return false
	}
	o.stack = append(o.stack, frame{class: Rel, comma: true, finite: true, border: len(o.out.Borders)})
	o.out.Borders = append(o.out.Borders, b)
	return true
}

// ranks reports whether a superlative opens the phrase at p: "the largest in its
// history", "its weakest since March", "máximo goleador del equipo".
func (o *outliner) ranks(p int) bool {
	for q := p; q < p+2 && q+2 < len(o.seq); q++ {
		i := o.seq[q]
		if o.r.Is(i, "superlative") || o.r.Words[i].Feats["Degree"] == "Sup" && o.r.Words[i].POS == "ADJ" {
			return true
		}
		if !o.r.Is(i, "determiner") || o.r.Is(i, "indefinite") {
			return false
		}
	}
	return false
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
	n, known := o.r.Lex.Noun(o.r.Words[i].Fold)
	return known && n.Kind == claims.KindPerson
}

// listed reports whether a conjunction or a further item follows, as in a list.
func (o *outliner) listed(p, q int) bool {
	for ; p < q; p++ {
		if o.conjunction(p) {
			return true
		}
	}
	return o.conjunction(q+1) && !o.verbFollows(q+2)
}

func (o *outliner) conjunction(p int) bool {
	if p >= len(o.seq) {
		return false
	}
	class, _ := o.match(p)
	return class == And || class == But
}

// connective handles a connective at p; it gives its length, 0 where p has none that matters.
func (o *outliner) connective(p int) int {
	class, n := o.match(p)
	if n == 0 {
		return 0
	}
	switch class {
	case And, But:
		if o.r.Words[o.seq[p]].POS == "CCONJ" || class == But || n > 1 {
			o.coordinate(p, n, class)
		}
		o.level(p, p+n)
		return n
	case Contrast, ContrastNP, Result:
		if o.contrast(p, n, class) {
			return n
		}
		if class == Result {
			return 0
		}
		class = Sub
	}
	if !o.opens(class, p, n) {
		return 0
	}
	o.open(p, n, class)
	return n
}

// contrast opens a clause of contrast or result; false where what follows asserts nothing.
func (o *outliner) contrast(p, n int, class Class) bool {
	verb := o.nextFinite(p + n)
	if verb == None {
		return false
	}
	if class == ContrastNP && (verb == p+n || o.r.Words[o.seq[p+n]].POS == "PRON" && !o.comma(p-1)) {
		return false
	}
	if class == Result && n == 1 && !o.setOff(p) {
		return false
	}
	if p == 0 || !o.main().finite && o.setOff(p) {
		if class == ContrastNP && p > 0 || class == Result {
			return false
		}
		o.main().class = Contrast
		if p == 0 {
			o.border(Border{Kind: ByContrast, At: 0, Start: n, Verb: verb})
			o.main().class = Contrast
		}
		return p == 0
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

// open pushes a dependent clause; a relative one behind a comma is a border.
func (o *outliner) open(p, n int, class Class) {
	start := p
	if p == 0 && (class == Rel || class == Comp) {
		o.level(p, p+n) // what is outlined is the relative clause itself
		return
	}
	if class == Rel || class == Comp {
		if p > 0 && o.r.Words[o.seq[p-1]].POS == "ADP" {
			start = p - 1
		}
		if n > 1 {
			start = o.partitive(p)
		}
	}
	f := frame{class: class, comma: o.setOff(start), border: None}
	if start > 0 && o.comma(start-1) && o.relative(p, class) {
		f.class = Rel
		f.border = len(o.out.Borders)
		o.out.Borders = append(o.out.Borders, Border{Kind: ByRelative, At: start, Start: start, End: len(o.seq), Verb: o.verbAfter(p + n)})
	}
	o.stack = append(o.stack, f)
	o.level(start, p+n)
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
	return verb != None && o.r.Words[o.seq[verb]].Feats["Mood"] != "Sub"
}

func (o *outliner) isRelative(p int) bool {
	for _, ph := range o.r.Lex.phrases["connectives"][o.r.Words[o.seq[p]].Fold] {
		if Class(ph.class) == Rel {
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

// finite takes the finite verb at p into the clause that it belongs to.
func (o *outliner) finite(p int) {
	if o.top().finite && !o.top().joined {
		k := len(o.stack)
		for k > 1 && o.stack[k-1].finite {
			k--
		}
		if !o.stack[k-1].finite {
			o.closeFrom(k, p)
		} else {
			o.stack = append(o.stack, frame{class: Comp, border: None, silent: true})
		}
	}
	o.top().finite, o.top().joined = true, false
	if len(o.stack) == 1 {
		o.out.Main = append(o.out.Main, p)
		o.aux = ""
		if o.r.Words[o.seq[p]].POS == "AUX" {
			o.aux = o.compound(p + 1)
		}
		if o.aux == "Inf" && o.r.Lex.Is(o.r.Words[o.seq[p]].Lemma, "passive") {
			o.aux = "" // "el consejo es tomar agua": no auxiliary
		}
	}
}

// compound gives the form of the verb behind an auxiliary: "Part" in "was
// arrested", "Inf" in "will close".
func (o *outliner) compound(p int) string {
	for q := p; q < len(o.seq) && q < p+5; q++ {
		if w := &o.r.Words[o.seq[q]]; w.POS == "VERB" {
			return w.Feats["VerbForm"]
		}
	}
	return ""
}

// closeFrom ends the dependent clauses from stack index k on, at position p.
func (o *outliner) closeFrom(k, p int) {
	for _, f := range o.stack[min(k, len(o.stack)):] {
		if f.border != None {
			o.out.Borders[f.border].End = p
		}
	}
	o.stack = o.stack[:min(k, len(o.stack))]
}

// border begins a new main clause.
func (o *outliner) border(b Border) {
	o.closeFrom(1, b.At)
	b.End = len(o.seq)
	b.Bare = o.bare(b)
	o.out.Borders = append(o.out.Borders, b)
	o.stack[0] = frame{comma: true, border: None}
	o.aux = ""
}

// bare reports whether nothing that can be a subject stands before the verb.
func (o *outliner) bare(b Border) bool {
	for q := b.Start; q < b.Verb && q < len(o.seq); q++ {
		switch o.r.Words[o.seq[q]].POS {
		case "NOUN", "PROPN", "NUM":
			if q == b.Start || o.r.Words[o.seq[q-1]].POS != "ADP" {
				return false
			}
		case "PRON":
			if !o.r.Is(o.seq[q], "clitic") {
				return false
			}
		}
	}
	return true
}

// coordinate decides at a conjunction whether it joins main clauses.
func (o *outliner) coordinate(p, n int, class Class) {
	if p > 0 && p+n < len(o.seq) && o.r.Words[o.seq[p-1]].POS == "NUM" && o.r.Words[o.seq[p+n]].POS == "NUM" {
		return // "entre 20 y 30 metros"
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
		o.top().joined = o.top().finite && o.adverbsOnly(p+n, verb)
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

// neverClosed reports whether the one dependent clause that opens the words still stands open
// where a comma and a conjunction announce another main verb: what went before
// is then taken whole, its main verb was not seen.
func (o *outliner) neverClosed(p int) bool {
	if len(o.stack) != 2 || !o.top().finite || !o.comma(p-1) || o.top().border != None {
		return false
	}
	for q := p + 1; q < len(o.seq); q++ {
		if o.comma(q) && o.nextFinite(q+1) != None {
			return false // "if A, and B, C": the main clause is still to come
		}
	}
	o.main().finite = true
	o.out.Main = append(o.out.Main, o.verbAfter(0))
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
		if w.POS == "VERB" && w.Feats["VerbForm"] == o.aux && (o.aux == "Part" || o.aux == "Inf" && w.Rel == "conj") {
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
	if o.r.Words[o.seq[verb]].Feats["Mood"] == "Sub" {
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

// MainVerb gives the word index of the first finite verb of a main clause in the
// range, None where there is none.
func (r *Reading) MainVerb(w Range) int {
	if w.Empty() {
		return None
	}
	seq := Sequence(w)
	out := r.OutlineOf(seq)
	if len(out.Main) == 0 {
		return None
	}
	return seq[out.Main[0]]
}

// Sequence lists the word indexes of ranges in order.
func Sequence(ranges ...Range) []int {
	var seq []int
	for _, w := range ranges {
		for i := w.First; i < w.Last; i++ {
			seq = append(seq, i)
		}
	}
	return seq
}
