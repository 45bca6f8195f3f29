package web

import (
	"math"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

// historyRows is how many acts one page of the history tells of.
const historyRows = 100

// historyShow tells what was done, newest first, under ?claim=, ?article= and
// ?actor=; ?before= turns the page.
func (s *Server) historyShow(c echo.Context) error {
	q := c.QueryParams()
	shown := desk.HistoryFilter{Claim: q.Get("claim"), Article: q.Get("article"), Actor: q.Get("actor")}
	f := claims.EventFilter{Before: math.MaxInt64, Claim: shown.Claim, Article: shown.Article, Actor: shown.Actor, Limit: historyRows}
	if plain, ok := claims.PlainID(shown.Claim); ok {
		f.Claim = plain
	}
	if before := q.Get("before"); before != "" {
		seq, err := strconv.ParseInt(before, 10, 64)
		if err != nil || seq < 1 {
			return claims.Invalid("before", "cursor.malformed")
		}
		f.Before = seq
	}
	events, people, err := s.desk.Events(c.Request().Context(), actorOf(c), f)
	if err != nil {
		return err
	}
	scales, err := s.desk.Scales(c.Request().Context())
	if err != nil {
		return err
	}
	reader := desk.EventReader{Words: wordsOf(c), People: people, Scales: scales}
	p := desk.HistoryPage{
		Frame: s.frame(c, "history", wordsOf(c).T("history.title")), Filter: shown, Rows: reader.Rows(events), People: people,
		MayErase: s.may(c, claims.ActErase),
	}
	undoable, err := s.desk.Undoable(c.Request().Context(), actorOf(c), events)
	if err != nil {
		return err
	}
	for i, e := range events {
		if undoable[e.ID] {
			p.Rows[i].Undo, p.Rows[i].Back = e.ID, c.Request().URL.RequestURI()
		}
	}
	p.Width = "middle"
	p.First, p.Next = historyPages(q, events)
	return s.render(c, http.StatusOK, desk.History(p))
}

// historyPages gives the addresses of the first and of the next page.
func historyPages(q url.Values, events []claims.Event) (first, next string) {
	at := func(before string) string {
		out := url.Values{}
		for key, values := range q {
			out[key] = values
		}
		out.Del("before")
		if before != "" {
			out.Set("before", before)
		}
		return "/history?" + out.Encode()
	}
	if q.Get("before") != "" {
		first = at("")
	}
	if len(events) == historyRows {
		next = at(strconv.FormatInt(events[len(events)-1].Seq, 10))
	}
	return first, next
}

func (s *Server) eventErase(c echo.Context) error {
	seq, err := strconv.ParseInt(c.Param("seq"), 10, 64)
	if err != nil {
		return claims.NotFound("event", cut(c.Param("seq"), maxShown))
	}
	if err := s.desk.EraseEvent(c.Request().Context(), actorOf(c), seq, c.FormValue("reason")); err != nil {
		return err
	}
	s.flash(c, "history.erased", strconv.FormatInt(seq, 10))
	return seeOther(c, "/history")
}

// eventUndo takes an act of the reader's own back and leads on to where they were.
func (s *Server) eventUndo(c echo.Context) error {
	e, err := s.desk.Undo(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	if workflow.UndidIntake(e) {
		s.flash(c, "undo.article_aside")
		return seeOther(c, "/articles")
	}
	if n, kept, whole := workflow.UndoneOf(e); whole && len(kept) > 0 {
		s.flash(c, "bulk.undone", strconv.Itoa(n), undoneNote(c, kept))
	} else {
		s.flash(c, "undo.done")
	}
	back := c.FormValue("back")
	if back == "" {
		back = "/history"
		if e.Claim != "" {
			back = "/claims/" + e.Claim
		}
	}
	return seeOther(c, localPath(back))
}
