package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

// queueShow shows the claim that the reader has in hand, or would take next;
// ?skip= leaves one out.
func (s *Server) queueShow(c echo.Context) error {
	v, err := s.desk.Queue(c.Request().Context(), actorOf(c), plainOr(c.QueryParam("skip")))
	if err != nil {
		return err
	}
	return s.queuePage(c, http.StatusOK, v, nil)
}

// plainOr gives an id in its plain notation, and what is no id as it is.
func plainOr(id string) string {
	if plain, ok := claims.PlainID(id); ok {
		return plain
	}
	return cut(id, maxShown)
}

func (s *Server) queuePage(c echo.Context, status int, v workflow.QueueView, fill func(*desk.ClaimForms)) error {
	p := desk.QueuePage{Frame: s.frame(c, "queue", wordsOf(c).T("queue.title")), Found: v.Found, Left: v.Left}
	if v.Found {
		p.Private = v.Claim.Restricted
		p.Claim = s.claimView(c, v.Claim)
		p.Claim.Frame, p.Claim.InQueue, p.Claim.Skip = p.Frame, true, plainOr(c.QueryParam("skip"))
		if fill == nil {
			p.Claim.Live = liveClaim(c, v.Claim, p.Claim, c.Request().URL.RequestURI())
			p.Frame.Scripts = append(p.Frame.Scripts, liveScript)
		} else {
			fill(&p.Claim.Forms)
		}
		if err := s.addPrecedents(c, &p.Claim); err != nil {
			return err
		}
	}
	return s.render(c, status, desk.Queue(p))
}

// queueTake takes the next claim up and shows it.
func (s *Server) queueTake(c echo.Context) error {
	claim, err := s.desk.TakeNext(c.Request().Context(), actorOf(c), plainOr(c.FormValue("skip")))
	if err != nil {
		return err
	}
	if claim.ID != "" {
		s.flash(c, "moved.in_check", claims.ShowID(claim.ID))
	}
	return seeOther(c, "/queue")
}

// queueSubmit judges a claim, hands it in and leads on to the next one.
func (s *Server) queueSubmit(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	typed := verdictTyped(c)
	claim, err := s.desk.Submit(c.Request().Context(), actorOf(c), c.Param("id"), seen, workflow.VerdictInput(typed))
	if err != nil {
		return s.claimRefused(c, err, "verdict", func(f *desk.ClaimForms) { f.Verdict = typed })
	}
	undo := s.lastUndo(c) // of what the message speaks of, not of taking up the next
	if next, err := s.desk.TakeNext(c.Request().Context(), actorOf(c), ""); err != nil {
		return err
	} else if next.ID == "" {
		s.flashUndo(c, undo, "queue.done", claims.ShowID(claim.ID))
		return seeOther(c, "/queue")
	}
	s.flashUndo(c, undo, "queue.submitted", claims.ShowID(claim.ID))
	return seeOther(c, "/queue")
}
