package claims

import "time"

// Outcome is a second person's answer to a proposed verdict.
type Outcome string

// The outcomes of a review.
const (
	OutcomeApproved Outcome = "approved"
	OutcomeReturned Outcome = "returned"
)

// Review is one answer to one submission; ClaimVersion is what was looked at.
type Review struct {
	ID           string
	Claim        string
	ClaimVersion int64
	Reviewer     string
	Outcome      Outcome
	Reason       string
	At           time.Time
	Single       bool // the reviewer judged their own work, as a one-person desk may

	Checklist []CheckedItem // of an approval, as it was ticked
	Override  string        // why an editor passed over what stood in the way
}
