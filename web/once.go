package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
)

// onceField is the hidden field of every form of the desk by which a second
// sending of the same is known.
const onceField = "once"

// A form that is sent again while it is being acted on waits for the answer, as
// long as onceWait.
const (
	onceWait = 10 * time.Second
	onceStep = 20 * time.Millisecond // of the first look; doubled for each further one
)

var postForm = regexp.MustCompile(`<form\b[^>]*\bmethod="post"[^>]*>`) // attributes hold no bare >

// withTokens gives every form of a page that changes something a token of its own.
func withTokens(page []byte) []byte {
	return postForm.ReplaceAllFunc(page, func(tag []byte) []byte {
		return append(slices.Clone(tag), `<input type="hidden" name="`+onceField+`" value="`+rand.Text()+`"/>`...)
	})
}

// onceForm acts on a form the first time that it is sent, and gives the first
// answer again to whoever sends the same a second time. One that was refused
// may be sent again; one without a token is acted on each time.
func (s *Server) onceForm(c echo.Context, next echo.HandlerFunc) error {
	if visitOf(c).access.kind != accessDesk || c.Request().PostForm.Get(onceField) == "" {
		return next(c)
	}
	key, err := formKey(c.Request())
	if err != nil {
		return err
	}
	reply, fresh, err := s.reserveForm(c, key)
	if err != nil {
		return err
	}
	if !fresh {
		return c.Redirect(reply.Status, reply.Header[echo.HeaderLocation])
	}
	ctx := context.WithoutCancel(c.Request().Context()) // a browser that sends twice hangs up on the first
	answered := false
	defer func() {
		if !answered {
			s.logOnce(ctx, s.desk.Release(ctx, actorOf(c), key))
		}
	}()
	if err := next(c); err != nil {
		return err
	}
	if answered = c.Response().Status == http.StatusSeeOther; answered {
		reply.Status, reply.Header = http.StatusSeeOther, map[string]string{echo.HeaderLocation: c.Response().Header().Get(echo.HeaderLocation)}
		s.logOnce(ctx, s.desk.Answer(ctx, actorOf(c), reply))
	}
	return nil
}

// logOnce tells of what went wrong after the answer was sent.
func (s *Server) logOnce(ctx context.Context, err error) {
	if err != nil {
		s.log.WarnContext(ctx, "the answer to a form was not kept", "err", err)
	}
}

// reserveForm asks whether a form was sent before, and waits for its answer
// where that is on its way.
func (s *Server) reserveForm(c echo.Context, key string) (claims.Reply, bool, error) {
	deadline := time.Now().Add(onceWait)
	for step := onceStep; ; step = min(2*step, time.Second) {
		reply, fresh, err := s.desk.Reserve(c.Request().Context(), actorOf(c), key, "form")
		var refusal *claims.Error
		switch {
		case !errors.As(err, &refusal):
			return reply, fresh, err
		case refusal.Key == "api.key_outcome_unknown":
			return reply, false, claims.Refuse(claims.KindConflict, "form.outcome_unknown")
		case refusal.Key != "idempotency.unanswered":
			return reply, false, err
		case time.Now().After(deadline):
			return reply, false, claims.Refuse(claims.KindBusy, "form.unanswered")
		}
		select {
		case <-c.Request().Context().Done():
			return reply, false, c.Request().Context().Err()
		case <-time.After(step):
		}
	}
}

// formKey names what was sent. The token keeps it from being guessed, so that a
// password in a form is not kept as a hash that could be tried.
func formKey(r *http.Request) (string, error) {
	sum := sha256.New()
	io.WriteString(sum, r.URL.RequestURI()+"\n"+r.PostForm.Encode()+"\n")
	if r.MultipartForm == nil {
		return "form " + hex.EncodeToString(sum.Sum(nil)), nil
	}
	io.WriteString(sum, url.Values(r.MultipartForm.Value).Encode()+"\n")
	for _, name := range slices.Sorted(maps.Keys(r.MultipartForm.File)) {
		for _, file := range r.MultipartForm.File[name] {
			io.WriteString(sum, name+"\n"+file.Filename+"\n")
			if err := copyFile(sum, file); err != nil {
				return "", err
			}
		}
	}
	return "form " + hex.EncodeToString(sum.Sum(nil)), nil
}

func copyFile(to io.Writer, header *multipart.FileHeader) error {
	file, err := header.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(to, file)
	return err
}
