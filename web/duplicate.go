package web

import (
	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/views/desk"
)

// duplicate shows the article that a refusal names, and what is decided on in it.
func (s *Server) duplicate(c echo.Context, e *claims.Error) (*desk.Duplicate, error) {
	if len(e.Args) != 3 {
		return nil, e
	}
	id, _ := e.Args[0].(string)
	share, _ := e.Args[1].(float64)
	how, _ := e.Args[2].(string)
	v, err := s.desk.Article(c.Request().Context(), actorOf(c), id)
	if err != nil {
		return nil, err
	}
	rows := v.Claims
	for _, h := range v.Here {
		rows = append(rows, h.ClaimRow)
	}
	d := desk.Duplicate{Article: v.Article, How: how, Percent: int(share * 100), Claims: len(rows)}
	for _, row := range rows {
		if row.State == claims.StatePublished || row.State == claims.StateApproved {
			d.Decided = append(d.Decided, row)
		}
	}
	return &d, nil
}
