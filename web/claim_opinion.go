package web

import (
	"github.com/labstack/echo/v4"

	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

// opinionGive takes a reviewer's own opinion, after which they see the proposal.
func (s *Server) opinionGive(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	typed := desk.OpinionForm{Content: c.FormValue("content"), Attribution: c.FormValue("attribution"), Note: c.FormValue("note")}
	waive, form := c.FormValue("waive") == "yes", "opinion"
	if waive {
		form = "waive"
	}
	o, err := s.desk.GiveOpinion(c.Request().Context(), actorOf(c), c.Param("id"), seen, workflow.OpinionInput{
		Content: typed.Content, Attribution: typed.Attribution, Note: typed.Note, Waive: waive,
	})
	if err != nil {
		return s.claimRefused(c, err, form, func(f *desk.ClaimForms) { f.Opinion = typed })
	}
	claim, err := s.desk.Claim(c.Request().Context(), actorOf(c), o.Claim)
	if err != nil {
		return err
	}
	return s.claimDone(c, claim.Row.Claim, "#moves", "opinion.given")
}
