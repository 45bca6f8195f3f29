package claims_test

import (
	"strings"
	"testing"

	"cotejo/claims"
)

// about reads "unit: terms, Names in capitals"; a unit of signs is a measure.
func aboutWords(s string) claims.About {
	unit, words, _ := strings.Cut(s, ":")
	out := claims.About{Language: "en", Unit: unit, Measure: unit == "%" || unit == "£"}
	for _, word := range strings.Fields(words) {
		term := strings.ToLower(word)
		if out.Terms = append(out.Terms, term); term != word {
			out.Names = append(out.Names, term)
		}
	}
	return out
}

func TestWhatIsOneThing(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"crossings: cancelled", "crossings: cancelled twice many", true},
		{"crossings: cancelled", "crossings: late", false},
		{"crossings: cancelled", "sailings: cancelled", false},
		{"crossings:", "crossings: cancelled", true},
		{"%:", "%: fares rose", false},
		{"%: fares rose", "%: fares rose february", true},
		{"%: fares rose", "%: fares fell", false},
		{"%: share", "%: share market", true},
		{"people: cuts affect", "people: cuts water affect night", true},
		{"people: cuts affect", "people: fled affect", true},
		{"%: reservoir Riano capacity", "%: reservoir Alba capacity", false},
		{"%: reservoir Riano capacity", "%: reservoir capacity", true},
	} {
		if got := aboutWords(c.a).Same(aboutWords(c.b)); got != c.want || aboutWords(c.b).Same(aboutWords(c.a)) != c.want {
			t.Errorf("%q and %q: %v, want %v", c.a, c.b, got, c.want)
		}
	}
	foreign := aboutWords("crossings: cancelled")
	foreign.Language = "es"
	if foreign.Same(aboutWords("crossings: cancelled")) {
		t.Error("words of two languages are taken for the same")
	}
}

func TestThingsAreGatheredAndNamed(t *testing.T) {
	row := func(claim, said, about string, value float64) claims.FigureRow {
		year := claims.Date("2025")
		f := claims.FigureRow{Figure: claims.Figure{Quantity: exactly(value), Claim: claim, From: &year, To: &year}, Topic: aboutWords(about), Said: claims.Date(said)}
		f.Unit, f.Words = f.Topic.Unit, strings.Fields(about)[1:]
		return f
	}
	things := claims.ThingsOf([]claims.FigureRow{
		row("C", "2026-03", "crossings: cancelled winter", 412), row("D", "2026-01", "%: fares rose", 7), row("E", "2026-05", "%: fares rose", 7), row("F", "2026-06", "%: fares rose", 7),
		row("A", "2026-01-02", "crossings: cancelled", 380), row("B", "2026-02", "crossings: cancelled", 380),
	})
	if len(things) != 2 {
		t.Fatalf("%d things", len(things))
	}
	first := things[0]
	if first.Key != "A-0" || first.Unit != "crossings" || strings.Join(first.Words, " ") != "cancelled" || len(first.Figures) != 3 || first.Figures[2].Claim != "C" {
		t.Errorf("the thing with clashes is %+v", first)
	}
	if len(first.Clashes) != 2 || first.Clashes[0] != (claims.FigureClash{Doubt: claims.FigureApart, A: 0, B: 2}) {
		t.Errorf("clashes are %+v", first.Clashes)
	}
	if !first.Holds("B") || first.Holds("D") || len(things[1].Clashes) != 0 {
		t.Errorf("the other is %+v", things[1])
	}
}
