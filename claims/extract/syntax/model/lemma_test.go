package model_test

import (
	"testing"

	"cotejo/claims/extract/syntax/model"
)

func TestRuleLeadsFromWordToLemma(t *testing.T) {
	for _, pair := range [][2]string{{"went", "go"}, {"ñandúes", "ñandú"}, {"dijo", "decir"}, {"same", "same"}, {"", "x"}, {"é", "e"}} {
		if got, ok := model.RuleFor(pair[0], pair[1]).Apply(pair[0]); !ok || got != pair[1] {
			t.Errorf("%q became %q, %v, want %q", pair[0], got, ok, pair[1])
		}
	}
	if _, ok := (model.Rule{Cut: 3}).Apply("ab"); ok {
		t.Error("three letters were cut off a word of two")
	}
}

func TestCompressKeepsWeightsNear(t *testing.T) {
	const top = 200.0
	table := map[float64]int8{0: 0, top: 127, -top: -127}
	for v, want := range table {
		if got := model.Compress(v, top); got != want {
			t.Errorf("%v became %d, want %d", v, got, want)
		}
	}
	last := int8(0)
	for v := 1.0; v <= top; v *= 1.5 {
		cell := model.Compress(v, top)
		if cell <= last {
			t.Errorf("%v became %d, no more than a smaller weight", v, cell)
		}
		last = cell
	}
}
