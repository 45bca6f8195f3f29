package segment

import (
	"testing"

	"github.com/clipperhouse/uax29/v2/words"

	"cotejo/claims/claimstest"
)

// BenchmarkSplit stands beside its floors: reading the bytes, and Unicode's words alone.
func BenchmarkSplit(b *testing.B) {
	for _, lang := range []string{"es", "en"} {
		text := claimstest.Articles(b, lang)
		for _, step := range []struct {
			name string
			run  func()
		}{
			{"bytes", func() {
				for i := range len(text) {
					sink += int(text[i])
				}
			}},
			{"words", func() {
				for it := words.FromString(text); it.Next(); {
					sink += len(it.Value())
				}
			}},
			{"split", func() { sink += len(Split(text, lang).Tokens) }},
		} {
			b.Run(lang+"/"+step.name, func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					step.run()
				}
			})
		}
	}
}

var sink int
