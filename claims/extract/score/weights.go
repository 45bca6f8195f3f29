package score

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
)

//go:embed weights.tsv
var table string

var weights = load(table)

// load reads a weight for every feature; the embedded table is part of the program.
func load(table string) []float64 {
	byName := map[string]float64{}
	for _, line := range strings.Split(table, "\n") {
		name, value, ok := strings.Cut(line, "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		w, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil {
			panic("weights.tsv: " + err.Error())
		}
		byName[name] = w
	}
	out := make([]float64, len(Names))
	for i, name := range Names {
		w, ok := byName[name]
		if !ok {
			panic("weights.tsv has no weight for " + name)
		}
		out[i] = w
	}
	return out
}

// worthOf is the logistic model's grade, rounded so that every machine gives the same.
func worthOf(x []float64) float64 { return math.Round(Grade(weights, x)*100) / 100 }

// Grade applies the weights of a logistic model to features.
func Grade(weights, x []float64) float64 {
	sum := 0.0
	for i, v := range x {
		sum += weights[i] * v
	}
	return 1 / (1 + math.Exp(-sum))
}

// Weights gives a copy of the model's weights, one for each of Names.
func Weights() []float64 { return append([]float64(nil), weights...) }
