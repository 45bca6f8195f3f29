package eval

import (
	"math"
	"slices"
	"testing"

	"cotejo/claims/extract/score"
)

// planted gives sentences of two claims each, of which the better one by these
// weights earns the grade.
func planted(weights []float64) []Sample {
	var out []Sample
	for i := range 6000 {
		s := Sample{Weight: 1, Claims: [][]int{{0}, {0}}}
		for bit := 1; bit < len(weights); bit++ {
			for c := range s.Claims {
				if i>>(2*bit+c)&1 == 1 {
					s.Claims[c] = append(s.Claims[c], bit)
				}
			}
		}
		s.Grade = s.Chance(weights)
		out = append(out, s)
	}
	return out
}

func TestFitFindsThePlantedWeights(t *testing.T) {
	want := []float64{-1, 2, -0.5, 1}
	got := Fit(planted(want), len(want), 0.1)
	for i := range want {
		if math.Abs(got[i]-want[i]) > 0.05 {
			t.Errorf("weight %d is %.3f, want %.3f", i, got[i], want[i])
		}
	}
	if again := Fit(planted(want), len(want), 0.1); !slices.Equal(again, got) {
		t.Error("the same samples give other weights")
	}
}

func TestASentenceWithoutClaimsHasNoChance(t *testing.T) {
	if p := (Sample{}).Chance([]float64{5}); p != 0 {
		t.Errorf("chance is %.2f", p)
	}
	one, two := Sample{Claims: [][]int{{0}}}, Sample{Claims: [][]int{{0}, {0, 1}}}
	if w := []float64{0, 1}; one.Chance(w) != score.Chance(w, []int{0}) || two.Chance(w) != score.Chance(w, []int{0, 1}) {
		t.Error("the best claim does not decide")
	}
}
