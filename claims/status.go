package claims

// State is where a claim stands in the workflow. It says nothing of the verdict.
type State string

// The states of a claim.
const (
	StateSuggested  State = "suggested"
	StateOpen       State = "open"
	StateInCheck    State = "in_check"
	StateHelpNeeded State = "help_needed"
	StateSubmitted  State = "submitted"
	StateApproved   State = "approved"
	StateReturned   State = "returned"
	StatePublished  State = "published"
	StateReopened   State = "reopened"
	StateWithdrawn  State = "withdrawn"
	StateDismissed  State = "dismissed"
)

// States lists every state in the order of the workflow.
var States = []State{StateSuggested, StateOpen, StateInCheck, StateHelpNeeded, StateSubmitted, StateReturned,
	StateApproved, StatePublished, StateReopened, StateWithdrawn, StateDismissed}

// Move is one row of the table of moves.
type Move struct {
	From, To State
	Act      Act  // what policy is asked
	Reason   bool // a reason must be given
}

// Moves is the whole table; what is not in it is an illegal move.
var Moves = []Move{
	{StateSuggested, StateOpen, ActClaimOpen, false},
	{StateOpen, StateInCheck, ActClaimTake, false},
	{StateInCheck, StateSubmitted, ActClaimSubmit, false},
	{StateSubmitted, StateApproved, ActClaimApprove, false},
	{StateApproved, StatePublished, ActClaimPublish, false},

	{StateSuggested, StateDismissed, ActClaimDismiss, true},
	{StateOpen, StateDismissed, ActClaimDismiss, true},
	{StateInCheck, StateDismissed, ActClaimDismiss, true},
	{StateDismissed, StateOpen, ActClaimOpen, false},

	{StateInCheck, StateOpen, ActClaimLeave, false},
	{StateOpen, StateHelpNeeded, ActClaimAskHelp, false},
	{StateInCheck, StateHelpNeeded, ActClaimAskHelp, false},
	{StateHelpNeeded, StateInCheck, ActClaimTake, false},

	{StateSubmitted, StateInCheck, ActClaimTakeBack, false},
	{StateSubmitted, StateReturned, ActClaimReturn, true},
	{StateApproved, StateReturned, ActClaimReturn, true},
	{StateReturned, StateInCheck, ActClaimTake, false},

	{StatePublished, StateReopened, ActClaimReopen, true},
	{StateReopened, StateInCheck, ActClaimTake, false},
	{StateReopened, StatePublished, ActClaimKeep, false},
	{StatePublished, StateWithdrawn, ActClaimWithdraw, true},
}

// FindMove looks a move up in the table; false where there is none.
func FindMove(from, to State) (Move, bool) {
	for _, m := range Moves {
		if m.From == from && m.To == to {
			return m, true
		}
	}
	return Move{}, false
}

// MovesFrom lists the moves that leave a state, in the table's order.
func MovesFrom(from State) []Move {
	var out []Move
	for _, m := range Moves {
		if m.From == from {
			out = append(out, m)
		}
	}
	return out
}

// Editable reports whether wording, attribution, figures, verdict and evidence
// may change in this state; notes, tags, assignee and priority always may.
func (s State) Editable() bool {
	switch s {
	case StateSuggested, StateOpen, StateInCheck, StateHelpNeeded:
		return true
	}
	return false
}

// Valid reports whether s is a state at all.
func (s State) Valid() bool {
	for _, known := range States {
		if s == known {
			return true
		}
	}
	return false
}

// DismissReason says why a claim was dismissed.
type DismissReason string

// The reasons for a dismissal; a duplicate names the other claim.
const (
	DismissOpinion      DismissReason = "opinion"
	DismissTrivial      DismissReason = "trivial"
	DismissDuplicate    DismissReason = "duplicate"
	DismissNotCheckable DismissReason = "not_checkable"
	DismissWrong        DismissReason = "wrong"
)

// DismissReasons lists every reason in the order that forms show them.
var DismissReasons = []DismissReason{DismissOpinion, DismissTrivial, DismissDuplicate, DismissNotCheckable, DismissWrong}
