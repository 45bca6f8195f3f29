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

func (c census) add(f *model.Rows) {
	for _, rows := range [...][]uint32{f.Early(), f.Late()} {
		for _, f := range rows {
			if n := &c[f>>(32-censusBits)]; *n < 255 {
				*n++
			}
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
	index   []cell // open-addressed
	shift   uint
	keys    []uint32 // feature of each row
	late    []bool   // whether it belongs to the late ones
	now     []int32
	sum     []int64 // of updates, each times the step at which it was made
	step    int64
	rows    []int32 // of the features last scored, -1 where there is none
	last    []uint32
	early   int // how many of them are early
}

// cell is a place of the index: a feature with its row, from 1; 0 where it is free.
type cell struct {
	key uint32
	row int32
}

func newWeights(classes int, seen census, least uint8) *weights {
	const start = 1 << 16
	w := &weights{classes: classes, seen: seen, least: least, step: 1}
	w.rehash(start)
	return w
}

func (w *weights) rehash(size int) {
	w.index = make([]cell, size)
	w.shift = uint(32 - bits.TrailingZeros(uint(size)))
	for row, key := range w.keys {
		w.index[w.place(key)] = cell{key, int32(row) + 1}
	}
}

// place gives the slot that holds the feature, or the free one where it belongs.
func (w *weights) place(f uint32) uint32 {
	i := f >> w.shift
	for w.index[i].row != 0 && w.index[i].key != f {
		i = (i + 1) & uint32(len(w.index)-1)
	}
	return i
}

// score sums the weights of the features into scores, those of the early ones
// alone into first, and remembers the features for update.
func (w *weights) score(f *model.Rows, first, scores []int32) {
	clear(scores[:w.classes])
	w.rows, w.last, w.early = w.rows[:0], w.last[:0], len(f.Early())
	w.add(f.Early(), scores)
	copy(first, scores[:w.classes])
	w.add(f.Late(), scores)
	w.step++
}

// add looks all rows up before it reads the first, as the memory then fetches many at a time.
func (w *weights) add(features []uint32, scores []int32) {
	scores = scores[:w.classes]
	from := len(w.rows)
	w.last = append(w.last, features...)
	for _, f := range features {
		w.rows = append(w.rows, w.index[w.place(f)].row-1)
	}
	for _, row := range w.rows[from:] {
		if row < 0 {
			continue
		}
		at := int(row) * w.classes
		for c, v := range w.now[at : at+w.classes] {
			scores[c] += v
		}
	}
}

// update moves the weights of the features last scored towards right and away
// from wrong.
func (w *weights) update(right, wrong int) { w.move(len(w.rows), right, wrong) }

// updateEarly moves those of the early ones only.
func (w *weights) updateEarly(right, wrong int) { w.move(w.early, right, wrong) }

func (w *weights) move(n, right, wrong int) {
	for i, row := range w.rows[:n] {
		if row < 0 {
			if w.seen.count(w.last[i]) < w.least {
				continue
			}
			row = w.grow(w.last[i], i >= w.early)
		}
		a, b := int(row)*w.classes+right, int(row)*w.classes+wrong
		w.now[a]++
		w.sum[a] += w.step
		w.now[b]--
		w.sum[b] -= w.step
	}
}

// grow gives the feature a row.
func (w *weights) grow(f uint32, late bool) int32 {
	at := w.place(f)
	if row := w.index[at].row - 1; row >= 0 {
		return row // the feature fires twice
	}
	row := int32(len(w.keys))
	w.keys, w.late = append(w.keys, f), append(w.late, late)
	w.now = append(w.now, make([]int32, w.classes)...)
	w.sum = append(w.sum, make([]int64, w.classes)...)
	w.index[at] = cell{f, row + 1}
	if len(w.keys)*2 > len(w.index) {
		w.rehash(len(w.index) * 2)
	}
	return row
}

// averages are the weights of features, their means over steps and runs.
type averages struct {
	classes int
	keys    []uint32
	late    []bool
	of      []float64 // by feature, then class
}

// table puts averaged weights on the byte scale.
func table(runs []*weights, prune float64, step int) *model.Table {
	a := pool(runs)
	return a.table(prune, step, func(int) bool { return true })
}

// cascade makes a table of the early features and one of the late ones, which
// decide together until a lead is set.
func (a *averages) cascade(prune float64, step int) model.Cascade {
	return model.Cascade{Lead: math.MaxInt32,
		Early: a.table(prune, step, func(row int) bool { return !a.late[row] }),
		Late:  a.table(prune, step, func(row int) bool { return a.late[row] })}
}

// beside gives the weights of all classes but the first as they differ from the first's.
func (a *averages) beside() *averages {
	out := &averages{classes: a.classes - 1, keys: a.keys, late: a.late}
	for row := range a.keys {
		of := a.of[row*a.classes : (row+1)*a.classes]
		for _, v := range of[1:] {
			out.of = append(out.of, v-of[0])
		}
	}
	return out
}

// table makes a table of some of the features. Weights up to prune are dropped; of
// the byte scale, only every step-th place is used, which packs better.
func (a *averages) table(prune float64, step int, wanted func(row int) bool) *model.Table {
	top := 0.0
	for _, v := range a.of {
		top = max(top, math.Abs(v))
	}
	var rows []model.Row
	for row, key := range a.keys {
		if !wanted(row) {
			continue
		}
		cells, kept := make([]int8, a.classes), false
		for c := range cells {
			if v := a.of[row*a.classes+c]; math.Abs(v) > prune {
				cells[c] = coarse(model.Compress(v, top), step)
				kept = kept || cells[c] != 0
			}
		}
		if kept {
			rows = append(rows, model.Row{Feature: key, Cells: cells})
		}
	}
	const one = 1 << 10 // fixed point
	return model.NewTable(a.classes, int32(math.Round(top*one)), rows)
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
func pool(runs []*weights) *averages {
	a, rows := &averages{classes: runs[0].classes}, map[uint32]int{}
	for _, w := range runs {
		for row, key := range w.keys {
			at, ok := rows[key]
			if !ok {
				at = len(a.keys)
				rows[key] = at
				a.keys, a.late = append(a.keys, key), append(a.late, w.late[row])
				a.of = append(a.of, make([]float64, w.classes)...)
			}
			for c := range w.classes {
				i := row*w.classes + c
				v := float64(w.now[i]) - float64(w.sum[i])/float64(w.step)
				a.of[at*w.classes+c] += v / float64(len(runs))
			}
		}
	}
	return a
}
