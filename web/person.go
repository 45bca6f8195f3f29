package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

func (s *Server) personList(c echo.Context) error {
	return s.peoplePage(c, http.StatusOK, desk.PeoplePage{})
}

func (s *Server) peoplePage(c echo.Context, status int, p desk.PeoplePage) error {
	roster, err := s.desk.Roster(c.Request().Context(), actorOf(c))
	if err != nil {
		return err
	}
	p.People, p.Factors, p.Identities, p.Invites, p.Now = roster.People, roster.Factors, roster.Identities, roster.Invites, roster.Now
	p.Provider = s.provider.name()
	if p.Form.Role == "" {
		p.Form.Role = string(claims.RoleChecker)
	}
	if p.Invite == (desk.InviteForm{}) {
		p.Invite = desk.InviteForm{Role: string(claims.RoleChecker), Days: strconv.Itoa(workflow.InviteDays)}
	}
	p.Frame = s.frame(c, "people", wordsOf(c).T("people.title"))
	return s.render(c, status, desk.People(p))
}

func (s *Server) personAdd(c echo.Context) error {
	form := desk.PersonForm{
		Name: strings.TrimSpace(c.FormValue("name")), Display: c.FormValue("display"), Role: c.FormValue("role"), Language: c.FormValue("language"),
	}
	person, err := s.desk.AddPerson(c.Request().Context(), actorOf(c), workflow.NewPerson{
		Name: form.Name, Display: form.Display, Password: c.FormValue("password"), Role: claims.Role(form.Role), Language: form.Language,
	})
	if err != nil {
		return s.peopleRefused(c, err, desk.PeoplePage{Form: form})
	}
	s.flash(c, "people.added", person.Name)
	return seeOther(c, "/people")
}

// peopleRefused shows the people again, what is wrong beside the form it
// concerns (p.At).
func (s *Server) peopleRefused(c echo.Context, err error, p desk.PeoplePage) error {
	e, status := refusal(err)
	switch e.Kind {
	case claims.KindInvalid, claims.KindConflict, claims.KindStale, claims.KindIllegalMove:
	default:
		return err
	}
	s.logError(c, status, err)
	p.Problems = views.ProblemsOf(wordsOf(c), err)
	return s.peoplePage(c, status, p)
}

// personChange runs one act on an account as its form saw it.
func (s *Server) personChange(c echo.Context, done string, change func(id string, version int64) error) error {
	id := c.Param("id")
	seen, err := versionOf(c)
	if err == nil {
		err = change(id, seen)
	}
	return s.personChanged(c, id, done, err)
}

func (s *Server) personChanged(c echo.Context, id, done string, err error) error {
	if err != nil {
		return s.peopleRefused(c, err, desk.PeoplePage{At: id})
	}
	s.flash(c, done)
	return seeOther(c, "/people#p-"+id)
}

func (s *Server) personSignOut(c echo.Context) error {
	err := s.desk.SignOutPerson(c.Request().Context(), actorOf(c), c.Param("id"))
	return s.personChanged(c, c.Param("id"), "people.signed_out", err)
}

func (s *Server) personFactorReset(c echo.Context) error {
	err := s.desk.ResetFactor(c.Request().Context(), actorOf(c), c.Param("id"))
	return s.personChanged(c, c.Param("id"), "people.factor_was_reset", err)
}

func (s *Server) personIdentity(c echo.Context) error {
	done := "people.identity_saved"
	if strings.TrimSpace(c.FormValue("email")) == "" {
		done = "people.identity_gone"
	}
	return s.personChange(c, done, func(id string, version int64) error {
		return s.desk.SetIdentity(c.Request().Context(), actorOf(c), id, version, c.FormValue("email"))
	})
}

func (s *Server) personRole(c echo.Context) error {
	return s.personChange(c, "people.role_changed", func(id string, version int64) error {
		return s.desk.SetRole(c.Request().Context(), actorOf(c), id, version, claims.Role(c.FormValue("role")))
	})
}

func (s *Server) personDisable(c echo.Context) error {
	disabled := c.FormValue("disabled") != "no"
	done := "people.enabled_again"
	if disabled {
		done = "people.was_disabled"
	}
	return s.personChange(c, done, func(id string, version int64) error {
		return s.desk.SetDisabled(c.Request().Context(), actorOf(c), id, version, disabled)
	})
}

func (s *Server) personReset(c echo.Context) error {
	return s.personChange(c, "people.was_reset", func(id string, version int64) error {
		return s.desk.ResetPassword(c.Request().Context(), actorOf(c), id, version, c.FormValue("password"))
	})
}
