package claims_test

import (
	"slices"
	"testing"

	"cotejo/claims"
)

func TestWhatBecameOfSentences(t *testing.T) {
	at := func(start, end int) claims.Span { return claims.Span{Start: start, End: end} }
	sentences := []claims.Sentence{{Span: at(0, 10)}, {Span: at(11, 20)}, {Span: at(21, 30), Paragraph: 1}, {Span: at(31, 40), Paragraph: 1}, {Span: at(41, 50), Paragraph: 1}}
	claim := func(id string, state claims.State, reason claims.DismissReason, spans ...claims.Span) claims.Claim {
		c := claims.Claim{ID: id, State: state}
		if state == claims.StateDismissed {
			c.Dismissed = &claims.Dismissal{Reason: reason}
		}
		for _, s := range spans {
			c.Fragments = append(c.Fragments, claims.Fragment{Span: s})
		}
		return c
	}
	for _, tt := range []struct {
		name   string
		claims []claims.Claim
		skips  []claims.Span
		want   string // a letter a sentence
		left   int
	}{
		{"nothing done", nil, nil, "uuuuu", 5},
		{"a claim over two sentences", []claims.Claim{claim("A", claims.StateOpen, "", at(5, 15))}, nil, "ccuuu", 3},
		{"a claim of two fragments", []claims.Claim{claim("A", claims.StatePublished, "", at(2, 4), at(45, 46))}, nil, "cuuuc", 3},
		{"a claim beside a sentence", []claims.Claim{claim("A", claims.StateOpen, "", at(10, 11))}, nil, "uuuuu", 5},
		{"a suggestion waits", []claims.Claim{claim("A", claims.StateSuggested, "", at(0, 5))}, nil, "suuuu", 5},
		{"a suggestion waits in what was skipped", []claims.Claim{claim("A", claims.StateSuggested, "", at(22, 25))}, []claims.Span{at(21, 50)}, "uusxx", 3},
		{"a claim beside a suggestion", []claims.Claim{claim("A", claims.StateOpen, "", at(0, 3)), claim("B", claims.StateSuggested, "", at(4, 8))}, nil, "cuuuu", 4},
		{"dismissed by a person", []claims.Claim{claim("A", claims.StateDismissed, claims.DismissOpinion, at(0, 3))}, nil, "duuuu", 4},
		{"wrongly found", []claims.Claim{claim("A", claims.StateDismissed, claims.DismissWrong, at(0, 3))}, nil, "uuuuu", 5},
		{"a skip of half a sentence", nil, []claims.Span{at(0, 9)}, "uuuuu", 5},
		{"all of it", []claims.Claim{claim("A", claims.StateOpen, "", at(0, 20))}, []claims.Span{at(21, 50)}, "ccxxx", 0},
	} {
		var skips []claims.Skip
		for _, s := range tt.skips {
			skips = append(skips, claims.Skip{ID: "S", Span: s})
		}
		c := claims.Covered(sentences, tt.claims, skips)
		letters := map[claims.Cover]string{claims.CoverUnseen: "u", claims.CoverSuggested: "s", claims.CoverClaimed: "c", claims.CoverDismissed: "d", claims.CoverSkipped: "x"}
		got := ""
		for _, s := range c.Sentences {
			got += letters[s.Cover]
		}
		if got != tt.want || c.Left != tt.left {
			t.Errorf("%s: %s with %d left, want %s with %d", tt.name, got, c.Left, tt.want, tt.left)
		}
	}
}

func TestTheNextSentenceLeft(t *testing.T) {
	c := claims.Coverage{Sentences: []claims.SentenceCover{
		{Sentence: claims.Sentence{Span: claims.Span{Start: 0, End: 5}}, Cover: claims.CoverUnseen},
		{Sentence: claims.Sentence{Span: claims.Span{Start: 6, End: 9}}, Cover: claims.CoverSkipped},
		{Sentence: claims.Sentence{Span: claims.Span{Start: 9, End: 12}}, Cover: claims.CoverSuggested},
	}}
	if got := []int{c.Next(0), c.Next(1), c.Next(3), c.Next(-1), c.At(0), c.At(5), c.At(8), c.At(9), c.At(99)}; !slices.Equal(got, []int{0, 2, 0, 0, 0, -1, 1, 2, -1}) {
		t.Errorf("%v", got)
	}
	if (claims.Coverage{}).Next(0) != -1 {
		t.Error("nothing has a next sentence")
	}
}
