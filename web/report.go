package web

import (
	"context"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

// reportFilter reads ?show= and ?claim=.
func reportFilter(c echo.Context) (claims.ReportFilter, string, error) {
	page, err := pageOf(c)
	f, show := claims.ReportFilter{Claim: cut(c.QueryParam("claim"), maxShown), Page: page}, c.QueryParam("show")
	switch show {
	case "answered":
		f.Answered = true
	case "all":
	default:
		f.Open, show = true, "open"
	}
	return f, show, err
}

func (s *Server) reportList(c echo.Context) error {
	f, show, err := reportFilter(c)
	if err != nil {
		return err
	}
	v, err := s.desk.Reports(c.Request().Context(), actorOf(c), f)
	if err != nil {
		return err
	}
	p := desk.ReportsPage{Frame: s.frame(c, "claims", wordsOf(c).T("reports.title")), Show: show, Claim: f.Claim, Counts: v.Counts, People: v.People,
		Now: s.clock.Now(), Rows: reportRows(v)}
	p.First, p.Next = turned(c, v.Next)
	p.Width = "middle"
	return s.render(c, http.StatusOK, desk.Reports(p))
}

func reportRows(v workflow.ReportsView) []desk.ReportRow {
	out := make([]desk.ReportRow, len(v.Reports))
	for i, r := range v.Reports {
		out[i] = desk.ReportRow{ErrorReport: r, Row: v.Claims[r.Claim]}
	}
	return out
}

func (s *Server) reportOne(c echo.Context) error {
	return s.reportDeskPage(c, http.StatusOK, nil)
}

// reportDeskPage shows a report; fill lays over its forms what a refused request had typed.
func (s *Server) reportDeskPage(c echo.Context, status int, fill func(*desk.ReportPage)) error {
	v, err := s.desk.Report(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	p := desk.ReportPage{
		Row: desk.ReportRow{ErrorReport: v.Report, Row: v.Claim}, Now: s.clock.Now(), People: v.People, Form: desk.AnswerFormOf(v.Report),
		History:   desk.EventReader{Words: wordsOf(c), People: v.People}.Rows(v.Events),
		MayAnswer: s.may(c, claims.ActReportAnswer), MayErase: s.may(c, claims.ActErase),
		MayReopen: v.Claim.State == claims.StatePublished && claims.MayOnClaim(actorOf(c), claims.ActClaimReopen, v.Claim.Claim, v.Settings) == nil,
	}
	if fill != nil {
		fill(&p)
	}
	p.Frame = s.frame(c, "claims", wordsOf(c).T("report.one", claims.ShowID(v.Report.Claim)))
	return s.render(c, status, desk.Report(p))
}

// reportDeskRefused shows the page again with what was typed in one of its forms.
func (s *Server) reportDeskRefused(c echo.Context, err error, form string, fill func(*desk.ReportPage)) error {
	e, status := refusal(err)
	switch e.Kind {
	case claims.KindInvalid, claims.KindStale, claims.KindConflict, claims.KindIllegalMove:
	default:
		return err
	}
	s.logError(c, status, err)
	return s.reportDeskPage(c, status, func(p *desk.ReportPage) {
		p.At, p.Problems = form, views.ProblemsOf(wordsOf(c), err)
		if e.Kind == claims.KindStale && form == "answer" {
			stands := p.Form
			p.Stands = &stands
		}
		fill(p)
	})
}

func (s *Server) reportAnswer(c echo.Context) error {
	typed := desk.AnswerForm{Outcome: c.FormValue("outcome"), Note: c.FormValue("note"), Public: c.FormValue("public")}
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	_, err = s.desk.AnswerReport(c.Request().Context(), actorOf(c), c.Param("id"), seen,
		workflow.AnswerInput{Outcome: claims.ReportOutcome(typed.Outcome), Note: typed.Note, Public: typed.Public})
	if err != nil {
		return s.reportDeskRefused(c, err, "answer", func(p *desk.ReportPage) { p.Form = typed })
	}
	return s.reportDone(c, "report.saved")
}

func (s *Server) reportDone(c echo.Context, said string) error {
	s.flash(c, said)
	return seeOther(c, "/reports/"+url.PathEscape(c.Param("id")))
}

func (s *Server) reportTake(c echo.Context) error {
	return s.reportSteer(c, s.desk.TakeReport, "report.taken")
}

func (s *Server) reportLeave(c echo.Context) error {
	return s.reportSteer(c, s.desk.LeaveReport, "report.left")
}

type reportAct func(context.Context, claims.Actor, string, int64) (claims.ErrorReport, error)

func (s *Server) reportSteer(c echo.Context, do reportAct, said string) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	if _, err := do(c.Request().Context(), actorOf(c), c.Param("id"), seen); err != nil {
		return s.reportDeskRefused(c, err, "", func(*desk.ReportPage) {})
	}
	return s.reportDone(c, said)
}

func (s *Server) reportReopen(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	reason := c.FormValue("reason")
	claim, err := s.desk.ReopenFromReport(c.Request().Context(), actorOf(c), c.Param("id"), seen, reason)
	if err != nil {
		return s.reportDeskRefused(c, err, "reopen", func(p *desk.ReportPage) { p.Reason = reason })
	}
	s.flash(c, "moved."+string(claim.State), claims.ShowID(claim.ID))
	return seeOther(c, "/claims/"+claim.ID)
}

func (s *Server) reportErase(c echo.Context) error {
	if err := s.desk.EraseReport(c.Request().Context(), actorOf(c), c.Param("id"), c.FormValue("reason")); err != nil {
		return s.reportDeskRefused(c, err, "erase", func(*desk.ReportPage) {})
	}
	return s.reportDone(c, "report.erased_done")
}

func (s *Server) reportAdd(c echo.Context) error {
	form := views.ReportForm{Text: c.FormValue("text"), URL: c.FormValue("url"), Contact: c.FormValue("contact")}
	r, err := s.desk.AddReport(c.Request().Context(), actorOf(c), c.Param("id"), workflow.ReportInput(form))
	if err != nil {
		return s.claimRefused(c, err, "report", func(f *desk.ClaimForms) { f.Report = form })
	}
	return s.claimDone(c, claims.Claim{ID: r.Claim}, "#reports", "report.added")
}
