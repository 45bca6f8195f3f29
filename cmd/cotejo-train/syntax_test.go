package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// small is a treebank of one sentence, ours, written as often as folds need.
var small = strings.Repeat(strings.ReplaceAll(`# sent_id = CESS-CAST-0-s1
1 La el DET _ Gender=Fem|Number=Sing|PronType=Art 2 det _ _
2 alcaldesa alcaldesa NOUN _ Gender=Fem|Number=Sing 3 nsubj _ _
3 dijo decir VERB _ Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin 0 root _ _
4 que que SCONJ _ _ 5 mark _ _
5 vendrá venir VERB _ Mood=Ind|Number=Sing|Person=3|Tense=Fut|VerbForm=Fin 3 ccomp _ SpaceAfter=No
6 . . PUNCT _ _ 3 punct _ _

`, " ", "\t"), 12)

func TestTrainSyntaxWritesModelAndManifest(t *testing.T) {
	data, out := t.TempDir(), t.TempDir()
	bank := filepath.Join(data, "treebanks", "es")
	for _, dir := range []string{bank, filepath.Join(data, "text"), filepath.Join(out, "es")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	text := strings.ReplaceAll(small, "#\tsent_id\t=\t", "# sent_id = ")
	for _, part := range []string{"train", "test"} {
		if err := os.WriteFile(filepath.Join(bank, part+".conllu"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(data, "text", "es-news.txt"), []byte("La alcaldesa vendrá."), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := trainSyntax([]string{"--lang", "es", "--data", data, "--out", out}); err != nil {
		t.Fatal(err)
	}
	model, err := os.ReadFile(filepath.Join(out, "es", "syntax.model"))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(out, "es", "syntax.manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m manifest
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(model); m.SHA256 != hex.EncodeToString(sum[:]) || m.Bytes != len(model) {
		t.Errorf("the manifest speaks of another model: %+v", m)
	}
	if len(m.Corpora) != 2 || m.Corpora[1].Words != 4 || m.Corpora[1].Use != "word clusters" || m.Corpora[0].Licence != "CC BY 4.0" || m.Corpora[0].Words != 72 {
		t.Errorf("corpora are %+v", m.Corpora)
	}
	if m.TestScores.Words != 72 || m.TextScores.Words != 1 || m.Treebank != "ancora" {
		t.Errorf("the manifest says %+v", m)
	}
}

func TestTrainSyntaxSaysWhatIsMissing(t *testing.T) {
	if err := trainSyntax([]string{"--lang", "xx", "--data", ".", "--out", "."}); err == nil || !strings.Contains(err.Error(), "no language pack") {
		t.Errorf("unknown language: %v", err)
	}
	if err := trainSyntax([]string{"--lang", "es", "--data", t.TempDir(), "--out", t.TempDir()}); err == nil || !strings.Contains(err.Error(), "train.conllu") {
		t.Errorf("no treebank: %v", err)
	}
}
