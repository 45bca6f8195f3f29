package wording_test

import (
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/extract/attribute"
	"cotejo/claims/extract/clause"
	"cotejo/claims/extract/names"
	"cotejo/claims/extract/reading"
	"cotejo/claims/extract/segment"
	"cotejo/claims/extract/wording"
)

// wordings words every clause of a text, with the times inside each.
func wordings(t *testing.T, code, published, text string) []string {
	t.Helper()
	day := claims.Date(published)
	r, err := reading.Of(segment.Split(text, code), &day)
	if err != nil {
		t.Fatal(err)
	}
	idx := names.Find(r)
	var out []string
	for _, c := range clause.Find(r, attribute.Find(r, idx)) {
		var times []claims.Time
		for _, tm := range r.Times {
			for _, w := range c.Fragments {
				if r.Span(w).Contains(tm.Span) {
					times = append(times, tm)
				}
			}
		}
		s, ins := wording.Standalone(r, idx, c, times)
		out = append(out, s)
		proven(t, r, s, ins)
	}
	return out
}

// proven checks that every bracket stands in the sentence and comes from the article.
func proven(t *testing.T, r *reading.Reading, s string, ins []wording.Insertion) {
	t.Helper()
	for _, in := range ins {
		if !strings.Contains(s, "["+in.Text+"]") {
			t.Errorf("%q lacks the bracket %q", s, in.Text)
		}
		if _, ok := claims.Slice([]rune(r.Doc.Text), in.From); !ok || !in.From.Placed() {
			t.Errorf("the bracket %q comes from nowhere: %s", in.Text, in.From)
		}
	}
}

func TestStandalone(t *testing.T) {
	for _, tc := range []struct {
		lang, published, text string
		want                  []string
	}{
		{"es", "2025-10-28", "Corea del Norte envió 15.000 soldados desde el otoño pasado y también vendió misiles.", []string{
			"Corea del Norte envió 15.000 soldados desde el otoño pasado [otoño de 2024]", "[Corea del Norte] también vendió misiles",
		}},
		{"es", "2025-10-28", "El líder Kim Jong Un llegó a Pekín en 2024. Kim firmó el pacto.", []string{
			"El líder Kim Jong Un llegó a Pekín en 2024", "Kim [Jong Un] firmó el pacto",
		}},
		{"en", "2015-05-18", "Minister Ana Ruiz opened the bridge last month. Ruiz left on Friday.", []string{
			"Minister Ana Ruiz opened the bridge last month [April 2015]", "[Ana] Ruiz left on Friday [May 15, 2015]",
		}},
		{"es", "2024-05-10", "El banco, que quebró ayer, debe 20 millones.", []string{
			"El banco debe 20 millones", "[El banco] que quebró ayer [9 de mayo de 2024]",
		}},
		{"es", "2026-03-10", "El paro bajó en septiembre y subió el 3 de marzo.", []string{
			"El paro bajó en septiembre [de 2025]", "[El paro] subió el 3 de marzo [de 2026]",
		}},
		{"en", "2026-03-10", "Prices fell in January.", []string{"Prices fell in January [2026]"}},
		{"es", "2024-05-10", "El [sic] alcalde llegó ayer.", []string{"El [sic] alcalde llegó ayer"}},
	} {
		if got := wordings(t, tc.lang, tc.published, tc.text); strings.Join(got, "\n") != strings.Join(tc.want, "\n") {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
}
