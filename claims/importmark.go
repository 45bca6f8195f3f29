package claims

import "time"

// ImportMark says that something handed in by the row was taken in, so that the same
// table or folder handed in again goes on where it ended.
type ImportMark struct {
	Key     string // of what was handed in: the bytes of a file, an address, a claim's words in their article
	Article string
	Claim   string // "" for an article
	Job     string // that did it, "" at the command line
	At      time.Time
}
