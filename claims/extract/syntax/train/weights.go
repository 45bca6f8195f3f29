package train

import (
	"math"
	"math/bits"

	"cotejo/claims/extract/syntax/model"
)

// census counts how often features occur, to keep those that recur. Counts are
// kept by the upper bits of the hash and stop at 255.
type census []uint8

const censusBits = 26

func newCensus() census { return make(census, 1<<censusBits) }

func (c census) add(features []uint32) {
	for _, f := range features {
		if n := &c[f>>(32-censusBits)]; *n < 255 {
			*n++
		}
	}
}

func (c census) count(f uint32) uint8 { return c[f>>(32-censusBits)] }

// weights are a table under training: whole numbers, so that every machine
// counts alike, with the sums that averaging needs. A feature has a row from the
// first update on, if the census saw it often enough.
type weights struct {
	classes int
	seen    census
	least   uint8
	index   []int32 // open-addressed: row + 1
	shift   uint
	keys    []uint32 // feature of each row
	now     []int32
	sum     []int64 // of updates, each times the step at which it was made
	step    int64
	rows    []int32 // of the features last scored, -1 where there is none
	last    []uint32
}

func newWeights(classes int, seen census, least uint8) *weights {
	const start = 1 << 16
	w := &weights{classes: classes, seen: seen, least: least, step: 1}
	w.rehash(start)
	return w
}

func (w *weights) rehash(size int) {
	w.index = make([]int32, size)
	w.shift = uint(32 - bits.TrailingZeros(uint(size)))
	for row, key := range w.keys {
		w.index[w.place(key)] = int32(row) + 1
	}
}

// place gives the slot that holds the feature, or the free one where it belongs.
func (w *weights) place(f uint32) uint32 {
	i := f >> w.shift
	for w.index[i] != 0 && w.keys[w.index[i]-1] != f {
		i = (i + 1) & uint32(len(w.index)-1)
	}
	return i
}

// score sums the weights of the features, and remembers them for update.
func (w *weights) score(features []uint32, scores []int32) {
	scores = scores[:w.classes]
	clear(scores)
	w.rows, w.last = w.rows[:0], features
	for _, f := range features {
		row := w.index[w.place(f)] - 1
		w.rows = append(w.rows, row)
		if row < 0 {
			continue
		}
		at := int(row) * w.classes
		for c, v := range w.now[at : at+w.classes] {
			scores[c] += v
		}
	}
	w.step++
}

// update moves the weights of the features last scored towards right and away
// from wrong.
func (w *weights) update(right, wrong int) {
	for i, row := range w.rows {
		if row < 0 {
			if w.seen.count(w.last[i]) < w.least {
				continue
			}
			row = w.grow(w.last[i])
		}
		a, b := int(row)*w.classes+right, int(row)*w.classes+wrong
		w.now[a]++
		w.sum[a] += w.step
		w.now[b]--
		w.sum[b] -= w.step
	}
}

// grow gives the feature a row.
func (w *weights) grow(f uint32) int32 {
	at := w.place(f)
	if row := w.index[at] - 1; row >= 0 {
		return row // the feature fires twice
	}
	row := int32(len(w.keys))
	w.keys = append(w.keys, f)
	w.now = append(w.now, make([]int32, w.classes)...)
	w.sum = append(w.sum, make([]int64, w.classes)...)
	w.index[at] = row + 1
	if len(w.keys)*2 > len(w.index) {
		w.rehash(len(w.index) * 2)
	}
	return row
}

// table averages the weights of the runs, each over all its steps, and puts them
// on the byte scale. Weights up to prune are dropped; of the scale, only every
// step-th place is used, which packs better.
func table(runs []*weights, prune float64, step int) *model.Table {
	classes := runs[0].classes
	keys, average := pool(runs)
	top := 0.0
	for _, v := range average {
		top = max(top, math.Abs(v))
	}
	var rows []model.Row
	for row, key := range keys {
		cells, kept := make([]int8, classes), false
		for c := range cells {
			if v := average[row*classes+c]; math.Abs(v) > prune {
				cells[c] = coarse(model.Compress(v, top), step)
				kept = kept || cells[c] != 0
			}
		}
		if kept {
			rows = append(rows, model.Row{Feature: key, Cells: cells})
		}
	}
	const one = 1 << 10 // fixed point
	return model.NewTable(classes, int32(math.Round(top*one)), rows)
}

// coarse gives the multiple of step nearest to the cell.
func coarse(cell int8, step int) int8 {
	n := math.Round(float64(cell)/float64(step)) * float64(step)
	if math.Abs(n) > math.MaxInt8 {
		n -= math.Copysign(float64(step), n)
	}
	return int8(n)
}

// pool gives the features of all runs, in the order in which they came up, and
// the mean of their averaged weights.
func pool(runs []*weights) (keys []uint32, average []float64) {
	rows := map[uint32]int{}
	for _, w := range runs {
		for row, key := range w.keys {
			at, ok := rows[key]
			if !ok {
				at = len(keys)
				rows[key] = at
				keys = append(keys, key)
				average = append(average, make([]float64, w.classes)...)
			}
			for c := range w.classes {
				i := row*w.classes + c
				v := float64(w.now[i]) - float64(w.sum[i])/float64(w.step)
				average[at*w.classes+c] += v / float64(len(runs))
			}
		}
	}
	return keys, average
}
