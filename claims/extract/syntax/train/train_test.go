package train_test

import (
	"bytes"
	"strings"
	"testing"

	"cotejo/claims/claimstest"
	"cotejo/claims/extract/syntax/model"
	"cotejo/claims/extract/syntax/train"
)

func TestTrainingTwiceGivesTheSameBytes(t *testing.T) {
	sentences := read(t, claimstest.Shared(t, "data", "treebanks", "es"), "train", "es")[:120]
	options := train.Defaults("es")
	options.TagEpochs, options.ParseEpochs, options.Folds, options.Runs = 2, 2, 2, 2
	options.Text = train.ReadText("La alcaldesa de Lima dijo que vendrá. El alcalde de Quito dijo que no.", "es")
	var files [2]bytes.Buffer
	for i := range files {
		m, err := train.Run(sentences, options)
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Write(&files[i]); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
		t.Fatal("two runs over the same sentences gave different models")
	}
	again, err := model.Read(&files[1])
	if err != nil {
		t.Fatal(err)
	}
	var third bytes.Buffer
	if err := again.Write(&third); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(files[0].Bytes(), third.Bytes()) {
		t.Fatal("a model that is read and written again changes")
	}
	limit := options.MaxBytes
	options.MaxBytes = files[0].Cap() * 3 / 4
	if smaller, err := train.Run(sentences, options); err != nil {
		t.Error(err)
	} else if again.Parser.Action.Len() <= smaller.Parser.Action.Len() {
		t.Errorf("held to %d bytes, the parser keeps %d weights of %d", options.MaxBytes, smaller.Parser.Action.Len(), again.Parser.Action.Len())
	}
	options.MaxBytes = limit
	options.Domain = "gum"
	if _, err := train.Run(sentences, options); err == nil || !strings.Contains(err.Error(), "gum") {
		t.Fatalf("training for a treebank that is not there: %v", err)
	}
}
