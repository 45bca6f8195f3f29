package quantity

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/extract/segment"
)

// floors are below the share of cases that pass; a fall under one is a regression.
var floors = map[string]float64{
	"Number/English": 0.42, "Number/Spanish": 0.46, "NumberWithUnit/English": 0.79, "NumberWithUnit/Spanish": 0.84,
}

type recognizerCase struct {
	Input   string
	Results []struct {
		Resolution struct {
			Value string
			Unit  string
		}
		Start, End int
	}
}

// TestRecognizerCases measures on foreign test cases how many inputs give every
// expected value at its place. Finding nothing passes none: cases that expect
// nothing are left out.
func TestRecognizerCases(t *testing.T) {
	root := claimstest.Shared(t, "data", "recognizers")
	for group, floor := range floors {
		files, err := filepath.Glob(filepath.Join(root, group, "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no cases of %s: %v", group, err)
		}
		code := map[string]string{"English": "en", "Spanish": "es"}[filepath.Base(group)]
		passed, all := 0, 0
		for _, file := range files {
			p, n := passRate(t, file, code)
			t.Logf("%-22s %-40s %d of %d", group, filepath.Base(file), p, n)
			passed, all = passed+p, all+n
		}
		share := float64(passed) / float64(all)
		t.Logf("%s: %.3f of %d cases", group, share, all)
		if share < floor {
			t.Errorf("%s: %.3f of the cases pass, below %.2f", group, share, floor)
		}
	}
}

func passRate(t *testing.T, file, code string) (passed, all int) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []recognizerCase
	if err := json.Unmarshal([]byte(strings.TrimPrefix(string(raw), "\ufeff")), &cases); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	for _, c := range cases {
		want, ok := c.figures()
		if !ok {
			continue
		}
		all++
		doc := segment.Split(c.Input, code)
		missing := 0
		for _, w := range want {
			if !w.foundIn(Find(doc)) {
				missing++
			}
		}
		if missing == 0 {
			passed++
		} else if os.Getenv("SHOW_MISSES") != "" {
			t.Logf("  %q wants %v", c.Input, want)
		}
	}
	return passed, all
}

// figure is an expected value, or an interval of which an open side is NaN.
type figure struct {
	low, high float64
	span      claims.Span
}

// figures reads the expected values; false where none is a number.
func (c recognizerCase) figures() ([]figure, bool) {
	var out []figure
	for _, r := range c.Results {
		span := claims.Span{Start: r.Start, End: r.End + 1}
		value := strings.TrimSuffix(r.Resolution.Value, "%")
		if from, to, ok := strings.Cut(strings.Trim(value, "[]()"), ","); ok && strings.ContainsAny(value, "[(") {
			out = append(out, figure{parse(from), parse(to), span})
		} else if v := parse(value); !math.IsNaN(v) {
			out = append(out, figure{v, v, span})
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

func (w figure) foundIn(found []claims.Quantity) bool {
	for _, q := range found {
		if !q.Overlaps(w.span) {
			continue
		}
		low, high := q.Value, q.Value
		switch q.Bound {
		case claims.BoundRange:
			low, high = q.Low, q.High
		case claims.BoundMin:
			if math.IsNaN(w.high) {
				high = nil
			}
		case claims.BoundMax:
			if math.IsNaN(w.low) {
				low = nil
			}
		}
		if same(low, w.low) && same(high, w.high) {
			return true
		}
	}
	return false
}

func same(got *float64, want float64) bool {
	if got == nil {
		return math.IsNaN(want)
	}
	return math.Abs(*got-want) <= 1e-4*max(1, math.Abs(want))
}
