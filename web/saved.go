package web

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

func (s *Server) filterSave(c echo.Context) error {
	in := workflow.FilterInput{Name: c.FormValue("name"), Query: c.FormValue("query"), Shared: c.FormValue("shared") == "1"}
	f, err := s.desk.SaveFilter(c.Request().Context(), actorOf(c), in)
	if err != nil {
		return s.filterRefused(c, err, in)
	}
	s.flash(c, "filter.kept", f.Name)
	return seeOther(c, "/claims?"+f.Query)
}

// filterRefused shows the list that was to be kept, with what was typed; a filter
// that is none has no list.
func (s *Server) filterRefused(c echo.Context, err error, in workflow.FilterInput) error {
	e, status := refusal(err)
	q, malformed := url.ParseQuery(in.Query)
	if malformed != nil || len(withoutPage(q)) == 0 || e.Kind != claims.KindInvalid && e.Kind != claims.KindNotAllowed {
		return err
	}
	if _, bad := s.filterFor(c.Request().Context(), q, actorOf(c)); bad != nil {
		return err
	}
	s.logError(c, status, err)
	list := *c.Request().URL
	list.Path, list.RawPath, list.RawQuery = "/claims", "", withoutPage(q).Encode()
	c.SetRequest(c.Request().Clone(c.Request().Context()))
	c.Request().URL, c.Request().RequestURI = &list, list.RequestURI()
	return s.claimListPage(c, status, q, desk.FilterForm{Name: in.Name, Shared: in.Shared, Problems: views.ProblemsOf(wordsOf(c), err)})
}

func (s *Server) filterDelete(c echo.Context) error {
	if err := s.desk.DeleteFilter(c.Request().Context(), actorOf(c), c.Param("id")); err != nil {
		return err
	}
	s.flash(c, "filter.deleted")
	return seeOther(c, "/claims")
}

type filterInput struct {
	Name   string `json:"name"`
	Query  string `json:"query" doc:"As in the address of the list of claims: state=open&tag=agua"`
	Shared bool   `json:"shared,omitempty"`
}

type filterJSON struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Query     string    `json:"query"`
	URL       string    `json:"url" doc:"The list on this desk"`
	Shared    bool      `json:"shared"`
	CreatedBy string    `json:"created_by"`
	CreatedAt time.Time `json:"created_at"`
}

type filterID struct {
	Call
	ID string `path:"id"`
}

func (a *api) addFilters() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/filters", act: claims.ActLook, summary: "List one's saved filters and the shared ones"}, s.apiFilters)
	add(a, endpoint{method: http.MethodPost, path: "/filters", act: claims.ActFilterSave, summary: "Save a filter of the list of claims",
		body: bodyOf[filterInput](), status: http.StatusCreated}, s.apiFilterSave)
	add(a, endpoint{method: http.MethodDelete, path: "/filters/{id}", act: claims.ActFilterSave, summary: "Delete a saved filter",
		status: http.StatusNoContent}, s.apiFilterDelete)
}

func (s *Server) filterJSON(f claims.SavedFilter) filterJSON {
	return filterJSON{
		ID: f.ID, Name: f.Name, Query: f.Query, URL: s.link("/claims") + "?" + f.Query, Shared: f.Shared, CreatedBy: f.CreatedBy, CreatedAt: f.CreatedAt,
	}
}

func (s *Server) apiFilters(ctx context.Context, in *bare) (*listing[filterJSON], error) {
	list, err := s.desk.SavedFilters(ctx, in.actor())
	if err != nil {
		return nil, err
	}
	var items []filterJSON
	for _, f := range list {
		items = append(items, s.filterJSON(f))
	}
	return listed(items, ""), nil
}

func (s *Server) apiFilterSave(ctx context.Context, in *bare) (*single[filterJSON], error) {
	body, err := decode[filterInput](in)
	if err != nil {
		return nil, err
	}
	f, err := s.desk.SaveFilter(ctx, in.actor(), workflow.FilterInput(body))
	if err != nil {
		return nil, err
	}
	return &single[filterJSON]{Body: s.filterJSON(f)}, nil
}

func (s *Server) apiFilterDelete(ctx context.Context, in *filterID) (*nothing, error) {
	return nil, s.desk.DeleteFilter(ctx, in.actor(), in.ID)
}
