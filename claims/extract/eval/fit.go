package eval

import (
	"cotejo/claims/extract/score"
)

// Sample is a graded sentence: the features of each claim in it (indexes into
// score.Names), how it was graded, 0 to 1, and how much it counts.
type Sample struct {
	Claims [][]int
	Grade  float64
	Weight float64
}

// Chance is what weights make of the sentence: that of its best claim, 0 where it has none.
func (s Sample) Chance(weights []float64) float64 {
	_, p := s.best(weights)
	return p
}

// best gives the claim that the weights grade highest.
func (s Sample) best(weights []float64) (holding []int, grade float64) {
	for _, c := range s.Claims {
		if p := score.Chance(weights, c); holding == nil || p > grade {
			holding, grade = c, p
		}
	}
	return holding, grade
}

// The fit alternates: which claim of a sentence earns its grade, then weights
// that give it.
const (
	rounds = 4
	steps  = 6 // of Newton's method in each round
)

// Fit finds the weights of the logistic model that grades the samples best by
// their best claims, from zero: the same samples give the same weights. Ridge
// keeps the weights of rare features small.
func Fit(samples []Sample, features int, ridge float64) []float64 {
	w := make([]float64, features)
	for range rounds {
		chosen := make([][]int, len(samples))
		for i, s := range samples {
			chosen[i], _ = s.best(w)
		}
		for range steps {
			improve(w, samples, chosen, ridge)
		}
	}
	return w
}

// improve takes one step of Newton's method.
func improve(w []float64, samples []Sample, chosen [][]int, ridge float64) {
	gradient, hessian := make([]float64, len(w)), make([][]float64, len(w))
	for i := range hessian {
		hessian[i] = make([]float64, len(w))
		hessian[i][i] = ridge
		gradient[i] = -ridge * w[i]
	}
	for k, s := range samples {
		p := score.Chance(w, chosen[k])
		for _, i := range chosen[k] {
			gradient[i] += s.Weight * (s.Grade - p)
			for _, j := range chosen[k] {
				hessian[i][j] += s.Weight * p * (1 - p)
			}
		}
	}
	for i, step := range solve(hessian, gradient) {
		w[i] += step
	}
}

// solve gives x with a·x = b for a symmetric positive matrix; it works in place.
func solve(a [][]float64, b []float64) []float64 {
	for k := range b {
		for i := k + 1; i < len(b); i++ {
			f := a[i][k] / a[k][k]
			if f == 0 {
				continue
			}
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
