package model

import (
	"math/bits"
	"slices"
)

// Index maps 64-bit hashes to numbers, open-addressed; the zero Index is empty.
// It is built faster than a map, and read faster.
type Index struct {
	rows  []indexRow
	count int
}

// indexRow is a key with its number; key 0 is a free place.
type indexRow struct {
	key   uint64
	value uint32
}

// Len gives the number of keys.
func (x *Index) Len() int { return x.count }

// Get gives the number of a key.
func (x *Index) Get(key uint64) (uint32, bool) {
	if len(x.rows) == 0 {
		return 0, false
	}
	row := x.place(key)
	return row.value, row.key != 0
}

// Put sets the number of a key.
func (x *Index) Put(key uint64, value uint32) {
	if 3*x.count >= 2*len(x.rows) {
		x.Grow(2*x.count + 16)
	}
	row := x.place(key)
	if row.key == 0 {
		x.count++
	}
	row.key, row.value = max(key, 1), value
}

// Grow makes room for so many keys.
func (x *Index) Grow(count int) {
	size := count*3/2 + 2
	if size <= len(x.rows) {
		return
	}
	rows := x.rows
	x.rows = make([]indexRow, size)
	for _, row := range rows {
		if row.key != 0 {
			*x.place(row.key) = row
		}
	}
}

// place finds where a key stands or would stand. Key 0 counts as 1.
func (x *Index) place(key uint64) *indexRow {
	key = max(key, 1)
	at, _ := bits.Mul64(key*mulA, uint64(len(x.rows)))
	for {
		row := &x.rows[at]
		if row.key == key || row.key == 0 {
			return row
		}
		if at++; at == uint64(len(x.rows)) {
			at = 0
		}
	}
}

// Sorted lists the keys in order.
func (x *Index) Sorted() []uint64 {
	out := make([]uint64, 0, x.count)
	for i := range x.rows {
		if key := x.rows[i].key; key != 0 {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}
