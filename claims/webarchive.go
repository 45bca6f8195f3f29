package claims

import "time"

// ArchiveState says what became of asking a public web archive to keep a page.
type ArchiveState string

// The states of such a request. What was submitted is not archived: only the
// archive itself says that it is.
const (
	ArchiveAsked     ArchiveState = "asked"     // a person asked; the archive does not know yet
	ArchiveSubmitted ArchiveState = "submitted" // the archive took it on
	ArchiveKept      ArchiveState = "archived"  // it stands at Address as of ArchivedAt
	ArchiveRefused   ArchiveState = "refused"   // the archive will not keep it
	ArchiveFailed    ArchiveState = "failed"    // nothing came of it
)

// ArchiveStates lists them in the order of their course.
var ArchiveStates = []ArchiveState{ArchiveAsked, ArchiveSubmitted, ArchiveKept, ArchiveRefused, ArchiveFailed}

// Settled reports whether nothing more will become of it.
func (s ArchiveState) Settled() bool { return s != ArchiveAsked && s != ArchiveSubmitted }

// ArchiveRequest asks a public web archive to keep what stands at an address: an
// article's, or where Evidence is set that of a piece of evidence on Claim.
type ArchiveRequest struct {
	ID         string
	Article    string
	Claim      string
	Evidence   string
	URL        string
	State      ArchiveState
	Receipt    string // by which the archive knows it, once submitted
	Address    string // of the archived page
	ArchivedAt *time.Time
	Problem    *JobProblem // why it was refused or failed
	Job        string
	AskedBy    string // person id
	AskedAt    time.Time
	ChangedAt  time.Time
}

// Archived is what an archive says of a page that was submitted.
type Archived struct {
	Pending bool // it is still at it
	Address string
	At      time.Time
}
