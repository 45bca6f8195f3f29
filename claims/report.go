package claims

import (
	"context"
	"time"
)

// ReportOutcome says what the desk made of a report of an error; "" while it is open.
type ReportOutcome string

// The outcomes of reports.
const (
	ReportCorrected ReportOutcome = "corrected"  // the claim was corrected, or is being
	ReportNoError   ReportOutcome = "no_error"   // what is published stands
	ReportNeedsMore ReportOutcome = "needs_more" // it does not say enough to go on
)

// ReportOutcomes lists every outcome in the order that forms show them.
var ReportOutcomes = []ReportOutcome{ReportCorrected, ReportNoError, ReportNeedsMore}

// ErrorReport is an error that somebody says a published claim has. What they wrote and
// where they can be reached is personal: the history tells neither, no export holds
// them, and an admin can erase both. Where it came from is kept nowhere.
type ErrorReport struct {
	ID       string
	Claim    string
	N        int // the newest publication when it came in
	Text     string
	URL      string // of what shows the error; "" where none was given
	Contact  string // e-mail address for an answer; "" where none was given
	Language string // of the page that it was written on
	AddedBy  string // who wrote it down for somebody else; "" where it came by the public page

	ReceivedAt time.Time
	DueAt      time.Time // until when the desk means to answer
	Assignee   string    // who looks into it

	Outcome    ReportOutcome
	Note       string // what the desk found, for the desk
	Public     string // what readers are told of the answer; "" for nothing
	AnsweredBy string
	AnsweredAt *time.Time

	Reminded bool // those concerned were told that it is due
	Erased   bool
	Version  int64
}

// Answered reports whether the desk is done with it.
func (r ErrorReport) Answered() bool { return r.Outcome != "" }

// Overdue reports whether it should have been answered by now.
func (r ErrorReport) Overdue(now time.Time) bool { return !r.Answered() && r.DueAt.Before(now) }

// ReportFilter narrows a list of reports; zero fields do not narrow. Open ones come
// first due first, all others newest first.
type ReportFilter struct {
	Claim    string
	Open     bool
	Answered bool
	Page
}

// ReportCounts says how reports fare.
type ReportCounts struct {
	Open, Overdue    int
	Answered, InTime int // InTime of them by the day they were due
}

// PublicCounts says how much stands published, and what became of it.
type PublicCounts struct {
	Claims      int // that stand
	Withdrawn   int
	Corrections int // versions that told readers of a change
	Checks      int // that stand
}

// ReportReader reads the errors that readers reported, and the keys that nodes share.
type ReportReader interface {
	Report(ctx context.Context, id string) (ErrorReport, error)
	Reports(ctx context.Context, f ReportFilter) (list []ErrorReport, next string, err error)
	CountReports(ctx context.Context, now time.Time) (ReportCounts, error)
	// ReportsToRemind gives open ones that are due before a moment and of which nobody
	// was reminded; at most 200.
	ReportsToRemind(ctx context.Context, before time.Time) ([]ErrorReport, error)
	CountPublic(ctx context.Context) (PublicCounts, error)
	SharedKey(ctx context.Context, name string) (string, error)
}

// ReportWriter writes the errors that readers reported, and the keys that nodes share.
type ReportWriter interface {
	CreateReport(ctx context.Context, r *ErrorReport) error
	UpdateReport(ctx context.Context, r *ErrorReport) error // compares and raises Version
	MarkReminded(ctx context.Context, report string) error  // exempt from the event rule
	DeleteReport(ctx context.Context, claim, id string) error
	// CreateSharedKey keeps a key that is there already. Exempt.
	CreateSharedKey(ctx context.Context, name, secret string) error
}
