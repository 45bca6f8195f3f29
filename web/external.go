package web

import (
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

// externalAnchor is where the claim's page lists what was published elsewhere.
const externalAnchor = "#external"

func externalOf(c echo.Context) (desk.ExternalForm, workflow.ExternalPatch) {
	typed := desk.ExternalForm{URL: strings.TrimSpace(c.FormValue("url")), Title: c.FormValue("title"), Outlet: c.FormValue("outlet"), Published: strings.TrimSpace(c.FormValue("published"))}
	in := typed
	return typed, workflow.ExternalPatch{URL: &in.URL, Title: &in.Title, Outlet: &in.Outlet, Published: &in.Published}
}

func (s *Server) externalAdd(c echo.Context) error {
	typed, in := externalOf(c)
	e, err := s.desk.AddExternal(c.Request().Context(), actorOf(c), c.Param("id"), in)
	if err != nil {
		return s.claimRefused(c, err, "external", func(f *desk.ClaimForms) { f.External = typed })
	}
	return s.claimDone(c, claims.Claim{ID: e.Claim}, externalAnchor, "external.saved")
}

func (s *Server) externalEdit(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	typed, in := externalOf(c)
	id, err := s.externalOn(c)
	if err != nil {
		return err
	}
	e, err := s.desk.EditExternal(c.Request().Context(), actorOf(c), id, seen, in)
	if err != nil {
		return s.claimRefused(c, err, "external-"+id, func(f *desk.ClaimForms) { f.External = typed })
	}
	return s.claimDone(c, claims.Claim{ID: e.Claim}, externalAnchor, "external.saved")
}

func (s *Server) externalRemove(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	id, err := s.externalOn(c)
	if err != nil {
		return err
	}
	e, err := s.desk.RemoveExternal(c.Request().Context(), actorOf(c), id, seen)
	if err != nil {
		return s.claimRefused(c, err, "look-"+id, func(*desk.ClaimForms) {})
	}
	return s.claimDone(c, claims.Claim{ID: e.Claim}, externalAnchor, "external.removed")
}

func (s *Server) externalLook(c echo.Context) error {
	id, err := s.externalOn(c)
	if err != nil {
		return err
	}
	if _, err := s.desk.AskBacklink(c.Request().Context(), actorOf(c), id); err != nil {
		return s.claimRefused(c, err, "look-"+id, func(*desk.ClaimForms) {})
	}
	return s.claimDone(c, claims.Claim{ID: c.Param("id")}, externalAnchor, "external.asked")
}

// externalOn gives the id of a record that stands on the claim of the address.
func (s *Server) externalOn(c echo.Context) (string, error) {
	id := c.Param("xid")
	e, err := s.desk.ExternalCheck(c.Request().Context(), actorOf(c), id)
	if plain, _ := claims.PlainID(c.Param("id")); err == nil && e.Claim != plain {
		err = claims.NotFound("external_check", cut(id, maxShown))
	}
	return e.ID, err
}
