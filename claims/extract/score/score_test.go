package score_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/extract/clause"
	"cotejo/claims/extract/reading"
	"cotejo/claims/extract/score"
	"cotejo/claims/extract/segment"
)

// input takes a whole text for one assertion.
func input(t *testing.T, code, text string) (*reading.Reading, score.Input) {
	t.Helper()
	r, err := reading.Of(segment.Split(text, code), nil)
	if err != nil {
		t.Fatal(err)
	}
	all := reading.Range{First: 0, Last: len(r.Words)}
	return r, score.Input{Clause: clause.Clause{Words: reading.Sequence(all), Verb: r.MainVerb(all)}, Mode: claims.ModeNone, Times: r.Times}
}

func TestRate(t *testing.T) {
	for _, tc := range []struct {
		lang, text string
		mode       claims.Mode
		figures    int
		kind       claims.Kind
		checkable  bool
		reason     string
	}{
		{"es", "El paro subió un 3 % en mayo", claims.ModeNone, 1, claims.KindQuantity, true, "figure"},
		{"es", "El puente es un desastre", claims.ModeDirect, 0, claims.KindOpinion, false, "opinion"},
		{"es", "Queremos un puente", claims.ModeDirect, 0, claims.KindQuotation, false, "wish"},
		{"es", "El Gobierno aprobó la ley de vivienda", claims.ModeNone, 0, claims.KindEvent, true, "law"},
		{"es", "El puente abrirá en mayo", claims.ModeNone, 0, claims.KindPrediction, true, "prediction"},
		{"en", "The bridge is the longest in Europe", claims.ModeNone, 0, claims.KindRelation, true, ""},
		{"en", "The army closed the road", claims.ModeNone, 0, claims.KindEvent, true, "event"},
		{"en", "The minister asked the judge for time", claims.ModeNone, 0, claims.KindSpeechAct, true, "event"},
	} {
		r, in := input(t, tc.lang, tc.text)
		in.Mode, in.Quantities = tc.mode, make([]claims.Quantity, tc.figures)
		v := score.Rate(r, in)
		if v.Kind != tc.kind || v.Checkable != tc.checkable {
			t.Errorf("%q is %s, checkable %v; want %s, %v", tc.text, v.Kind, v.Checkable, tc.kind, tc.checkable)
		}
		if tc.reason != "" && !slices.Contains(v.Reasons, tc.reason) {
			t.Errorf("%q has reasons %v, want %s among them", tc.text, v.Reasons, tc.reason)
		}
		if v.Worth < 0 || v.Worth > 1 || !v.Checkable && v.Worth > 0.15 {
			t.Errorf("%q is worth %.2f", tc.text, v.Worth)
		}
	}
}

func TestFiguresWithASourceAreWorthMore(t *testing.T) {
	r, in := input(t, "es", "El paro subió un 3 % en mayo")
	plain := score.Rate(r, in).Worth
	in.Quantities, in.Sourced, in.Names = make([]claims.Quantity, 1), true, 1
	if rich := score.Rate(r, in).Worth; rich <= plain+0.2 {
		t.Errorf("with figure and source it is worth %.2f, without %.2f", rich, plain)
	}
}

func TestEveryFeatureHasAWeight(t *testing.T) {
	table, err := os.ReadFile("weights.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, line := range strings.Split(string(table), "\n") {
		if name, _, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(line, "#") {
			rows = append(rows, name)
		}
	}
	if !slices.Equal(rows, score.Names) {
		t.Errorf("weights.tsv has rows for\n%v\nthe features are\n%v", rows, score.Names)
	}
}
