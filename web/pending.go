package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// Each of these goes when its page is there; the file goes with the last one.

func pending(c echo.Context) error { return echo.NewHTTPError(http.StatusNotImplemented) }

func (s *Server) deskShow(c echo.Context) error         { return pending(c) }
func (s *Server) checkList(c echo.Context) error        { return pending(c) }
func (s *Server) checkNew(c echo.Context) error         { return pending(c) }
func (s *Server) checkCreate(c echo.Context) error      { return pending(c) }
func (s *Server) checkEdit(c echo.Context) error        { return pending(c) }
func (s *Server) checkUpdate(c echo.Context) error      { return pending(c) }
func (s *Server) checkMove(c echo.Context) error        { return pending(c) }
func (s *Server) historyShow(c echo.Context) error      { return pending(c) }
func (s *Server) helpShow(c echo.Context) error         { return pending(c) }
func (s *Server) accountShow(c echo.Context) error      { return pending(c) }
func (s *Server) accountPassword(c echo.Context) error  { return pending(c) }
func (s *Server) accountLanguage(c echo.Context) error  { return pending(c) }
func (s *Server) sessionRevokeAll(c echo.Context) error { return pending(c) }
func (s *Server) sessionRevoke(c echo.Context) error    { return pending(c) }
func (s *Server) tokenCreate(c echo.Context) error      { return pending(c) }
func (s *Server) tokenRevoke(c echo.Context) error      { return pending(c) }
func (s *Server) personList(c echo.Context) error       { return pending(c) }
func (s *Server) personAdd(c echo.Context) error        { return pending(c) }
func (s *Server) personRole(c echo.Context) error       { return pending(c) }
func (s *Server) personDisable(c echo.Context) error    { return pending(c) }
func (s *Server) personReset(c echo.Context) error      { return pending(c) }
func (s *Server) settingShow(c echo.Context) error      { return pending(c) }
func (s *Server) settingUpdate(c echo.Context) error    { return pending(c) }
func (s *Server) eventErase(c echo.Context) error       { return pending(c) }
