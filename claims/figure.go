package claims

import (
	"math"
	"strconv"
)

// Figure is one quantity as a claim gives it, with what tells whether it can be
// held against another: figures are compared only within one thing.
type Figure struct {
	Quantity
	Claim    string // public id
	Article  string
	Place    int    // among the figures of the claim
	Share    string // the whole of which it is a share, "" for anything else
	From, To *Date  // the time that the figure is about; nil on an open or unknown side
}

// Key names a figure of a claim.
func (f Figure) Key() string { return f.Claim + "-" + strconv.Itoa(f.Place) }

// FigureDoubt is the reason to look at figures again; never a verdict.
type FigureDoubt string

// The reasons.
const (
	FigureApart    FigureDoubt = "apart"    // same thing, same time, and not both can hold
	FigureThousand FigureDoubt = "thousand" // as apart, by about a thousand: thousands and millions confused
	FigureSum      FigureDoubt = "sum"      // parts do not add up to their total
	FigurePercent  FigureDoubt = "percent"  // parts of a whole add up to over 100 per cent
)

// FigureClash is a doubt about two figures of a list, by their places in it.
type FigureClash struct {
	Doubt FigureDoubt
	A, B  int // A < B
}

const (
	approxSlack   = 0.1  // "about 100" holds for 90 to 110
	thousandSlack = 0.05 // 1000 ± 5 per cent: both are often rounded
	percentSlack  = 0.5  // points that rounding may add to each part
)

// Reach gives the least and the most that a quantity can mean, infinite on an
// open side and wider by a tenth where it is hedged; false without any number.
func (q Quantity) Reach() (low, high float64, ok bool) {
	low, high = math.Inf(-1), math.Inf(1)
	least, most := first(q.Low, q.Value), first(q.High, q.Value)
	if least == nil && most == nil {
		return low, high, false
	}
	if least != nil && q.Bound != BoundMax {
		low = *least
	}
	if most != nil && q.Bound != BoundMin {
		high = *most
	}
	if q.Approx {
		low, high = low-approxSlack*finite(low), high+approxSlack*finite(high)
	}
	return low, high, true
}

func first(a, b *float64) *float64 {
	if a != nil {
		return a
	}
	return b
}

// finite is the size of a number, 0 for an open side: Inf - Inf is no number.
func finite(x float64) float64 {
	if math.IsInf(x, 0) {
		return 0
	}
	return math.Abs(x)
}

// FigureClashes compares the figures of one thing two by two. Only figures about
// exactly the same known time are compared: what grew in between is no conflict.
// It takes time with the square of the list, which callers keep short.
func FigureClashes(figures []Figure) []FigureClash {
	var out []FigureClash
	for b := range figures {
		for a := range b {
			if doubt, found := clash(figures[a], figures[b]); found {
				out = append(out, FigureClash{doubt, a, b})
			}
		}
	}
	return out
}

func clash(a, b Figure) (FigureDoubt, bool) {
	if !sameTime(a, b) {
		return "", false
	}
	aLow, aHigh, aOK := a.Reach()
	bLow, bHigh, bOK := b.Reach()
	if !aOK || !bOK || aLow <= bHigh && bLow <= aHigh {
		return "", false
	}
	if a.Value != nil && b.Value != nil && thousandApart(*a.Value, *b.Value) {
		return FigureThousand, true
	}
	return FigureApart, true
}

func sameTime(a, b Figure) bool {
	if a.From == nil && a.To == nil {
		return false
	}
	return sameDate(a.From, b.From) && sameDate(a.To, b.To)
}

func thousandApart(a, b float64) bool {
	a, b = math.Abs(a), math.Abs(b)
	small, large := min(a, b), max(a, b)
	return small > 0 && math.Abs(large/small/1000-1) <= thousandSlack
}

// SumDoubt says whether the parts, all of them, of a total can add up to it
// ("12, of whom 5 and 6" cannot). Fewer than two parts are no division of it.
func SumDoubt(total Quantity, parts []Quantity) bool {
	low, high, ok := total.Reach()
	if !ok || len(parts) < 2 {
		return false
	}
	sumLow, sumHigh, ok := sumReach(parts)
	return ok && (sumLow > high || sumHigh < low)
}

// PercentDoubt says whether parts of one whole, in per cent, are more than it,
// beyond what rounding each of them can add.
func PercentDoubt(parts []Quantity) bool {
	sumLow, _, ok := sumReach(parts)
	return ok && len(parts) > 1 && sumLow > 100+percentSlack*float64(len(parts))
}

func sumReach(parts []Quantity) (low, high float64, ok bool) {
	for _, part := range parts {
		partLow, partHigh, known := part.Reach()
		if !known {
			return 0, 0, false
		}
		low, high = low+max(partLow, 0), high+partHigh
	}
	return low, high, true
}
