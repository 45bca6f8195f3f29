package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"cotejo/views"
)

func (s *Server) helpShow(c echo.Context) error {
	frame := s.frame(c, "help", wordsOf(c).T("help.title"))
	frame.Width = "narrow"
	return s.render(c, http.StatusOK, views.Help(views.HelpPage{Frame: frame}))
}
