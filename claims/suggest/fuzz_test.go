package suggest

import (
	"strings"
	"testing"
)

// FuzzAnswer: whatever a model writes, what is kept stands in the article.
func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{
		listing(map[string]any{"quote": costs, "source": "la alcaldía", "kind": "quantity"}),
		"```json\n" + listing(map[string]any{"quote": "La obra duró dos años"}, map[string]any{"quote": 3}) + "\n```",
		`{"claims":[{"quote":"\ud800 el puente","source":{}},null,[],{"QUOTE":"El río creció dos metros","quote":null}]}`,
		`{"claims":[]}{}`, "```", "\x00", "",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		g := newGatherer(story, len(story))
		g.take(content)
		g.take(content)
		holds(t, story, g.answer)
		if body, err := contentOf([]byte(content)); err == nil {
			g.take(body)
		}
	})
}

// FuzzPlaces: places lie inside any text, and its pieces put together are the
// part that was asked about, but for blank ones.
func FuzzPlaces(f *testing.F) {
	f.Add(story, "La obra duró dos años")
	f.Add("漢字漢字 漢字", "漢字")
	f.Add(strings.Repeat("a b\n\n", 1300), "a b\n\na b\n")
	f.Add("\u202eabc\u0301 abc", "abc")
	f.Fuzz(func(t *testing.T, text, words string) {
		text = strings.ToValidUTF8(text, "\ufffd")
		pieces, read := cut(text)
		if len(pieces) > maxPieces || read > len(text) {
			t.Fatalf("%d pieces, %d bytes of %d", len(pieces), read, len(text))
		}
		rest := text[:read]
		for _, p := range pieces {
			between, after, ok := strings.Cut(rest, p)
			if !ok || strings.TrimSpace(between) != "" || len([]rune(p)) > maxPiece {
				t.Fatalf("piece %.40q is not the next", p)
			}
			rest = after
		}
		if strings.TrimSpace(rest) != "" {
			t.Fatalf("%.40q was left out", rest)
		}
		g := newGatherer(text, read)
		g.add(item{Quote: words, Source: words})
		holds(t, text[:read], g.answer)
	})
}
