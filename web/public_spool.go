package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"os"

	"github.com/labstack/echo/v4"
)

// sendSpooled has write fill a temporary file and sends that: what may be long has
// an ETag, fits in no memory, and holds nothing while a slow reader takes it.
func (s *Server) sendSpooled(c echo.Context, contentType string, write func(io.Writer) error) error {
	file, err := os.CreateTemp("", "cotejo-public-*")
	if err != nil {
		return err
	}
	defer func() { _ = errors.Join(file.Close(), os.Remove(file.Name())) }()
	sum := sha256.New()
	if err := write(io.MultiWriter(file, sum)); err != nil {
		return err
	}
	s.extendDeadline(c)
	h := c.Response().Header()
	h.Set("Cache-Control", publicCache)
	h.Set("ETag", `"`+hex.EncodeToString(sum.Sum(nil)[:16])+`"`)
	h.Set(echo.HeaderContentType, contentType)
	http.ServeContent(c.Response(), c.Request(), "", shownTime(visitOf(c).changed, visitOf(c).since), file)
	return nil
}
