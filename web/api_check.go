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
	ID               string               `json:"id"`
	Slug             string               `json:"slug"`
	URL              string               `json:"url" doc:"Its public address once it is published"`
	Title            string               `json:"title"`
	Summary          string               `json:"summary"`
	Body             string               `json:"body" doc:"Markdown; [[ID]] cites a claim"`
	Language         string               `json:"language"`
	Authors          []string             `json:"authors"`
	Related          []string             `json:"related" doc:"Slugs of other checks, chosen by hand"`
	Image            *imageJSON           `json:"image"`
	Claims           []string             `json:"claims" doc:"Ids of the claims cited, in order of first mention"`
	State            claims.CheckState    `json:"state"`
	PublishedVersion int                  `json:"published_version" doc:"0 while there is none"`
	Public           bool                 `json:"public" doc:"Readers see its published version"`
	SubmittedBy      *string              `json:"submitted_by"`
	ApprovedBy       *string              `json:"approved_by"`
	Withdrawn        *checkWithdrawalJSON `json:"withdrawn"`
	Scheduled        *scheduleJSON        `json:"scheduled" doc:"When it will be published, or why it was not; only where one check is asked for"`
	CreatedAt        time.Time            `json:"created_at"`
	UpdatedAt        time.Time            `json:"updated_at"`
	Version          int64                `json:"version"`
}

type checkInput struct {
	Slug     string   `json:"slug,omitempty" doc:"Made of the title where left out"`
	Title    string   `json:"title"`
	Summary  string   `json:"summary,omitempty"`
	Body     string   `json:"body,omitempty"`
	Language string   `json:"language,omitempty"`
	Authors  []string `json:"authors,omitempty"`
	Related  []string `json:"related,omitempty" doc:"Slugs of other checks"`
}

type checkPatch struct {
	Slug     *string   `json:"slug,omitempty"`
	Title    *string   `json:"title,omitempty"`
	Summary  *string   `json:"summary,omitempty"`
	Body     *string   `json:"body,omitempty"`
	Language *string   `json:"language,omitempty"`
	Authors  *[]string `json:"authors,omitempty"`
	Related  *[]string `json:"related,omitempty"`
}

type checkMove struct {
	To       claims.CheckState `json:"to" doc:"submitted, approved, draft (returned, or taken back), published or withdrawn"`
	Reason   string            `json:"reason,omitempty"`
	Effect   claims.Effect     `json:"effect,omitempty" doc:"For version 2 and later: typo, clarification (where left out), evidence or verdict"`
	Notice   string            `json:"notice,omitempty" doc:"What readers are told"`
	Claims   bool              `json:"claims,omitempty" doc:"Publish the approved claims that it cites along with it"`
	Override string            `json:"override,omitempty" doc:"Why an editor passes over a rule of the house that blocks one of these claims"`
	At       string            `json:"at,omitempty" doc:"RFC 3339: publish it then, and not now"`
	Embargo  bool              `json:"embargo,omitempty" doc:"That moment is the end of an embargo"`
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
	add(a, endpoint{method: http.MethodPut, path: "/checks/{slug}/image", act: claims.ActCheckWrite, summary: "Give a check a picture, or the one it has other words",
		body: bodyOf[checkImageBody](), bound: imageBound}, s.apiCheckImage)
	add(a, endpoint{method: http.MethodDelete, path: "/checks/{slug}/image", act: claims.ActCheckWrite, summary: "Take the picture of a check away"}, s.apiCheckImageDrop)
	add(a, endpoint{method: http.MethodGet, path: "/checks/{slug}/plan", act: claims.ActLook, summary: "What publishing a check would do now"}, s.apiCheckPlan)
	add(a, endpoint{method: http.MethodGet, path: "/scheduled", act: claims.ActLook, summary: "What will be published next, at set times"}, s.apiScheduled)
	add(a, endpoint{method: http.MethodDelete, path: "/scheduled/{id}", act: claims.ActCheckPublish, summary: "Take back that something will be published at a set time"}, s.apiUnschedule)
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
	return s.checkScheduled(ctx, in.Call, c)
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
	if body.At != "" {
		return s.apiCheckLater(ctx, in, version, body)
	}
	c, err := s.desk.MoveCheckWith(ctx, in.actor(), in.Slug, version, workflow.CheckMoveInput{
		To: body.To, Reason: body.Reason, Effect: body.Effect, Notice: body.Notice, Along: body.Claims, Override: body.Override,
	})
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
		Related: some(c.Related), Image: newImageJSON(c.Image), Public: c.Public(), SubmittedBy: known(c.SubmittedBy), ApprovedBy: known(c.ApprovedBy),
		Withdrawn: newCheckWithdrawalJSON(c.Withdrawn), CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt, Version: c.Version,
	}
}
