package recognizer

import (
	"math"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"cotejo/claims"
	"cotejo/claims/extract/segment"
)

// figuresOutside are the groups of cases that no claim carries as a quantity, each by a
// rule of the annotation guidelines; docs/recognizers.md gives the same table.
var figuresOutside = []struct {
	name, reason string
	file, input  *regexp.Regexp // a case is outside where both match
}{
	{"ordinals", "of ordinals, only ranks are quantities", regexp.MustCompile(`^Ordinal`), regexp.MustCompile(``)},
	{"ranges of ordinals", "of ordinals, only ranks are quantities", regexp.MustCompile(`^NumberRange`), regexp.MustCompile(`(?i)tenth|fifteenth|quinta|undécima|duodécima`)},
	{"formulas", "a quantity is a counted or measured amount; in a formula nothing is", regexp.MustCompile(`^(Number|Percent)Model`), regexp.MustCompile(`(?i)\^|\de[+-]?\d|x10|\b(one|uno|\d+) (over|sobre) `)},
	{"names and codes", "names with numbers are none", regexp.MustCompile(`^NumberModel`), regexp.MustCompile(`(?i)192\.168|SCP-|phone number|nrs\.|version two|three-nought-four`)},
	{"dates", "dates are no quantities", regexp.MustCompile(``), regexp.MustCompile(`(?i)5/17/2018|diez años atrás|hace un año`)},
}

func figureIsOutside(file, input string) bool {
	for _, o := range figuresOutside {
		if o.file.MatchString(file) && o.input.MatchString(input) {
			return true
		}
	}
	return false
}

type figureCase struct {
	Input   string
	Results []struct {
		Resolution struct {
			Value string
			Unit  string
		}
		Start, End int
	}
}

// Figures counts the cases of one file that find passes in a language: every
// expected value stands at its place, or an equal reading in this engine's terms
// (see foundIn). Finding nothing passes none: cases that expect nothing are left out.
func Figures(file, code string, find func(*segment.Document) []claims.Quantity, notes Notes) (Share, error) {
	var cases []figureCase
	if err := read(file, &cases); err != nil {
		return Share{}, err
	}
	var s Share
	for _, c := range cases {
		want, ok := c.figures()
		if !ok {
			continue
		}
		if figureIsOutside(filepath.Base(file), c.Input) {
			s.Outside++
			continue
		}
		s.All++
		if c.passes(find(segment.Split(c.Input, code)), want) {
			s.Passed++
		} else {
			notes.missed("%q wants %v", c.Input, want)
		}
	}
	return s, nil
}

// passes reports whether all the figures that are wanted are among those found.
func (c figureCase) passes(found []claims.Quantity, want []figure) bool {
	for i := range want {
		if !foundIn(found, want, i) {
			return false
		}
	}
	return true
}

// figure is an expected value, or an interval of which an open side is NaN.
type figure struct {
	low, high float64
	span      claims.Span
	percent   bool
}

// figures reads the expected values; false where none is a number.
func (c figureCase) figures() ([]figure, bool) {
	var out []figure
	for _, r := range c.Results {
		span := claims.Span{Start: r.Start, End: r.End + 1}
		value := strings.TrimSuffix(r.Resolution.Value, "%")
		if from, to, ok := strings.Cut(strings.Trim(value, "[]()"), ","); ok && strings.ContainsAny(value, "[(") {
			out = append(out, figure{parse(from), parse(to), span, false})
		} else if v := parse(value); !math.IsNaN(v) {
			out = append(out, figure{v, v, span, value != r.Resolution.Value})
		} else {
			return nil, false
		}
	}
	return out, len(out) > 0
}

func parse(s string) float64 {
	v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64) // the Spanish cases write a decimal comma
	if err != nil {
		return math.NaN()
	}
	return v
}

// foundIn reports whether the i-th expected figure is among the quantities: by
// equal values at its place; a share as a percentage; two numbers as the share
// that they make ("2 of 5" is 0.4); an interval as its two bounds; the end of a
// range that is found whole ("40 - 50 years").
func foundIn(found []claims.Quantity, want []figure, i int) bool {
	w := want[i]
	var low, high bool
	for _, q := range found {
		if !q.Overlaps(w.span) {
			continue
		}
		from, to := interval(q, w)
		if same(from, w.low) && same(to, w.high) || q.Value != nil && q.Unit != "%" && w.isShare(*q.Value) {
			return true
		}
		if q.Bound == claims.BoundRange && same(q.High, w.low) && same(q.High, w.high) && q.End == w.span.End {
			return true
		}
		for k := max(0, i-1); k < min(i+1, len(want)-1); k++ {
			if a, b := want[k], want[k+1]; q.Value != nil && q.Overlaps(a.span) && q.Overlaps(b.span) && same(q.Value, a.low/b.low) {
				return true
			}
		}
		low = low || q.Bound == claims.BoundMin && same(q.Value, w.low)
		high = high || q.Bound == claims.BoundMax && same(q.Value, w.high)
	}
	return low && high
}

// interval gives what a quantity allows, its open side nil where the figure's is open too.
func interval(q claims.Quantity, w figure) (low, high *float64) {
	low, high = q.Value, q.Value
	switch q.Bound {
	case claims.BoundRange:
		return q.Low, q.High
	case claims.BoundMin:
		if math.IsNaN(w.high) {
			high = nil
		}
	case claims.BoundMax:
		if math.IsNaN(w.low) {
			low = nil
		}
	}
	return low, high
}

// isShare reports whether v is the figure, which is a percentage, as a fraction of one.
func (w figure) isShare(v float64) bool {
	return w.percent && same(&w.low, v*100) && same(&w.high, v*100)
}

func same(got *float64, want float64) bool {
	if got == nil {
		return math.IsNaN(want)
	}
	return math.Abs(*got-want) <= 1e-4*max(1, math.Abs(want))
}
