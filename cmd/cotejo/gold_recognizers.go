package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"cotejo/claims/extract/dates"
	"cotejo/claims/extract/eval/recognizer"
	"cotejo/claims/extract/lang"
	"cotejo/claims/extract/quantity"
)

// goldRecognizers counts the foreign cases of figures and dates that pass, of those
// inside the scope. Finding nothing passes none.
func goldRecognizers(_ context.Context, w io.Writer, shared string, got measures) error {
	fmt.Fprintf(w, "%-28s %9s %6s %6s %7s\n", "recognizers (foreign cases)", "share", "passed", "inside", "outside")
	for _, group := range []string{recognizer.Numbers, recognizer.WithUnits, recognizer.DateTimes} {
		for _, code := range lang.Codes() {
			if recognizer.Languages[code] == "" {
				continue
			}
			s, err := recognizerShare(filepath.Join(shared, "data", "recognizers"), group, code)
			if err != nil {
				return err
			}
			fmt.Fprintf(w, "%-28s %9.3f %6d %6d %7d\n", group+" "+code, s.Rate(), s.Passed, s.All, s.Outside)
			got.add("recognizers."+group, map[string]float64{code: s.Rate()})
		}
	}
	fmt.Fprintf(w, "%-28s %9.3f\n", "nothing found", 0.0)
	return nil
}

func recognizerShare(root, group, code string) (recognizer.Share, error) {
	var sum recognizer.Share
	files, err := recognizer.Files(root, group, code)
	if err != nil {
		return sum, err
	}
	for _, file := range files {
		var s recognizer.Share
		if group == recognizer.DateTimes {
			s, err = recognizer.Dates(file, code, dates.Find, recognizer.Notes{})
		} else {
			s, err = recognizer.Figures(file, code, quantity.Find, recognizer.Notes{})
		}
		if err != nil {
			return sum, err
		}
		sum = sum.Add(s)
	}
	return sum, nil
}
