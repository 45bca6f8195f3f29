package train_test

import (
	"path/filepath"
	"testing"

	"cotejo/claims/claimstest"
	"cotejo/claims/extract/lang"
	"cotejo/claims/extract/syntax"
	"cotejo/claims/extract/syntax/model"
	"cotejo/claims/extract/syntax/train"
)

// floors stand just below what the committed models reached on gold words of the
// test treebanks.
var floors = map[string]train.Scores{
	"es": {UPOS: 0.955, Feats: 0.953, Lemma: 0.969, UAS: 0.827, LAS: 0.783},
	"en": {UPOS: 0.956, Feats: 0.963, Lemma: 0.969, UAS: 0.854, LAS: 0.824},
}

// A model must beat the null baseline by this much in every score.
const clearOfBaseline = 0.02

func TestCommittedModelsOnTestTreebanks(t *testing.T) {
	for code, floor := range floors {
		t.Run(code, func(t *testing.T) {
			folder := claimstest.Shared(t, "data", "treebanks", code)
			training, test := read(t, folder, "train", code), read(t, folder, "test", code)
			got := train.Score(committed(t, code), test)
			null := train.Baseline(training, test)
			t.Logf("model    %+v", got)
			t.Logf("baseline %+v", null)
			for _, m := range []struct {
				name             string
				got, floor, null float64
			}{
				{"UPOS", got.UPOS, floor.UPOS, null.UPOS},
				{"features", got.Feats, floor.Feats, null.Feats},
				{"lemma", got.Lemma, floor.Lemma, null.Lemma},
				{"UAS", got.UAS, floor.UAS, null.UAS},
				{"LAS", got.LAS, floor.LAS, null.LAS},
			} {
				if m.got < m.floor {
					t.Errorf("%s is %.4f, below the floor %.4f", m.name, m.got, m.floor)
				}
				if m.got < m.null+clearOfBaseline {
					t.Errorf("%s is %.4f, not clear of the null baseline %.4f", m.name, m.got, m.null)
				}
			}
		})
	}
}

// textFloors stand just below what the committed models reached from raw text.
var textFloors = map[string]train.TextScores{
	"es": {Words: 0.996, Sentences: 0.984, UPOS: 0.931, UAS: 0.806, LAS: 0.730},
	"en": {Words: 0.985, Sentences: 0.803, UPOS: 0.941, UAS: 0.811, LAS: 0.780},
}

func TestCommittedModelsOnRawText(t *testing.T) {
	for code, floor := range textFloors {
		t.Run(code, func(t *testing.T) {
			folder := claimstest.Shared(t, "data", "treebanks", code)
			training, test := read(t, folder, "train", code), read(t, folder, "test", code)
			m, err := syntax.Load(code)
			if err != nil {
				t.Fatal(err)
			}
			got, null := train.ScoreText(m, code, test), train.TextBaseline(training, test)
			t.Logf("model    %+v", got)
			t.Logf("baseline %+v", null)
			for _, m := range []struct {
				name             string
				got, floor, null float64
			}{
				{"words", got.Words, floor.Words, null.Words},
				{"sentences", got.Sentences, floor.Sentences, null.Sentences},
				{"UPOS", got.UPOS, floor.UPOS, null.UPOS},
				{"UAS", got.UAS, floor.UAS, null.UAS},
				{"LAS", got.LAS, floor.LAS, null.LAS},
			} {
				if m.got < m.floor {
					t.Errorf("%s is %.4f, below the floor %.4f", m.name, m.got, m.floor)
				}
				if m.got <= m.null {
					t.Errorf("%s is %.4f, not above the null baseline %.4f", m.name, m.got, m.null)
				}
			}
		})
	}
}

func read(t *testing.T, folder, part, code string) []train.Sentence {
	t.Helper()
	sentences, err := train.ReadTreebank(filepath.Join(folder, part+".conllu"), code)
	if err != nil {
		t.Fatal(err)
	}
	return sentences
}

// committed is the model in the language pack.
func committed(t *testing.T, code string) *model.Model {
	t.Helper()
	pack, ok := lang.For(code)
	if !ok {
		t.Fatalf("no language pack %q", code)
	}
	f, err := pack.Open(syntax.ModelFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := model.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return m
}
