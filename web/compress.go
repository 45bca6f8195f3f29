package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// compressFrom is the size in bytes from which compressing an answer pays.
const compressFrom = 1024

// compress sends what people who are signed in read, and all assets, compressed to
// whoever takes it. Public pages stay as they are: their bytes are equal for all and
// vary by nothing. A part of a file, and the stream of news, are sent as they come.
func compress(r route) echo.MiddlewareFunc {
	asset := strings.HasPrefix(r.path, "/assets/")
	never := r.access.kind == accessPublic && !asset || r.path == "/live"
	return middleware.GzipWithConfig(middleware.GzipConfig{
		MinLength: compressFrom,
		Skipper: func(c echo.Context) bool {
			return never || c.Request().Method != http.MethodGet || c.Request().Header.Get("Range") != ""
		},
	})
}
