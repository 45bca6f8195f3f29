package eval

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cotejo/claims/claimstest"
	"cotejo/claims/extract/score"
)

// samplesOf turns a table into samples; keep says how much line i of a document counts.
func samplesOf(t *testing.T, file, language string, keep func(i int, g Graded) float64) []Sample {
	t.Helper()
	table, err := LoadGraded(claimstest.Shared(t, "data", "worth", file), language)
	if err != nil {
		t.Fatal(err)
	}
	var out []Sample
	for i, g := range table {
		weight := keep(i, g)
		if weight == 0 {
			continue
		}
		x, err := g.Features()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, Sample{X: x, Grade: g.Grade, Weight: weight})
	}
	return out
}

// half gives every document one of two halves, whatever its neighbours.
func half(g Graded) int {
	sum := 0
	for _, b := range []byte(g.Document) {
		sum = (sum*31 + int(b)) % 10007
	}
	return sum % 2
}

func learning(_ int, g Graded) float64 { return float64(1 - half(g)) }
func holdout(_ int, g Graded) float64  { return float64(half(g)) }

// TestWorthWeights fits the weights again, from half of the graded news and a
// tenth of the debates, and compares them with the committed ones; the other half says how
// good they are. COTEJO_UPDATE=1 writes them.
func TestWorthWeights(t *testing.T) {
	news := append(samplesOf(t, "es-news.tsv", "es", learning), samplesOf(t, "en-news.tsv", "en", learning)...)
	debates := samplesOf(t, "en-claimbuster-train.tsv", "en", func(i int, _ Graded) float64 {
		if i%10 == 0 {
			return 0.2
		}
		return 0
	})
	fitted := Fit(append(news, debates...))
	test := append(samplesOf(t, "es-news.tsv", "es", holdout), samplesOf(t, "en-news.tsv", "en", holdout)...)
	brier, null := Brier(fitted, test), Brier(Fit(constant(news)), constant(test))
	t.Logf("Brier score on unseen news %.4f, of one grade for all %.4f (%d and %d sentences)", brier, null, len(news), len(test))
	if brier > 0.9*null {
		t.Errorf("Brier score %.4f is hardly better than one grade for all, %.4f", brier, null)
	}
	var table strings.Builder
	fmt.Fprintf(&table, "# Weights of the logistic model of check-worthiness: feature, weight. Fitted by the test in eval from sentences\n"+
		"# graded for this project (texts: UD Spanish AnCora and Wikinews in UD English GUM, CC BY 4.0) and from ClaimBuster (CC BY 4.0).\n")
	for i, name := range score.Names {
		fmt.Fprintf(&table, "%s\t%.2f\n", name, fitted[i])
	}
	path := filepath.Join("..", "score", "weights.tsv")
	if os.Getenv("COTEJO_UPDATE") == "1" {
		if err := os.WriteFile(path, []byte(table.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	committed := score.Weights()
	for i, name := range score.Names {
		if math.Abs(committed[i]-fitted[i]) > 0.35 {
			t.Errorf("weight of %s is %.2f in the table, the data give %.2f", name, committed[i], fitted[i])
		}
	}
}

// constant keeps only the first feature, which is 1 for all.
func constant(samples []Sample) []Sample {
	out := make([]Sample, len(samples))
	for i, s := range samples {
		out[i] = Sample{X: s.X[:1], Grade: s.Grade, Weight: s.Weight}
	}
	return out
}

func TestFitFindsThePlantedWeights(t *testing.T) {
	var samples []Sample
	for i := range 4000 {
		x := []float64{1, float64(i % 2), float64(i / 2 % 2)}
		samples = append(samples, Sample{X: x, Grade: score.Grade([]float64{-1, 2, -0.5}, x), Weight: 1})
	}
	got := Fit(samples)
	for i, want := range []float64{-1, 2, -0.5} {
		if math.Abs(got[i]-want) > 0.05 {
			t.Errorf("weight %d is %.3f, want %.3f", i, got[i], want)
		}
	}
}
