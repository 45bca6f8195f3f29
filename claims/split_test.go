package claims_test

import (
	"strings"
	"testing"

	"cotejo/claims"
)

// marked gives the fragments of a text that stand between < and >, and the text without them.
func marked(s string) (text []rune, list []claims.Fragment) {
	start := 0
	for _, r := range s {
		switch r {
		case '<':
			start = len(text)
		case '>':
			list = append(list, claims.Fragment{Span: claims.Span{Start: start, End: len(text)}, Text: string(text[start:])})
		default:
			text = append(text, r)
		}
	}
	return text, list
}

func TestCutLeavesTheOtherWords(t *testing.T) {
	for _, test := range []struct{ words, part, rest string }{
		{"<Envió ñandúes y suministró trigo>.", "Envió ñandúes y <suministró trigo>.", "Envió ñandúes y"},
		{"<Envió tropas, según dijo, y dio pan>.", "<Envió tropas>, según dijo, y dio pan.", "según dijo, y dio pan"},
		{"<Uno, dos, tres>.", "Uno, <dos>, tres.", "Uno|tres"},
		{"<Subió un 5 % > y bajó.", "<Subió> un 5 %  y bajó.", "un 5 %"},
		{"<Uno> y <dos>.", "<Uno> y dos.", "dos"},
	} {
		text, words := marked(test.words)
		_, part := marked(test.part)
		rest, ok := claims.Cut(text, words, part)
		var got []string
		for _, f := range rest {
			if stands, _ := claims.Slice(text, f.Span); stands != f.Text {
				t.Errorf("%q does not stand at %v", f.Text, f.Span)
			}
			got = append(got, f.Text)
		}
		if !ok || strings.Join(got, "|") != test.rest {
			t.Errorf("%s without %s leaves %q", test.words, test.part, got)
		}
	}
	text, words := marked("<Uno y dos> y tres.")
	for _, part := range []string{"<Uno y dos> y tres.", "Uno y <dos y tres>."} {
		_, p := marked(part)
		if rest, ok := claims.Cut(text, words, p); ok {
			t.Errorf("%s was cut out, leaving %v", part, rest)
		}
	}
}
