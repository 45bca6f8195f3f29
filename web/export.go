package web

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/export"
)

// exportPatience is how long a reader may take over a download.
const exportPatience = 30 * time.Minute

// extendDeadline gives a download more time than a page has.
func (s *Server) extendDeadline(c echo.Context) {
	err := http.NewResponseController(c.Response()).SetWriteDeadline(time.Now().Add(exportPatience))
	if err != nil {
		s.log.Debug("deadline not extended", "request", requestID(c), "err", err)
	}
}

// csvOptions reads ?raw=1, ?bom=1 and ?lang=.
func csvOptions(c echo.Context) export.CSVOptions {
	return export.CSVOptions{Raw: c.QueryParam("raw") == "1", BOM: c.QueryParam("bom") == "1", Lang: c.QueryParam("lang")}
}

func setCSV(c echo.Context, name string) {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/csv; charset=utf-8; header=present")
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
}

// exporting is an act of the desk that writes a CSV of claims.
type exporting func(context.Context, claims.Actor, claims.ClaimFilter, io.Writer, export.CSVOptions) error

// exportCSV answers with a profile of the claims that the filter of /claims gives.
func (s *Server) exportCSV(name string, write exporting) echo.HandlerFunc {
	return func(c echo.Context) error {
		f, err := s.filterFor(c.Request().Context(), c.QueryParams(), actorOf(c))
		if err != nil {
			return err
		}
		s.extendDeadline(c)
		setCSV(c, name)
		return write(c.Request().Context(), actorOf(c), f, c.Response(), csvOptions(c))
	}
}
