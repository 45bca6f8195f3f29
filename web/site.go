package web

import (
	"context"

	"github.com/labstack/echo/v4"
)

// siteKey marks the context of a request whose answer becomes a file of the
// static site.
type siteKey struct{}

// asSite marks what is asked for as a file of the static site.
func asSite(ctx context.Context) context.Context { return context.WithValue(ctx, siteKey{}, true) }

// forSite reports whether the answer becomes a file, which nobody can ask with a
// query, a form or a header.
func forSite(c echo.Context) bool {
	static, _ := c.Request().Context().Value(siteKey{}).(bool)
	return static
}
