package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/desk"
)

func (s *Server) accountShow(c echo.Context) error {
	return s.accountPage(c, http.StatusOK, desk.AccountPage{})
}

func (s *Server) accountPage(c echo.Context, status int, p desk.AccountPage) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	var err error
	if p.Sessions, err = s.desk.Sessions(ctx, actor); err != nil {
		return err
	}
	if p.Tokens, err = s.desk.Tokens(ctx, actor); err != nil {
		return err
	}
	if p.Factor, err = s.factorOf(c); err != nil {
		return err
	}
	if p.Identity, err = s.desk.IdentityOf(ctx, actor); err != nil {
		return err
	}
	p.Provider = s.provider.name()
	wish, err := s.desk.MailWish(ctx, actor)
	if err != nil {
		return err
	}
	if p.At != "mail" {
		p.Mail.Address, p.Mail.Kinds = wish.Address, wish.Kinds
	}
	p.Mail.On = s.desk.SendsMail()
	p.Frame = s.frame(c, "account", wordsOf(c).T("account.title"))
	p.Width = "middle"
	p.Person, p.Current = personOf(c), visitOf(c).sessionKey
	return s.render(c, status, desk.Account(p))
}

// accountRefused shows the account again, what is wrong beside its form.
func (s *Server) accountRefused(c echo.Context, err error, p desk.AccountPage) error {
	e, status := refusal(err)
	switch e.Kind {
	case claims.KindInvalid, claims.KindNotAllowed, claims.KindBusy:
	default:
		return err
	}
	s.logError(c, status, err)
	p.Problems = views.ProblemsOf(wordsOf(c), err)
	return s.accountPage(c, status, p)
}

func (s *Server) accountPassword(c echo.Context) error {
	err := error(claims.Invalid("repeat", "session.passwords_differ"))
	if c.FormValue("password") == c.FormValue("repeat") {
		err = s.desk.ChangePassword(c.Request().Context(), actorOf(c), c.FormValue("old"), c.FormValue("password"))
	}
	if err != nil {
		return s.accountRefused(c, err, desk.AccountPage{At: "password"})
	}
	s.flash(c, "account.password_changed")
	return seeOther(c, "/account")
}

func (s *Server) accountLanguage(c echo.Context) error {
	if err := s.desk.SetLanguage(c.Request().Context(), actorOf(c), c.FormValue("language")); err != nil {
		return s.accountRefused(c, err, desk.AccountPage{At: "language"})
	}
	s.flash(c, "account.saved")
	return seeOther(c, "/account")
}

// sessionRevokeAll ends every session of the reader, this one too.
func (s *Server) sessionRevokeAll(c echo.Context) error {
	if err := s.desk.SignOutEverywhere(c.Request().Context(), actorOf(c)); err != nil {
		return err
	}
	return seeOther(c, "/login")
}

func (s *Server) sessionRevoke(c echo.Context) error {
	if err := s.desk.RevokeSession(c.Request().Context(), actorOf(c), c.Param("key")); err != nil {
		return err
	}
	s.flash(c, "account.session_ended")
	return seeOther(c, "/account#sessions")
}

// tokenCreate answers with the page that shows the new token, this once.
func (s *Server) tokenCreate(c echo.Context) error {
	p := desk.AccountPage{At: "token", Scope: c.FormValue("scope"), Days: c.FormValue("days")}
	life, err := daysOf(p.Days)
	if err != nil {
		return s.accountRefused(c, err, p)
	}
	plain, _, err := s.desk.CreateToken(c.Request().Context(), actorOf(c), "", claims.Scope(p.Scope), life)
	if err != nil {
		return s.accountRefused(c, err, p)
	}
	return s.accountPage(c, http.StatusOK, desk.AccountPage{Token: plain})
}

// maxTokenDays bounds the life of a token that has an end, in days.
const maxTokenDays = 3650

// daysOf reads how many days a token lives; "" is for ever.
func daysOf(s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	days, err := strconv.Atoi(s)
	if err != nil || days < 1 || days > maxTokenDays {
		return 0, claims.Invalid("days", "number.out_of_range", "1", strconv.Itoa(maxTokenDays))
	}
	return time.Duration(days) * 24 * time.Hour, nil
}

func (s *Server) tokenRevoke(c echo.Context) error {
	if err := s.desk.RevokeToken(c.Request().Context(), actorOf(c), c.Param("id")); err != nil {
		return err
	}
	s.flash(c, "account.token_gone", c.Param("id"))
	return seeOther(c, "/account#tokens")
}
