package eval

import (
	"os"
	"path/filepath"
	"testing"

	"cotejo/claims"
)

func TestCompareSaid(t *testing.T) {
	path := filepath.Join(t.TempDir(), "said.jsonl")
	line := `{"doc":"a","text":"Ana dijo que llovía y que nevaba","attributions":[{"cue":[[4,8]],"source":[[0,3]],"content":[[9,32]]}]}` + "\n"
	if err := os.WriteFile(path, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	texts, err := LoadSaid(path)
	if err != nil || len(texts) != 1 {
		t.Fatalf("%v, %v", texts, err)
	}
	claim := func(from, to, source int, cue *claims.Cue) claims.Assertion {
		return claims.Assertion{Fragments: []claims.Fragment{{Span: claims.Span{Start: from, End: to}}},
			Attributions: []claims.Attribution{{Cue: cue, Sources: []claims.Link{{Span: claims.Span{Start: source, End: source + 3}}}}}}
	}
	cue := &claims.Cue{Span: claims.Span{Start: 4, End: 12}}
	for name, test := range map[string]struct {
		proposed []claims.Assertion
		want     SaidCounts
	}{
		"nothing":                         {nil, SaidCounts{Gold: 1, Sourced: 1}},
		"no cue":                          {[]claims.Assertion{claim(13, 32, 0, nil)}, SaidCounts{Gold: 1, Sourced: 1}},
		"two claims under one cue":        {[]claims.Assertion{claim(13, 19, 0, cue), claim(26, 32, 0, cue)}, SaidCounts{Gold: 1, Sourced: 1, Cue: 1, Source: 1, Content: 1}},
		"somebody else":                   {[]claims.Assertion{claim(13, 32, 20, cue)}, SaidCounts{Gold: 1, Sourced: 1, Cue: 1, Content: 1}},
		"too little of it":                {[]claims.Assertion{claim(13, 19, 0, cue)}, SaidCounts{Gold: 1, Sourced: 1, Cue: 1, Source: 1}},
		"the same cue found a second way": {[]claims.Assertion{claim(13, 32, 0, &claims.Cue{Span: claims.Span{Start: 4, End: 8}})}, SaidCounts{Gold: 1, Sourced: 1, Cue: 1, Source: 1, Content: 1}},
	} {
		if got := CompareSaid(texts[0], test.proposed); got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}
