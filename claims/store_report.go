package claims

import (
	"context"
	"time"
)

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
