package train

import (
	"slices"
	"strings"
	"testing"

	"cotejo/claims/extract/syntax/model"
)

func TestWordsOfOneKindShareACluster(t *testing.T) {
	var sentences [][]model.Form
	for _, place := range []string{"Lima", "Quito", "Bogotá"} {
		for _, verb := range []string{"dijo", "afirmó", "sostuvo"} {
			for range 4 {
				sentences = append(sentences, model.Forms(strings.Fields("el alcalde de "+place+" "+verb+" que no"), nil))
			}
		}
	}
	got := trainClusters(sentences, 7)
	if !slices.Equal(got, trainClusters(sentences, 7)) {
		t.Fatal("the same sentences gave other clusters")
	}
	cluster := map[uint64]uint8{}
	for _, c := range got {
		if c.Cluster == 0 {
			t.Errorf("a word has cluster 0, which says that there is none")
		}
		cluster[c.Key] = c.Cluster
	}
	of := func(word string) uint8 {
		f := model.NewForm(word, false)
		return cluster[f.Key]
	}
	for _, kind := range [][]string{{"Lima", "Quito", "Bogotá"}, {"dijo", "afirmó", "sostuvo"}} {
		for _, word := range kind[1:] {
			if of(word) != of(kind[0]) {
				t.Errorf("%s and %s are in clusters %d and %d", kind[0], word, of(kind[0]), of(word))
			}
		}
	}
	if of("Lima") == of("dijo") {
		t.Error("places and verbs share a cluster")
	}
	if trainClusters(nil, 7) != nil {
		t.Error("no text gives clusters")
	}
}
