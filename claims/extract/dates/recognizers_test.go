package dates

import (
	"os"
	"path/filepath"
	"testing"

	"cotejo/claims/claimstest"
	"cotejo/claims/extract/eval/recognizer"
)

// floors are below the share of the cases inside the scope that pass; a fall under one is a regression.
var floors = map[struct{ name, language string }]float64{
	{recognizer.DateTimes, "en"}: 0.85, {recognizer.DateTimes, "es"}: 0.86,
}

// TestRecognizerCases measures on foreign test cases how many inputs give every
// expected date at its place; SHOW_MISSES=1 names those that fail.
func TestRecognizerCases(t *testing.T) {
	root := claimstest.Shared(t, "data", "recognizers")
	var notes recognizer.Notes
	if os.Getenv("SHOW_MISSES") != "" {
		notes.Missed = t.Logf
	}
	if os.Getenv("SHOW_OUTSIDE") != "" {
		notes.LeftOut = t.Logf
	}
	for group, floor := range floors {
		files, err := recognizer.Files(root, group.name, group.language)
		if err != nil {
			t.Fatal(err)
		}
		var all recognizer.Share
		for _, file := range files {
			s, err := recognizer.Dates(file, group.language, Find, notes)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%-16s %s %-40s %d of %d, %d outside", group.name, group.language, filepath.Base(file), s.Passed, s.All, s.Outside)
			all = all.Add(s)
		}
		t.Logf("%s %s: %.3f of %d cases", group.name, group.language, all.Rate(), all.All)
		if all.Rate() < floor {
			t.Errorf("%s %s: %.3f of the cases pass, below %.2f", group.name, group.language, all.Rate(), floor)
		}
	}
}
