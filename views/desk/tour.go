package desk

import (
	"strconv"

	"cotejo/claims"
)

// Tour is where somebody stands in the first-run tour, and where each step leads.
type Tour struct {
	Step                            int // 1 to claims.TourSteps; 0 where nothing is shown
	Paste, Triage, Verdict, Publish string
}

// tourSteps are the steps in their order, by the keys of their words and the chapter that tells more.
var tourSteps = [claims.TourSteps]struct{ Name, Chapter string }{
	{"paste", "first-steps"}, {"triage", "triage"}, {"verdict", "judging"}, {"publish", "review"},
}

func (t Tour) name() string { return tourSteps[t.Step-1].Name }

func (t Tour) chapter() string { return GuidePath(tourSteps[t.Step-1].Chapter) }

// leads is the page on which the step is done.
func (t Tour) leads() string {
	return [claims.TourSteps]string{t.Paste, t.Triage, t.Verdict, t.Publish}[t.Step-1]
}

func (t Tour) last() bool { return t.Step == claims.TourSteps }

func (t Tour) shown() bool { return t.Step > 0 && t.Step <= claims.TourSteps }

func (t Tour) to(by int) string { return strconv.Itoa(t.Step + by) }
