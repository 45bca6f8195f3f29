package reading

import "slices"

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

// OutlineOf finds the clauses in seq, indexes of words in article order. The
// outline holds until the next one of the reading is asked for.
func (r *Reading) OutlineOf(seq []int) Outline {
	o := r.outlinerOf(seq)
	for p := 0; p < len(seq); {
		p = o.step(p)
	}
	o.closeFrom(1, len(seq))
	return o.out
}

// outlinerOf prepares the one outliner of the reading for other words.
func (r *Reading) outlinerOf(seq []int) *outliner {
	o := &r.outliner
	depth := slices.Grow(o.out.Depth[:0], len(seq))[:len(seq)]
	clear(depth)
	*o = outliner{
		r: r, seq: seq, stack: append(o.stack[:0], frame{comma: true, border: None}),
		out: Outline{Depth: depth, Borders: o.out.Borders[:0], Main: o.out.Main[:0]},
	}
	return o
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

func (o *outliner) comma(p int) bool {
	return p >= 0 && p < len(o.seq) && (o.r.Comma(o.seq[p]) || o.r.spacedHyphen(o.seq[p])) && !o.score(p)
}

// score reports whether the mark at p stands between two numbers: "lost 1 – 2".
func (o *outliner) score(p int) bool {
	return p > 0 && p+1 < len(o.seq) && o.r.Fold(o.seq[p]) != "," && o.r.Words[o.seq[p-1]].POS == "NUM" && o.r.Words[o.seq[p+1]].POS == "NUM"
}

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

func (o *outliner) mark(p int) {
	switch o.r.Words[o.seq[p]].Fold {
	case ";":
		if o.main().finite && o.nextFinite(p+1) != None {
			o.border(Border{Kind: BySemicolon, At: p, Start: p + 1, Verb: o.nextFinite(p + 1)})
		}
	default:
		if o.comma(p) {
			o.atComma(p)
		}
	}
}

// atComma closes the dependent clauses that the comma ends.
func (o *outliner) atComma(p int) {
	if o.apposition(p+1) || o.figureApart(p+1) || o.marked(p) {
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
	if o.top().class == Contrast {
		if o.nextFinite(p+1) != None {
			o.closeFrom(len(o.stack)-1, p)
		}
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
	case ResultApart:
		if o.setOff(p) && o.contrast(p, n, Result) {
			return n
		}
		class = Rel
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
			if o.aux == "" && p+1 < len(o.seq) && o.r.Words[o.seq[p+1]].POS == "ADJ" && o.r.Lex.Is(o.r.Words[o.seq[p]].Lemma, "passive") {
				o.aux = "Part" // "were ready and displayed"
			}
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
			return w.Feats.VerbForm
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

// MainVerb gives the word index of the first finite verb of a main clause in the
// range, None where there is none.
func (r *Reading) MainVerb(w Range) int {
	if w.Empty() {
		return None
	}
	r.run = r.run[:0]
	for i := w.First; i < w.Last; i++ {
		r.run = append(r.run, i)
	}
	o := r.outlinerOf(r.run)
	for p := 0; p < len(r.run) && len(o.out.Main) == 0; {
		p = o.step(p)
	}
	if len(o.out.Main) == 0 {
		return None
	}
	return r.run[o.out.Main[0]]
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
