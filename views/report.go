package views

import "cotejo/claims"

// ReportForm is a report as typed.
type ReportForm struct{ Text, URL, Contact string }

// OutcomeTone is the tone of the badge that says how a report was answered.
func OutcomeTone(o claims.ReportOutcome) string {
	switch o {
	case claims.ReportCorrected:
		return "good"
	case claims.ReportNeedsMore:
		return "warn"
	}
	return "plain"
}
