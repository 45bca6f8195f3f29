package web

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/auth"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

// factorOf tells how the reader's second factor stands, in the page's terms.
func (s *Server) factorOf(c echo.Context) (desk.Factor, error) {
	f, err := s.desk.SecondFactorOf(c.Request().Context(), actorOf(c))
	if err != nil {
		return desk.Factor{}, err
	}
	out := desk.Factor{
		InForce: f.InForce, Since: f.Since, RecoveryLeft: f.RecoveryLeft, Secret: f.Secret, Address: f.Address,
		HasPassword: f.HasPassword, Required: f.Required,
	}
	if f.Address != "" {
		out.Modules, err = auth.QR(f.Address)
	}
	return out, err
}

func (s *Server) factorShow(c echo.Context) error {
	return s.factorPage(c, http.StatusOK, desk.FactorView{})
}

func (s *Server) factorPage(c echo.Context, status int, v desk.FactorView) error {
	var err error
	if v.Factor, err = s.factorOf(c); err != nil {
		return err
	}
	if v.Factor.InForce && len(v.Codes) == 0 {
		return seeOther(c, "/account#second-factor")
	}
	v.Frame = s.narrow(c, "factor.title")
	return s.render(c, status, desk.FactorPage(v))
}

// factorRefused shows the page again, what is wrong beside its form.
func (s *Server) factorRefused(c echo.Context, err error) error {
	e, status := refusal(err)
	switch e.Kind {
	case claims.KindInvalid, claims.KindBusy, claims.KindConflict:
	default:
		return err
	}
	s.logError(c, status, err)
	factor, readErr := s.factorOf(c)
	if readErr != nil {
		return readErr
	}
	problems := views.ProblemsOf(wordsOf(c), err)
	if factor.InForce {
		return s.accountPage(c, status, desk.AccountPage{At: "factor", Problems: problems})
	}
	return s.factorPage(c, status, desk.FactorView{Problems: problems})
}

func (s *Server) factorBegin(c echo.Context) error {
	if err := s.desk.BeginFactor(c.Request().Context(), actorOf(c), c.FormValue("password")); err != nil {
		return s.factorRefused(c, err)
	}
	return seeOther(c, "/account/second-factor")
}

// factorConfirm answers with the page that shows the recovery codes, this once.
func (s *Server) factorConfirm(c echo.Context) error {
	codes, err := s.desk.ConfirmFactor(c.Request().Context(), actorOf(c), c.FormValue("code"))
	if err != nil {
		return s.factorRefused(c, err)
	}
	return s.factorPage(c, http.StatusOK, desk.FactorView{Codes: codes})
}

// factorCodes answers with the page that shows the new recovery codes, this once.
func (s *Server) factorCodes(c echo.Context) error {
	codes, err := s.desk.RenewRecovery(c.Request().Context(), actorOf(c), c.FormValue("password"))
	if err != nil {
		return s.factorRefused(c, err)
	}
	return s.factorPage(c, http.StatusOK, desk.FactorView{Codes: codes, Renewed: true})
}

func (s *Server) factorDrop(c echo.Context) error {
	if err := s.desk.DropFactor(c.Request().Context(), actorOf(c), c.FormValue("password")); err != nil {
		return s.factorRefused(c, err)
	}
	s.flash(c, "factor.dropped")
	return seeOther(c, "/account#second-factor")
}

// needsCode reports whether who it is has been proved and a code is still to come.
func needsCode(err error) bool {
	var e *claims.Error
	return errors.As(err, &e) && e.Key == workflow.CodeNeeded
}

// askCode goes from the first step of signing in to the second: the session
// that begins signs nobody in yet.
func (s *Server) askCode(c echo.Context, person claims.Person, next string, kept *views.KeptForm) error {
	if err := s.startHalf(c, person); err != nil {
		return err
	}
	if kept == nil {
		return seeOther(c, codePath(next))
	}
	return s.codePage(c, http.StatusOK, person, views.CodeView{Next: next, Kept: kept})
}

func (s *Server) codeShow(c echo.Context) error {
	next := localPath(c.QueryParam("next"))
	if actorOf(c).SignedIn() {
		return seeOther(c, next)
	}
	key, err := s.halfKey(c)
	if err != nil {
		return err
	}
	person, err := s.desk.HalfSignedIn(c.Request().Context(), key)
	if claims.KindOf(err) == claims.KindUnauthenticated {
		return seeOther(c, "/login")
	}
	if err != nil {
		return err
	}
	return s.codePage(c, http.StatusOK, person, views.CodeView{Next: next})
}

func (s *Server) codePage(c echo.Context, status int, person claims.Person, v views.CodeView) error {
	if person.Language != "" {
		visitOf(c).person.Language, visitOf(c).words = person.Language, nil
	}
	v.Frame, v.Who = s.narrow(c, "code.title"), calledName(person)
	return s.render(c, status, views.CodePage(v))
}

func (s *Server) codeSubmit(c echo.Context) error {
	next, kept := localPath(c.FormValue("next")), s.keptOf(c.Request())
	key, err := s.halfKey(c)
	if err != nil {
		return err
	}
	person, left, err := s.desk.FinishSignIn(c.Request().Context(), key, c.FormValue("code"), c.RealIP())
	if err != nil {
		return s.codeRefused(c, err, key, views.CodeView{Next: next, Kept: kept})
	}
	if err := s.startSession(c, person); err != nil {
		return err
	}
	if left >= 0 {
		s.flash(c, "code.recovery_used", strconv.Itoa(left))
	}
	if kept != nil {
		return s.keptShow(c, person, *kept)
	}
	return seeOther(c, next)
}

// codeRefused asks for the code again, or for everything where too much time
// has passed; a form that is carried stays.
func (s *Server) codeRefused(c echo.Context, err error, key string, v views.CodeView) error {
	e, status := refusal(err)
	switch e.Kind {
	case claims.KindUnauthenticated:
		return s.loginRefused(c, claims.Refuse(claims.KindUnauthenticated, "second_factor.ended"), views.LoginView{Next: v.Next, Kept: v.Kept})
	case claims.KindInvalid, claims.KindBusy:
	default:
		return err
	}
	person, gone := s.desk.HalfSignedIn(c.Request().Context(), key)
	if gone != nil {
		return gone
	}
	s.logError(c, status, err)
	if e.Kind == claims.KindBusy {
		c.Response().Header().Set("Retry-After", retryAfter)
	}
	v.Problems = views.ProblemsOf(wordsOf(c), err)
	return s.codePage(c, status, person, v)
}
