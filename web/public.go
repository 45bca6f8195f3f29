package web

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/assets"
	"cotejo/views/i18n"
	"cotejo/views/public"
)

// publicFrame is the frame of a page that is the same for all readers.
func (s *Server) publicFrame(c echo.Context, lang, title string) (views.Frame, error) {
	settings, err := s.desk.Settings(c.Request().Context())
	if err != nil {
		return views.Frame{}, err
	}
	if lang == "" {
		lang = settings.Language
	}
	return views.Frame{Words: i18n.For(lang), Title: title, Newsroom: settings.Newsroom, Width: "narrow", Head: public.Head(), Static: forSite(c),
		HowWeWork: public.MethodologyPath(i18n.For(lang).Lang(), i18n.For(settings.Language).Lang())}, nil
}

// renderPublic sends a page that is byte-equal for all, with its ETag.
func (s *Server) renderPublic(c echo.Context, status int, component templ.Component) error {
	page, err := pageBytes(c, component)
	if err != nil {
		return err
	}
	return sendPublic(c, status, echo.MIMETextHTMLCharsetUTF8, page)
}

// pageOf reads ?cursor= and ?limit=; workflow bounds the limit.
func pageOf(c echo.Context) (claims.Page, error) {
	p := claims.Page{Cursor: c.QueryParam("cursor")}
	limit := c.QueryParam("limit")
	if limit == "" {
		return p, nil
	}
	n, err := strconv.Atoi(limit)
	if err != nil || n < 1 || n > maxLimit {
		return p, claims.Invalid("limit", "list.limit", strconv.Itoa(maxLimit))
	}
	p.Limit = n
	return p, nil
}

// maxLimit is how many rows one page of a list may hold.
const maxLimit = 500

// whole reads a page of a list, or all of it where the answer becomes a file, which
// cannot be asked for its next page.
func whole[T any](c echo.Context, page claims.Page, read func(claims.Page) ([]T, string, error)) (all []T, next string, err error) {
	if !forSite(c) {
		return read(page)
	}
	page = claims.Page{Limit: maxLimit}
	for {
		part, next, err := read(page)
		if err != nil {
			return nil, "", err
		}
		all = append(all, part...)
		if page.Cursor = next; next == "" {
			return all, "", nil
		}
	}
}

// turned gives the addresses of the first and the next page of a list.
func turned(c echo.Context, next string) (first, following string) {
	u := *c.Request().URL
	q := u.Query()
	if q.Has("cursor") {
		q.Del("cursor")
		u.RawQuery = q.Encode()
		first = u.RequestURI()
	}
	if next != "" {
		q.Set("cursor", next)
		u.RawQuery = q.Encode()
		following = u.RequestURI()
	}
	return first, following
}

func (s *Server) publicChecks(c echo.Context) error {
	page, err := pageOf(c)
	if err != nil {
		return err
	}
	checks, next, err := whole(c, page, func(p claims.Page) ([]claims.CheckPublication, string, error) {
		return s.desk.PublicChecks(c.Request().Context(), p)
	})
	if err != nil {
		return err
	}
	view := public.ChecksView{Checks: checks}
	view.First, view.Next = turned(c, next)
	if view.Frame, err = s.publicFrame(c, "", ""); err != nil {
		return err
	}
	view.Frame.Title, view.Frame.Width = view.Frame.Words.T("public.checks"), "middle"
	return s.renderPublic(c, http.StatusOK, public.ChecksPage(view))
}

func (s *Server) assetShow(c echo.Context) error {
	assets.Handler().ServeHTTP(c.Response(), c.Request())
	return nil
}
