package web

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
)

// contentPolicy lets a page load its own files and nothing else; no inline
// script, style or handler runs. JSON-LD is a data block and needs no exception.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'self'; frame-ancestors 'none'; base-uri 'none'; font-src 'self'; frame-src 'self'; manifest-src 'self'"

const (
	multipartMemory = 1 << 20  // of a form's parts; the rest is spooled by net/http
	drainBound      = 64 << 20 // of a body too large, read so that the answer arrives
)

// ipExtractor reads the caller's address: the connection's, or what the
// trusted proxies say in X-Forwarded-For.
func ipExtractor(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range trusted {
		options = append(options, echo.TrustIPRange(ipNet(p)))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// begin gives the request its id, sets the headers that every response bears,
// catches panics and writes the access log: path without query, no secrets.
func (s *Server) begin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		started := time.Now()
		id, err := claims.NewID(s.random, claims.IDLen)
		if err != nil {
			return err
		}
		v := visitOf(c)
		v.id, v.since = id, s.clock.Now().Truncate(time.Microsecond)
		s.setHeaders(c.Response().Header(), id)
		if err := s.recovered(c, next); err != nil {
			c.Error(err)
		}
		s.log.LogAttrs(c.Request().Context(), slog.LevelInfo, "request",
			slog.String("request", id), slog.String("method", c.Request().Method), slog.String("path", loggedPath(c.Request().URL.Path)),
			slog.Int("status", c.Response().Status), slog.Int64("bytes", c.Response().Size),
			slog.Duration("took", time.Since(started)), slog.String("ip", loggedIP(c)), slog.String("actor", v.actor.ID))
		return nil
	}
}

// loggedIP is the caller's address, but where a reader reports an error: who they are
// is kept nowhere.
func loggedIP(c echo.Context) string {
	if strings.HasPrefix(c.Path(), "/c/") && strings.HasSuffix(c.Path(), "/report") {
		return ""
	}
	return c.RealIP()
}

// loggedPath is a path without the token that an invite's has in it.
func loggedPath(path string) string {
	if strings.HasPrefix(path, "/invite/") {
		return "/invite/…"
	}
	return path
}

func (s *Server) setHeaders(h http.Header, id string) {
	h.Set("X-Request-Id", id)
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	h.Set("Cache-Control", "no-store")
	if s.secure() {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// recovered runs next and turns a panic into an error with its stack.
func (s *Server) recovered(c echo.Context, next echo.HandlerFunc) (err error) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		if aborted, ok := p.(error); ok && errors.Is(aborted, http.ErrAbortHandler) {
			panic(p)
		}
		err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
	}()
	return next(c)
}

// protect refuses unsafe requests that another site's page sent. A request
// with a bearer token carries no ambient authority and needs no such proof.
func (s *Server) protect(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if isAPI(c) && bearer(c.Request()) != "" {
			return next(c)
		}
		if err := s.cross.Check(c.Request()); err != nil {
			return &claims.Error{Kind: claims.KindNotAllowed, Key: "error.cross_origin", Cause: err}
		}
		return next(c)
	}
}

// isAPI reports whether the path belongs to programs: errors are problem
// documents there.
func isAPI(c echo.Context) bool {
	path := c.Request().URL.Path
	return path == "/api" || strings.HasPrefix(path, "/api/")
}

// bearer gives the token of the Authorization header, or "".
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// guard stands before every handler: who may come in, how large a body may be,
// and that a form can be read at all. A form that comes without a session is
// read too, so that what was typed is not lost.
func (s *Server) guard(r route) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			visitOf(c).access = r.access
			err := s.admit(c, r.access)
			if err != nil && !lostSession(r, err) {
				return err
			}
			if r.method == get {
				return next(c)
			}
			return s.bounded(c, r.bound, func(c echo.Context) error {
				if broken := parseForm(c.Request()); broken != nil {
					return broken
				}
				if err == nil {
					err = s.onceForm(c, next)
				}
				if lostSession(r, err) {
					return s.signInAgain(c, err)
				}
				return err
			})
		}
	}
}

func (s *Server) admit(c echo.Context, a access) error {
	if a.kind == accessPublic {
		return s.dated(c)
	}
	v := visitOf(c)
	var err error
	if v.settings, err = s.desk.Settings(c.Request().Context()); err != nil {
		return err
	}
	if err := s.loadSession(c); err != nil {
		return err
	}
	if a.kind != accessDesk {
		return nil
	}
	return claims.May(v.actor, a.act, v.settings)
}

// bounded runs next with a body of at most limit bytes (formBound where 0). Of
// a larger one the rest is read and dropped, so that the refusal is not lost
// in a broken connection.
func (s *Server) bounded(c echo.Context, limit int64, next echo.HandlerFunc) error {
	if limit == 0 {
		limit = formBound
	}
	r, whole := c.Request(), c.Request().Body
	body := &boundBody{ReadCloser: http.MaxBytesReader(c.Response(), whole, limit)}
	r.Body = body
	err := next(c)
	if body.over {
		_, _ = io.CopyN(io.Discard, whole, drainBound)
	}
	return err
}

// boundBody remembers that it was too large, also where a handler answers that itself.
type boundBody struct {
	io.ReadCloser
	over bool
}

func (b *boundBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.over = b.over || tooLarge(err)
	return n, err
}

func tooLarge(err error) bool {
	var limit *http.MaxBytesError
	return errors.As(err, &limit)
}

// parseForm reads the form once, before any handler, so that a body that is
// too large or broken is refused instead of read as empty.
func parseForm(r *http.Request) error {
	var err error
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		err = r.ParseMultipartForm(multipartMemory)
	} else {
		err = r.ParseForm()
	}
	if err == nil {
		takeStanding(r)
	}
	if err == nil || tooLarge(err) {
		return err
	}
	return &claims.Error{Kind: claims.KindInvalid, Key: "error.broken_form", Cause: err}
}

// takeStanding puts what stands in the place of what was typed, in the fields that
// somebody ticked where a form showed both (views.ClashBox).
func takeStanding(r *http.Request) {
	for _, name := range r.PostForm["take"] {
		if stands, ok := r.PostForm["stands."+name]; ok {
			r.PostForm[name], r.Form[name] = stands, stands
		}
	}
}

// loginPath leads to the sign-in page and back to where the reader wanted to go.
func loginPath(r *http.Request) string {
	if r.Method != http.MethodGet || r.URL.Path == "/" {
		return "/login"
	}
	return "/login?next=" + url.QueryEscape(r.URL.RequestURI())
}

// localPath gives next where it is a path of this desk, else "/".
func localPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(next, "/") ||
		strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	return next
}

func ipNet(p netip.Prefix) *net.IPNet {
	p = p.Masked()
	return &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}
}
