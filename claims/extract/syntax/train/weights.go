package train

import (
	"math"

	"cotejo/claims/extract/syntax/model"
)

// weights are a table under training: whole numbers, so that every machine
// counts alike, with the sums that averaging needs.
type weights struct {
	bits, classes int
	now           []int32
	sum           []int64 // of updates, each times the step at which it was made
	step          int64
}

func newWeights(bits, classes int) *weights {
	size := model.TableSize(bits)
	return &weights{bits: bits, classes: classes, now: make([]int32, size), sum: make([]int64, size)}
}

func (w *weights) score(rows []uint32, scores []int32) {
	scores = scores[:w.classes]
	clear(scores)
	for _, r := range rows {
		row := w.now[r : int(r)+len(scores)]
		for c, v := range row {
			scores[c] += v
		}
	}
}

// update moves the weights of the rows towards right and away from wrong.
func (w *weights) update(rows []uint32, right, wrong int) {
	for _, r := range rows {
		a, b := int(r)+right, int(r)+wrong
		w.now[a]++
		w.sum[a] += w.step
		w.now[b]--
		w.sum[b] -= w.step
	}
}

// table averages the weights over all steps and puts them on the byte scale.
func (w *weights) table() *model.Table {
	average := make([]float64, len(w.now))
	top := 0.0
	for i, v := range w.now {
		average[i] = float64(v) - float64(w.sum[i])/float64(w.step+1)
		top = max(top, math.Abs(average[i]))
	}
	cells := make([]int8, len(average))
	for i, v := range average {
		cells[i] = model.Compress(v, top)
	}
	const one = 1 << 10 // fixed point
	return model.NewTable(w.bits, w.classes, int32(math.Round(top*one)), cells)
}
