package desk

import (
	"slices"
	"strconv"
	"time"

	"cotejo/claims"
	"cotejo/views"
)

// SheetPage is the desk sheet of an article, to be printed.
type SheetPage struct {
	views.Frame
	Article    claims.Article
	Snapshot   claims.Snapshot
	Paragraphs []Paragraph
	Cards      []ClaimCard // without those set aside
	Evidence   map[string][]claims.Evidence
	Scales     claims.Scales
	People     map[string]claims.Person
	Left       int // of the sentences, how many nobody has looked at
	Sentences  int
	Printed    time.Time
}

// margin lists the numbers of the claims that begin in a paragraph, for its margin.
func (p Paragraph) margin() (out []string) {
	var all []int
	for _, run := range p.Runs {
		for _, m := range run.Marks {
			if m.First {
				all = append(all, m.N)
			}
		}
	}
	slices.Sort(all)
	for _, n := range slices.Compact(all) {
		out = append(out, strconv.Itoa(n))
	}
	return out
}
