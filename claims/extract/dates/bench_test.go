package dates

import (
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/extract/segment"
)

// BenchmarkFind reads ordinary news text; segment's benchmark gives the floors.
func BenchmarkFind(b *testing.B) {
	published := claims.Date("2024-05-15")
	for _, lang := range []string{"es", "en"} {
		text := claimstest.Articles(b, lang)
		doc := segment.Split(text, lang)
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Find(doc, &published)
			}
		})
	}
}
