package model

import (
	"math"
	"math/bits"
)

// MaxClasses bounds the number of classes a table can score.
const MaxClasses = 160

// Table is a sparse weight matrix: for each feature the classes for which it has
// a weight. Features are known by 32-bit hashes; those that training did not keep
// are absent and weigh nothing. A weight is one byte on a logarithmic scale.
type Table struct {
	Classes int
	Top     int32 // the largest weight, in fixed point
	slots   []slot
	weights []weight
	narrow  []narrowSlot // in the place of both where there are few classes
	shift   uint
	values  [256]int32
}

// slot is a place of the open-addressed index: the mark is the low half of the
// feature's hash, never 0 where the slot is taken.
type slot struct {
	first uint32
	mark  uint16
	count uint16
}

// narrowSlot holds all weights of its feature, to be had in one look-up.
type narrowSlot struct {
	mark  uint16
	cells [narrowest]int8
}

// narrowest is how many classes a table may have for narrow slots.
const narrowest = 3

type weight struct {
	class uint8
	cell  int8
}

// Row is a feature with its weights, one a class; 0 is no weight.
type Row struct {
	Feature uint32
	Cells   []int8
}

// compand is the steepness of the logarithmic scale, as in telephony's µ-law.
const compand = 255

// NewTable makes the table of the rows, in their order.
func NewTable(classes int, top int32, rows []Row) *Table {
	bits := uint(1)
	for len(rows)*4 > 3<<bits {
		bits++
	}
	t := &Table{Classes: classes, Top: top, slots: make([]slot, 1<<bits)}
	for _, r := range rows {
		t.add(r)
	}
	t.prepare()
	return t
}

func (t *Table) prepare() {
	t.shift = uint(32 - bits.TrailingZeros(uint(len(t.slots))))
	for i := range t.values {
		t.values[i] = expand(int8(i), t.Top)
	}
	if t.Classes > narrowest {
		return
	}
	t.narrow = make([]narrowSlot, len(t.slots))
	for i, s := range t.slots {
		t.narrow[i].mark = s.mark
		for _, w := range t.weights[s.first : s.first+uint32(s.count)] {
			t.narrow[i].cells[w.class] = w.cell
		}
	}
}

// add puts a row into the index, where no other has its mark.
func (t *Table) add(r Row) {
	shift := uint(32 - bits.TrailingZeros(uint(len(t.slots))))
	i, mark := r.Feature>>shift, markOf(r.Feature)
	for t.slots[i].mark != 0 {
		if t.slots[i].mark == mark {
			return
		}
		i = (i + 1) & uint32(len(t.slots)-1)
	}
	s := slot{first: uint32(len(t.weights)), mark: mark}
	for c, cell := range r.Cells {
		if cell != 0 {
			t.weights = append(t.weights, weight{uint8(c), cell})
			s.count++
		}
	}
	t.slots[i] = s
}

func markOf(feature uint32) uint16 { return uint16(feature) | 1 }

// Len gives the number of weights.
func (t *Table) Len() int { return len(t.weights) }

func expand(cell int8, top int32) int32 {
	x := math.Abs(float64(cell)) / 127
	v := (math.Pow(1+compand, x) - 1) / compand * float64(top)
	return int32(math.Copysign(math.Round(v), float64(cell)))
}

// Compress gives the cell whose weight is nearest to v on the scale up to top.
func Compress(v, top float64) int8 {
	if top == 0 || v == 0 {
		return 0
	}
	x := math.Log(1+compand*math.Abs(v)/top) / math.Log(1+compand)
	return int8(math.Copysign(math.Round(127*x), v))
}

// Score sets scores[c] to the sum of the features' weights for class c.
func (t *Table) Score(features []uint32, scores []int32) {
	if t.narrow != nil {
		t.scoreNarrow(features, scores)
		return
	}
	clear(scores[:t.Classes])
	mask := uint32(len(t.slots) - 1)
	for _, f := range features {
		mark := markOf(f)
		for i := f >> t.shift; ; i = (i + 1) & mask {
			s := &t.slots[i]
			if s.mark == mark {
				for _, w := range t.weights[s.first : s.first+uint32(s.count)] {
					scores[w.class] += t.values[uint8(w.cell)]
				}
				break
			}
			if s.mark == 0 {
				break
			}
		}
	}
}

func (t *Table) scoreNarrow(features []uint32, scores []int32) {
	var sums [narrowest]int32
	mask := uint32(len(t.narrow) - 1)
	for _, f := range features {
		mark := markOf(f)
		for i := f >> t.shift; ; i = (i + 1) & mask {
			s := &t.narrow[i]
			if s.mark == mark {
				for c, cell := range s.cells {
					sums[c] += t.values[uint8(cell)]
				}
				break
			}
			if s.mark == 0 {
				break
			}
		}
	}
	copy(scores[:t.Classes], sums[:])
}

// features collects the hashes of the features that fire.
type features []uint32

const (
	mulA = 0x9E3779B97F4A7C15
	mulB = 0xC2B2AE3D27D4EB4F
	mulC = 0x165667B19E3779F9
)

func (f *features) one(template, a uint32) {
	h := (uint64(template)<<32 | uint64(a)) * mulA
	h ^= h >> 29
	*f = append(*f, uint32(h*mulB>>32))
}

func (f *features) two(template, a, b uint32) {
	h := (uint64(template)<<32 | uint64(a)) * mulA
	h ^= h >> 29
	h = (h ^ uint64(b)) * mulB
	h ^= h >> 31
	*f = append(*f, uint32(h*mulC>>32))
}

func (f *features) three(template, a, b, c uint32) {
	h := (uint64(template)<<32 | uint64(a)) * mulA
	h ^= h >> 29
	h = (h ^ uint64(b)) * mulB
	h ^= h >> 31
	h = (h ^ uint64(c)) * mulC
	h ^= h >> 28
	*f = append(*f, uint32(h*mulA>>32))
}
