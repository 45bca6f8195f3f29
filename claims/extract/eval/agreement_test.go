package eval

import (
	"math"
	"testing"
)

func TestAgreement(t *testing.T) {
	var a Agreement
	a.Add(true, 0.9, true, 1)
	a.Add(true, 0.7, false, 0.5)
	a.Add(false, 0.1, true, 1)
	a.Add(false, 0.1, false, 0)
	for name, got := range map[string][2]float64{
		"accuracy": {a.Accuracy(), 0.5}, "F1": {a.F1(), 0.5}, "Brier": {a.Brier(), (0.01 + 0.04 + 0.81 + 0.01) / 4},
	} {
		if math.Abs(got[0]-got[1]) > 1e-9 {
			t.Errorf("%s is %.4f, want %.4f", name, got[0], got[1])
		}
	}
	bins := a.Calibration()
	if low := bins[0]; low.N != 2 || low.Sure != 0.1 || low.Grade != 0.5 {
		t.Errorf("the lowest bin is %+v", low)
	}
	if bins[1].N != 0 || bins[3].N != 1 || bins[4].N != 1 {
		t.Errorf("the bins are %+v", bins)
	}
	if empty := new(Agreement); empty.Brier() != 0 || empty.F1() != 0 || empty.Accuracy() != 0 {
		t.Error("nothing counted, and yet a score")
	}
}
