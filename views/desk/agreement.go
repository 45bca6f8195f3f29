package desk

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"cotejo/claims"
	"cotejo/views"
)

func (p StatsPage) find(layer claims.Layer) func(string) (claims.Step, bool) {
	return func(code string) (claims.Step, bool) { return p.Scales.Step(layer, code) }
}

// percent words a part of a whole.
func (p StatsPage) percent(part, whole int) string {
	return views.Percentage(p.Words, part, whole)
}

// rounded cuts to hundredths.
func rounded(f float64) float64 { return math.Round(100*f) / 100 }

// instead lists what was given in the place of a step, most often first.
func (p StatsPage) instead(layer claims.Layer, s claims.StepAgreement) string {
	given := slices.SortedFunc(maps.Keys(s.Elsewhere), func(a, b string) int {
		if d := s.Elsewhere[b] - s.Elsewhere[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	parts := make([]string, len(given))
	for i, step := range given {
		parts[i] = views.StepWord(p.find(layer), step, p.Words) + " (" + strconv.Itoa(s.Elsewhere[step]) + ")"
	}
	return strings.Join(parts, ", ")
}
