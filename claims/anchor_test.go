package claims_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cotejo/claims"
)

const anchored = "El puente costó 15.000 euros, según la alcaldía. El río creció dos metros desde el otoño pasado y nadie resultó herido. La obra no terminó a tiempo."

// claimOn marks words of a text, and a part of them as a figure.
func claimOn(text, words string) claims.Assertion {
	start := len([]rune(text[:strings.Index(text, words)]))
	span := claims.Span{Start: start, End: start + len([]rune(words))}
	return claims.Assertion{
		Fragments:    []claims.Fragment{{Span: span, Text: words}},
		Attributions: []claims.Attribution{{Cue: &claims.Cue{Text: words[:2], Span: claims.Span{Start: start, End: start + 2}}}},
		Quantities:   []claims.Quantity{{Text: words, Span: span}},
	}
}

func TestClaimsMoveOnlyWithTheirWordsAndSurroundings(t *testing.T) {
	words := "El río creció dos metros"
	for name, test := range map[string]struct {
		after string
		moves bool
	}{
		"as it was":                  {anchored, true},
		"a paragraph before":         {"Última hora: sigue lloviendo.\n" + anchored, true},
		"a sentence after":           {anchored + " Mañana habrá más.", true},
		"words of the claim":         {strings.Replace(anchored, "dos metros", "tres metros", 1), false},
		"a digit close by":           {strings.Replace(anchored, "15.000", "16.000", 1), false},
		"a negation in the sentence": {strings.Replace(anchored, "El río", "No es cierto que El río", 1), false},
		"gone":                       {strings.Replace(anchored, words, "", 1), false},
		"twice":                      {anchored + "\n" + anchored, false},
	} {
		_, ok := claims.Moved(claimOn(anchored, words), []rune(anchored), []rune(test.after))
		if ok != test.moves {
			t.Errorf("%s: moved %v, want %v", name, ok, test.moves)
		}
	}
	far := strings.Repeat("Hubo lluvias en toda la comarca durante el mes. ", 3)
	before, after := far+anchored+" "+far, "Actualizado: ahora mismo. "+far+anchored+" "+strings.Replace(far, "mes", "año", 3)
	got, ok := claims.Moved(claimOn(before, words), []rune(before), []rune(after))
	if by := len([]rune("Actualizado: ahora mismo. ")); !ok || got.Fragments[0].Start != claimOn(before, words).Fragments[0].Start+by || got.Attributions[0].Cue.Start != got.Fragments[0].Start {
		t.Errorf("%+v, %v", got, ok)
	}
}

// TestRandomEditsNeverMoveAClaimToOtherWords edits a text of few different words, so that
// the same ones stand in many places.
func TestRandomEditsNeverMoveAClaimToOtherWords(t *testing.T) {
	vocabulary := []string{"no", "subió", "3", "30", "metros", "el", "río", "Ana", "Eva", "dijo", "que.", "ayer.", "\n"}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom(vocabulary)
		tokens := rapid.SliceOfN(word, 5, 120).Draw(t, "text")
		from := rapid.IntRange(0, len(tokens)-2).Draw(t, "from")
		to := rapid.IntRange(from+1, min(len(tokens), from+8)).Draw(t, "to")
		before := strings.Join(tokens, " ")
		start := len([]rune(strings.Join(tokens[:from], " ")))
		if from > 0 {
			start++
		}
		quote := strings.Join(tokens[from:to], " ")
		span := claims.Span{Start: start, End: start + len([]rune(quote))}
		a := claims.Assertion{Fragments: []claims.Fragment{{Span: span, Text: quote}}, Times: []claims.Time{{Text: quote, Span: span}}}
		edited := slices.Clone(tokens)
		touched := false // the claim's own words, or what stands next to them
		for range rapid.IntRange(0, 4).Draw(t, "edits") {
			at := rapid.IntRange(0, len(edited)-1).Draw(t, "at")
			switch rapid.IntRange(0, 2).Draw(t, "edit") {
			case 0:
				edited = slices.Insert(edited, at, word.Draw(t, "inserted"))
			case 1:
				edited[at] = word.Draw(t, "replaced")
			default:
				if len(edited) > 1 {
					edited = slices.Delete(edited, at, at+1)
				}
			}
			touched = true
		}
		after := []rune(strings.Join(edited, " "))
		got, ok := claims.Moved(a, []rune(before), after)
		if !ok {
			if !touched && strings.Count(before, quote) == 1 {
				t.Fatalf("%q does not stay in the same text", quote)
			}
			if got.Fragments[0].Span != span {
				t.Fatal("what does not move was moved")
			}
			return
		}
		at := got.Fragments[0].Span
		if now, inside := claims.Slice(after, at); !inside || now != quote || got.Times[0].Span != at {
			t.Fatalf("%q became %q", quote, now)
		}
		for side, pair := range map[string][2]string{
			"before": {string([]rune(before)[max(0, span.Start-40):span.Start]), string(after[max(0, at.Start-40):at.Start])},
			"after":  {string([]rune(before)[span.End:min(len([]rune(before)), span.End+40)]), string(after[at.End:min(len(after), at.End+40)])},
		} {
			// At an end of the text further paragraphs may have come.
			if pair[0] != pair[1] && !(side == "before" && strings.HasSuffix(pair[1], "\n"+pair[0]) && span.Start <= 40) &&
				!(side == "after" && strings.HasPrefix(pair[1], pair[0]+"\n") && span.End+40 >= len([]rune(before))) {
				t.Fatalf("%s it stood %q, now %q", side, pair[0], pair[1])
			}
		}
	})
}
