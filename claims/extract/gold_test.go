package extract_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/extract"
	"cotejo/claims/extract/eval"
)

var dateLine = regexp.MustCompile(`^\s*date \d{4}-\d\d-\d\d\s*`)

// clean does to the corpora's plain texts what intake does.
func clean(raw string) string {
	return strings.TrimSpace(dateLine.ReplaceAllString(strings.ReplaceAll(raw, "\r\n", "\n"), ""))
}

func run(t testing.TB, in extract.Input) extract.Result {
	t.Helper()
	res, err := extract.Run(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func measure(t *testing.T, articles []eval.Article, propose func(eval.Article) []claims.Assertion) eval.Figures {
	t.Helper()
	var total eval.Counts
	for _, a := range articles {
		n := eval.Compare(a, propose(a))
		t.Logf("%-14s %+v", a.Name, n.Figures())
		total = total.Add(n)
	}
	t.Logf("%-14s %+v", "all", total.Figures())
	return total.Figures()
}

func engine(t *testing.T) func(eval.Article) []claims.Assertion {
	return func(a eval.Article) []claims.Assertion {
		return run(t, extract.Input{Text: a.Text, Language: a.Language, Published: a.Published}).Claims
	}
}

// floors are what the engine may not fall below; raise them with it.
type floors struct{ f1, strict, source, named, joint float64 }

func hold(t *testing.T, got eval.Figures, least floors) {
	t.Helper()
	for _, m := range []struct {
		name       string
		got, least float64
	}{
		{"claims F1", got.F1, least.f1}, {"strict F1", got.Strict, least.strict}, {"source accuracy", got.Source, least.source},
		{"named source accuracy", got.Named, least.named}, {"joint F1", got.Joint, least.joint},
	} {
		if m.got < m.least {
			t.Errorf("%s is %.3f, must be at least %.3f", m.name, m.got, m.least)
		}
	}
}

func TestGoldArticles(t *testing.T) {
	articles, err := eval.Load(claimstest.Shared(t, "gold", "dev"), clean)
	if err != nil {
		t.Fatal(err)
	}
	got := measure(t, articles, engine(t))
	hold(t, got, floors{f1: 0.93, strict: 0.87, source: 0.95, named: 0.9, joint: 0.885})
	for _, b := range eval.Baselines {
		if null := measure(t, articles, b.Propose); null.Joint > got.Joint-0.3 {
			t.Errorf("baseline %q has joint F1 %.3f, too near the engine's %.3f", b.Name, null.Joint, got.Joint)
		}
	}
}
