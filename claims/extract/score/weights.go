package score

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
)

//go:embed weights.tsv
var table string

// Weights are those of two logistic models, one for each of Names: whether
// evidence could settle a claim, and whether a desk would check it.
type Weights struct{ Checkable, Worth []float64 }

var fitted = load(table)

// load reads the weights of the features; one without a row counts nothing. The
// embedded table is part of the program.
func load(table string) Weights {
	w := Weights{make([]float64, len(features)), make([]float64, len(features))}
	byName := map[string]int{}
	for i, f := range features {
		byName[f.name] = i
	}
	for _, line := range strings.Split(table, "\n") {
		cells := strings.Split(line, "\t")
		i, known := byName[cells[0]]
		if !known || len(cells) != 3 {
			continue
		}
		w.Checkable[i], w.Worth[i] = weight(cells[1]), weight(cells[2])
	}
	return w
}

func weight(cell string) float64 {
	w, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		panic("weights.tsv: " + err.Error())
	}
	return w
}

// Chance is what a logistic model makes of the features that hold, 0 to 1.
func Chance(weights []float64, holding []int) float64 {
	sum := 0.0
	for _, i := range holding {
		sum += weights[i]
	}
	return 1 / (1 + math.Exp(-sum))
}

// rounded gives a chance to two places, so that every machine says the same.
func rounded(chance float64) float64 { return math.Round(chance*100) / 100 }
