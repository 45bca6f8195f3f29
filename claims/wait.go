package claims

import (
	"cmp"
	"slices"
	"time"
)

// The parties to a wait that are nobody in particular. None can be the id of a person.
const (
	PartyDesk      = "~desk"      // the desk as a whole
	PartyAnybody   = "~anybody"   // whoever takes it up
	PartyReviewer  = "~reviewer"  // a second pair of eyes
	PartyPublisher = "~publisher" // whoever may publish
	PartyOutside   = "~outside"   // who was asked and has not answered
)

// WorkGroup is claims in one state and in the same hands.
type WorkGroup struct {
	State                                     State
	Assignee, Submitter, Approver, ReturnedBy string // ids, "" for nobody
	N                                         int
	Since                                     time.Time // of the one that waits longest
}

// AskedGroup is the unanswered questions to people outside about claims in the
// same hands.
type AskedGroup struct {
	Asker string
	N     int
	Since time.Time
}

// Wait is who waits for whom: ids of people, or parties.
type Wait struct {
	Who, Whom string
	N         int
	Since     time.Time // the longest
}

// WaitsOf tells from the work in hand who waits for whom, most first. Machine
// suggestions wait for nobody.
func WaitsOf(work []WorkGroup, asked []AskedGroup) []Wait {
	var out []Wait
	add := func(who, whom string, n int, since time.Time) {
		for i := range out {
			if w := &out[i]; w.Who == who && w.Whom == whom {
				w.N += n
				if since.Before(w.Since) {
					w.Since = since
				}
				return
			}
		}
		out = append(out, Wait{who, whom, n, since})
	}
	for _, g := range work {
		if who, whom, waits := g.parties(); waits {
			add(who, whom, g.N, g.Since)
		}
	}
	for _, g := range asked {
		add(cmp.Or(g.Asker, PartyDesk), PartyOutside, g.N, g.Since)
	}
	slices.SortFunc(out, func(a, b Wait) int {
		return cmp.Or(b.N-a.N, a.Since.Compare(b.Since), cmp.Compare(a.Who, b.Who), cmp.Compare(a.Whom, b.Whom))
	})
	return out
}

// parties says who waits for whom with a group of claims.
func (g WorkGroup) parties() (who, whom string, waits bool) {
	switch g.State {
	case StateOpen, StateInCheck, StateReopened:
		return PartyDesk, cmp.Or(g.Assignee, PartyAnybody), true
	case StateHelpNeeded:
		return cmp.Or(g.Assignee, PartyDesk), PartyAnybody, true
	case StateSubmitted:
		return cmp.Or(g.Submitter, PartyDesk), PartyReviewer, true
	case StateReturned:
		return cmp.Or(g.ReturnedBy, PartyDesk), cmp.Or(g.Assignee, PartyAnybody), true
	case StateApproved:
		return cmp.Or(g.Approver, PartyDesk), PartyPublisher, true
	}
	return "", "", false
}
