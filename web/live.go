package web

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

// How open pages are kept current. Every server asks the database by itself
// once a moment, and only while pages are open, so that any number of servers
// may stand over one database.
const (
	liveEvery    = time.Second
	livePatience = 15 * time.Second // for a reader who takes nothing
	livePerson   = 6                // streams of one person on one server; the newest stay
	liveMost     = 2000             // streams of one server
	liveLife     = 15 * time.Minute // then the browser comes again
	liveHeader   = "Cotejo-Live"    // of a page that fetches itself: it takes no messages away
	liveScript   = "js/live.js"
	liveGone     = 3 * time.Second // to note that a page was closed
)

// pages is the open pages of one server. It asks for news only while there
// is a page.
type pages struct {
	news  func(ctx context.Context, after int64) (workflow.News, error)
	log   *slog.Logger
	every time.Duration // between two looks at the database
	beat  time.Duration // between two questions whether a reader may still see what they watch

	mu     sync.Mutex
	open   []*openPage        // oldest first
	stop   context.CancelFunc // of who asks for news; nil while nobody does
	closed bool
}

// openPage is one stream. What it should look at again is told at most once
// until it has been taken.
type openPage struct {
	person string
	watch  workflow.Watch
	others string        // who else is there, as the page was last told
	look   chan struct{} // of one: the page should look again
	end    chan struct{} // closed: the stream is over
	over   bool          // and the page should not come again by itself
}

func newPages(news func(context.Context, int64) (workflow.News, error), log *slog.Logger) *pages {
	return &pages{news: news, log: log, every: liveEvery, beat: workflow.PresenceBeat}
}

// enter adds a page; beyond the bound of one person their oldest page is let
// go. It refuses where the server is full or ends.
func (p *pages) enter(page *openPage) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || len(p.open) >= liveMost {
		return false
	}
	var mine []*openPage
	for _, o := range p.open {
		if o.person == page.person {
			mine = append(mine, o)
		}
	}
	if len(mine) >= livePerson {
		mine[0].over = true
		close(mine[0].end)
		p.remove(mine[0])
	}
	p.open = append(p.open, page)
	return true
}

func (p *pages) remove(page *openPage) {
	p.open = slices.DeleteFunc(p.open, func(o *openPage) bool { return o == page })
	if len(p.open) == 0 && p.stop != nil {
		p.stop()
		p.stop = nil
	}
}

// leave takes a page out and says whether its reader has the same thing open elsewhere.
func (p *pages) leave(page *openPage) (elsewhere bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.remove(page)
	return slices.ContainsFunc(p.open, func(o *openPage) bool { return o.person == page.person && o.watch == page.watch })
}

// catchUp tells a page that entered what happened since it was rendered, and
// has somebody ask for what comes.
func (p *pages) catchUp(ctx context.Context, page *openPage, since int64) error {
	n, err := p.news(ctx, since)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	page.hear(n)
	if p.stop == nil && slices.Contains(p.open, page) {
		ctx, stop := context.WithCancel(context.Background())
		p.stop = stop
		go p.ask(ctx, n.Seq)
	}
	return nil
}

// ask reads the news again and again until the last page is closed.
func (p *pages) ask(ctx context.Context, seq int64) {
	tick := time.NewTicker(p.every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		n, err := p.news(ctx, seq)
		if err != nil {
			if ctx.Err() == nil {
				p.log.Warn("no news for open pages", "err", err)
			}
			continue
		}
		seq = n.Seq
		p.mu.Lock()
		for _, page := range p.open {
			page.hear(n)
		}
		p.mu.Unlock()
	}
}

// hear takes the news in; pages.mu is held.
func (page *openPage) hear(n workflow.News) {
	others := page.othersIn(n.Present)
	news := others != page.others || slices.ContainsFunc(n.Changes, func(c workflow.Change) bool {
		return page.watch.Desk || page.watch.Claim != "" && c.Claim == page.watch.Claim || page.watch.Article != "" && c.Article == page.watch.Article
	})
	page.others = others
	if news {
		select {
		case page.look <- struct{}{}:
		default:
		}
	}
}

func (page *openPage) othersIn(present map[string][]string) string {
	ids := slices.DeleteFunc(slices.Clone(present[page.watch.Claim]), func(id string) bool { return id == page.person })
	return strings.Join(ids, ",")
}

// close ends every stream, as the server does when it shuts down: browsers come
// again, and find the next server.
func (p *pages) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	for _, page := range slices.Clone(p.open) {
		close(page.end)
		p.remove(page)
	}
}

