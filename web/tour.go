package web

import (
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/views/desk"
)

// accountTour goes to a step of the tour, on the desk's first page; ?step= of 0 ends it.
func (s *Server) accountTour(c echo.Context) error {
	step, err := strconv.Atoi(c.FormValue("step"))
	if err != nil {
		step = -1 // refused by name
	}
	if err := s.desk.SetTour(c.Request().Context(), actorOf(c), step); err != nil {
		return err
	}
	if step == 0 {
		return seeOther(c, "/#main")
	}
	return seeOther(c, "/#tour")
}

// tour is where the reader stands in the tour, with the pages it leads to.
func (s *Server) tour(c echo.Context, articles []claims.ArticleRow) desk.Tour {
	out := desk.Tour{Step: visitOf(c).person.Tour, Paste: "/articles", Triage: "/articles", Verdict: "/claims?state=open", Publish: "/claims?state=submitted"}
	if len(articles) > 0 {
		out.Triage = "/articles/" + articles[0].ID
	}
	for _, page := range []struct {
		act  claims.Act
		at   *string
		path string
	}{
		{claims.ActArticleAdd, &out.Paste, "/articles/new"},
		{claims.ActClaimTake, &out.Verdict, "/queue"},
		{claims.ActClaimPublish, &out.Publish, "/claims?state=approved"},
	} {
		if s.may(c, page.act) {
			*page.at = page.path
		}
	}
	return out
}

// tourJSON is where the caller stands in the first-run tour.
type tourJSON struct {
	Step int `json:"step" minimum:"0" maximum:"4" doc:"0 where it is over or was skipped; the desk's first page shows it"`
}

func (a *api) addTour() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/account/tour", act: claims.ActAccount, summary: "Where the caller stands in the first-run tour"}, s.apiTour)
	add(a, endpoint{method: http.MethodPost, path: "/account/tour", act: claims.ActAccount, summary: "Go to a step of the first-run tour, or end it",
		body: bodyOf[tourJSON]()}, s.apiTourSet)
}

func (s *Server) apiTour(ctx context.Context, in *bare) (*single[tourJSON], error) {
	step, err := s.desk.Tour(ctx, in.actor())
	if err != nil {
		return nil, err
	}
	return &single[tourJSON]{Body: tourJSON{Step: step}}, nil
}

func (s *Server) apiTourSet(ctx context.Context, in *bare) (*single[tourJSON], error) {
	body, err := decode[tourJSON](in)
	if err != nil {
		return nil, err
	}
	if err := s.desk.SetTour(ctx, in.actor(), body.Step); err != nil {
		return nil, err
	}
	return s.apiTour(ctx, in)
}
