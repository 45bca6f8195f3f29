package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

func (s *Server) articleErasePage(c echo.Context) error {
	return s.erasePage(c, http.StatusOK, desk.ErasePage{})
}

// erasePage shows what erasing an article takes away, with the form as typed.
func (s *Server) erasePage(c echo.Context, status int, p desk.ErasePage) error {
	plan, err := s.desk.ErasePlan(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	if plan.Article.Erased {
		return claims.Refuse(claims.KindConflict, "erase.done")
	}
	p.Frame = s.frame(c, "articles", wordsOf(c).T("erase.title"))
	p.Width = "middle"
	p.Article, p.Copies, p.Standing, p.Tombstones, p.Counts = plan.Article, plan.Copies, plan.Standing, plan.Tombstones, eraseCounts(plan)
	return s.render(c, status, desk.EraseArticle(p))
}

func eraseCounts(p workflow.ErasePlan) []desk.EraseCount {
	return []desk.EraseCount{
		{Key: "erase.snapshots", N: p.Snapshots}, {Key: "erase.claims", N: p.Claims}, {Key: "erase.evidence", N: p.Evidence}, {Key: "erase.files", N: p.Files},
		{Key: "erase.threads", N: p.Threads}, {Key: "erase.skips", N: p.Skips}, {Key: "erase.requests", N: p.Requests}, {Key: "erase.jobs", N: p.Jobs},
		{Key: "erase.events", N: p.Events},
	}
}

func (s *Server) articleEraseWhole(c echo.Context) error {
	confirm, reason := c.FormValue("confirm"), c.FormValue("reason")
	err := s.desk.EraseArticle(c.Request().Context(), actorOf(c), c.Param("id"), confirm, reason)
	if err != nil {
		e, status := refusal(err)
		if e.Kind != claims.KindInvalid && e.Key != "erase.published" {
			return err
		}
		s.logError(c, status, err)
		return s.erasePage(c, status, desk.ErasePage{Confirm: confirm, Reason: reason, Problems: views.ProblemsOf(wordsOf(c), err)})
	}
	s.flash(c, "erase.gone")
	return seeOther(c, "/articles/"+url.PathEscape(c.Param("id")))
}
