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
	people, err := s.names(c)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, views.Desk(views.DeskPage{
		Frame: s.frame(c, "desk", wordsOf(c).T("nav.desk")), Counts: v.Counts, Needs: views.DeskList(v.Needs), Unassigned: views.DeskList(v.Unassigned),
		Pending: views.DeskList(v.Pending), Changed: views.DeskList(v.Changed), Articles: v.Articles, People: people, Now: v.Now,
		MayAdd: s.may(c, claims.ActArticleAdd), Empty: len(v.Articles) == 0,
	}))
}
