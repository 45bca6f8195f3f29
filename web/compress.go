package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// compressFrom is the size in bytes from which compressing an answer pays.
const compressFrom = 1024

// compress sends what people of the desk read compressed to whoever takes it. What is
// public stays as it is: its bytes are equal for all and vary by nothing (styles and
// scripts of the desk stand compressed under addresses of their own). A part of a file,
// and the stream of news, are sent as they come.
func compress(r route) echo.MiddlewareFunc {
	never := r.access.kind == accessPublic || r.path == "/live"
	return middleware.GzipWithConfig(middleware.GzipConfig{
		MinLength: compressFrom,
		Skipper: func(c echo.Context) bool {
			return never || c.Request().Method != http.MethodGet || c.Request().Header.Get("Range") != ""
		},
	})
}
