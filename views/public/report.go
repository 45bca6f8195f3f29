package public

import (
	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/views"
)

// ReportView is the form on which anybody reports an error in a published claim.
type ReportView struct {
	views.Frame
	Document  export.Document
	Withdrawn *claims.Withdrawal
	Form      views.ReportForm
	Problems  views.Problems
	Token     string
	Days      int                  // in which the desk means to answer
	Answered  []claims.ErrorReport // what was said of earlier ones
	Sent      bool
}

func (v ReportView) path(more string) string { return "/c/" + v.Document.ID + more }
