package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"cotejo/docs/guide"
	"cotejo/views"
	"cotejo/views/desk"
)

func (s *Server) helpShow(c echo.Context) error {
	frame := s.frame(c, "help", wordsOf(c).T("help.title"))
	frame.Width, frame.Head = "narrow", views.StyleSheet("css/guide.css")
	return s.render(c, http.StatusOK, desk.Help(desk.HelpPage{Frame: frame, Chapters: guide.In(frame.Words.Lang())}))
}

// helpChapter shows a chapter of the guide in the reader's language, where it is
// written in that.
func (s *Server) helpChapter(c echo.Context) error {
	at := slices.Index(guide.Chapters, c.Param("chapter"))
	if at < 0 {
		return echo.ErrNotFound
	}
	chapters := guide.In(wordsOf(c).Lang())
	text, err := desk.GuideBody(chapters[at])
	if err != nil {
		return err
	}
	frame := s.frame(c, "help", chapters[at].Title)
	frame.Width, frame.Head = "middle", views.StyleSheet("css/guide.css")
	return s.render(c, http.StatusOK, desk.GuideChapter(desk.GuidePage{Frame: frame, Chapters: chapters, At: at, Text: text}))
}

// helpPicture sends a picture of the guide, which shows the demo's desk and
// may be kept by the browser for a day.
func (s *Server) helpPicture(c echo.Context) error {
	raw, ok := guide.Picture(c.Param("picture"))
	if !ok {
		return echo.ErrNotFound
	}
	sum := sha256.Sum256(raw)
	h := c.Response().Header()
	h.Set("Cache-Control", "private, max-age=86400")
	h.Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	h.Set(echo.HeaderContentType, "image/png")
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, bytes.NewReader(raw))
	return nil
}
