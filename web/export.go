package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"os"
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

// exportOptions reads ?raw=1, ?bom=1 and ?lang=.
func exportOptions(c echo.Context, f export.Format) export.Options {
	return export.Options{Format: f, Raw: c.QueryParam("raw") == "1", BOM: c.QueryParam("bom") == "1", Lang: c.QueryParam("lang")}
}

// setTable names the file and its type; a CSV says where its columns are described.
func setTable(c echo.Context, name string, f export.Format) {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, f.MediaType())
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+name+"."+string(f)+`"`)
	if f != export.CSV {
		return
	}
	described := name + ".csv-metadata.json"
	if query := c.Request().URL.RawQuery; query != "" {
		described += "?" + query
	}
	h.Set("Link", `<`+described+`>; rel="describedby"; type="`+export.MetadataType+`"`)
}

// exporting is an act of the desk that writes a table about claims.
type exporting func(context.Context, claims.Actor, claims.ClaimFilter, io.Writer, export.Options) error

// exports are the tables by their names.
func (s *Server) exports() map[string]exporting {
	return map[string]exporting{
		"verdicts": s.desk.ExportVerdicts, "sources": s.desk.ExportSources, "evidence": s.desk.ExportEvidence, "claimreview": s.desk.ExportReviews,
	}
}

// exportRoutes are the tables for people, each in every format, and what describes them.
func (s *Server) exportRoutes() []route {
	acts := s.exports()
	var out []route
	for _, p := range export.Profiles {
		for _, f := range export.Formats {
			out = append(out, route{get, "/export/" + p.Name + "." + string(f), staff(claims.ActExport), s.exportTable(p.Name, f, acts[p.Name]), 0})
		}
		out = append(out, route{get, "/export/" + p.Name + ".csv-metadata.json", staff(claims.ActExport), exportMetadata(p), 0})
	}
	return out
}

// publicExportRoutes are the tables for everybody.
func (s *Server) publicExportRoutes() []route {
	acts := map[string]func(context.Context, io.Writer, export.Options) error{"verdicts": s.desk.PublicVerdicts, "claimreview": s.desk.PublicReviews}
	var out []route
	for _, p := range []export.Profile{export.VerdictProfile, export.ReviewProfile} {
		for _, f := range export.Formats {
			out = append(out, route{get, "/public/" + p.Name + "." + string(f), anyone, s.publicTable(p.Name, f, acts[p.Name]), 0})
		}
		out = append(out, route{get, "/public/" + p.Name + ".csv-metadata.json", anyone, publicMetadata(p), 0})
	}
	return out
}

// exportTable answers with a profile of the claims that the filter of /claims gives.
func (s *Server) exportTable(name string, format export.Format, write exporting) echo.HandlerFunc {
	return func(c echo.Context) error {
		f, err := s.filterFor(c.Request().Context(), c.QueryParams(), actorOf(c))
		if err != nil {
			return err
		}
		s.extendDeadline(c)
		setTable(c, name, format)
		return write(c.Request().Context(), actorOf(c), f, c.Response(), exportOptions(c, format))
	}
}

func exportMetadata(p export.Profile) echo.HandlerFunc {
	return func(c echo.Context) error {
		body, err := metadataOf(c, p)
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, export.MetadataType, body)
	}
}

// metadataOf describes the CSV that has the query of the request.
func metadataOf(c echo.Context, p export.Profile) ([]byte, error) {
	address := p.Name + ".csv"
	if query := c.Request().URL.RawQuery; query != "" {
		address += "?" + query
	}
	return export.Metadata(p, address)
}

func publicMetadata(p export.Profile) echo.HandlerFunc {
	return func(c echo.Context) error {
		body, err := metadataOf(c, p)
		if err != nil {
			return err
		}
		return sendPublic(c, http.StatusOK, export.MetadataType, body)
	}
}

// publicTable spools the table first, so that it has an ETag and a slow reader holds
// nothing.
func (s *Server) publicTable(name string, format export.Format, write func(context.Context, io.Writer, export.Options) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		file, err := os.CreateTemp("", "cotejo-public-*")
		if err != nil {
			return err
		}
		defer func() { _ = errors.Join(file.Close(), os.Remove(file.Name())) }()
		sum := sha256.New()
		if err := write(c.Request().Context(), io.MultiWriter(file, sum), exportOptions(c, format)); err != nil {
			return err
		}
		s.extendDeadline(c)
		h := c.Response().Header()
		h.Set("Cache-Control", publicCache)
		h.Set("ETag", `"`+hex.EncodeToString(sum.Sum(nil)[:16])+`"`)
		setTable(c, name, format)
		http.ServeContent(c.Response(), c.Request(), "", shownTime(visitOf(c).changed, visitOf(c).since), file)
		return nil
	}
}
