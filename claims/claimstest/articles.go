package claimstest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Articles gives the gold articles of a language as one text: ordinary news text
// to measure speed on.
func Articles(tb testing.TB, lang string) string {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join(Shared(tb, "gold", "dev"), lang+"-*.txt"))
	if err != nil || len(files) == 0 {
		tb.Fatalf("no articles in %q: %v", lang, err)
	}
	var text strings.Builder
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		text.Write(raw)
		text.WriteByte('\n')
	}
	return text.String()
}
