package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strings"

	"cotejo/claims/extract/eval"
)

// grader says what it makes of a graded sentence.
type grader struct {
	name string
	say  func(context.Context, eval.Graded) (eval.Judgement, error)
}

// nullGraders understand nothing; the engine must beat each by far. One grade for
// all is the mean of the very sentences that it is measured on, the best there is.
func nullGraders(table []eval.Graded) []grader {
	mean := eval.MeanJudgement(table)
	plain := func(say func(eval.Graded) eval.Judgement) func(context.Context, eval.Graded) (eval.Judgement, error) {
		return func(_ context.Context, g eval.Graded) (eval.Judgement, error) { return say(g), nil }
	}
	return []grader{
		{"one grade for all", plain(func(eval.Graded) eval.Judgement { return mean })},
		{"every sentence", plain(func(eval.Graded) eval.Judgement { return eval.Judgement{Checkable: true, Chance: 1, Worth: 1} })},
		{"every sentence with a digit", plain(func(g eval.Graded) eval.Judgement {
			if strings.ContainsAny(g.Text, "0123456789") {
				return eval.Judgement{Checkable: true, Chance: 1, Worth: 1}
			}
			return eval.Judgement{}
		})},
	}
}

// worthy is from where on a grade says that a desk would check it.
const worthy = 0.5

// agreements compare a judge with people: on worth, and on whether a sentence can be checked.
type agreements struct{ worth, checkable eval.Agreement }

// agree adds what the grader says of the sentences to each of the agreements.
func (j grader) agree(ctx context.Context, table []eval.Graded, sums ...*agreements) error {
	for _, g := range table {
		said, err := j.say(ctx, g)
		if err != nil {
			return err
		}
		for _, a := range sums {
			a.worth.Add(said.Worth >= worthy, said.Worth, g.Grade == 1, g.Grade)
			if g.Checkable != nil {
				a.checkable.Add(said.Checkable, said.Chance, *g.Checkable, g.Settled(0))
			}
		}
	}
	return nil
}

// engine is the grader that is measured.
var engine = grader{"engine", func(ctx context.Context, g eval.Graded) (eval.Judgement, error) { return g.Judge(ctx) }}

// goldWorth measures worth and checkability on held-out graded sentences, each
// read alone, as an article. The ratchet holds 1 - Brier of each table, so that
// more is better, and the F1 of each genre; to the hundredth, for one of a few
// hundred sentences says nothing.
func goldWorth(ctx context.Context, w io.Writer, shared string, got measures) error {
	fmt.Fprintf(w, "%-28s %9s %6s %6s   %9s %6s %6s\n", "sentences alone", "worth: F1", "acc.", "Brier", "check: F1", "acc.", "Brier")
	genres := map[string]*agreements{}
	for _, h := range eval.HeldOutTables {
		table, err := eval.LoadHeldOut(filepath.Join(shared, "data"), h)
		if err != nil {
			return err
		}
		if genres[h.Genre] == nil {
			genres[h.Genre] = &agreements{}
		}
		var a agreements
		if err := engine.agree(ctx, table, &a, genres[h.Genre]); err != nil {
			return fmt.Errorf("%s: %w", h.File, err)
		}
		printAgreements(w, "engine "+h.Name(), &a)
		got.hundredths("worth."+h.Name(), "one_less_brier", 1-a.worth.Brier())
		if a.checkable.N > 0 {
			got.hundredths("checkable."+h.Name(), "one_less_brier", 1-a.checkable.Brier())
		}
		for _, null := range nullGraders(table) {
			var b agreements
			if err := null.agree(ctx, table, &b); err != nil {
				return fmt.Errorf("%s: %w", h.File, err)
			}
			printAgreements(w, null.name, &b)
		}
	}
	for _, genre := range sortedKeys(genres) {
		a := genres[genre]
		printAgreements(w, "engine "+genre, a)
		got.hundredths("worth."+genre, "f1", a.worth.F1())
		if a.checkable.N > 0 {
			got.hundredths("checkable."+genre, "f1", a.checkable.F1())
			got.hundredths("checkable."+genre, "accuracy", a.checkable.Accuracy())
		}
	}
	return nil
}

// hundredths notes a score to two places.
func (m measures) hundredths(prefix, name string, v float64) {
	m.add(prefix, map[string]float64{name: math.Floor(v*100) / 100})
}

func printAgreements(w io.Writer, name string, a *agreements) {
	fmt.Fprintf(w, "%-28s %9.3f %6.3f %6.3f", name, a.worth.F1(), a.worth.Accuracy(), a.worth.Brier())
	if a.checkable.N > 0 {
		fmt.Fprintf(w, "   %9.3f %6.3f %6.3f", a.checkable.F1(), a.checkable.Accuracy(), a.checkable.Brier())
	}
	fmt.Fprintln(w)
}

// printCalibration shows how often people agree where the engine is that sure.
func printCalibration(ctx context.Context, w io.Writer, shared string) error {
	fmt.Fprintf(w, "%-28s %12s %9s %7s %7s\n", "calibration", "between", "sentences", "engine", "people")
	for _, h := range eval.HeldOutTables {
		table, err := eval.LoadHeldOut(filepath.Join(shared, "data"), h)
		if err != nil {
			return err
		}
		var a agreements
		if err := engine.agree(ctx, table, &a); err != nil {
			return err
		}
		printBins(w, "worth "+h.Name(), &a.worth)
		if a.checkable.N > 0 {
			printBins(w, "checkable "+h.Name(), &a.checkable)
		}
	}
	return nil
}

func printBins(w io.Writer, name string, a *eval.Agreement) {
	for i, bin := range a.Calibration() {
		if bin.N > 0 {
			fmt.Fprintf(w, "%-28s %5.1f to %.1f %9d %7.3f %7.3f\n", name, float64(i)/eval.Bins, float64(i+1)/eval.Bins, bin.N, bin.Sure, bin.Grade)
		}
	}
}
