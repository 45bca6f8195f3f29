package text

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// saga writes n sentences that no other seed writes.
func saga(seed, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "El pueblo %d de la comarca %d pagó %d euros por el puente número %d. ", seed*31+i, i*7+seed, i*i+seed, seed+i)
	}
	return b.String()
}

func shared(a, b []int64) (n int) {
	for _, band := range a {
		if slices.Contains(b, band) {
			n++
		}
	}
	return n
}

func TestCopiesFindEachOther(t *testing.T) {
	agency := saga(1, 20)
	for name, copied := range map[string]string{
		"the same": agency, "in capitals, without accents": strings.ToUpper(Fold(agency)),
		"with a paragraph of one's own": agency + saga(500, 6), "cut": agency[:len(agency)*2/3], "a figure changed": strings.Replace(agency, " 25 euros", " 26 euros", 1),
	} {
		if shared(Bands(agency), Bands(copied)) == 0 {
			t.Errorf("%s: no band in common", name)
		}
	}
	if n := shared(Bands(agency), Bands(saga(9000, 20))); n > 0 {
		t.Errorf("another article has %d bands in common", n)
	}
	if Bands("Cuatro palabras y una más.") != nil || Bands("") != nil {
		t.Error("a short text has bands")
	}
}

func TestOverlap(t *testing.T) {
	agency, own := saga(1, 20), saga(500, 20)
	for _, tt := range []struct {
		name      string
		s, other  string
		low, high float64
	}{
		{"the same", agency, agency, 1, 1},
		{"a half of one's own", agency + own, agency, 0.45, 0.55},
		{"part of it", agency[:len(agency)/2], agency, 0.98, 1},
		{"another", own, agency, 0, 0.1},
		{"nothing", "", agency, 0, 0},
	} {
		if got := Overlap(tt.s, tt.other); got < tt.low || got > tt.high {
			t.Errorf("%s: %.2f, want %.2f to %.2f", tt.name, got, tt.low, tt.high)
		}
	}
}
