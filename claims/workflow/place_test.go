package workflow

import (
	"strings"
	"testing"

	"cotejo/claims"
	"pgregory.net/rapid"
)

func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

// TestQuotesAreFoundWhateverTheBlanks: words taken from a text are found there,
// however the blank space between them was written, and what is found says them.
func TestQuotesAreFoundWhateverTheBlanks(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[añ¿]{1,3}`), 1, 12).Draw(r, "words")
		var b strings.Builder
		for _, w := range words {
			b.WriteString(w + rapid.StringMatching(`[ \n\t\x{a0}]{1,3}`).Draw(r, "blank"))
		}
		text := []rune(b.String())
		from := rapid.IntRange(0, len(words)-1).Draw(r, "from")
		to := rapid.IntRange(from+1, len(words)).Draw(r, "to")
		quote := strings.Join(words[from:to], " ")

		found := occurrences(text, []rune(quote))
		if len(found) == 0 {
			r.Fatalf("%q is not found in %q", quote, b.String())
		}
		last := 0
		for _, s := range found {
			got, ok := claims.Slice(text, s)
			if !ok || flat(got) != quote || s.Start < last {
				r.Fatalf("%q is said to stand at %v, where %q stands", quote, s, got)
			}
			last = s.End
		}
	})
}

// FuzzLocate: no text and no quote makes it panic, and what it finds is there.
func FuzzLocate(f *testing.F) {
	f.Add("El río creció dos metros", "río\ncreció")
	f.Add("", " ")
	f.Add("aaa", "aa")
	f.Add("\u2028a\u00a0", "a")
	f.Fuzz(func(t *testing.T, text, quote string) {
		fragments, err := locate([]rune(text), quote, nil)
		if err != nil {
			if claims.KindOf(err) != claims.KindInvalid {
				t.Errorf("%v", err)
			}
			return
		}
		stands, ok := claims.Slice([]rune(text), fragments[0].Span)
		if !ok || stands != fragments[0].Text || flat(stands) != flat(string([]rune(quote))) {
			t.Errorf("%q found as %+v", quote, fragments)
		}
	})
}

func TestSlugs(t *testing.T) {
	for title, want := range map[string]string{
		"¿Qué costó el puente?": "que-costo-el-puente", "  New ": "check-new", "Edit": "check-edit", "東京": "", "Straße 15.000 €": "strasse-15-000",
		strings.Repeat("palabra ", 30): strings.TrimSuffix(strings.Repeat("palabra-", 12), "-"),
	} {
		got := slugOf(title)
		if got != want {
			t.Errorf("%q becomes %q, want %q", title, got, want)
		}
		if got != "" && (!slugShape.MatchString(got) || len(got) > maxSlug) {
			t.Errorf("%q is no slug", got)
		}
	}
}
