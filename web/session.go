package web

import (
	"bytes"
	"encoding/gob"
	"net/http"
	"time"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/auth"
	"cotejo/views"
)

// Lives of a session: it ends when nobody used it for sessionIdle, and in any
// case sessionLife after the sign-in. The row's SeenAt moves in steps of
// sessionStep, so that a read does not become a write.
const (
	sessionIdle = 7 * 24 * time.Hour
	sessionLife = 30 * 24 * time.Hour
	sessionStep = 10 * time.Minute
	sessionHalf = 10 * time.Minute // for the code, after the password

	maxAgent = 200 // bytes kept of the browser's name
)

// Keys of the values in a session.
const (
	sessionPerson  = "person"
	sessionCreated = "created"
	sessionWaits   = "half" // true while the code is still to come
)

// flashNote is one good message shown once, on the next page.
type flashNote struct {
	Key  string
	Args []string
	Undo string // id of the event that tells of it, where it can be taken back
}

func init() { gob.Register(flashNote{}) }

// sessionStore keeps sessions as rows of claims.Store: the cookie holds a
// random id, the row its SHA-256 as key. It implements sessions.Store.
type sessionStore struct{ s *Server }

func newSessionStore(s *Server) sessions.Store { return sessionStore{s} }

// cookieName is `__Host-cotejo` over https; the prefix wants Secure, so over
// plain http on loopback it is left out.
func (s *Server) cookieName() string {
	if s.secure() {
		return "__Host-cotejo"
	}
	return "cotejo"
}

// Get gives the session of this request, read once.
func (st sessionStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(st, name)
}

