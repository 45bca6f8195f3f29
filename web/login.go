package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/auth"
	"cotejo/claims/workflow"
	"cotejo/views"
)

func (s *Server) loginShow(c echo.Context) error {
	next := localPath(c.QueryParam("next"))
	if actorOf(c).SignedIn() {
		return seeOther(c, next)
	}
	empty, err := s.desk.NeedsSetup(c.Request().Context())
	if err != nil {
		return err
	}
	if empty {
		return seeOther(c, "/setup")
	}
	return s.render(c, http.StatusOK, views.LoginPage(s.loginView(c, views.LoginView{Next: next})))
}

// loginView is the sign-in page around what was typed.
func (s *Server) loginView(c echo.Context, v views.LoginView) views.LoginView {
	v.Frame, v.Provider = s.narrow(c, "session.sign_in"), s.provider.name()
	return v
}

func (s *Server) loginSubmit(c echo.Context) error {
	name, next := strings.TrimSpace(c.FormValue("name")), localPath(c.FormValue("next"))
	kept := s.keptOf(c.Request())
	person, err := s.desk.SignIn(c.Request().Context(), name, c.FormValue("password"), c.RealIP())
	if needsCode(err) {
		return s.askCode(c, person, next, kept)
	}
	if err != nil {
		return s.loginRefused(c, err, views.LoginView{Name: name, Next: next, Kept: kept})
	}
	if err := s.startSession(c, person); err != nil {
		return err
	}
	if kept != nil {
		return s.keptShow(c, person, *kept)
	}
	return seeOther(c, next)
}

// keptShow shows the form that was carried through the sign-in, for the person
// to send: nothing is sent by itself.
func (s *Server) keptShow(c echo.Context, person claims.Person, kept views.KeptForm) error {
	v := visitOf(c)
	v.actor, v.person, v.words = claims.Actor{ID: person.ID, Name: person.Name, Role: person.Role}, person, nil
	return s.render(c, http.StatusOK, views.KeptPage(views.KeptView{Frame: s.narrow(c, "session.kept"), Form: kept}))
}

// loginRefused shows the form again with what was typed, the password left out.
func (s *Server) loginRefused(c echo.Context, err error, typed views.LoginView) error {
	_, status := refusal(err)
	if status >= http.StatusInternalServerError {
		return err
	}
	s.logError(c, status, err)
	if status == http.StatusTooManyRequests {
		c.Response().Header().Set("Retry-After", retryAfter)
	}
	typed = s.loginView(c, typed)
	typed.Problems = views.ProblemsOf(wordsOf(c), err)
	return s.render(c, status, views.LoginPage(typed))
}

// narrow is the frame of a page that holds one small form.
func (s *Server) narrow(c echo.Context, titleKey string) views.Frame {
	frame := s.frame(c, "", wordsOf(c).T(titleKey))
	frame.Width = "narrow"
	return frame
}

func (s *Server) logoutShow(c echo.Context) error {
	if !actorOf(c).SignedIn() {
		return seeOther(c, "/login")
	}
	return s.render(c, http.StatusOK, views.LogoutPage(views.LogoutView{Frame: s.narrow(c, "session.sign_out")}))
}

func (s *Server) logoutSubmit(c echo.Context) error {
	v := visitOf(c)
	if v.actor.SignedIn() {
		if err := s.desk.SignOut(c.Request().Context(), v.actor, v.sessionKey); err != nil {
			return err
		}
	}
	if err := s.endCookie(c); err != nil {
		return err
	}
	return seeOther(c, "/login")
}

func (s *Server) setupShow(c echo.Context) error {
	empty, err := s.desk.NeedsSetup(c.Request().Context())
	if err != nil {
		return err
	}
	if !empty {
		return seeOther(c, "/login")
	}
	return s.render(c, http.StatusOK, views.SetupPage(views.SetupView{Frame: s.narrow(c, "session.setup")}))
}

// setupSubmit makes the first person, an admin, for whoever can read the
// one-time code in the program's log.
func (s *Server) setupSubmit(c echo.Context) error {
	in := workflow.NewPerson{
		Name: strings.TrimSpace(c.FormValue("name")), Display: strings.TrimSpace(c.FormValue("display")),
		Password: c.FormValue("password"), Role: claims.RoleAdmin, Language: c.FormValue("language"),
	}
	person, err := s.setUp(c, in)
	if err != nil {
		return s.setupRefused(c, err, in)
	}
	if err := s.startSession(c, person); err != nil {
		return err
	}
	return seeOther(c, "/")
}

func (s *Server) setUp(c echo.Context, in workflow.NewPerson) (claims.Person, error) {
	if !auth.SameCode(c.FormValue("code"), s.setupCode()) {
		return claims.Person{}, claims.Invalid("code", "session.wrong_code")
	}
	if in.Password != c.FormValue("repeat") {
		return claims.Person{}, claims.Invalid("repeat", "session.passwords_differ")
	}
	return s.desk.SetUp(c.Request().Context(), in)
}

func (s *Server) setupRefused(c echo.Context, err error, in workflow.NewPerson) error {
	e, status := refusal(err)
	if e.Kind != claims.KindInvalid {
		return err
	}
	s.logError(c, status, err)
	return s.render(c, status, views.SetupPage(views.SetupView{
		Frame: s.narrow(c, "session.setup"), Name: in.Name, Display: in.Display, Language: in.Language,
		Problems: views.ProblemsOf(wordsOf(c), err),
	}))
}
