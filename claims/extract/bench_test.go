package extract_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clipperhouse/uax29/v2/words"

	"cotejo/claims/claimstest"
	"cotejo/claims/extract"
)

// benchmarkSize is the length of the benchmark's article in bytes.
const benchmarkSize = 100_000

// longArticle repeats the own gold articles of a language up to the benchmark's size.
func longArticle(b *testing.B, language string) string {
	b.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "gold", language+"-*.txt"))
	if err != nil || len(paths) == 0 {
		b.Fatalf("no articles of %q: %v", language, err)
	}
	var text strings.Builder
	for text.Len() < benchmarkSize {
		for _, path := range paths {
			raw, err := os.ReadFile(path)
			if err != nil {
				b.Fatal(err)
			}
			text.WriteString(clean(string(raw)) + "\n\n")
		}
	}
	return text.String()
}

// BenchmarkRun measures the whole engine beside two floors: reading the bytes
// and Unicode word segmentation alone.
func BenchmarkRun(b *testing.B) {
	for _, language := range []string{"es", "en"} {
		text := longArticle(b, language)
		b.Run(language+"/bytes", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			sum := 0
			for b.Loop() {
				for i := range len(text) {
					sum += int(text[i])
				}
			}
			if sum == 0 {
				b.Error("nothing was read")
			}
		})
		b.Run(language+"/words", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				for tokens := words.FromString(text); tokens.Next(); {
					_ = tokens.Value()
				}
			}
		})
		b.Run(language+"/run", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			in := extract.Input{Text: text, Language: language, Published: day("2026-03-19")}
			extractOnce(b, in) // loads the language once
			b.ResetTimer()
			before := claimstest.CPUTime(b)
			for b.Loop() {
				extractOnce(b, in)
			}
			spent := claimstest.CPUTime(b) - before
			b.ReportMetric(float64(len(text)*b.N)/1e6/spent.Seconds(), "MB/cpu-s")
		})
	}
}

func extractOnce(b *testing.B, in extract.Input) {
	if _, err := extract.Run(context.Background(), in); err != nil {
		b.Fatal(err)
	}
}
