package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
)

// admit stands before every call of the API: a token says who acts, the body is
// bounded, and an Idempotency-Key gives the first answer again.
func (a *api) admit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		e, ok := a.endpoints[c.Request().Method+" "+c.Path()]
		if !ok {
			return next(c)
		}
		v := visitOf(c)
		v.access = access{accessAPI, e.act}
		token := bearer(c.Request())
		if token == "" {
			return claims.Refuse(claims.KindUnauthenticated, "api.no_token")
		}
		actor, err := a.server.desk.ActorForToken(c.Request().Context(), token)
		if err != nil {
			return err
		}
		v.actor = actor
		return a.server.bounded(c, e.bound, a.once(e, next))
	}
}

// keeps reports whether the answer to a method is kept under an Idempotency-Key.
func keeps(method string) bool {
	return method == http.MethodPost || method == http.MethodPatch || method == http.MethodPut
}

// once gives the first answer again to a request whose key was seen.
func (a *api) once(e endpoint, next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		key := c.Request().Header.Get("Idempotency-Key")
		if key == "" || !keeps(c.Request().Method) {
			return next(c)
		}
		if e.secret == secretResponse {
			return claims.Invalid("Idempotency-Key", "api.no_idempotency")
		}
		digest, err := requestDigest(c.Request(), e.secret)
		if err != nil {
			return err
		}
		reply, fresh, err := a.server.desk.Reserve(c.Request().Context(), actorOf(c), key, digest)
		if err != nil {
			return err
		}
		if !fresh {
			return replay(c, reply)
		}
		reply.Status, reply.Header, reply.Body = a.server.recorded(c, next)
		return a.server.desk.Answer(c.Request().Context(), actorOf(c), reply)
	}
}

// requestDigest says what was asked: method, path, version seen and body. The
// body is read and put back.
func requestDigest(r *http.Request, secret secrecy) (string, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return "", err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	sum := sha256.New()
	for _, part := range []string{r.Method, r.URL.RequestURI(), r.Header.Get("If-Match")} {
		sum.Write([]byte(part + "\n"))
	}
	if secret == secretNothing {
		sum.Write(body)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// keptHeaders are those of an answer that are given again with it.
var keptHeaders = []string{echo.HeaderContentType, "ETag", echo.HeaderLocation}

// recorded answers the request, a failure too, and keeps what was said.
func (s *Server) recorded(c echo.Context, next echo.HandlerFunc) (status int, header map[string]string, body []byte) {
	out := &recorder{ResponseWriter: c.Response().Writer}
	c.Response().Writer = out
	if err := s.recovered(c, next); err != nil {
		c.Error(err)
	}
	c.Response().Writer = out.ResponseWriter
	header = map[string]string{}
	for _, name := range keptHeaders {
		if v := c.Response().Header().Get(name); v != "" {
			header[name] = v
		}
	}
	return c.Response().Status, header, out.body.Bytes()
}

// recorder copies what is written through it.
type recorder struct {
	http.ResponseWriter
	body bytes.Buffer
}

// Write sends p on and keeps it.
func (r *recorder) Write(p []byte) (int, error) {
	r.body.Write(p)
	return r.ResponseWriter.Write(p)
}

// Unwrap leads http.ResponseController to the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func replay(c echo.Context, reply claims.Reply) error {
	h := c.Response().Header()
	for name, value := range reply.Header {
		h.Set(name, value)
	}
	h.Set("Idempotency-Replayed", "true")
	c.Response().WriteHeader(reply.Status)
	_, err := c.Response().Write(reply.Body)
	return err
}
