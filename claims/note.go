package claims

import "time"

// Note is one entry of the thread on a claim.
type Note struct {
	ID     string
	Claim  string
	Author string
	Text   string
	At     time.Time
}
