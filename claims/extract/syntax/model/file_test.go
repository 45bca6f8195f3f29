package model_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"cotejo/claims/extract/lang"
	"cotejo/claims/extract/syntax/model"
)

func stored(t *testing.T) []byte {
	t.Helper()
	pack, _ := lang.For("es")
	f, err := pack.Open("syntax.model")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	raw, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// maxStored is the size in bytes that a language's model may have in the binary.
const maxStored = 5 << 20

func TestModelsFitTheirBudget(t *testing.T) {
	if n := len(stored(t)); n > maxStored {
		t.Errorf("the model has %d bytes, more than %d", n, maxStored)
	}
}

func TestReadRefusesDamagedFiles(t *testing.T) {
	raw := stored(t)
	flipped := bytes.Clone(raw)
	flipped[len(flipped)/2] ^= 0x40
	older := bytes.Clone(raw)
	older[14] = '0'
	for name, file := range map[string][]byte{
		"empty": nil, "short": raw[:10], "header only": raw[:24], "cut off": raw[:len(raw)/2],
		"a flipped bit": flipped, "another version": older, "something else": []byte("<!doctype html><title>not found</title>"),
	} {
		if _, err := model.Read(bytes.NewReader(file)); !errors.Is(err, model.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