// liveShow streams to an open page that it should look again: never what there
// is to see, which the page fetches with its reader's rights.
func (s *Server) liveShow(c echo.Context) error {
	page, since := watched(c)
	if page.watch == (workflow.Watch{}) {
		return c.NoContent(http.StatusNoContent) // which tells a browser not to come again
	}
	ctx := c.Request().Context()
	if err := s.desk.Attend(ctx, actorOf(c), page.watch); err != nil {
		return err
	}
	if !s.pages.enter(page) {
		return claims.Refuse(claims.KindBusy, "live.full")
	}
	defer s.left(c, page)
	if err := s.pages.catchUp(ctx, page, since); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/event-stream")
	h.Set("X-Accel-Buffering", "no") // proxies that hold answers back
	c.Response().WriteHeader(http.StatusOK)
	s.stream(c, page)
	return nil
}

func watched(c echo.Context) (page *openPage, since int64) {
	page = &openPage{person: actorOf(c).ID, look: make(chan struct{}, 1), end: make(chan struct{}), others: cut(c.QueryParam("with"), maxShown*4)}
	if id, ok := claims.PlainID(c.QueryParam("claim")); ok {
		page.watch.Claim = id
	} else if id, ok := claims.PlainID(c.QueryParam("article")); ok {
		page.watch.Article = id
	} else if c.QueryParam("desk") != "" {
		page.watch.Desk = true
	}
	since, err := strconv.ParseInt(c.QueryParam("since"), 10, 64)
	if err != nil || since < 0 {
		since = -1
	}
	return page, since
}

// liveClaim lets a page that shows a claim follow what others do to it. A page
// that shows a refused form does not: what was typed is all there is of it.
func liveClaim(c echo.Context, v workflow.ClaimView, p desk.ClaimPage, page string) desk.Live {
	var newest claims.Event
	if len(v.Events) > 0 {
		newest = v.Events[0]
	}
	return desk.LiveClaim(page, p, actorOf(c).ID, newest, v.Present)
}

// liveOn lets a page follow what happens to all that the filter's events are on.
// It is asked before the page is read, so that nothing falls in between.
func (s *Server) liveOn(c echo.Context, l desk.Live, f claims.EventFilter) (desk.Live, error) {
	f.Before, f.Limit = math.MaxInt64, 1
	events, people, err := s.desk.Events(c.Request().Context(), actorOf(c), f)
	if err != nil || len(events) == 0 {
		return l, err
	}
	l.Seq = events[0].Seq
	if events[0].Actor != actorOf(c).ID {
		row := desk.EventReader{Words: wordsOf(c), People: people}.Rows(events)[0]
		l.News = row.Who + " " + row.What + "."
	}
	return l, nil
}

// left takes a page out; the request's context may be over by now.
func (s *Server) left(c echo.Context, page *openPage) {
	if s.pages.leave(page) {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), liveGone)
	defer cancel()
	if err := s.desk.Leave(ctx, actorOf(c), page.watch); err != nil {
		s.log.Debug("presence not taken back", "request", requestID(c), "err", err)
	}
}

// stream writes until the page is closed, the session ends or it is time to
// come again.
func (s *Server) stream(c echo.Context, page *openPage) {
	ctx, out := c.Request().Context(), http.NewResponseController(c.Response())
	_ = out.SetReadDeadline(time.Time{}) // or the server's own bound on requests ends it
	say := func(words string) bool {
		_ = out.SetWriteDeadline(time.Now().Add(livePatience))
		_, err := fmt.Fprint(c.Response(), words)
		return err == nil && out.Flush() == nil
	}
	beat, life := time.NewTicker(s.pages.beat), time.NewTimer(liveLife)
	defer beat.Stop()
	defer life.Stop()
	for ok := say("retry: 3000\n\n"); ok; {
		select {
		case <-ctx.Done():
			return
		case <-life.C:
			return
		case <-page.end:
			if page.over {
				say("event: end\ndata: {}\n\n")
			}
			return
		case <-page.look:
			ok = say("event: look\ndata: {}\n\n")
		case <-beat.C:
			ok = s.stillThere(c, page) && say(": \n\n")
		}
	}
}

// stillThere asks anew whether the reader is signed in and may see what they watch.
func (s *Server) stillThere(c echo.Context, page *openPage) bool {
	ctx, v := c.Request().Context(), visitOf(c)
	actor, _, err := s.desk.ActorForSession(ctx, v.sessionKey)
	if err == nil {
		err = s.desk.Attend(ctx, actor, page.watch)
	}
	return err == nil
}
