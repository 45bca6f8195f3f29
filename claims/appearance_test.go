package claims_test

import (
	"strings"
	"testing"

	"cotejo/claims"
)

// placed makes fragments of the words of a text that stand in it once, in order.
func placed(t *testing.T, text string, words ...string) []claims.Fragment {
	t.Helper()
	var out []claims.Fragment
	for _, w := range words {
		before, _, ok := strings.Cut(text, w)
		if !ok {
			t.Fatalf("%q is not in %q", w, text)
		}
		start := len([]rune(before))
		out = append(out, claims.Fragment{Span: claims.Span{Start: start, End: start + len([]rune(w))}, Text: w})
	}
	return out
}

func TestClaimsAppearWhereTheirWholeSentencesStand(t *testing.T) {
	const own = "Kim habló ayer. Corea, según Seúl, envió 15.000 tropas. «No hubo heridos.»\nFin"
	for name, test := range map[string]struct {
		words []string
		other string
		want  bool
	}{
		"in another order":      {[]string{"Corea", "envió 15.000 tropas"}, "Madrid.\n\nCorea, según Seúl, envió 15.000 tropas. Nada más.", true},
		"at the very beginning": {[]string{"Kim habló ayer"}, "Kim habló ayer.", true},
		"to the mark":           {[]string{"Kim habló ayer."}, "«Ya.» Kim habló ayer. Otra cosa.", true},
		"a heading":             {[]string{"Fin"}, "Hoy.\nFin\nY más.", true},
		"another figure":        {[]string{"envió 15.000 tropas"}, "Corea, según Seúl, envió 25.000 tropas.", false},
		"a negation before":     {[]string{"Kim habló ayer"}, "Nunca Kim habló ayer.", false},
		"more words behind":     {[]string{"Fin"}, "Hoy. Fin de la cita.", false},
		"twice":                 {[]string{"Kim habló ayer"}, "Kim habló ayer. Kim habló ayer.", false},
		"a source less":         {[]string{"Corea", "envió 15.000 tropas"}, "Corea envió 15.000 tropas.", false},
		"nowhere":               {[]string{"Kim habló ayer"}, "", false},
	} {
		got, ok := claims.Appears(placed(t, own, test.words...), []rune(own), []rune(test.other))
		if ok != test.want {
			t.Errorf("%s: %v, %v", name, got, ok)
		}
		for i, f := range got {
			if words, inside := claims.Slice([]rune(test.other), f.Span); !inside || words != test.words[i] {
				t.Errorf("%s: fragment %d is %q", name, i, words)
			}
		}
	}
	if _, ok := claims.Appears([]claims.Fragment{{Span: claims.Span{Start: 3, End: 9999}}}, []rune(own), []rune(own)); ok {
		t.Error("words outside of their own text appear")
	}
	if _, ok := claims.Appears(nil, []rune(own), []rune(own)); ok {
		t.Error("no words appear")
	}
}
