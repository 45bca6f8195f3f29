package web

import (
	"context"
	"net/http"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

type externalInput struct {
	URL       string `json:"url" doc:"http or https"`
	Title     string `json:"title,omitempty"`
	Outlet    string `json:"outlet,omitempty"`
	Published string `json:"published,omitempty" doc:"ISO 8601 date"`
}

type externalPatchInput struct {
	URL       *string   `json:"url,omitempty"`
	Title     *string   `json:"title,omitempty"`
	Outlet    *string   `json:"outlet,omitempty"`
	Published clearable `json:"published,omitempty"`
}

type externalJSON struct {
	ID        string           `json:"id"`
	Claim     string           `json:"claim"`
	URL       string           `json:"url" doc:"Empty where it names a protected source"`
	Title     string           `json:"title"`
	Outlet    string           `json:"outlet"`
	Published *claims.Date     `json:"published"`
	Link      claims.LinkState `json:"link" doc:"Whether its page links to the claim: unknown, links, missing or unreachable"`
	SeenAt    *time.Time       `json:"link_seen_at" doc:"When the link was last there"`
	AskedAt   *time.Time       `json:"asked_at" doc:"When its page was last fetched"`
	NextAt    *time.Time       `json:"next_at" doc:"When it is fetched next, of a claim that stands published"`
	Failures  int              `json:"failures" doc:"In a row"`
	Problem   *jobProblemJSON  `json:"problem"`
	AddedBy   string           `json:"added_by"`
	AddedAt   time.Time        `json:"added_at"`
	Version   int64            `json:"version"`
}

type (
	externalID struct {
		Call
		ID string `path:"id"`
	}
	externalSeen struct {
		Call
		Seen
		ID string `path:"id"`
	}
	externalGone struct {
		Call
		Seen
		ID string `path:"xid"`
	}
)

func (a *api) addExternals() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/claims/{id}/external-checks", act: claims.ActLook, summary: "Fact checks published elsewhere about a claim, and whether they link to it"}, s.apiExternals)
	add(a, endpoint{method: http.MethodPost, path: "/claims/{id}/external-checks", act: claims.ActExternal, summary: "Write down that a fact check was published elsewhere",
		body: bodyOf[externalInput](), status: http.StatusCreated}, s.apiExternalAdd)
	add(a, endpoint{method: http.MethodGet, path: "/external-checks/{id}", act: claims.ActLook, summary: "One of them"}, s.apiExternal)
	add(a, endpoint{method: http.MethodPatch, path: "/external-checks/{id}", act: claims.ActExternal, summary: "Change what is said of it", body: bodyOf[externalPatchInput]()}, s.apiExternalEdit)
	add(a, endpoint{method: http.MethodPost, path: "/external-checks/{id}/look", act: claims.ActExternal, summary: "Have its page looked at for the link now", status: http.StatusAccepted}, s.apiExternalLook)
	add(a, endpoint{method: http.MethodDelete, path: "/external-checks/{xid}", act: claims.ActExternal, summary: "Take it away", status: http.StatusNoContent}, s.apiExternalRemove)
}

func (s *Server) externalJSON(in *Call, e claims.ExternalCheck) externalJSON {
	out := externalJSON{
		ID: e.ID, Claim: e.Claim, URL: e.URL, Title: e.Title, Outlet: e.Outlet, Published: e.Published, Link: e.Link.State,
		SeenAt: since(e.Link.SeenAt), AskedAt: since(e.Link.AskedAt), NextAt: since(e.Link.NextAt), Failures: e.Link.Failures,
		AddedBy: e.AddedBy, AddedAt: e.AddedAt, Version: e.Version,
	}
	if p := e.Link.Problem; p != nil {
		out.Problem = &jobProblemJSON{Code: p.Key, Detail: wordsOf(in.echo).T(p.Key, p.Args...)}
	}
	return out
}

func (s *Server) oneExternal(in *Call, e claims.ExternalCheck, err error) (*single[externalJSON], error) {
	if err != nil {
		return nil, err
	}
	return &single[externalJSON]{ETag: etagOf(e.Version), Body: s.externalJSON(in, e)}, nil
}

func (s *Server) apiExternals(ctx context.Context, in *claimID) (*listing[externalJSON], error) {
	list, err := s.desk.ExternalChecks(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	items := make([]externalJSON, len(list))
	for i, e := range list {
		items[i] = s.externalJSON(&in.Call, e)
	}
	return listed(items, ""), nil
}

func (s *Server) apiExternal(ctx context.Context, in *externalID) (*single[externalJSON], error) {
	e, err := s.desk.ExternalCheck(ctx, in.actor(), in.ID)
	return s.oneExternal(&in.Call, e, err)
}

func (s *Server) apiExternalAdd(ctx context.Context, in *claimID) (*single[externalJSON], error) {
	body, err := decode[externalInput](in)
	if err != nil {
		return nil, err
	}
	e, err := s.desk.AddExternal(ctx, in.actor(), in.ID, workflow.ExternalPatch{URL: &body.URL, Title: &body.Title, Outlet: &body.Outlet, Published: &body.Published})
	return s.oneExternal(&in.Call, e, err)
}

func (s *Server) apiExternalEdit(ctx context.Context, in *externalSeen) (*single[externalJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[externalPatchInput](in)
	if err != nil {
		return nil, err
	}
	e, err := s.desk.EditExternal(ctx, in.actor(), in.ID, version, workflow.ExternalPatch{URL: body.URL, Title: body.Title, Outlet: body.Outlet, Published: body.Published.patch()})
	return s.oneExternal(&in.Call, e, err)
}

func (s *Server) apiExternalLook(ctx context.Context, in *externalID) (*single[jobJSON], error) {
	j, err := s.desk.AskBacklink(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	return &single[jobJSON]{Location: s.link(apiRoot + "/jobs/" + j.ID), Body: s.jobJSON(&in.Call, j)}, nil
}

func (s *Server) apiExternalRemove(ctx context.Context, in *externalGone) (*nothing, error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	_, err = s.desk.RemoveExternal(ctx, in.actor(), in.ID, version)
	return nil, err
}
