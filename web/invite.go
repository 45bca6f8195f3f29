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

// inviteURL is the whole address that an invite's token makes.
func (s *Server) inviteURL(token string) string { return s.base.JoinPath("invite", token).String() }

// inviteCreate answers with the page that shows the new link, this once.
func (s *Server) inviteCreate(c echo.Context) error {
	form := desk.InviteForm{
		Name: strings.TrimSpace(c.FormValue("name")), Display: c.FormValue("display"), Role: c.FormValue("role"), Days: c.FormValue("days"),
	}
	token, invite, err := s.createInvite(c, form)
	if err != nil {
		return s.peopleRefused(c, err, desk.PeoplePage{At: "invite", Invite: form})
	}
	return s.peoplePage(c, http.StatusOK, desk.PeoplePage{Link: s.inviteURL(token), LinkUntil: invite.ExpiresAt})
}

func (s *Server) createInvite(c echo.Context, form desk.InviteForm) (string, claims.Invite, error) {
	days, err := strconv.Atoi(strings.TrimSpace(form.Days))
	if form.Days != "" && (err != nil || days < 1) {
		return "", claims.Invite{}, claims.Invalid("days", "number.out_of_range", 1, workflow.MaxInviteDays)
	}
	return s.desk.CreateInvite(c.Request().Context(), actorOf(c), workflow.NewInvite{
		Role: claims.Role(form.Role), Name: form.Name, Display: form.Display, Days: days,
	})
}

func (s *Server) inviteRevoke(c echo.Context) error {
	err := s.desk.RevokeInvite(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	s.flash(c, "people.invite_revoked")
	return seeOther(c, "/people#invites")
}

// inviteShow is where an invite's link leads.
func (s *Server) inviteShow(c echo.Context) error {
	invite, err := s.desk.Invited(c.Request().Context(), c.Param("token"), c.RealIP())
	if err != nil {
		return s.inviteShut(c, err)
	}
	return s.invitePage(c, http.StatusOK, views.InviteView{Name: invite.Name, Display: invite.Display}, invite)
}

func (s *Server) invitePage(c echo.Context, status int, v views.InviteView, invite claims.Invite) error {
	v.Frame = s.narrow(c, "invite.title")
	v.Token, v.Role, v.Until, v.Provider = c.Param("token"), string(invite.Role), invite.ExpiresAt, s.provider.name()
	v.SignedIn = calledName(personOf(c))
	return s.render(c, status, views.InvitePage(v))
}

// inviteShut says why a link opens nothing any more.
func (s *Server) inviteShut(c echo.Context, err error) error {
	e, status := refusal(err)
	if e.Kind != claims.KindGone && e.Kind != claims.KindNotFound {
		return err
	}
	s.logError(c, status, err)
	return s.render(c, status, views.InviteShut(views.InviteShutView{Frame: s.narrow(c, "invite.shut"), Why: wordsOf(c).Refusal(e)}))
}

// inviteAccept makes the invitee's account and signs them in.
func (s *Server) inviteAccept(c echo.Context) error {
	if actorOf(c).SignedIn() {
		return seeOther(c, "/invite/"+c.Param("token"))
	}
	in := workflow.NewPerson{
		Name: strings.TrimSpace(c.FormValue("name")), Display: strings.TrimSpace(c.FormValue("display")),
		Password: c.FormValue("password"), Language: c.FormValue("language"),
	}
	err := error(claims.Invalid("repeat", "session.passwords_differ"))
	var person claims.Person
	if in.Password == c.FormValue("repeat") {
		person, err = s.desk.AcceptInvite(c.Request().Context(), c.Param("token"), in, c.RealIP())
	}
	if err != nil {
		return s.inviteRefused(c, err, in)
	}
	if err := s.startSession(c, person); err != nil {
		return err
	}
	return seeOther(c, "/")
}

// inviteRefused shows the form again with what was typed, the password left out.
func (s *Server) inviteRefused(c echo.Context, err error, in workflow.NewPerson) error {
	e, status := refusal(err)
	if e.Kind != claims.KindInvalid && e.Kind != claims.KindConflict {
		return s.inviteShut(c, err)
	}
	invite, gone := s.desk.Invited(c.Request().Context(), c.Param("token"), c.RealIP())
	if gone != nil {
		return s.inviteShut(c, gone)
	}
	s.logError(c, status, err)
	v := views.InviteView{Name: in.Name, Display: in.Display, Language: in.Language, Problems: views.ProblemsOf(wordsOf(c), err)}
	return s.invitePage(c, status, v, invite)
}
