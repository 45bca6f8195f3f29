// Package recognizer reads the test cases of Microsoft's Recognizers-Text, which
// nobody on this project wrote, and counts which of them figures and dates pass;
// docs/recognizers.md says what counts as passed and what is left out.
package recognizer

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Share is how many cases pass of those inside the scope, and how many are outside.
type Share struct{ Passed, All, Outside int }

// Add sums shares.
func (s Share) Add(o Share) Share {
	return Share{s.Passed + o.Passed, s.All + o.All, s.Outside + o.Outside}
}

// Rate is the share of the cases inside the scope that pass.
func (s Share) Rate() float64 {
	if s.All == 0 {
		return 0
	}
	return float64(s.Passed) / float64(s.All)
}

// Notes take a line for each case that fails or is outside; nil ones take none.
type Notes struct {
	Missed, LeftOut func(format string, args ...any)
}

func (n Notes) missed(format string, args ...any) {
	if n.Missed != nil {
		n.Missed(format, args...)
	}
}

func (n Notes) leftOut(format string, args ...any) {
	if n.LeftOut != nil {
		n.LeftOut(format, args...)
	}
}

// Languages are the folders of the cases by language code.
var Languages = map[string]string{"en": "English", "es": "Spanish"}

// The groups of cases.
const (
	Numbers   = "Number"
	WithUnits = "NumberWithUnit"
	DateTimes = "DateTime"
)

// Files lists the files of a group's cases in a language, under the folder of all cases.
func Files(root, group, code string) ([]string, error) {
	folder := filepath.Join(root, group, Languages[code])
	if group == DateTimes {
		out := make([]string, len(dateFiles))
		for i, name := range dateFiles {
			out[i] = filepath.Join(folder, name)
		}
		return out, nil
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("no cases in %s", folder)
	}
	return files, err
}

func read[Case any](file string, cases *[]Case) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(strings.TrimPrefix(string(raw), "\ufeff")), cases); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
