package extract_test

import (
	"path/filepath"
	"testing"

	"cotejo/claims/extract/eval"
)

// TestOwnGoldByLanguage needs no corpus beside the repository: these articles are
// ours, and all but two were annotated before the engine had read any of them. Each
// language is held for itself, so that neither pays for the other.
func TestOwnGoldByLanguage(t *testing.T) {
	articles, err := eval.Load(filepath.Join("testdata", "gold"), clean)
	if err != nil {
		t.Fatal(err)
	}
	for language, least := range map[string]floors{
		"es": {f1: 0.95, strict: 0.925, source: 0.955, named: 0.935, joint: 0.91},
		"en": {f1: 0.955, strict: 0.895, source: 0.96, named: 0.95, joint: 0.92},
	} {
		t.Run(language, func(t *testing.T) { holdAboveBaselines(t, inLanguage(articles, language), least) })
	}
}

func holdAboveBaselines(t *testing.T, articles []eval.Article, least floors) {
	got := measure(t, articles, engine(t))
	hold(t, got, least)
	for _, b := range eval.Baselines {
		if null := measure(t, articles, b.Propose); null.Joint > got.Joint-0.3 {
			t.Errorf("baseline %q has joint F1 %.3f, too near the engine's %.3f", b.Name, null.Joint, got.Joint)
		}
	}
}

func inLanguage(articles []eval.Article, language string) []eval.Article {
	var kept []eval.Article
	for _, a := range articles {
		if a.Language == language {
			kept = append(kept, a)
		}
	}
	return kept
}
