package model

import "math"

// Cascade scores in two steps: the early features first, and the late ones only
// where the best class does not lead the next one by enough. Training sees to it
// that the early features decide most cases alone.
type Cascade struct {
	Early, Late *Table
	Lead        int32 // at which the early features decide, in fixed point
}

// Len gives the number of weights.
func (c *Cascade) Len() int { return c.Early.Len() + c.Late.Len() }

// Watch is told of each decision that took both steps: by how much the early
// features' choice led, and whether the late ones left it.
type Watch func(c *Cascade, lead int32, stands bool)

func (w Watch) tell(c *Cascade, lead int32, stands bool) {
	if w != nil {
		w(c, lead, stands)
	}
}

// noRival is the lead of a choice that has no other beside it.
const noRival = math.MaxInt32

// top gives the class with the highest score and its lead over the next.
func top(scores []int32) (at int, lead int32) {
	best, second := int32(math.MinInt32/2), int32(math.MinInt32/2)
	for i, v := range scores {
		second = max(second, min(v, best)) // without a branch, which could not be foreseen
		if v > best {
			at, best = i, v
		}
	}
	return at, best - second
}

// topOf does the same among some classes.
func topOf(s *Sheet, among []uint8) (at uint8, lead int32) {
	at = among[0]
	best, second := s.Of[at], int32(math.MinInt32/2)
	for _, c := range among[1:] {
		if v := s.Of[c]; v > best {
			at, best, second = c, v, best
		} else if v > second {
			second = v
		}
	}
	return at, best - second
}
