package train

import "testing"

func TestLeastLeadKeepsToTheDoubt(t *testing.T) {
	var trials []trial
	for lead := range int32(10_000) {
		trials = append(trials, trial{lead: lead + 1, stands: lead%1000 != 499}) // ten are overturned
	}
	// Five of ten thousand may be: those above 5,500; the sixth has a lead of 4,500.
	if got := leastLead(trials, 0.0005); got != 4501 {
		t.Errorf("the least lead is %d", got)
	}
	if got := leastLead([]trial{{7, false}, {7, true}, {3, true}}, 0.0005); got != 8 {
		t.Errorf("where the best lead is overturned, the least lead is %d", got)
	}
	if got := leastLead([]trial{{7, true}, {0, true}}, 0.0005); got != 1 {
		t.Errorf("where all stands, the least lead is %d", got)
	}
}
