package web

import (
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

func contactOf(c echo.Context) (desk.ContactForm, workflow.ContactInput) {
	typed := desk.ContactForm{
		Whom: c.FormValue("whom"), Means: c.FormValue("means"), Question: c.FormValue("question"), AskedAt: strings.TrimSpace(c.FormValue("asked_at")),
		Deadline: strings.TrimSpace(c.FormValue("deadline")), Answer: c.FormValue("answer"), Public: c.FormValue("public"), Closed: c.FormValue("closed") == "yes",
	}
	return typed, workflow.ContactInput{
		Whom: typed.Whom, Means: claims.Means(typed.Means), Question: typed.Question, AskedAt: typed.AskedAt, Deadline: typed.Deadline,
		Answer: typed.Answer, Closed: typed.Closed, Public: typed.Public,
	}
}

func (s *Server) contactAdd(c echo.Context) error {
	typed, in := contactOf(c)
	k, err := s.desk.AddContact(c.Request().Context(), actorOf(c), c.Param("id"), in)
	if err != nil {
		return s.claimRefused(c, err, "contact", func(f *desk.ClaimForms) { f.Contact = typed })
	}
	return s.claimDone(c, claims.Claim{ID: k.Claim}, "#contacts", "contact.saved")
}

func (s *Server) contactEdit(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	typed, in := contactOf(c)
	k, err := s.desk.EditContact(c.Request().Context(), actorOf(c), c.Param("id"), c.Param("kid"), seen, in)
	if err != nil {
		return s.claimRefused(c, err, "contact-"+c.Param("kid"), func(f *desk.ClaimForms) { f.Contact = typed })
	}
	return s.claimDone(c, claims.Claim{ID: k.Claim}, "#contacts", "contact.saved")
}
