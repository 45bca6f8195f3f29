// Package web is the desk over HTTP: pages, exports, the public side and the
// JSON API. A handler parses the request, calls one act of claims/workflow with
// the actor as an argument, and renders a view to a buffer; errors are returned
// and answered in one place (error.go). routes.go is the index.
package web

import (
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// Timeouts of the server. Handlers that stream extend their write deadline by
// themselves (extendDeadline).
const (
	readHeaderTimeout = 10 * time.Second
	readTimeout       = 2 * time.Minute
	writeTimeout      = 2 * time.Minute
	idleTimeout       = 2 * time.Minute
	maxHeaderBytes    = 64 << 10
)

// Config is what a Server is made of. Desk, Store and BaseURL are required.
type Config struct {
	Desk           *workflow.Desk
	Store          claims.Store // for session rows and readiness only
	Log            *slog.Logger // slog.Default where nil
	BaseURL        *url.URL     // what links begin with; https decides Secure and __Host-
	TrustedProxies []netip.Prefix
	// SetupCode gives the one-time code that /setup asks for while there is no
	// user; nil or "" refuses every code.
	SetupCode func() string
	Version   string
	Clock     claims.Clock // the machine's where nil
	Random    io.Reader    // crypto/rand where nil
	Built     time.Time    // when the program was made, which may change every page; zero where that is not known
	// Provider signs people in by OpenID Connect; nil where there is none.
	Provider *SignInProvider
	Dev      bool // adds pages for those who work on the program
}

// Server answers HTTP for one desk.
type Server struct {
	desk      *workflow.Desk
	store     claims.Store
	log       *slog.Logger
	base      *url.URL
	setupCode func() string
	version   string
	clock     claims.Clock
	random    io.Reader
	provider  *SignInProvider
	dev       bool

	public  *publicPages
	built   time.Time
	cookies sessions.Store
	pages   *pages // that are open
	cross   *http.CrossOriginProtection
	index   []route
	openAPI []byte // the document at /api/openapi.json
	echo    *echo.Echo
}

// New puts the server together; it listens to nothing yet.
func New(cfg Config) (*Server, error) {
	if cfg.Desk == nil || cfg.Store == nil || cfg.BaseURL == nil {
		return nil, errors.New("web: Desk, Store and BaseURL are required")
	}
	s := &Server{
		desk: cfg.Desk, store: cfg.Store, log: cfg.Log, base: cfg.BaseURL,
		setupCode: cfg.SetupCode, version: cfg.Version, clock: cfg.Clock, random: cfg.Random, provider: cfg.Provider, built: cfg.Built, dev: cfg.Dev,
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.setupCode == nil {
		s.setupCode = func() string { return "" }
	}
	if s.clock == nil {
		s.clock = claims.SystemClock{}
	}
	if s.random == nil {
		s.random = rand.Reader
	}
	s.public = newPublicPages()
	s.cookies = newSessionStore(s)
	s.pages = newPages(s.desk.News, s.log)
	s.cross = http.NewCrossOriginProtection()
	if err := s.cross.AddTrustedOrigin(s.base.Scheme + "://" + s.base.Host); err != nil {
		return nil, err
	}
	s.echo = newEcho(s, cfg.TrustedProxies)
	if err := s.register(); err != nil {
		return nil, err
	}
	return s, nil
}

func newEcho(s *Server, trusted []netip.Prefix) *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = ipExtractor(trusted)
	e.HTTPErrorHandler = s.answerError
	e.Use(s.begin, s.protect)
	return e
}

// Handler answers every request of the desk.
func (s *Server) Handler() http.Handler { return s.echo }

// HTTP is the server to run on a listener, with every timeout set.
func (s *Server) HTTP() *http.Server {
	out := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	out.RegisterOnShutdown(s.pages.close)
	return out
}

// secure reports whether the desk is reached over https.
func (s *Server) secure() bool { return s.base.Scheme == "https" }
