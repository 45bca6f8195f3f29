package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"cotejo/views/desk"
)

func (s *Server) inboxShow(c echo.Context) error {
	page, err := pageOf(c)
	if err != nil {
		return err
	}
	v, err := s.desk.Inbox(c.Request().Context(), actorOf(c), page)
	if err != nil {
		return err
	}
	words := wordsOf(c)
	p := desk.InboxPage{Frame: s.frame(c, "inbox", words.T("inbox.title"))}
	p.Width, p.Unread = "middle", v.Unread
	for _, r := range v.Rows {
		p.Rows = append(p.Rows, desk.InboxRow{Item: r.Item, Claim: r.Claim, Check: r.Check, What: desk.InboxWhat(words, r.Item, r.Actor, v.People)})
	}
	if page.Cursor != "" {
		p.First = "/inbox"
	}
	if v.Next != "" {
		p.Next = "/inbox?cursor=" + url.QueryEscape(v.Next)
	}
	return s.render(c, http.StatusOK, desk.Inbox(p))
}

// inboxRead marks the item of the form as read; all of them where it names none.
func (s *Server) inboxRead(c echo.Context) error {
	var ids []string
	if id := c.FormValue("id"); id != "" {
		ids = append(ids, id)
	}
	if err := s.desk.MarkRead(c.Request().Context(), actorOf(c), ids...); err != nil {
		return err
	}
	return seeOther(c, "/inbox")
}

// unread counts the reader's unread items; a page is shown even where that fails.
func (s *Server) unread(c echo.Context) int {
	actor := actorOf(c)
	if !actor.SignedIn() {
		return 0
	}
	n, err := s.desk.Unread(c.Request().Context(), actor)
	if err != nil {
		s.log.Error("what is unread was not counted", "request", requestID(c), "err", err)
	}
	return n
}
