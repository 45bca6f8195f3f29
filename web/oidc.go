package web

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/oidc"
	"cotejo/claims/workflow"
	"cotejo/views"
)

// SignInProvider is the newsroom's OpenID Connect provider; nil where it has none.
type SignInProvider struct {
	Provider  *oidc.Provider
	Name      string      // as the sign-in page calls it
	Newcomers claims.Role // of people whom nobody invited; "" lets none in
}

// OIDCCallback is where a provider leads back to, under the desk's address.
const OIDCCallback = "/login/oidc/callback"

// name is what pages call the provider; "" where there is none.
func (p *SignInProvider) name() string {
	if p == nil {
		return ""
	}
	return p.Name
}

// oidcLife is how long somebody may take at the provider.
const oidcLife = 10 * time.Minute

// oidcTrip is what the browser keeps while its person is at the provider. It
// stands in a cookie of its own, since there is no session yet.
type oidcTrip struct {
	oidc.Flow
	Next   string    `json:"to"`
	Invite string    `json:"i,omitempty"`
	Until  time.Time `json:"u"`
}

func (s *Server) oidcCookie(value string, maxAge int) *http.Cookie {
	return &http.Cookie{Name: s.cookieName() + "-oidc", Value: value, Path: "/", MaxAge: maxAge, Secure: s.secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode}
}

// oidcBegin leads to the provider. A link starts it, never a form: the policy
// of our pages would not let a form follow the redirect.
func (s *Server) oidcBegin(c echo.Context) error {
	if s.provider == nil {
		return echo.ErrNotFound
	}
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
	address, flow, err := s.provider.Provider.Begin(c.Request().Context())
	if err != nil {
		return s.oidcRefused(c, err, next)
	}
	raw, err := json.Marshal(oidcTrip{Flow: flow, Next: cut(next, maxTripPath), Invite: cut(c.QueryParam("invite"), maxShown), Until: s.clock.Now().Add(oidcLife)})
	if err != nil {
		return err
	}
	http.SetCookie(c.Response(), s.oidcCookie(base64.RawURLEncoding.EncodeToString(raw), int(oidcLife/time.Second)))
	return seeOther(c, address)
}

// maxTripPath bounds what a cookie must hold, in bytes.
const maxTripPath = 1000

// oidcTripOf reads the cookie; the zero trip, which nothing matches, where it is
// missing, unreadable or too old.
func (s *Server) oidcTripOf(r *http.Request) oidcTrip {
	cookie, err := r.Cookie(s.oidcCookie("", 0).Name)
	if err != nil {
		return oidcTrip{}
	}
	var trip oidcTrip
	raw, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil || json.Unmarshal(raw, &trip) != nil || !trip.Until.After(s.clock.Now()) {
		return oidcTrip{}
	}
	return trip
}

// oidcCallback takes what the provider sent the browser back with.
func (s *Server) oidcCallback(c echo.Context) error {
	if s.provider == nil {
		return echo.ErrNotFound
	}
	trip := s.oidcTripOf(c.Request())
	next := localPath(trip.Next)
	person, err := s.oidcSignIn(c, trip)
	switch {
	case needsCode(err):
		err = s.startHalf(c, person)
		next = codePath(next)
	case err == nil:
		err = s.startSession(c, person)
	default:
		http.SetCookie(c.Response(), s.oidcCookie("", -1))
		return s.oidcRefused(c, err, next)
	}
	if err != nil {
		return err
	}
	http.SetCookie(c.Response(), s.oidcCookie("", -1)) // after the session's, which takes the place of all cookies before it
	return seeOther(c, next)
}

// oidcSignIn proves who somebody is and finds their account.
func (s *Server) oidcSignIn(c echo.Context, trip oidcTrip) (claims.Person, error) {
	ctx := c.Request().Context()
	who, err := s.provider.Provider.Finish(ctx, trip.Flow, c.QueryParams())
	if err != nil {
		return claims.Person{}, err
	}
	proved := workflow.Proved{Issuer: who.Issuer, Subject: who.Subject, Name: who.Username, Display: who.Name}
	if who.Verified {
		proved.Email = who.Email
	}
	if proved.Name == "" {
		proved.Name = who.Email
	}
	person, err := s.desk.SignInByIdentity(ctx, proved, workflow.Arrival{Invite: trip.Invite, Newcomers: s.provider.Newcomers})
	var refused *claims.Error
	if errors.As(err, &refused) && refused.Key == "identity.unknown" && who.Email != "" && !who.Verified {
		err = claims.Refuse(claims.KindUnauthenticated, "identity.unverified")
	}
	return person, err
}

// oidcRefused shows the sign-in page with what went wrong at the provider.
func (s *Server) oidcRefused(c echo.Context, err error, next string) error {
	e, status := refusal(err)
	if e.Kind == "" {
		return err
	}
	if e.Key == "oidc.unreachable" {
		status = http.StatusServiceUnavailable
	}
	s.logError(c, status, err)
	v := s.loginView(c, views.LoginView{Next: next})
	v.Problems = views.ProblemsOf(wordsOf(c), err)
	return s.render(c, status, views.LoginPage(v))
}

func codePath(next string) string { return "/login/code?next=" + url.QueryEscape(next) }
