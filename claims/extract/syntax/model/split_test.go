package model_test

import (
	"slices"
	"strings"
	"testing"

	"cotejo/claims/extract/syntax/model"
)

func TestSplit(t *testing.T) {
	tests := []struct{ lang, word, want string }{
		{"en", "don't", "do n't"}, {"en", "Don’t", "Do n't"}, {"en", "John's", "John 's"}, {"en", "WE'LL", "WE 'll"},
		{"en", "cannot", "can not"}, {"en", "o'clock", "o'clock"}, {"en", "its", "its"}, {"en", "'s", "'s"},
		{"es", "haciéndolo", "haciendo lo"}, {"es", "dándoselas", "dando se las"}, {"es", "reunirse", "reunir se"},
		{"es", "decírselo", "decir se lo"}, {"es", "oírla", "oír la"}, {"es", "enviarnos", "enviar nos"},
		{"es", "perla", "perla"}, {"es", "Carlos", "Carlos"}, {"es", "muerte", "muerte"}, {"es", "informe", "informe"},
		{"es", "del", "del"}, {"es", "gobiernos", "gobiernos"},
		{"xx", "don't", "don't"}, {"es", strings.Repeat("a", 80) + "rse", strings.Repeat("a", 80) + "rse"},
	}
	for _, tt := range tests {
		if got := model.NewSplitter(tt.lang).Split(tt.word); !slices.Equal(got, strings.Fields(tt.want)) {
			t.Errorf("%s %q: %q, want %q", tt.lang, tt.word, got, tt.want)
		}
	}
}
