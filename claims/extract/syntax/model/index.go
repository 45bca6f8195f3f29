package model

import (
	"math/bits"
	"slices"
)

// Index maps 64-bit hashes to numbers, open-addressed; the zero Index is empty.
// It is built faster than a map, and read faster.
type Index struct {
	keys   []uint64 // 0 is a free place
	values []uint32
	shift  uint
	count  int
}

// Len gives the number of keys.
func (x *Index) Len() int { return x.count }

// Get gives the number of a key.
func (x *Index) Get(key uint64) (uint32, bool) {
	if len(x.keys) == 0 {
		return 0, false
	}
	i := x.place(key)
	return x.values[i], x.keys[i] != 0
}

// Put sets the number of a key.
func (x *Index) Put(key uint64, value uint32) {
	if 2*x.count >= len(x.keys) {
		x.Grow(x.count + 1)
	}
	i := x.place(key)
	if x.keys[i] == 0 {
		x.count++
	}
	x.keys[i], x.values[i] = max(key, 1), value
}

// Grow makes room for so many keys.
func (x *Index) Grow(count int) {
	size := max(16, 1<<bits.Len(uint(2*count)))
	if size <= len(x.keys) {
		return
	}
	keys, values := x.keys, x.values
	x.keys, x.values, x.shift = make([]uint64, size), make([]uint32, size), uint(65-bits.Len(uint(size)))
	for i, key := range keys {
		if key != 0 {
			at := x.place(key)
			x.keys[at], x.values[at] = key, values[i]
		}
	}
}

// place finds where a key stands or would stand. Key 0 counts as 1.
func (x *Index) place(key uint64) int {
	key = max(key, 1)
	i := int(key * mulA >> x.shift)
	for x.keys[i] != 0 && x.keys[i] != key {
		i = (i + 1) & (len(x.keys) - 1)
	}
	return i
}

// Sorted lists the keys in order.
func (x *Index) Sorted() []uint64 {
	out := make([]uint64, 0, x.count)
	for _, key := range x.keys {
		if key != 0 {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}