// New reads the session that the cookie names, or gives an empty one.
func (st sessionStore) New(r *http.Request, name string) (*sessions.Session, error) {
	out := sessions.NewSession(st, name)
	out.IsNew = true
	out.Options = &sessions.Options{Path: "/", Secure: st.s.secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode}
	cookie, err := r.Cookie(name)
	if err != nil {
		return out, nil
	}
	key := auth.SessionKey(cookie.Value)
	var row claims.Session
	err = st.s.store.View(r.Context(), func(q claims.Reader) error {
		row, err = q.Session(r.Context(), key)
		return err
	})
	if claims.KindOf(err) == claims.KindNotFound {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	if len(row.Data) > 0 {
		if err := gob.NewDecoder(bytes.NewReader(row.Data)).Decode(&out.Values); err != nil {
			return out, err
		}
	}
	out.ID, out.IsNew = cookie.Value, false
	out.Values[sessionPerson], out.Values[sessionCreated] = row.Person, row.CreatedAt.UnixMicro()
	return out, nil
}

// Save writes the session's row and its cookie. A session with MaxAge below
// zero is ended: row and cookie go. One that was revoked since it was read stays
// revoked, whatever is saved into it.
func (st sessionStore) Save(r *http.Request, w http.ResponseWriter, session *sessions.Session) error {
	if session.Options.MaxAge < 0 {
		setCookie(w, sessions.NewCookie(session.Name(), "", session.Options))
		return st.delete(r, session.ID)
	}
	row, err := st.row(r, session)
	if err != nil {
		return err
	}
	err = st.s.store.Update(r.Context(), func(q claims.Writer) error {
		if !session.IsNew {
			if _, err := q.Session(r.Context(), row.Key); err != nil {
				return err
			}
		}
		return q.PutSession(r.Context(), row)
	})
	if claims.KindOf(err) == claims.KindNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	session.IsNew = false
	session.Options.MaxAge = int(row.CreatedAt.Add(sessionLife).Sub(row.SeenAt) / time.Second)
	setCookie(w, sessions.NewCookie(session.Name(), session.ID, session.Options))
	return nil
}

// setCookie sets our only cookie, in place of what was set before.
func setCookie(w http.ResponseWriter, cookie *http.Cookie) {
	w.Header().Set("Set-Cookie", cookie.String())
}

func (st sessionStore) delete(r *http.Request, id string) error {
	if id == "" {
		return nil
	}
	key := auth.SessionKey(id)
	err := st.s.store.Update(r.Context(), func(q claims.Writer) error { return q.DeleteSession(r.Context(), key) })
	if claims.KindOf(err) == claims.KindNotFound {
		return nil
	}
	return err
}

// row makes the row of a session; it draws the id of a new one.
func (st sessionStore) row(r *http.Request, session *sessions.Session) (claims.Session, error) {
	if session.ID == "" {
		session.ID, _ = auth.NewSession()
	}
	now := st.s.clock.Now()
	created := now
	if at, ok := session.Values[sessionCreated].(int64); ok {
		created = time.UnixMicro(at).UTC()
	}
	person, _ := session.Values[sessionPerson].(string)
	var data bytes.Buffer
	if err := gob.NewEncoder(&data).Encode(session.Values); err != nil {
		return claims.Session{}, err
	}
	half, _ := session.Values[sessionWaits].(bool)
	idle, life := sessionIdle, sessionLife
	if half {
		idle, life = sessionHalf, sessionHalf
	}
	return claims.Session{
		Key: auth.SessionKey(session.ID), Person: person, Data: data.Bytes(), CreatedAt: created, SeenAt: now,
		ExpiresAt: earlier(now.Add(idle), created.Add(life)), Agent: cut(r.UserAgent(), maxAgent), Half: half,
	}, nil
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// cut shortens s to n bytes at most, on a border of UTF-8.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return string(bytes.ToValidUTF8([]byte(s[:n]), nil))
}

// startSession signs a person in: whatever session the browser had ends, and a
// new id is drawn, so that an id planted before sign-in is worth nothing.
func (s *Server) startSession(c echo.Context, person claims.Person) error {
	session, err := s.newSession(c, map[any]any{sessionPerson: person.ID})
	visitOf(c).session = session
	return err
}

// startHalf begins a session that waits for a code and signs nobody in.
func (s *Server) startHalf(c echo.Context, person claims.Person) error {
	_, err := s.newSession(c, map[any]any{sessionPerson: person.ID, sessionWaits: true})
	return err
}

// halfKey is the key of the session that may wait for a code; "" where the
// browser has none.
func (s *Server) halfKey(c echo.Context) (string, error) {
	session, err := s.cookies.Get(c.Request(), s.cookieName())
	if err != nil || session.IsNew {
		return "", err
	}
	return auth.SessionKey(session.ID), nil
}

// newSession ends whatever session the browser had and begins another under a
// new id.
func (s *Server) newSession(c echo.Context, values map[any]any) (*sessions.Session, error) {
	r, w := c.Request(), c.Response()
	session, err := s.cookies.Get(r, s.cookieName())
	if err != nil {
		return nil, err
	}
	if err := (sessionStore{s}).delete(r, session.ID); err != nil {
		return nil, err
	}
	err = s.store.Update(r.Context(), func(q claims.Writer) error { return q.DeleteExpiredSessions(r.Context(), s.clock.Now()) })
	if err != nil {
		return nil, err
	}
	session.ID, session.IsNew, session.Values = "", true, values
	return session, session.Save(r, w)
}

// endCookie forgets the browser's session; the row is gone or goes with it.
func (s *Server) endCookie(c echo.Context) error {
	session, err := s.cookies.Get(c.Request(), s.cookieName())
	if err != nil {
		return err
	}
	session.Options.MaxAge = -1
	return session.Save(c.Request(), c.Response())
}

// loadSession finds out who acts. Sessions that ended, were revoked or belong
// to a disabled person leave nobody.
func (s *Server) loadSession(c echo.Context) error {
	v := visitOf(c)
	session, err := s.cookies.Get(c.Request(), s.cookieName())
	if err != nil || session.IsNew {
		return err
	}
	key := auth.SessionKey(session.ID)
	actor, person, err := s.desk.ActorForSession(c.Request().Context(), key)
	switch claims.KindOf(err) {
	case claims.KindUnauthenticated, claims.KindNotFound:
		return nil
	}
	if err != nil {
		return err
	}
	v.actor, v.person, v.session, v.sessionKey = actor, person, session, key
	return s.touchSession(c)
}

// touchSession notes now and then that the session is in use.
func (s *Server) touchSession(c echo.Context) error {
	v := visitOf(c)
	ctx := c.Request().Context()
	var row claims.Session
	err := s.store.View(ctx, func(q claims.Reader) (err error) {
		row, err = q.Session(ctx, v.sessionKey)
		return err
	})
	if err != nil || s.clock.Now().Sub(row.SeenAt) < sessionStep {
		return err
	}
	return v.session.Save(c.Request(), c.Response())
}

// flash keeps a good message for the next page that this browser is shown.
func (s *Server) flash(c echo.Context, key string, args ...string) {
	s.flashUndo(c, s.lastUndo(c), key, args...)
}

// lastUndo is the event that the reader could take back now, of this request's; "" for
// none.
func (s *Server) lastUndo(c echo.Context) string {
	undo, err := s.desk.LastUndoable(c.Request().Context(), actorOf(c), visitOf(c).since)
	if err != nil {
		s.log.Error("what could be undone is not known", "request", requestID(c), "err", err)
	}
	return undo
}

// flashUndo is flash with what its button takes back.
func (s *Server) flashUndo(c echo.Context, undo, key string, args ...string) {
	session := visitOf(c).session
	if session == nil {
		return
	}
	session.AddFlash(flashNote{Key: key, Args: args, Undo: undo})
	if err := session.Save(c.Request(), c.Response()); err != nil {
		s.log.Error("flash not kept", "request", requestID(c), "err", err)
	}
}

// takeFlashes gives the messages kept for this page, in the reader's words,
// and forgets them. Call it before the page is sent.
func (s *Server) takeFlashes(c echo.Context) []views.Flash {
	session := visitOf(c).session
	if session == nil {
		return nil
	}
	kept := session.Flashes()
	if len(kept) == 0 {
		return nil
	}
	if err := session.Save(c.Request(), c.Response()); err != nil {
		s.log.Error("flash not taken", "request", requestID(c), "err", err)
	}
	var out []views.Flash
	for _, f := range kept {
		if note, ok := f.(flashNote); ok {
			out = append(out, views.Flash{Tone: "good", Text: wordsOf(c).T(note.Key, anys(note.Args)...), Undo: note.Undo, Back: pathShown(c)})
		}
	}
	return out
}

// pathShown is the address of the page that is shown, "/" where a form's answer is.
func pathShown(c echo.Context) string {
	if c.Request().Method != http.MethodGet {
		return "/"
	}
	return c.Request().URL.RequestURI()
}

func anys(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}
