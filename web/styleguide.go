package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/desk"
)

// developerRoutes are there only where the program was told that it is being worked on.
func (s *Server) developerRoutes() []route {
	if !s.dev {
		return nil
	}
	return []route{{get, "/styleguide", staff(claims.ActLook), s.styleGuide, 0}}
}

// styleGuide shows what pages are made of, drawn by the same components.
func (s *Server) styleGuide(c echo.Context) error {
	frame := s.frame(c, "", wordsOf(c).T("style.title"))
	frame.Head = views.StyleSheet("css/styleguide.css")
	return s.render(c, http.StatusOK, desk.StyleGuide(desk.StyleGuidePage{Frame: frame, Scale: claims.DefaultScale()}))
}
