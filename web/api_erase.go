package web

import (
	"context"
	"net/http"

	"cotejo/claims"
)

// erasePlanJSON is what erasing an article takes away.
type erasePlanJSON struct {
	Article   string   `json:"article"`
	Erased    bool     `json:"erased"`
	Snapshots int      `json:"snapshots"`
	Claims    int      `json:"claims"`
	Evidence  int      `json:"evidence"`
	Files     int      `json:"files"`
	Threads   int      `json:"threads" doc:"Notes, contacts, reviews and opinions"`
	Skips     int      `json:"skips"`
	Requests  int      `json:"archive_requests"`
	Jobs      int      `json:"jobs"`
	Events    int      `json:"events" doc:"Whose values go; their digests stay"`
	Copies    int      `json:"copies" doc:"Agency copies that show its claims now"`
	Published []string `json:"published" doc:"Claims that have to be withdrawn first"`
	Withdrawn []string `json:"withdrawn" doc:"Claims of which frozen versions stay under their banner"`
}

type eraseInput struct {
	Confirm string `json:"confirm" doc:"The article’s id once more"`
	Reason  string `json:"reason"`
}

func (a *api) addErase() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/articles/{id}/erase", act: claims.ActErase, summary: "What erasing an article would take away"}, s.apiErasePlan)
	add(a, endpoint{method: http.MethodPost, path: "/articles/{id}/erase", act: claims.ActErase, summary: "Erase an article with all that hangs on it, for good",
		body: bodyOf[eraseInput](), status: http.StatusNoContent}, s.apiEraseArticle)
}

func (s *Server) apiErasePlan(ctx context.Context, in *articleID) (*single[erasePlanJSON], error) {
	p, err := s.desk.ErasePlan(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	ids := func(rows []claims.ClaimRow) []string {
		out := make([]string, len(rows))
		for i, row := range rows {
			out[i] = row.ID
		}
		return out
	}
	return &single[erasePlanJSON]{Body: erasePlanJSON{
		Article: p.Article.ID, Erased: p.Article.Erased, Snapshots: p.Snapshots, Claims: p.Claims, Evidence: p.Evidence, Files: p.Files, Threads: p.Threads,
		Skips: p.Skips, Requests: p.Requests, Jobs: p.Jobs, Events: p.Events, Copies: p.Copies, Published: ids(p.Standing), Withdrawn: ids(p.Tombstones),
	}}, nil
}

func (s *Server) apiEraseArticle(ctx context.Context, in *articleID) (*nothing, error) {
	body, err := decode[eraseInput](in)
	if err != nil {
		return nil, err
	}
	return nil, s.desk.EraseArticle(ctx, in.actor(), in.ID, body.Confirm, body.Reason)
}
