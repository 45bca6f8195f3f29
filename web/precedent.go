package web

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/views/desk"
)

// addPrecedents puts earlier verdicts beside the picker, where there is one.
func (s *Server) addPrecedents(c echo.Context, p *desk.ClaimPage) (err error) {
	if p.Rights.Judge {
		p.Precedents, err = s.desk.Precedents(c.Request().Context(), actorOf(c), p.Row.ID)
	}
	return err
}

// precedentsJSON are earlier verdicts as programs see them, the nearest first.
type precedentsJSON struct {
	Source []precedentJSON `json:"source" doc:"On what the same source said"`
	Topic  []precedentJSON `json:"topic" doc:"Of the same kind, with a unit or tag in common"`
}

type precedentJSON struct {
	ID          string       `json:"id"`
	URL         string       `json:"url" doc:"Its page on this desk"`
	PublicURL   *string      `json:"public_url"`
	Standalone  string       `json:"standalone"`
	Language    string       `json:"language"`
	Kind        claims.Kind  `json:"kind"`
	State       claims.State `json:"state"`
	Content     string       `json:"content"`
	Attribution string       `json:"attribution"`
	Scale       int64        `json:"scale" doc:"The version that the verdict was given on"`
	DecidedAt   time.Time    `json:"decided_at"`
	Units       []string     `json:"units" doc:"That both have"`
	Tags        []string     `json:"tags" doc:"That both have"`
}

func (s *Server) apiPrecedents(ctx context.Context, in *sourceID) (*single[precedentsJSON], error) {
	found, err := s.desk.Precedents(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	return &single[precedentsJSON]{Body: precedentsJSON{Source: s.precedentList(found.Source), Topic: s.precedentList(found.Topic)}}, nil
}

func (s *Server) precedentList(list []claims.Precedent) []precedentJSON {
	out := make([]precedentJSON, len(list))
	for i, p := range list {
		out[i] = precedentJSON{
			ID: p.ID, URL: s.link("/claims/" + p.ID), Standalone: p.Standalone, Language: p.Language, Kind: p.Kind, State: p.State,
			Content: p.Verdict.Content, Attribution: p.Verdict.Attribution, Scale: p.Verdict.Scale, DecidedAt: p.At.UTC(),
			Units: some(p.Units), Tags: some(p.Tags),
		}
		if p.PublishedVersion > 0 {
			out[i].PublicURL = known(s.link("/c/" + p.ID))
		}
	}
	return out
}

func (a *api) addPrecedents() {
	add(a, endpoint{method: http.MethodGet, path: "/claims/{id}/precedents", act: claims.ActLook,
		summary: "Verdicts that stand on the same source, kind and topic"}, a.server.apiPrecedents)
}
