package claims

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Period is how far back the desk is looked at in numbers: a count of days, or
// PeriodAll.
type Period string

// The periods.
const (
	PeriodMonth   Period = "30"
	PeriodQuarter Period = "90"
	PeriodYear    Period = "365"
	PeriodAll     Period = "all"
)

// Periods lists every period, the shortest first.
var Periods = []Period{PeriodMonth, PeriodQuarter, PeriodYear, PeriodAll}

// ParsePeriod reads a period; "" is the quarter.
func ParsePeriod(s string) (Period, error) {
	if s == "" {
		return PeriodQuarter, nil
	}
	if !slices.Contains(Periods, Period(s)) {
		return "", Invalid("period", "stats.period_unknown")
	}
	return Period(s), nil
}

const day = 24 * time.Hour

// periodDays says of how many days a period is, and how many make one step of it.
var periodDays = map[Period]struct{ days, step int }{
	PeriodMonth: {30, 1}, PeriodQuarter: {91, 7}, PeriodYear: {364, 14},
}

// maxSteps bounds the steps of the longest period.
const maxSteps = 40

// Ladder is the time that a period covers in equal steps of whole days in UTC, the
// last of which ends with the present day.
type Ladder struct {
	Start time.Time
	Step  time.Duration
	N     int
}

// LadderOf lays a period out. First is when the oldest claim came in, which only
// PeriodAll asks for.
func LadderOf(p Period, now, first time.Time) Ladder {
	end := now.UTC().Truncate(day).Add(day)
	size := periodDays[p]
	if p == PeriodAll {
		size.days = max(int(end.Sub(first.UTC().Truncate(day))/day), 1)
		size.step = (size.days + maxSteps - 1) / maxSteps
	}
	n := (size.days + size.step - 1) / size.step
	return Ladder{Start: end.Add(-time.Duration(n*size.step) * day), Step: time.Duration(size.step) * day, N: n}
}

// End is when step i ends; the last one ends after now.
func (l Ladder) End(i int) time.Time { return l.Start.Add(time.Duration(i+1) * l.Step) }

// StateFlow is how many claims went from one state to another within a step of a
// Ladder; from "" came those that are new.
type StateFlow struct {
	Step     int
	From, To State
	N        int
}

// StatesOver gives how many claims stood in each state at the end of each of n
// steps, worked out backwards from how they stand now. What the history cannot tell
// any more (values that were erased) never makes a count negative.
func StatesOver(now map[State]int, flows []StateFlow, n int) []map[State]int {
	out := make([]map[State]int, n)
	counts := map[State]int{}
	for s, c := range now {
		counts[s] = c
	}
	by := map[int][]StateFlow{}
	for _, f := range flows {
		by[f.Step] = append(by[f.Step], f)
	}
	for i := n - 1; i >= 0; i-- {
		out[i] = map[State]int{}
		for s, c := range counts {
			out[i][s] = max(c, 0)
		}
		for _, f := range by[i] {
			counts[f.To] -= f.N
			if f.From != "" {
				counts[f.From] += f.N
			}
		}
	}
	return out
}

// Decided are the states in which a second person stands behind the verdict.
var Decided = []State{StateApproved, StatePublished, StateReopened}

// Decided reports whether a second person stands behind the verdict.
func (s State) Decided() bool { return slices.Contains(Decided, s) }

// Unfinished are the states in which somebody still has something to do.
var Unfinished = []State{StateSuggested, StateOpen, StateHelpNeeded, StateReturned, StateReopened, StateInCheck, StateSubmitted, StateApproved}

// VerdictTally is how the claims of one source or outlet were judged.
type VerdictTally struct {
	ID    string // of the source; "" for an outlet
	Name  string
	N     int
	Steps map[string]int // by code of the content verdict
}

// JoinTallies puts the tallies of the same source or outlet together, those with
// most first.
func JoinTallies(list []VerdictTally) []VerdictTally {
	var out []VerdictTally
	for _, v := range list {
		i := slices.IndexFunc(out, func(o VerdictTally) bool { return o.ID == v.ID && o.Name == v.Name })
		if i < 0 {
			v.Steps = maps.Clone(v.Steps)
			out = append(out, v)
			continue
		}
		out[i].N += v.N
		for code, n := range v.Steps {
			out[i].Steps[code] += n
		}
	}
	slices.SortFunc(out, func(a, b VerdictTally) int {
		return cmp.Or(b.N-a.N, cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// VerdictsBy says what verdicts are counted by.
type VerdictsBy string

// What verdicts can be counted by.
const (
	BySource VerdictsBy = "source" // whoever said it, or is the document behind it
	ByOutlet VerdictsBy = "outlet"
)

// DurationSteps are the bounds that durations are sorted by; the last are open.
var DurationSteps = []time.Duration{time.Hour, 4 * time.Hour, day, 3 * day, 7 * day, 30 * day}

// Durations sums up how long something took.
type Durations struct {
	N           int
	Median      time.Duration
	NinetiethOf time.Duration // nine of ten took no longer
	Counts      []int         // below each of DurationSteps, then the rest
}

// DurationsOf sums durations up; it sorts the list.
func DurationsOf(list []time.Duration) Durations {
	out := Durations{N: len(list), Counts: make([]int, len(DurationSteps)+1)}
	if len(list) == 0 {
		return out
	}
	slices.Sort(list)
	out.Median, out.NinetiethOf = list[(len(list)-1)/2], list[(9*len(list)+9)/10-1]
	for _, d := range list {
		out.Counts[stepOf(DurationSteps, d)]++
	}
	return out
}

// AgeSteps are the bounds that the backlog is sorted by; the last is open.
var AgeSteps = []time.Duration{day, 3 * day, 7 * day, 30 * day, 90 * day}

// stepOf finds the first bound that d stays under, else gives their number.
func stepOf(bounds []time.Duration, d time.Duration) int {
	for i, b := range bounds {
		if d < b {
			return i
		}
	}
	return len(bounds)
}

// AgeCount is how many claims of a state came in within one of AgeSteps.
type AgeCount struct {
	State State
	Age   int // place in AgeSteps, their number for the oldest
	N     int
}

// SuggestionTally is what became of what one rule or model suggested: N is what was
// accepted, dismissed, and waits.
type SuggestionTally struct {
	By, Rule  string // By is ByEngine or ByModel
	N         int
	Accepted  int // taken over by a person, and not dismissed later
	Edited    int // of them, changed in wording, place, kind, figures or times since
	Dismissed map[DismissReason]int
	Waiting   int // nobody has looked at
}

// Add counts n more suggestions, dismissed for a reason or for none; accepted and
// edited are of those that were not.
func (s *SuggestionTally) Add(n int, reason DismissReason, accepted, edited int) {
	s.N += n
	if reason != "" {
		s.Dismissed[reason] += n
		return
	}
	s.Accepted += accepted
	s.Edited += edited
	s.Waiting += n - accepted
}

// Refused counts all that were dismissed, for whatever reason.
func (s SuggestionTally) Refused() (n int) {
	for _, of := range s.Dismissed {
		n += of
	}
	return n
}

// Share is the part of what was looked at that was accepted, 0 to 1; false where
// nothing was.
func (s SuggestionTally) Share() (float64, bool) {
	looked := s.N - s.Waiting
	if looked == 0 {
		return 0, false
	}
	return float64(s.Accepted) / float64(looked), true
}
