package web

import (
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

// claimSplit cuts the quoted words out of a claim and leads to the new one.
func (s *Server) claimSplit(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	typed := desk.SplitForm{Quote: c.FormValue("quote")}
	in := workflow.SplitInput{Quote: typed.Quote}
	if start, err := strconv.Atoi(c.FormValue("start")); err == nil {
		in.Start = &start
	}
	_, part, err := s.desk.SplitClaim(c.Request().Context(), actorOf(c), c.Param("id"), seen, in)
	if err != nil {
		return s.claimRefused(c, err, "split", func(f *desk.ClaimForms) { f.Split = typed })
	}
	s.flash(c, "claim.split_done", claims.ShowID(c.Param("id")), claims.ShowID(part.ID))
	return seeOther(c, "/claims/"+part.ID)
}

// claimMerge sets a claim aside for the one that says the same.
func (s *Server) claimMerge(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	typed := desk.SplitForm{Into: strings.TrimSpace(c.FormValue("of")), Note: c.FormValue("note")}
	claim, err := s.desk.MergeClaim(c.Request().Context(), actorOf(c), c.Param("id"), seen, typed.Into, typed.Note)
	if err != nil {
		return s.claimRefused(c, err, "merge", func(f *desk.ClaimForms) { f.Split = typed })
	}
	s.flash(c, "claim.merged", claims.ShowID(claim.ID), claims.ShowID(claim.Dismissed.Of))
	return seeOther(c, "/claims/"+claim.Dismissed.Of)
}
