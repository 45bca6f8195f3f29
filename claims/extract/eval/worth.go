package eval

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"

	"cotejo/claims"
	"cotejo/claims/extract/attribute"
	"cotejo/claims/extract/clause"
	"cotejo/claims/extract/names"
	"cotejo/claims/extract/quantity"
	"cotejo/claims/extract/reading"
	"cotejo/claims/extract/score"
	"cotejo/claims/extract/segment"
)

// Graded is a sentence that people have graded: 0 not worth checking, 0.5 if time
// allows, 1 first.
type Graded struct {
	Document string
	Language string
	Text     string
	Grade    float64
}

// LoadGraded reads a table with a header line. Columns with the names "doc",
// "worth" (0, 1, 2) or "class_label" (Yes, No), and "text" or "Text" are used.
func LoadGraded(path, language string) ([]Graded, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	var out []Graded
	var columns map[string]int
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		cells := strings.Split(lines.Text(), "\t")
		if columns == nil {
			columns = map[string]int{}
			for i, c := range cells {
				columns[strings.ToLower(c)] = i
			}
			continue
		}
		g, err := graded(cells, columns)
		if err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", path, n, err)
		}
		g.Language = language
		out = append(out, g)
	}
	return out, lines.Err()
}

func graded(cells []string, columns map[string]int) (Graded, error) {
	cell := func(name string) (string, bool) {
		i, ok := columns[name]
		if !ok || i >= len(cells) {
			return "", false
		}
		return cells[i], true
	}
	var g Graded
	g.Document, _ = cell("doc")
	text, ok := cell("text")
	if !ok {
		return g, fmt.Errorf("no text among %d cells", len(cells))
	}
	g.Text = strings.Trim(text, `"`)
	if label, ok := cell("class_label"); ok {
		if label == "Yes" {
			g.Grade = 1
		}
		return g, nil
	}
	worth, _ := cell("worth")
	n, err := strconv.Atoi(worth)
	if err != nil || n < 0 || n > 2 {
		return g, fmt.Errorf("worth is %q, must be 0, 1 or 2", worth)
	}
	g.Grade = float64(n) / 2
	return g, nil
}

// Features takes the whole sentence for one assertion and gives its features.
func (g Graded) Features() ([]float64, error) {
	doc := segment.Split(g.Text, g.Language)
	r, err := reading.Of(doc, nil)
	if err != nil {
		return nil, err
	}
	idx := names.Find(r)
	in := score.Input{Quantities: len(quantity.Find(doc)), Times: len(r.Times), Names: len(idx.Mentions), Mode: claims.ModeNone}
	in.Clause = clause.Clause{Words: reading.Sequence(reading.Range{First: 0, Last: len(r.Words)}), Verb: r.MainVerb(reading.Range{First: 0, Last: len(r.Words)})}
	for _, rep := range attribute.Find(r, idx).Reports {
		in.Sourced = in.Sourced || len(rep.Sources) > 0
		if rep.Direct && len(rep.Content) > 0 {
			in.Mode = claims.ModeDirect
		}
	}
	return score.Features(r, in), nil
}

// Sample is one graded vector of features and how much it counts.
type Sample struct {
	X      []float64
	Grade  float64
	Weight float64
}

// ridge keeps the weights of rare features small.
const ridge = 2.0

// Fit finds the weights of the logistic model that grades the samples best, by
// Newton's method from zero: the same samples give the same weights.
func Fit(samples []Sample) []float64 {
	n := len(samples[0].X)
	w := make([]float64, n)
	for range 12 {
		gradient, hessian := make([]float64, n), make([][]float64, n)
		for i := range hessian {
			hessian[i] = make([]float64, n)
			hessian[i][i] = ridge
			gradient[i] = -ridge * w[i]
		}
		for _, s := range samples {
			p := score.Grade(w, s.X)
			for i, x := range s.X {
				if x == 0 {
					continue
				}
				gradient[i] += s.Weight * (s.Grade - p) * x
				for j, y := range s.X {
					hessian[i][j] += s.Weight * p * (1 - p) * x * y
				}
			}
		}
		for i, step := range solve(hessian, gradient) {
			w[i] += step
		}
	}
	return w
}

// solve gives x with a·x = b for a symmetric positive matrix; it works in place.
func solve(a [][]float64, b []float64) []float64 {
	for k := range b {
		for i := k + 1; i < len(b); i++ {
			f := a[i][k] / a[k][k]
			for j := k; j < len(b); j++ {
				a[i][j] -= f * a[k][j]
			}
			b[i] -= f * b[k]
		}
	}
	x := make([]float64, len(b))
	for i := len(b) - 1; i >= 0; i-- {
		sum := b[i]
		for j := i + 1; j < len(b); j++ {
			sum -= a[i][j] * x[j]
		}
		x[i] = sum / a[i][i]
	}
	return x
}

// Brier is the mean squared distance between what the weights say and the grades.
func Brier(weights []float64, samples []Sample) float64 {
	sum, all := 0.0, 0.0
	for _, s := range samples {
		sum += s.Weight * math.Pow(score.Grade(weights, s.X)-s.Grade, 2)
		all += s.Weight
	}
	return sum / all
}
