package slab_test

import (
	"testing"

	"cotejo/claims/extract/slab"
)

func TestSlicesDoNotShareItems(t *testing.T) {
	var s slab.Of[int]
	var all [][]int
	for n := range 200 {
		got := s.Take(n)
		if got == nil || len(got) != 0 || cap(got) != n {
			t.Fatalf("asked for %d, got %d of %d", n, len(got), cap(got))
		}
		for range n + 1 { // one more than asked for
			got = append(got, n)
		}
		all = append(all, got)
	}
	for n, got := range all {
		for _, v := range got {
			if v != n {
				t.Fatalf("the slice of %d holds %d", n, v)
			}
		}
	}
}

func TestFewAllocations(t *testing.T) {
	var s slab.Of[int]
	if got := testing.AllocsPerRun(10, func() {
		for range 1000 {
			s.Take(8)
		}
	}); got > 20 {
		t.Errorf("%v allocations for 1000 slices", got)
	}
}
