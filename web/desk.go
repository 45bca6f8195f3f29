package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/views"
)

func (s *Server) deskShow(c echo.Context) error {
	ctx := c.Request().Context()
	v, err := s.desk.DeskView(ctx, actorOf(c))
	if err != nil {
		return err
	}
	scale, err := s.desk.Scale(ctx, 0)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, views.Desk(views.DeskPage{
		Frame: s.frame(c, "desk", wordsOf(c).T("nav.desk")), Counts: v.Counts, Mine: v.Mine, Submitted: v.Submitted, Suggested: v.Suggested,
		HelpNeeded: v.HelpNeeded, Articles: v.Articles, Scale: scale, MayAdd: s.may(c, claims.ActArticleAdd),
		MayApprove: s.may(c, claims.ActClaimApprove), Empty: len(v.Articles) == 0,
	}))
}
