package eval

// Agreement compares yes and no, and how sure one is of it, with what people said.
type Agreement struct {
	N, Right          int
	Hit, Pred, Gold   int
	square            float64
	bins, hits, sures [Bins]float64
}

// Bins is into how many parts of the way from 0 to 1 a calibration table is cut.
const Bins = 5

// Add counts one case: what was proposed and how sure, 0 to 1, beside what people
// said, as yes or no and as a grade of 0 to 1.
func (a *Agreement) Add(yes bool, sure float64, truth bool, grade float64) {
	a.N++
	if yes == truth {
		a.Right++
	}
	if yes {
		a.Pred++
	}
	if truth {
		a.Gold++
	}
	if yes && truth {
		a.Hit++
	}
	a.square += (sure - grade) * (sure - grade)
	bin := min(int(sure*Bins), Bins-1)
	a.bins[bin]++
	a.hits[bin] += grade
	a.sures[bin] += sure
}

// Accuracy is the share of cases that were judged right.
func (a *Agreement) Accuracy() float64 { return ratio(a.Right, a.N) }

// F1 is that of "yes".
func (a *Agreement) F1() float64 { return f1(a.Hit, a.Pred, a.Gold) }

// Brier is the mean squared distance between how sure and the grade; less is better.
func (a *Agreement) Brier() float64 {
	if a.N == 0 {
		return 0
	}
	return a.square / float64(a.N)
}

// Bin is a row of a calibration table: how many cases, how sure of them on
// average, and what people gave them on average.
type Bin struct {
	N           int
	Sure, Grade float64
}

// Calibration gives the bins of a calibration table, the empty ones too.
func (a *Agreement) Calibration() [Bins]Bin {
	var out [Bins]Bin
	for i, n := range a.bins {
		if n > 0 {
			out[i] = Bin{int(n), a.sures[i] / n, a.hits[i] / n}
		}
	}
	return out
}
