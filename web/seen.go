package web

import (
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

// An open page names the last event it has seen, and where its reader is among the
// sentences: what is as it was then is not sent again, so that an article with hundreds
// of claims answers an act as fast as a short one.
const (
	sinceHeader = "Cotejo-Since"
	atHeader    = "Cotejo-At"
	mostSince   = 50 // events, beyond which all is sent
)

// everyCard are the acts outside an article after which any of its cards may look otherwise.
var everyCard = []string{
	workflow.ActScaleEdit, workflow.ActSettingsEdit, workflow.ActSourceEdit, workflow.ActSourceMerge, workflow.ActSourceProtect,
	workflow.ActPersonRole, workflow.ActErase, workflow.ActUndo,
}

// leaveOutSeen marks the paragraphs and cards of a page that its reader has already.
func (s *Server) leaveOutSeen(c echo.Context, p *desk.ArticlePage) error {
	touched, err := s.touchedSince(c, p.Article.ID)
	if err != nil || touched == nil {
		return err
	}
	before := -1 // the suggestion before: its way on may be another now
	for i, card := range p.Cards {
		if p.Cards[i].Same = !touched[card.ID]; !p.Cards[i].Same && before >= 0 {
			p.Cards[before].Same = false
		}
		if card.State == claims.StateSuggested {
			before = i
		}
	}
	for i := range p.Paragraphs {
		p.Paragraphs[i].Same = !p.Paragraphs[i].Touched(touched)
	}
	return nil
}

// touchedSince gives the claims that something happened to since the reader's page was
// made; nil where more than its claims changed, where claims were added, or where nobody asks.
func (s *Server) touchedSince(c echo.Context, article string) (map[string]bool, error) {
	since, err := strconv.ParseInt(c.Request().Header.Get(sinceHeader), 10, 64)
	if err != nil || since <= 0 {
		return nil, nil
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	wide, _, err := s.desk.Events(ctx, actor, claims.EventFilter{After: since, Acts: everyCard, Limit: mostSince + 1})
	if err != nil || len(wide) > mostSince || slices.ContainsFunc(wide, func(e claims.Event) bool { return e.Article == "" }) {
		return nil, err
	}
	events, _, err := s.desk.Events(ctx, actor, claims.EventFilter{After: since, Article: article, Limit: mostSince + 1})
	if err != nil || len(events) > mostSince {
		return nil, err
	}
	out := map[string]bool{}
	for _, e := range events {
		if e.Claim == "" || e.Act == workflow.ActClaimAdd || e.Act == workflow.ActClaimSplit {
			return nil, nil
		}
		out[e.Claim] = true
	}
	return out, nil
}
