package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/i18n"
	"cotejo/views/public"
)

// reportShow is the form on which anybody reports an error in a published claim. It
// holds a token of its own moment, so nobody keeps it.
func (s *Server) reportShow(c echo.Context) error {
	asked := c.Param("id")
	a, ok := readAddress(asked)
	if !ok || a.n > 0 || a.json {
		return claims.NotFound("claim", cut(asked, maxShown))
	}
	if a.id != asked {
		return c.Redirect(http.StatusPermanentRedirect, a.String()+"/report")
	}
	p, err := s.desk.PublicReport(c.Request().Context(), a.id)
	if err != nil {
		return err
	}
	if p.MergedInto != "" {
		return c.Redirect(http.StatusSeeOther, address{id: p.MergedInto}.String()+"/report")
	}
	return s.reportPage(c, http.StatusOK, p, public.ReportView{Sent: c.QueryParam("sent") != ""})
}

func (s *Server) reportPage(c echo.Context, status int, p workflow.PublicReportView, v public.ReportView) error {
	title := "report.title"
	if v.Sent {
		title = "report.thanks"
	}
	frame, err := s.publicFrame(c, p.Document.Language, "")
	if err != nil {
		return err
	}
	frame.Title, frame.Head = frame.Words.T(title), public.ReportHead()
	v.Frame, v.Document, v.Withdrawn, v.Days, v.Answered = frame, p.Document, p.Withdrawn, p.Days, p.Answered
	if v.Token == "" {
		v.Token = p.Token
	}
	return s.render(c, status, public.ReportPage(v))
}

func (s *Server) reportSubmit(c echo.Context) error {
	form := views.ReportForm{Text: c.FormValue("text"), URL: c.FormValue("url"), Contact: c.FormValue("contact")}
	r, err := s.desk.ReceiveReport(c.Request().Context(), c.Param("id"), workflow.ReportInput(form),
		workflow.FromReader{Token: c.FormValue("token"), Trap: c.FormValue("website"), Address: c.RealIP()})
	if err == nil {
		return seeOther(c, address{id: r.Claim}.String()+"/report?sent=1")
	}
	return s.reportRefused(c, form, err)
}

// reportRefused shows the form again with all that was written. A token that is still
// good stays, so that whoever was too quick is not so again.
func (s *Server) reportRefused(c echo.Context, form views.ReportForm, err error) error {
	e, status := refusal(err)
	if e.Kind != claims.KindInvalid && e.Kind != claims.KindBusy {
		return err
	}
	p, failed := s.desk.PublicReport(c.Request().Context(), c.Param("id"))
	if failed != nil {
		return failed
	}
	s.logError(c, status, claims.Refuse(e.Kind, e.Key)) // without what was written
	v := public.ReportView{Form: form, Problems: views.ProblemsOf(i18n.For(p.Document.Language), err)}
	if e.Key == "report.hasty" {
		v.Token = c.FormValue("token")
	}
	if minutes, ok := firstInt(e.Args); ok && e.Kind == claims.KindBusy {
		c.Response().Header().Set("Retry-After", strconv.Itoa(60*minutes))
	}
	return s.reportPage(c, status, p, v)
}

func firstInt(args []any) (int, bool) {
	if len(args) == 0 {
		return 0, false
	}
	n, ok := args[0].(int)
	return n, ok
}
