package claims

import (
	"cmp"
	"slices"
)

// About says what a figure counts or measures, in stems that can be compared.
type About struct {
	Language string
	Unit     string   // "" where the words give none
	Measure  bool     // the unit alone says nothing of what is measured: per cent, money, metres
	Terms    []string // of the words around it
	Names    []string // of them, those that are names, other than the source's
}

// Same reports whether two figures are about one thing, as far as words tell: one
// unit, no names that differ, and half of the words of whichever says less; more than
// half where the unit says nothing.
func (t About) Same(o About) bool {
	if t.Language != o.Language || t.Unit != o.Unit {
		return false
	}
	if len(t.Names) > 0 && len(o.Names) > 0 && shared(t.Names, o.Names) == 0 {
		return false
	}
	least := min(len(t.Terms), len(o.Terms))
	if least == 0 {
		return t.Unit != "" && !t.Measure
	}
	both := 2 * shared(t.Terms, o.Terms)
	return both > least || both == least && !t.Measure
}

func shared(a, b []string) (n int) {
	for _, term := range a {
		if slices.Contains(b, term) {
			n++
		}
	}
	return n
}

// FigureRow is a figure with the claim that gives it.
type FigureRow struct {
	Figure
	Row   ClaimRow
	Topic About
	Said  Date     // when the claim was made, else when its article came out or in
	By    []string // who says so; none where the article itself does
	Words []string // of the topic's terms, as they are written
}

// Thing is all that is claimed about the size of one thing, the oldest first.
type Thing struct {
	Key     string // of its oldest figure: the claim's id and the figure's place in it
	Unit    string // as the newest figure writes it
	Words   []string
	Figures []FigureRow
	Clashes []FigureClash // by places in Figures
}

// Holds reports whether a figure of the thing is of an article or a claim.
func (t Thing) Holds(id string) bool {
	return slices.ContainsFunc(t.Figures, func(f FigureRow) bool { return f.Claim == id || f.Article == id })
}

// HasKey reports whether a key is that of one of the thing's figures.
func (t Thing) HasKey(key string) bool {
	return slices.ContainsFunc(t.Figures, func(f FigureRow) bool { return f.Key() == key })
}

// ThingsOf gathers figures by what they are about: those with clashes first, then
// those of which there are most. A figure joins the thing with whose figures at least
// half of it agree.
func ThingsOf(rows []FigureRow) []Thing {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b FigureRow) int {
		return cmp.Or(cmp.Compare(a.Said, b.Said), cmp.Compare(a.Claim, b.Claim), a.Start-b.Start)
	})
	var out []Thing
	units := map[[2]string][]int{} // things by language and unit
	for _, r := range rows {
		of := [2]string{r.Topic.Language, r.Topic.Unit}
		i := slices.IndexFunc(units[of], func(i int) bool { return out[i].takes(r) })
		if i < 0 {
			units[of] = append(units[of], len(out))
			out = append(out, Thing{Key: r.Key(), Figures: []FigureRow{r}})
			continue
		}
		t := &out[units[of][i]]
		t.Figures = append(t.Figures, r)
	}
	for i := range out {
		out[i].settle()
	}
	slices.SortStableFunc(out, func(a, b Thing) int {
		return cmp.Or(len(b.Clashes)-len(a.Clashes), len(b.Figures)-len(a.Figures), cmp.Compare(b.newest(), a.newest()))
	})
	return out
}

// takes reports whether a figure is about the thing.
func (t Thing) takes(r FigureRow) bool {
	same := 0
	for _, f := range t.Figures {
		if f.Topic.Same(r.Topic) {
			same++
		}
	}
	return 2*same >= len(t.Figures)
}

func (t Thing) newest() Date { return t.Figures[len(t.Figures)-1].Said }

// maxCompared bounds how many figures of a thing are held against one another.
const maxCompared = 200

// settle names a thing and compares its figures, the newest of very many.
func (t *Thing) settle() {
	t.Unit = t.Figures[len(t.Figures)-1].Unit
	t.Words = t.common()
	first := max(0, len(t.Figures)-maxCompared)
	list := make([]Figure, 0, len(t.Figures)-first)
	for _, f := range t.Figures[first:] {
		list = append(list, f.Figure)
	}
	for _, c := range FigureClashes(list) {
		c.A, c.B = c.A+first, c.B+first
		t.Clashes = append(t.Clashes, c)
	}
}

// nameWords is how many words a thing is called by.
const nameWords = 3

// common gives the words that at least half of the figures share, as the newest has them.
func (t Thing) common() (out []string) {
	counts := map[string]int{}
	for _, f := range t.Figures {
		for _, term := range f.Topic.Terms {
			counts[term]++
		}
	}
	newest := t.Figures[len(t.Figures)-1]
	for i, term := range newest.Topic.Terms {
		if 2*counts[term] >= len(t.Figures) && len(out) < nameWords {
			out = append(out, newest.Words[i])
		}
	}
	return out
}

// ArticleDoubt is figures of one article that do not fit together.
type ArticleDoubt struct {
	Doubt   FigureDoubt
	Figures []FigureRow // a sum's total first
}
