package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
)

func (s *Server) personList(c echo.Context) error {
	return s.peoplePage(c, http.StatusOK, views.PeoplePage{Form: views.PersonForm{Role: string(claims.RoleChecker)}})
}

func (s *Server) peoplePage(c echo.Context, status int, p views.PeoplePage) error {
	people, err := s.desk.People(c.Request().Context(), actorOf(c))
	if err != nil {
		return err
	}
	p.Frame, p.People = s.frame(c, "people", wordsOf(c).T("people.title")), people
	return s.render(c, status, views.People(p))
}

func (s *Server) personAdd(c echo.Context) error {
	form := views.PersonForm{
		Name: strings.TrimSpace(c.FormValue("name")), Display: c.FormValue("display"), Role: c.FormValue("role"), Language: c.FormValue("language"),
	}
	person, err := s.desk.AddPerson(c.Request().Context(), actorOf(c), workflow.NewPerson{
		Name: form.Name, Display: form.Display, Password: c.FormValue("password"), Role: claims.Role(form.Role), Language: form.Language,
	})
	if err != nil {
		return s.personRefused(c, err, "", form)
	}
	s.flash(c, "people.added", person.Name)
	return seeOther(c, "/people")
}

// personRefused shows the people again, what is wrong beside the form it
// concerns; id is "" for the form that adds somebody.
func (s *Server) personRefused(c echo.Context, err error, id string, form views.PersonForm) error {
	e, status := refusal(err)
	switch e.Kind {
	case claims.KindInvalid, claims.KindConflict, claims.KindStale, claims.KindIllegalMove:
	default:
		return err
	}
	s.logError(c, status, err)
	return s.peoplePage(c, status, views.PeoplePage{At: id, Form: form, Problems: views.ProblemsOf(wordsOf(c), err)})
}

// personChange runs one act on an account as its form saw it.
func (s *Server) personChange(c echo.Context, done string, change func(id string, version int64) error) error {
	id := c.Param("id")
	seen, err := versionOf(c)
	if err == nil {
		err = change(id, seen)
	}
	if err != nil {
		return s.personRefused(c, err, id, views.PersonForm{Role: string(claims.RoleChecker)})
	}
	s.flash(c, done)
	return seeOther(c, "/people#p-"+id)
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
