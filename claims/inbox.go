package claims

import "time"

// InboxKind says why something stands in a person's inbox.
type InboxKind string

// The kinds, in the order in which people are offered them.
const (
	InboxMention   InboxKind = "mention"    // somebody named them in a note
	InboxAssigned  InboxKind = "assigned"   // somebody else gave them a claim
	InboxDue       InboxKind = "due"        // a claim that they hold is due within a day
	InboxReturned  InboxKind = "returned"   // a claim of theirs was sent back
	InboxApproved  InboxKind = "approved"   // …approved
	InboxPublished InboxKind = "published"  // …published
	InboxReport    InboxKind = "report"     // a reader reports an error in a claim of theirs
	InboxHook      InboxKind = "hook"       // a webhook was switched off after failures; the claim or check is what its last message was about
	InboxReportDue InboxKind = "report_due" // an answer to such a reader is due within a day
	InboxUnissued  InboxKind = "unissued"   // what was to be published at a set time was not
	InboxLink      InboxKind = "link"       // a check published elsewhere does not link to a claim of theirs any more
	InboxChanged   InboxKind = "changed"    // the words of a claim that they published changed in its article
)

// InboxKinds lists every kind.
var InboxKinds = []InboxKind{InboxMention, InboxAssigned, InboxDue, InboxReturned, InboxApproved, InboxPublished, InboxUnissued, InboxChanged, InboxLink, InboxReport, InboxReportDue, InboxHook}

// Valid reports whether k is a kind of inbox item.
func (k InboxKind) Valid() bool {
	for _, known := range InboxKinds {
		if k == known {
			return true
		}
	}
	return false
}

// InboxItem is one thing that a person should know of. It holds no words of the
// claim: whoever reads it sees of the claim what they may see then.
type InboxItem struct {
	ID     string
	Person string
	Kind   InboxKind
	Claim  string    // "" where it is about a check
	Check  string    // id of the check that it is about, else ""
	Event  string    // id of the act that it tells of; "" for due dates
	Due    time.Time // for InboxDue the date in question, else zero
	At     time.Time
	ReadAt time.Time // zero: unread
}

// Unread reports whether the item was not marked as read.
func (i InboxItem) Unread() bool { return i.ReadAt.IsZero() }

// Held are the states in which a claim is in its assignee's hands.
var Held = []State{StateOpen, StateInCheck, StateHelpNeeded, StateReturned, StateReopened}
