package train

import (
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/extract/syntax/model"
)

func TestLayPlacesWordsInTheTextAsWritten(t *testing.T) {
	file := "# newpar\n" + conllu(
		"1-2 Del _ _ _ _ _ _ _ _", "1 de de ADP _ _ 3 case _ _", "2 el el DET _ _ 3 det _ _",
		"3 año año NOUN _ _ 0 root _ SpaceAfter=No", "4 . . PUNCT _ _ 3 punct _ _") +
		"# newpar\n" + conllu("1-2 verlo _ _ _ _ _ _ _ _", "1 ver ver VERB _ _ 0 root _ _", "2 lo él PRON _ _ 1 obj _ _")
	sentences, err := parse(strings.NewReader(file), model.NewSplitter("es"))
	if err != nil {
		t.Fatal(err)
	}
	text, words := lay(sentences)
	if want := "Del año.\nverlo "; text != want {
		t.Errorf("the text is %q, want %q", text, want)
	}
	want := []struct {
		written string
		head    int
	}{{"Del", 1}, {"año", -1}, {".", 1}, {"verlo", -1}, {"verlo", 3}}
	if len(words) != len(want) {
		t.Fatalf("%d words, want %d", len(words), len(want))
	}
	for i, w := range words {
		if got := string([]rune(text)[w.Start:w.End]); got != want[i].written || w.head != want[i].head {
			t.Errorf("word %d is %q under %d, want %v", i, got, w.head, want[i])
		}
	}
}

func TestCompareCountsWordsThatAgreeInPlace(t *testing.T) {
	word := func(start, end int, opens bool, head int, rel string) placed {
		return placed{Span: claims.Span{Start: start, End: end}, opens: opens, pos: "X", head: head, rel: rel}
	}
	gold := []placed{word(0, 3, true, 1, "a"), word(4, 9, false, -1, "root"), word(4, 9, false, 1, "b"), word(10, 12, false, 1, "c")}
	if got := compare(gold, gold); got != (TextScores{1, 1, 1, 1, 1}) {
		t.Errorf("gold against itself gives %+v", got)
	}
	// The third word is missing, the last is cut in two, the first has another
	// relation: 2 of 4 and 4 words agree, 2 heads, 1 relation.
	guess := []placed{word(0, 3, true, 1, "z"), word(4, 9, false, -1, "root"), word(10, 11, false, 1, "c"), word(11, 12, false, 1, "c")}
	want := TextScores{Words: 0.5, Sentences: 1, UPOS: 0.5, UAS: 0.5, LAS: 0.25}
	if got := compare(gold, guess); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
