package model

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestIndexAgreesWithAMap(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	var x Index
	want := map[uint64]uint32{}
	if _, ok := x.Get(7); ok {
		t.Error("the empty index has a key")
	}
	for range 5000 {
		key, value := random.Uint64N(3000)+1, random.Uint32()
		x.Put(key, value)
		want[key] = value
	}
	if x.Len() != len(want) {
		t.Errorf("%d keys, want %d", x.Len(), len(want))
	}
	for key := range uint64(3100) {
		got, ok := x.Get(key + 1)
		if value, there := want[key+1]; ok != there || ok && got != value {
			t.Fatalf("key %d: %d %v, want %d %v", key+1, got, ok, value, there)
		}
	}
	if keys := x.Sorted(); len(keys) != len(want) || !slices.IsSorted(keys) {
		t.Error("the keys are not listed in order")
	}
}
