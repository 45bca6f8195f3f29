package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"cotejo/claims"
	"cotejo/claims/export"
)

type exportQuery struct {
	claimQuery
	Name string `path:"name" doc:"verdicts, sources, evidence or claimreview, with .csv, .xlsx or .jsonl"`
	Raw  string `query:"raw" doc:"1: CSV without what is put before cells that a spreadsheet would run"`
	BOM  string `query:"bom" doc:"1: CSV that begins with the mark that Excel wants"`
	Lang string `query:"lang" doc:"Language of the labels; each claim's own where it is left out"`
}

// sentTable is a table as an answer; it is sent from a file.
type sentTable struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	Body               func(huma.Context)
}

func (a *api) addExports() {
	add(a, endpoint{method: http.MethodGet, path: "/exports/{name}", act: claims.ActExport, summary: "Claims as a table, under the filters of the list of claims"}, a.server.apiExport)
}

func (s *Server) apiExport(ctx context.Context, in *exportQuery) (*sentTable, error) {
	name, ending, _ := strings.Cut(in.Name, ".")
	write, format := s.exports()[name], export.Format(ending)
	if write == nil || !format.Valid() {
		return nil, claims.NotFound("export", cut(in.Name, maxShown))
	}
	f, err := s.filterFor(ctx, in.echo.QueryParams(), in.actor())
	if err != nil {
		return nil, err
	}
	file, err := os.CreateTemp("", "cotejo-export-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(file.Name()); err != nil { // it lives as long as it is open
		return nil, errors.Join(err, file.Close())
	}
	if err := write(ctx, in.actor(), f, file, exportOptions(in.echo, format)); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	s.extendDeadline(in.echo)
	return &sentTable{ContentType: format.MediaType(), ContentDisposition: `attachment; filename="` + name + "." + ending + `"`, Body: func(c huma.Context) {
		_, err := io.Copy(c.BodyWriter(), file)
		if err := errors.Join(err, file.Close()); err != nil {
			s.log.Debug("table not sent", "request", requestID(in.echo), "err", err)
		}
	}}, nil
}
