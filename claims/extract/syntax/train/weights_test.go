package train

import "testing"

func TestCoarseKeepsToTheStepAndTheScale(t *testing.T) {
	for _, tt := range []struct {
		cell int8
		step int
		want int8
	}{{127, 1, 127}, {-127, 1, -127}, {127, 8, 120}, {-127, 8, -120}, {127, 12, 120}, {4, 8, 8}, {3, 8, 0}, {-20, 8, -24}} {
		if got := coarse(tt.cell, tt.step); got != tt.want {
			t.Errorf("coarse(%d, %d) is %d, want %d", tt.cell, tt.step, got, tt.want)
		}
	}
}
