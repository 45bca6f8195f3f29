package desk

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cotejo/claims"
	"cotejo/web/htmlcheck"
)

// Whatever claims and sentences there are, the page holds the article's words and
// nothing else, and each sentence's elements hold exactly its words.
func TestSentencesHoldExactlyTheirWords(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.SliceOfN(rapid.SampledFrom([]rune("abñ 𝔸\n<é")), 1, 60).Draw(rt, "text")
		var rows []claims.ClaimRow
		for i := range rapid.IntRange(0, 4).Draw(rt, "claims") {
			start := rapid.IntRange(0, len(text)-1).Draw(rt, "start")
			rows = append(rows, claimAt(string(rune('A'+i)), text, claims.Span{Start: start, End: rapid.IntRange(start+1, len(text)).Draw(rt, "end")}))
		}
		var c claims.Coverage
		for at := 0; at < len(text); {
			start := rapid.IntRange(at, len(text)-1).Draw(rt, "from")
			end := rapid.IntRange(start+1, len(text)).Draw(rt, "to")
			c.Sentences = append(c.Sentences, claims.SentenceCover{Sentence: claims.Sentence{Span: claims.Span{Start: start, End: end}}, Cover: claims.CoverUnseen})
			at = end
		}
		lines := strings.Split(string(text), "\n")
		said := make([]string, len(c.Sentences))
		for _, p := range WithSentences(Paragraphs(string(text), rows), c, 0) {
			html := paragraphHTML(t, p)
			if got, want := htmlcheck.Parse(t, html).Raw("p"), lines[strings.Count(string(text[:p.Start]), "\n")]; got != want {
				rt.Fatalf("the paragraph at %d says %q, want %q", p.Start, got, want)
			}
			if strings.Count(html, "<span class=\"sen") != strings.Count(html, "</span>") {
				rt.Fatalf("sentences are not closed: %s", html)
			}
			for _, run := range p.Runs {
				if run.Sentence != nil {
					said[run.Sentence.Place] += run.Text
				}
			}
		}
		for i, s := range c.Sentences {
			if want, _ := claims.Slice(text, s.Span); unlined(said[i]) != unlined(want) {
				rt.Fatalf("sentence %d is %q, want %q", i, said[i], want)
			}
		}
	})
}

func TestALongStripIsMerged(t *testing.T) {
	var c claims.Coverage
	for i := range 1000 {
		c.Sentences = append(c.Sentences, claims.SentenceCover{Sentence: claims.Sentence{Span: claims.Span{Start: i, End: i + 1}}, Cover: claims.Covers[i/500]})
	}
	if got := len(CoverPanel{Coverage: c, At: 700}.strip()); got != 4 {
		t.Errorf("%d parts, want one a stretch, and the sentence at hand by itself", got)
	}
	c.Sentences = c.Sentences[:300]
	if got := len(CoverPanel{Coverage: c, At: -1}.strip()); got != 300 {
		t.Errorf("%d parts, want one a sentence", got)
	}
}
