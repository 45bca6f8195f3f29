package web

import (
	"bytes"
	"fmt"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
)

// render writes a component to a buffer and sends it, so that a page is whole
// or an error, never half of each.
func (s *Server) render(c echo.Context, status int, component templ.Component) error {
	page, err := pageBytes(c, component)
	if err != nil {
		return err
	}
	return c.HTMLBlob(status, page)
}

func pageBytes(c echo.Context, component templ.Component) ([]byte, error) {
	var buf bytes.Buffer
	if err := component.Render(c.Request().Context(), &buf); err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	return buf.Bytes(), nil
}

// seeOther sends the browser on after a form was taken.
func seeOther(c echo.Context, path string) error {
	return c.Redirect(http.StatusSeeOther, path)
}
