package quantity

import (
	"testing"

	"cotejo/claims/claimstest"
	"cotejo/claims/extract/dates"
	"cotejo/claims/extract/segment"
)

// BenchmarkFindWith reads ordinary news text whose dates are known; segment's
// benchmark gives the floors.
func BenchmarkFindWith(b *testing.B) {
	for _, lang := range []string{"es", "en"} {
		text := claimstest.Articles(b, lang)
		doc := segment.Split(text, lang)
		times := dates.Find(doc, nil)
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				FindWith(doc, times)
			}
		})
	}
}
