package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"cotejo/claims/extract/score"
)

// TestWeightsAreThoseOfTheirManifest keeps hand-made weights out.
func TestWeightsAreThoseOfTheirManifest(t *testing.T) {
	folder := filepath.Join("..", "..", "claims", "extract", "score")
	weights, err := os.ReadFile(filepath.Join(folder, weightsFile))
	if err != nil {
		t.Fatal(err)
	}
	note, err := os.ReadFile(filepath.Join(folder, weightsManifestFile))
	if err != nil {
		t.Fatal(err)
	}
	var m worthManifest
	if err := json.Unmarshal(note, &m); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(weights)
	if got := hex.EncodeToString(sum[:]); got != m.SHA256 || m.Features != len(score.Names) {
		t.Errorf("weights have the sum %s and %d features, their manifest says %s and %d", got, len(score.Names), m.SHA256, m.Features)
	}
	for _, c := range m.Corpora {
		if c.Licence == "" || c.Source == "" || c.Sentences == 0 {
			t.Errorf("%s lacks licence, source or size", c.Name)
		}
	}
}
