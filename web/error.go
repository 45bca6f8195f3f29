package web

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/views"
)

// statusOf turns the kind of a refusal into a status.
var statusOf = map[claims.ErrKind]int{
	claims.KindNotFound:        http.StatusNotFound,
	claims.KindInvalid:         http.StatusUnprocessableEntity,
	claims.KindNotAllowed:      http.StatusForbidden,
	claims.KindIllegalMove:     http.StatusConflict,
	claims.KindStale:           http.StatusPreconditionFailed,
	claims.KindConflict:        http.StatusConflict,
	claims.KindUnauthenticated: http.StatusUnauthorized,
	claims.KindTooLarge:        http.StatusRequestEntityTooLarge,
	claims.KindUnsupported:     http.StatusUnsupportedMediaType,
	claims.KindBusy:            http.StatusTooManyRequests,
	claims.KindGone:            http.StatusGone,
}

// statusCanceled is what the log says of a reader who went away.
const statusCanceled = 499

// refusal gives any error the form that a person can read, and its status.
// What is no refusal is ours to mend: 500, its cause for the log only.
func refusal(err error) (*claims.Error, int) {
	var settled *statusError
	if errors.As(err, &settled) {
		return settled.refused, settled.status
	}
	var known *claims.Error
	if errors.As(err, &known) {
		if status, ok := statusOf[known.Kind]; ok {
			return known, status
		}
	}
	var http413 *http.MaxBytesError
	if errors.As(err, &http413) {
		return &claims.Error{Kind: claims.KindTooLarge, Key: "error.too_large", Args: []any{megabytes(http413.Limit)}, Cause: err}, http.StatusRequestEntityTooLarge
	}
	var fromEcho *echo.HTTPError
	if errors.As(err, &fromEcho) {
		return refusalOfEcho(fromEcho)
	}
	if errors.Is(err, context.Canceled) {
		return &claims.Error{Key: "error.canceled", Cause: err}, statusCanceled
	}
	return &claims.Error{Key: "error.internal", Cause: err}, http.StatusInternalServerError
}

func refusalOfEcho(err *echo.HTTPError) (*claims.Error, int) {
	switch err.Code {
	case http.StatusNotFound:
		return &claims.Error{Kind: claims.KindNotFound, Key: "error.no_page", Cause: err}, err.Code
	case http.StatusMethodNotAllowed:
		return &claims.Error{Kind: claims.KindInvalid, Key: "error.method", Cause: err}, err.Code
	}
	if err.Code < http.StatusInternalServerError {
		return &claims.Error{Kind: claims.KindInvalid, Key: "error.bad_request", Cause: err}, err.Code
	}
	return &claims.Error{Key: "error.internal", Cause: err}, err.Code
}

func megabytes(n int64) int64 { return (n + 1<<20 - 1) >> 20 }

// answerError is the one place where an error becomes a status and a page in
// the reader's language, or a problem document under /api.
func (s *Server) answerError(err error, c echo.Context) {
	e, status := refusal(err)
	s.logError(c, status, err)
	if c.Response().Committed {
		return
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "no-store")
	h.Del("ETag")
	h.Del(echo.HeaderContentDisposition)
	var sent error
	switch {
	case isAPI(c):
		sent = s.sendProblem(c, s.problemOf(c, e, status))
	case e.Key == "second_factor.required" && c.Request().Method == http.MethodGet:
		sent = seeOther(c, "/account/second-factor")
	case e.Kind == claims.KindUnauthenticated && visitOf(c).access.kind == accessDesk:
		sent = s.leadToLogin(c)
	default:
		sent = s.sendErrorPage(c, e, status)
	}
	if sent != nil {
		s.log.Error("error page not sent", "request", requestID(c), "err", sent)
	}
}

func (s *Server) logError(c echo.Context, status int, err error) {
	level := slog.LevelInfo
	if status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	s.log.Log(c.Request().Context(), level, "refused", "request", requestID(c), "status", status, "err", forLog(err))
}

// forLog words an error for the log, which learns what was refused but not what
// anybody typed: that may name whom the desk protects.
func forLog(err error) string {
	var e *claims.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	bare := &claims.Error{Kind: e.Kind, Key: e.Key, Cause: e.Cause}
	for _, f := range e.Fields {
		bare.Fields = append(bare.Fields, claims.FieldError{Field: f.Field, Key: f.Key})
	}
	return bare.Error()
}

// leadToLogin sends whoever is not signed in to the sign-in page, or to the
// set-up of a desk that has nobody yet.
func (s *Server) leadToLogin(c echo.Context) error {
	empty, err := s.desk.NeedsSetup(c.Request().Context())
	if err != nil {
		return err
	}
	if empty {
		return seeOther(c, "/setup")
	}
	return seeOther(c, loginPath(c.Request()))
}

func (s *Server) sendErrorPage(c echo.Context, e *claims.Error, status int) error {
	if status == http.StatusTooManyRequests {
		c.Response().Header().Set("Retry-After", retryAfter)
	}
	if forSite(c) {
		return s.sendErrorFile(c, e, status)
	}
	w := wordsOf(c)
	frame := s.frame(c, "", w.T(titleKey(status)))
	frame.Width = "narrow"
	return s.render(c, status, views.ErrorPage(views.ErrorView{
		Frame: frame, Status: status, Detail: w.Refusal(e), Request: requestID(c), Home: homePath(c),
		Stale: e.Kind == claims.KindStale,
	}))
}

// retryAfter is in seconds; it is what the sign-in limit asks for at least.
const retryAfter = "60"

// homePath is where an error page leads back to.
func homePath(c echo.Context) string {
	if visitOf(c).access.kind == accessPublic {
		return "/public"
	}
	return "/"
}

// titled lists the statuses that have a title of their own in the locales.
var titled = []int{
	http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusConflict,
	http.StatusGone, http.StatusPreconditionFailed, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType,
	http.StatusUnprocessableEntity, http.StatusPreconditionRequired, http.StatusTooManyRequests,
}

// titleKey names the words for a status.
func titleKey(status int) string {
	switch {
	case slices.Contains(titled, status):
		return "status." + strconv.Itoa(status)
	case status >= http.StatusInternalServerError:
		return "status.500"
	}
	return "status.400"
}

// writeJSON sends v as it is, without HTML escapes.
func writeJSON(c echo.Context, status int, contentType string, v any) error {
	c.Response().Header().Set(echo.HeaderContentType, contentType)
	c.Response().WriteHeader(status)
	enc := json.NewEncoder(c.Response())
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
