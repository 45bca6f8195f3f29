package desk

import (
	"strings"
	"time"
	"unicode/utf8"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// ReportsPage lists what readers reported.
type ReportsPage struct {
	views.Frame
	Show        string // "open", "answered" or "all"
	Claim       string // whose reports these are; "" for all
	Rows        []ReportRow
	Counts      claims.ReportCounts
	People      map[string]claims.Person
	Now         time.Time
	First, Next string
}

// ReportRow is a report with the claim that it is about.
type ReportRow struct {
	claims.ErrorReport
	Row claims.ClaimRow
}

// ReportPage is one report.
type ReportPage struct {
	views.Frame
	Row       ReportRow
	Now       time.Time
	People    map[string]claims.Person
	History   []EventRow
	Form      AnswerForm
	Reason    string // for reopening, as typed
	Problems  views.Problems
	At        string      // which form was refused: "answer", "reopen", "erase"
	Stands    *AnswerForm // what somebody else answered meanwhile; nil where nobody did
	MayAnswer bool
	MayReopen bool
	MayErase  bool
}

// AnswerForm is an answer as typed.
type AnswerForm struct{ Outcome, Note, Public string }

// AnswerFormOf fills the form with what was answered.
func AnswerFormOf(r claims.ErrorReport) AnswerForm {
	return AnswerForm{Outcome: string(r.Outcome), Note: r.Note, Public: r.Public}
}

func (r ReportRow) path(more string) string { return "/reports/" + r.ID + more }

// excerpt is the beginning of what the reader wrote.
func (r ReportRow) excerpt(w *i18n.Words) string {
	if r.Erased {
		return w.T("report.erased_told")
	}
	const most = 160
	flat := strings.Join(strings.Fields(r.Text), " ")
	if utf8.RuneCountInString(flat) <= most {
		return flat
	}
	return strings.TrimSpace(string([]rune(flat)[:most])) + "…"
}

func (p ReportPage) problems(form string) views.Problems {
	if p.At == form {
		return p.Problems
	}
	return nil
}

// clash compares an answer as typed with what somebody else answered.
func (p ReportPage) clash() Clash {
	w := p.Words
	said := func(outcome string) string {
		if outcome == "" {
			return ""
		}
		return w.T("report_outcome." + outcome)
	}
	return Clash{Title: w.T("stale.report", p.Row.ID), Again: p.Row.path(""), Fields: differing(
		ClashField{Label: w.T("report.outcome"), Name: "outcome", Typed: p.Form.Outcome, Stands: p.Stands.Outcome, Said: said},
		ClashField{Label: w.T("report.note"), Name: "note", Typed: p.Form.Note, Stands: p.Stands.Note},
		ClashField{Label: w.T("report.public"), Name: "public", Typed: p.Form.Public, Stands: p.Stands.Public},
	)}
}

func outcomeOptions(w *i18n.Words) []views.Option {
	return append([]views.Option{{Value: "", Label: w.T("report.outcome_choose")}}, worded(w, "report_outcome.", claims.ReportOutcomes...)...)
}

func reportsPath(show, claim string) string {
	path := "/reports?show=" + show
	if claim != "" {
		path += "&claim=" + claim
	}
	return path
}

// What tells fields apart from those of the same name in other forms.
const (
	reportKeys = "-report"
	eraseKeys  = "-erase"
)
