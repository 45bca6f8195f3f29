package web

import (
	"context"
	"net/http"
	"time"

	"cotejo/claims"
	"cotejo/claims/markdown"
	"cotejo/claims/workflow"
)

// checkJSON is a check as programs see it.
type checkJSON struct {
	ID               string            `json:"id"`
	Slug             string            `json:"slug"`
	URL              string            `json:"url" doc:"Its public address once it is published"`
	Title            string            `json:"title"`
	Summary          string            `json:"summary"`
	Body             string            `json:"body" doc:"Markdown; [[ID]] cites a claim"`
	Language         string            `json:"language"`
	Authors          []string          `json:"authors"`
	Claims           []string          `json:"claims" doc:"Ids of the claims cited, in order of first mention"`
	State            claims.CheckState `json:"state"`
	PublishedVersion int               `json:"published_version" doc:"0 while there is none"`
	CreatedAt        time.Time         `json:"created_at"`
	UpdatedAt        time.Time         `json:"updated_at"`
	Version          int64             `json:"version"`
}

type checkInput struct {
	Slug     string   `json:"slug,omitempty" doc:"Made of the title where left out"`
	Title    string   `json:"title"`
	Summary  string   `json:"summary,omitempty"`
	Body     string   `json:"body,omitempty"`
	Language string   `json:"language,omitempty"`
	Authors  []string `json:"authors,omitempty"`
}

type checkPatch struct {
	Slug     *string   `json:"slug,omitempty"`
	Title    *string   `json:"title,omitempty"`
	Summary  *string   `json:"summary,omitempty"`
	Body     *string   `json:"body,omitempty"`
	Language *string   `json:"language,omitempty"`
	Authors  *[]string `json:"authors,omitempty"`
}

type checkMove struct {
	To     claims.CheckState `json:"to" doc:"published or withdrawn"`
	Reason string            `json:"reason,omitempty"`
}

type (
	listQuery struct {
		Call
		Paging
	}
	checkSlug struct {
		Call
		Slug string `path:"slug"`
	}
	checkSeen struct {
		Call
		Seen
		Slug string `path:"slug"`
	}
)

func (a *api) addChecks() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/checks", act: claims.ActLook, summary: "List checks, newest first"}, s.apiChecks)
	add(a, endpoint{method: http.MethodPost, path: "/checks", act: claims.ActCheckWrite, summary: "Begin a check",
		body: bodyOf[checkInput](), status: http.StatusCreated}, s.apiCheckAdd)
	add(a, endpoint{method: http.MethodGet, path: "/checks/{slug}", act: claims.ActLook, summary: "One check"}, s.apiCheck)
	add(a, endpoint{method: http.MethodPatch, path: "/checks/{slug}", act: claims.ActCheckWrite, summary: "Change a check",
		body: bodyOf[checkPatch]()}, s.apiCheckEdit)
	add(a, endpoint{method: http.MethodPost, path: "/checks/{slug}/moves", act: claims.ActCheckPublish, summary: "Publish or withdraw a check",
		body: bodyOf[checkMove]()}, s.apiCheckMove)
}

func (s *Server) apiChecks(ctx context.Context, in *listQuery) (*listing[checkJSON], error) {
	page, err := pageOf(in.echo)
	if err != nil {
		return nil, err
	}
	checks, next, err := s.desk.Checks(ctx, in.actor(), page)
	if err != nil {
		return nil, err
	}
	items := make([]checkJSON, len(checks))
	for i, c := range checks {
		items[i] = s.checkJSON(c)
	}
	return listed(items, next), nil
}

func (s *Server) apiCheck(ctx context.Context, in *checkSlug) (*single[checkJSON], error) {
	c, err := s.desk.Check(ctx, in.actor(), in.Slug)
	if err != nil {
		return nil, err
	}
	return s.oneCheck(c), nil
}

func (s *Server) apiCheckAdd(ctx context.Context, in *bare) (*single[checkJSON], error) {
	body, err := decode[checkInput](in)
	if err != nil {
		return nil, err
	}
	c, err := s.desk.CreateCheck(ctx, in.actor(), workflow.CheckInput(body))
	if err != nil {
		return nil, err
	}
	out := s.oneCheck(c)
	out.Location = apiRoot + "/checks/" + c.Slug
	return out, nil
}

func (s *Server) apiCheckEdit(ctx context.Context, in *checkSeen) (*single[checkJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[checkPatch](in)
	if err != nil {
		return nil, err
	}
	c, err := s.desk.EditCheck(ctx, in.actor(), in.Slug, version, workflow.CheckPatch(body))
	if err != nil {
		return nil, err
	}
	return s.oneCheck(c), nil
}

func (s *Server) apiCheckMove(ctx context.Context, in *checkSeen) (*single[checkJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[checkMove](in)
	if err != nil {
		return nil, err
	}
	c, err := s.desk.MoveCheck(ctx, in.actor(), in.Slug, version, body.To, body.Reason)
	if err != nil {
		return nil, err
	}
	return s.oneCheck(c), nil
}

func (s *Server) oneCheck(c claims.Check) *single[checkJSON] {
	return &single[checkJSON]{ETag: etagOf(c.Version), Body: s.checkJSON(c)}
}

func (s *Server) checkJSON(c claims.Check) checkJSON {
	return checkJSON{
		ID: c.ID, Slug: c.Slug, URL: s.checkURL(c.Slug), Title: c.Title, Summary: c.Summary, Body: c.Body, Language: c.Language,
		Authors: some(c.Authors), Claims: some(markdown.Citations(c.Body)), State: c.State, PublishedVersion: c.Published,
		CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt, Version: c.Version,
	}
}
