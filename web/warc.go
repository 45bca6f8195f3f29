package web

import (
	"context"
	"io"
	"mime"
	"net/http"
	"os"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

const typeWARC = "application/warc"

// articleWARC sends the fetches of an article, or with a number that of one snapshot.
func (s *Server) articleWARC(c echo.Context) error {
	n, err := snapshotNumber(c.Param("n"))
	if err != nil {
		return err
	}
	s.extendDeadline(c)
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, typeWARC)
	h.Set(echo.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": workflow.WARCName(c.Param("id"), n)}))
	h.Set("Cache-Control", "private, no-store")
	if err := s.desk.ExportWARC(c.Request().Context(), actorOf(c), c.Param("id"), n, c.Response()); err != nil {
		if !c.Response().Committed {
			h.Del(echo.HeaderContentDisposition)
			h.Del(echo.HeaderContentType)
		}
		return err
	}
	return nil
}

// snapshotNumber reads the number of a snapshot; "" is 0.
func snapshotNumber(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 0, claims.NotFound("snapshot", cut(s, maxShown))
	}
	return n, nil
}

type (
	warcQuery struct {
		Call
		ID       string `path:"id"`
		Snapshot string `query:"snapshot" doc:"Its number; all where left out"`
	}
	// sentStream is an answer that is sent piece by piece.
	sentStream struct {
		ContentType        string `header:"Content-Type"`
		ContentDisposition string `header:"Content-Disposition"`
		Body               func(huma.Context)
	}
)

func (a *api) addWARC() {
	add(a, endpoint{method: http.MethodGet, path: "/articles/{id}/warc", act: claims.ActExport, summary: "What was fetched of an article, as a WARC file"}, a.server.apiWARC)
}

func (s *Server) apiWARC(ctx context.Context, in *warcQuery) (*sentStream, error) {
	n, err := snapshotNumber(in.Snapshot)
	if err != nil {
		return nil, err
	}
	file, err := os.CreateTemp("", "cotejo-warc-*")
	if err != nil {
		return nil, err
	}
	forget := func() {
		_ = file.Close()
		_ = os.Remove(file.Name())
	}
	if err := s.desk.ExportWARC(ctx, in.actor(), in.ID, n, file); err != nil {
		forget()
		return nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		forget()
		return nil, err
	}
	return &sentStream{
		ContentType: typeWARC, ContentDisposition: mime.FormatMediaType("attachment", map[string]string{"filename": workflow.WARCName(in.ID, n)}),
		Body: func(out huma.Context) {
			defer forget()
			s.extendDeadline(in.echo)
			if _, err := io.Copy(out.BodyWriter(), file); err != nil {
				s.log.Info("a WARC file was not sent whole", "request", requestID(in.echo), "err", err)
			}
		},
	}, nil
}
