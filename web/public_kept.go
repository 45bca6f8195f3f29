package web

import (
	linked "container/list"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"cotejo/claims/workflow"
	"cotejo/views/assets"
)

// publicCache lets everybody keep a public page for a minute and ask again
// with its ETag after that.
const publicCache = "public, max-age=60"

// keptBytes is how much of the public pages of claims is kept ready.
const keptBytes = 32 << 20

// publicAnswer is a public answer: bytes that are equal for all.
type publicAnswer struct {
	status      int
	contentType string
	body        []byte
	etag        string
	changed     time.Time // when it was last otherwise; zero where nobody knows
	seq         int64     // of the workflow.PublicState that it was made under
}

// publicPages keeps answers ready to be sent again. One is sent only while the
// number of the newest event that may have changed a public page is the one it
// was made under, which the database says each time: nothing out of date is sent,
// whichever process changed it.
type publicPages struct {
	mu    sync.Mutex
	state workflow.PublicState
	kept  map[string]*linked.Element // of keptPage
	order *linked.List               // last used first
	bytes int
}

type keptPage struct {
	key string
	publicAnswer
}

func newPublicPages() *publicPages {
	return &publicPages{kept: map[string]*linked.Element{}, order: linked.New()}
}

// publicState says how the public pages stand now.
func (s *Server) publicState(ctx context.Context) (workflow.PublicState, error) {
	p := s.public
	p.mu.Lock()
	was := p.state
	p.mu.Unlock()
	now, err := s.desk.PublicState(ctx, was)
	if err != nil || now == was {
		return now, err
	}
	p.mu.Lock()
	if now.Head > p.state.Head || was == p.state {
		p.state = now
	}
	p.mu.Unlock()
	return now, nil
}

func (p *publicPages) get(key string, seq int64) (publicAnswer, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	e, ok := p.kept[key]
	if !ok {
		return publicAnswer{}, false
	}
	page, _ := e.Value.(*keptPage)
	if page.seq != seq {
		return publicAnswer{}, false
	}
	p.order.MoveToFront(e)
	return page.publicAnswer, true
}

func (p *publicPages) put(key string, a publicAnswer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if e, ok := p.kept[key]; ok {
		p.drop(e)
	}
	p.kept[key] = p.order.PushFront(&keptPage{key, a})
	p.bytes += len(a.body)
	for p.bytes > keptBytes {
		p.drop(p.order.Back())
	}
}

func (p *publicPages) drop(e *linked.Element) {
	page, _ := p.order.Remove(e).(*keptPage)
	delete(p.kept, page.key)
	p.bytes -= len(page.body)
}

// sendKept sends the answer under a key where it still holds; else what is sent
// next is kept under it. Also sets the headers that the answer has beside.
func (s *Server) sendKept(c echo.Context, key string, also func(http.Header)) (sent bool, err error) {
	if forSite(c) {
		return false, nil // a file leaves out what a page has
	}
	state := visitOf(c).public
	if a, ok := s.public.get(key, state.Seq); ok {
		if also != nil {
			also(c.Response().Header())
		}
		return true, a.send(c, visitOf(c).since)
	}
	visitOf(c).keep = func(a publicAnswer) {
		a.seq = state.Seq
		s.public.put(key, a)
	}
	return false, nil
}

// sendPublic sends bytes that are equal for all, or 304 to who has them.
func sendPublic(c echo.Context, status int, contentType string, body []byte) error {
	v := visitOf(c)
	sum := sha256.Sum256(body)
	a := publicAnswer{status: status, contentType: contentType, body: body, etag: `"` + hex.EncodeToString(sum[:16]) + `"`, changed: v.changed}
	if v.keep != nil {
		v.keep(a)
	}
	return a.send(c, v.since)
}

// send answers a request, with 304 where the reader has this already.
func (a publicAnswer) send(c echo.Context, now time.Time) error {
	r, w := c.Request(), c.Response()
	h := w.Header()
	h.Set("Cache-Control", publicCache)
	h.Set("ETag", a.etag)
	if !a.changed.IsZero() {
		h.Set("Last-Modified", shownTime(a.changed, now).Format(http.TimeFormat))
	}
	if a.status == http.StatusOK && unchanged(r.Header, a.etag, a.changed) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set(echo.HeaderContentType, a.contentType)
	h.Set(echo.HeaderContentLength, strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	if r.Method == http.MethodHead {
		return nil
	}
	_, err := w.Write(a.body)
	return err
}

// wholeSecond is the first whole second by which a change had happened: headers
// tell no smaller part, and two changes in one second must differ from what was
// read between them.
func wholeSecond(t time.Time) time.Time {
	return t.UTC().Add(time.Second - 1).Truncate(time.Second)
}

// shownTime is what Last-Modified says, which may not lie ahead.
func shownTime(changed, now time.Time) time.Time {
	at := wholeSecond(changed)
	if at.After(now) {
		return now.UTC().Truncate(time.Second)
	}
	return at
}

// unchanged reads the conditions of a request: an ETag is exact, so that a time
// beside it counts for nothing.
func unchanged(h http.Header, etag string, changed time.Time) bool {
	if tags := h.Values("If-None-Match"); len(tags) > 0 {
		return matches(strings.Join(tags, ","), etag)
	}
	since, err := http.ParseTime(h.Get("If-Modified-Since"))
	return err == nil && !changed.IsZero() && !wholeSecond(changed).After(since)
}

// matches reads If-None-Match: a list of tags, weak ones too, or "*".
func matches(header, etag string) bool {
	for _, tag := range strings.Split(header, ",") {
		tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/")
		if tag == etag || tag == "*" {
			return true
		}
	}
	return false
}

// dated finds out how the public pages stand before anything is read for the one
// that is asked for, so that it can be older than it says and never newer.
func (s *Server) dated(c echo.Context) (err error) {
	if path := c.Path(); strings.HasPrefix(path, assets.Root) || path == "/healthz" || path == "/readyz" {
		return nil
	}
	v := visitOf(c)
	if v.public, err = s.publicState(c.Request().Context()); err == nil && v.public.Seq > 0 {
		v.changed = s.sinceBuilt(v.public.At)
	}
	return err
}

// changedAt sets when what is sent was last otherwise.
func (s *Server) changedAt(c echo.Context, at time.Time) {
	visitOf(c).changed = s.sinceBuilt(at)
}

// sinceBuilt is the later of a time and of when this program was made, whose
// pages may have other words around the same things.
func (s *Server) sinceBuilt(at time.Time) time.Time {
	if s.built.After(at) {
		return s.built
	}
	return at
}
