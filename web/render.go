package web

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/views"
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
	if visitOf(c).access.kind == accessDesk {
		return withTokens(buf.Bytes()), nil
	}
	return buf.Bytes(), nil
}

// frame is what stands around a page: the words, who reads it, what was kept
// for them to see. It takes the flashes, so it is called once a page.
func (s *Server) frame(c echo.Context, nav, title string) views.Frame {
	v := visitOf(c)
	if c.Request().Header.Get(liveHeader) != "" {
		return views.Frame{Unread: s.unread(c), Words: wordsOf(c), Title: title, Actor: v.actor, Called: calledName(v.person), Nav: nav, Newsroom: v.settings.Newsroom, Keys: claims.ParseKeymap(v.person.Keys)}
	}
	return views.Frame{
		Unread: s.unread(c),
		Words:  wordsOf(c), Title: title, Actor: v.actor, Called: calledName(v.person), Nav: nav,
		Newsroom: v.settings.Newsroom, Keys: claims.ParseKeymap(v.person.Keys), Flashes: s.takeFlashes(c),
		Packed: v.actor.SignedIn() && strings.Contains(c.Request().Header.Get(echo.HeaderAcceptEncoding), "gzip"),
	}
}

func calledName(p claims.Person) string {
	if p.Display != "" {
		return p.Display
	}
	return p.Name
}

// seeOther sends the browser on after a form was taken.
func seeOther(c echo.Context, path string) error {
	return c.Redirect(http.StatusSeeOther, path)
}
