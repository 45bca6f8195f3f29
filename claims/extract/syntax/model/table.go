package model

import "math"

// MaxClasses bounds the number of classes a table can score.
const MaxClasses = 160

// Table is a hashed weight matrix. The weights of a feature for all classes
// stand side by side from the feature's row on; rows begin anywhere and may
// overlap, which costs no more than other collisions of hashing do and keeps a
// row within one or two cache lines. A weight is one byte on a logarithmic
// scale.
type Table struct {
	Bits    int
	Classes int
	Top     int32 // the largest weight, in fixed point
	cells   []int8
	values  [256]int32
}

// compand is the steepness of the logarithmic scale, as in telephony's µ-law.
const compand = 255

// NewTable makes the table that the cells encode, one byte a weight.
func NewTable(bits, classes int, top int32, cells []int8) *Table {
	t := &Table{Bits: bits, Classes: classes, Top: top, cells: cells}
	for i := range t.values {
		t.values[i] = expand(int8(i), top)
	}
	return t
}

// TableSize gives the number of cells of a table: the rows overlap, so the last
// one sticks out.
func TableSize(bits int) int { return 1<<bits + MaxClasses }

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

// Score sets scores[c] to the sum of the rows' weights for class c.
func (t *Table) Score(rows []uint32, scores []int32) {
	scores = scores[:t.Classes]
	clear(scores)
	for _, r := range rows {
		row := t.cells[r : int(r)+len(scores)]
		for c, w := range row {
			if w != 0 {
				scores[c] += t.values[uint8(w)]
			}
		}
	}
}

// ScoreOnly does the same for the given classes alone.
func (t *Table) ScoreOnly(rows []uint32, classes []uint8, scores []int32) {
	for _, c := range classes {
		scores[c] = 0
	}
	for _, r := range rows {
		row := t.cells[r : int(r)+t.Classes]
		for _, c := range classes {
			scores[c] += t.values[uint8(row[c])]
		}
	}
}

// features collects the rows of the features that fire.
type features struct {
	rows  []uint32
	shift uint
}

func newFeatures(buf []uint32, bits int) features {
	return features{rows: buf[:0], shift: uint(64 - bits)}
}

const (
	mulA = 0x9E3779B97F4A7C15
	mulB = 0xC2B2AE3D27D4EB4F
	mulC = 0x165667B19E3779F9
)

func (f *features) one(template, a uint32) {
	h := (uint64(template)<<32 | uint64(a)) * mulA
	h ^= h >> 29
	f.rows = append(f.rows, uint32(h*mulB>>f.shift))
}

func (f *features) two(template, a, b uint32) {
	h := (uint64(template)<<32 | uint64(a)) * mulA
	h ^= h >> 29
	h = (h ^ uint64(b)) * mulB
	h ^= h >> 31
	f.rows = append(f.rows, uint32(h*mulC>>f.shift))
}

func (f *features) three(template, a, b, c uint32) {
	h := (uint64(template)<<32 | uint64(a)) * mulA
	h ^= h >> 29
	h = (h ^ uint64(b)) * mulB
	h ^= h >> 31
	h = (h ^ uint64(c)) * mulC
	h ^= h >> 28
	f.rows = append(f.rows, uint32(h*mulA>>f.shift))
}
