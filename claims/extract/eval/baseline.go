package eval

import (
	"cotejo/claims"
	"cotejo/claims/extract/segment"
)

// Baseline is a way to propose claims that understands nothing; the engine must
// beat each by far.
type Baseline struct {
	Name    string
	Propose func(a Article) []claims.Assertion
}

// Baselines are the null baselines of every report.
var Baselines = []Baseline{
	{"no claim", func(Article) []claims.Assertion { return nil }},
	{"every sentence", func(a Article) []claims.Assertion {
		return sentences(a, func(*segment.Document, segment.Sentence) bool { return true })
	}},
	{"every sentence with a digit", func(a Article) []claims.Assertion { return sentences(a, hasDigit) }},
}

// sentences proposes each sentence that keep takes, in the article's own voice.
func sentences(a Article, keep func(*segment.Document, segment.Sentence) bool) []claims.Assertion {
	doc := segment.Split(a.Text, a.Language)
	var out []claims.Assertion
	for _, s := range doc.Sentences {
		if keep(doc, s) {
			out = append(out, claims.Assertion{
				Fragments: []claims.Fragment{{Span: s.Span, Text: doc.Slice(s.Span)}}, Checkable: true,
				Attributions: []claims.Attribution{{Mode: claims.ModeNone}},
			})
		}
	}
	return out
}

func hasDigit(doc *segment.Document, s segment.Sentence) bool {
	for t := s.First; t < s.Last; t++ {
		if doc.Tokens[t].Kind == segment.Number {
			return true
		}
	}
	return false
}
