package web

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// readyPatience is how long the database may take to answer before the desk
// says that it is not ready.
const readyPatience = 2 * time.Second

// healthShow says that the process lives.
func (s *Server) healthShow(c echo.Context) error {
	return c.String(http.StatusOK, "ok\n")
}

// readyShow says whether the database answers.
func (s *Server) readyShow(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), readyPatience)
	defer cancel()
	if err := s.store.Ping(ctx); err != nil {
		s.log.Error("database does not answer", "request", requestID(c), "err", err)
		return c.String(http.StatusServiceUnavailable, "database does not answer\n")
	}
	return c.String(http.StatusOK, "ready\n")
}
