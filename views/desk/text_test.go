package desk

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cotejo/claims"
	"cotejo/views/i18n"
	"cotejo/web/htmlcheck"
)

func claimAt(id string, text []rune, spans ...claims.Span) claims.ClaimRow {
	var row claims.ClaimRow
	row.ID, row.State = id, claims.StateSuggested
	for _, s := range spans {
		words, _ := claims.Slice(text, s)
		row.Fragments = append(row.Fragments, claims.Fragment{Span: s, Text: words})
	}
	return row
}

func paragraphHTML(t testing.TB, p Paragraph) string {
	t.Helper()
	var b strings.Builder
	if err := markedText(i18n.For("es"), p).Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return "<p>" + b.String() + "</p>"
}

// Whatever claims cover, the page holds the article's words and nothing else,
// and each claim's marks hold exactly its words.
func TestMarkedTextHoldsExactlyTheWords(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.SliceOfN(rapid.SampledFrom([]rune("abñ 𝔸🇪🇸\n<&\"é")), 1, 60).Draw(rt, "text")
		var rows []claims.ClaimRow
		for i := range rapid.IntRange(0, 5).Draw(rt, "claims") {
			start := rapid.IntRange(0, len(text)-1).Draw(rt, "start")
			end := rapid.IntRange(start+1, len(text)).Draw(rt, "end")
			rows = append(rows, claimAt(string(rune('A'+i)), text, claims.Span{Start: start, End: end}))
		}
		lines := strings.Split(string(text), "\n")
		marked := map[string]string{}
		for _, p := range Paragraphs(string(text), rows) {
			line := lines[strings.Count(string(text[:p.Start]), "\n")]
			if got := htmlcheck.Parse(t, paragraphHTML(t, p)).Raw("p"); got != line {
				rt.Fatalf("the paragraph at %d says %q, want %q", p.Start, got, line)
			}
			for _, run := range p.Runs {
				for _, m := range run.Marks {
					marked[m.Claim] += run.Text
				}
			}
		}
		for _, row := range rows {
			want := row.Fragments[0].Text
			if got := marked[row.ID]; unlined(got) != unlined(want) {
				rt.Fatalf("claim %s is marked as %q, want %q", row.ID, got, want)
			}
		}
	})
}

// unlined leaves out the lines' ends, and blanks, which lines of nothing but
// blanks are made of.
func unlined(s string) string { return strings.NewReplacer("\n", "", " ", "").Replace(s) }

func TestOverlappingClaimsKeepTheirOwnMarks(t *testing.T) {
	text := []rune("🇪🇸 Kim envió 15.000 tropas a Rusia.")
	outer := claimAt("AAAAAA", text, claims.Span{Start: 3, End: 26})
	inner := claimAt("BBBBBB", text, claims.Span{Start: 13, End: 35})
	paragraphs := Paragraphs(string(text), []claims.ClaimRow{outer, inner})
	if len(paragraphs) != 1 || len(paragraphs[0].Runs) != 4 {
		t.Fatalf("got %+v, want one paragraph of four runs", paragraphs)
	}
	page := htmlcheck.Parse(t, paragraphHTML(t, paragraphs[0]))
	for _, c := range []struct{ selector, text string }{
		{"mark#c-AAAAAA", "Kim envió "},
		{"mark#c-BBBBBB", "15.000 tropas"},
		{`mark[data-claim="AAAAAA"]:not([id]) > mark#c-BBBBBB`, "15.000 tropas"},
	} {
		if got := page.Raw(c.selector); got != c.text {
			t.Errorf("%s holds %q, want %q", c.selector, got, c.text)
		}
	}
	if got := page.Attrs("mark a.n", "data-n"); len(got) != 2 || got[0] != "1" || got[1] != "2" {
		t.Errorf("numbers %v, want 1 and 2, once each", got)
	}
}

func TestParagraphsBearTheirFirstCodePoint(t *testing.T) {
	got := Paragraphs("𝔸 uno\n\n  \ndos", nil)
	if len(got) != 2 || got[0].Start != 0 || got[1].Start != 10 {
		t.Errorf("got %+v, want starts 0 and 10", got)
	}
}

func TestHostileWordsStayWords(t *testing.T) {
	text := []rune(`<script>alert("x")</script>`)
	row := claimAt(`"><img src=x>`, text, claims.Span{Start: 0, End: len(text)})
	page := htmlcheck.Parse(t, paragraphHTML(t, Paragraphs(string(text), []claims.ClaimRow{row})[0]))
	if page.Count("script, img") != 0 || page.Raw("mark") != string(text) {
		t.Error("the article's words became markup")
	}
}

func TestAroundGivesTwoSentencesOnEachSide(t *testing.T) {
	text := "Uno. Dos. Tres. Kim envió tropas. Cuatro. Cinco. Seis."
	start := strings.Index(text, "Kim")
	row := claimAt("AAAAAA", []rune(text), claims.Span{Start: start, End: start + len([]rune("Kim envió tropas"))})
	got := Around(text, row)
	if words := textOf(got); words != " Tres. Kim envió tropas. Cuatro." {
		t.Errorf("got %q", words)
	}
	if !got.CutBefore || !got.CutAfter {
		t.Error("the article goes on before and after")
	}
	if marked := got.Paragraphs[0].Runs[1]; marked.Text != "Kim envió tropas" || len(marked.Marks) != 1 {
		t.Errorf("marked %+v", marked)
	}
}

func TestAroundIsBounded(t *testing.T) {
	long := strings.Repeat("palabra ", 500)
	text := long + "AQUÍ " + long
	start := len([]rune(long))
	got := Around(text, claimAt("AAAAAA", []rune(text), claims.Span{Start: start, End: start + 4}))
	if n := len([]rune(textOf(got))); n > 4+2*contextLen+20 || n < contextLen {
		t.Errorf("%d code points of context", n)
	}
}

func TestAroundSurvivesSpansThatDoNotFit(t *testing.T) {
	for _, s := range []claims.Span{{Start: 3, End: 99}, {Start: -1, End: 2}, {Start: 2, End: 2}} {
		if got := Around("breve", claims.ClaimRow{Claim: claims.Claim{Assertion: claims.Assertion{Fragments: []claims.Fragment{{Span: s}}}}}); len(got.Paragraphs) != 0 {
			t.Errorf("%v: got %+v", s, got)
		}
	}
	if got := Around("", claims.ClaimRow{}); len(got.Paragraphs) != 0 {
		t.Errorf("got %+v", got)
	}
}

func textOf(s Surroundings) string {
	var b strings.Builder
	for _, p := range s.Paragraphs {
		for _, r := range p.Runs {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}
