package claims

import (
	"slices"
	"strings"
	"time"
)

// Precedent is a verdict that stands, on a claim that has something in common
// with another one.
type Precedent struct {
	ClaimRow
	At    time.Time // of the publication, or of the approval that waits for it
	Units []string  // of figures, that both have
	Tags  []string  // that both have
}

// Precedents are what was decided before: on the same source, and of the same
// kind on the same topic.
type Precedents struct {
	Source []Precedent
	Topic  []Precedent
}

// MaxPrecedents is how many a list shows.
const MaxPrecedents = 5

// PrecedentFilter asks for claims that were published or approved and have a
// verdict: those with one of the sources or names, or, where there are none, those
// of the kind that have one of the units or tags. Nothing asked for finds nothing.
type PrecedentFilter struct {
	Claim   string   // the one that is judged, left out
	Sources []string // ids of records
	Names   []string // folded, of what is tied to no record
	Kind    Kind
	Units   []string
	Tags    []string
	Limit   int
}

// SaidBy lists the links of those who said a claim or stand behind it, not those
// who relayed it.
func SaidBy(list []Attribution) []Link {
	var out []Link
	for _, a := range list {
		out = append(out, a.Sources...)
		if a.Original != nil {
			out = append(out, *a.Original)
		}
	}
	return out
}

// UnitsOf lists the units of figures, once each.
func UnitsOf(list []Quantity) []string {
	var out []string
	for _, q := range list {
		if q.Unit != "" && !slices.Contains(out, q.Unit) {
			out = append(out, q.Unit)
		}
	}
	return out
}

// RankPrecedents picks what is nearest to a claim: of the same kind, with most
// units and tags in common, the last decided first among equals. onTopic leaves
// out what has another kind, or neither a unit nor a tag in common.
func RankPrecedents(c Claim, found []ClaimRow, onTopic bool) []Precedent {
	units, tags := UnitsOf(c.Quantities), c.Tags
	var out []Precedent
	for _, row := range found {
		p := Precedent{ClaimRow: row, At: decidedAt(row.Claim), Units: both(UnitsOf(row.Quantities), units), Tags: both(row.Tags, tags)}
		near := row.Kind == c.Kind && len(p.Units)+len(p.Tags) > 0
		if row.ID != c.ID && row.Verdict != nil && (near || !onTopic) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b Precedent) int {
		if d := b.nearness(c.Kind) - a.nearness(c.Kind); d != 0 {
			return d
		}
		if d := b.At.Compare(a.At); d != 0 {
			return d
		}
		return strings.Compare(a.ID, b.ID)
	})
	return out[:min(len(out), MaxPrecedents)]
}

func (p Precedent) nearness(kind Kind) int {
	n := len(p.Units) + len(p.Tags)
	if p.Kind == kind {
		n++
	}
	return n
}

// decidedAt is when the verdict that stands was published or approved.
func decidedAt(c Claim) time.Time {
	switch {
	case c.State == StatePublished && c.PublishedAt != nil:
		return *c.PublishedAt
	case c.ReviewedAt != nil:
		return *c.ReviewedAt
	case c.Verdict != nil:
		return c.Verdict.ChangedAt
	}
	return time.Time{}
}

func both(a, b []string) []string {
	var out []string
	for _, s := range a {
		if slices.Contains(b, s) {
			out = append(out, s)
		}
	}
	return out
}
