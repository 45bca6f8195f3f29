package web

import (
	"context"
	"net/http"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// sourceJSON is a source as programs see it. Who may not see a protected one gets
// a neutral name and shown false.
type sourceJSON struct {
	ID         string            `json:"id"`
	URL        string            `json:"url" doc:"Its page on this desk"`
	Name       string            `json:"name"`
	Kind       claims.SourceKind `json:"kind"`
	Aliases    []string          `json:"aliases"`
	Code       string            `json:"code" doc:"ISO 3166, for states"`
	SameAs     []string          `json:"same_as"`
	Note       string            `json:"note"`
	Protected  bool              `json:"protected"`
	Shown      bool              `json:"shown" doc:"The caller may see who it is"`
	Readers    []string          `json:"readers" doc:"Ids of the people who may see who it is"`
	MergedInto *string           `json:"merged_into" doc:"The record that it became part of"`
	Claims     *int              `json:"claims,omitempty" doc:"Tied to it; in lists"`
	Record     *recordJSON       `json:"record,omitempty"`
	Exposed    []exposedJSON     `json:"exposed,omitempty" doc:"Of a protected source, for its readers: where it is named for all to read"`
	CreatedAt  time.Time         `json:"created_at"`
	UpdatedAt  time.Time         `json:"updated_at"`
	Version    int64             `json:"version"`
}

// exposedJSON is a publication (version above 0), an article or a published check that
// names a protected source.
type exposedJSON struct {
	Claim   string `json:"claim,omitempty"`
	Article string `json:"article,omitempty"`
	Version int    `json:"version"`
	Check   string `json:"check,omitempty" doc:"Its slug"`
}

// recordJSON is what a source has claimed; the keys are codes of steps, "" where
// there is no verdict yet.
type recordJSON struct {
	Said         int            `json:"said"`
	Relayed      int            `json:"relayed"`
	Verdicts     map[string]int `json:"verdicts"`
	Attributions map[string]int `json:"attributions"`
}

type sourceInput struct {
	Name      string            `json:"name"`
	Kind      claims.SourceKind `json:"kind,omitempty"`
	Aliases   []string          `json:"aliases,omitempty"`
	Code      string            `json:"code,omitempty"`
	SameAs    []string          `json:"same_as,omitempty"`
	Note      string            `json:"note,omitempty"`
	Protected bool              `json:"protected,omitempty"`
	Readers   []string          `json:"readers,omitempty" doc:"Ids or sign-in names; the caller's where a protected source names nobody"`
}

type sourcePatch struct {
	Name      *string            `json:"name,omitempty"`
	Kind      *claims.SourceKind `json:"kind,omitempty"`
	Aliases   *[]string          `json:"aliases,omitempty"`
	Code      *string            `json:"code,omitempty"`
	SameAs    *[]string          `json:"same_as,omitempty"`
	Note      *string            `json:"note,omitempty"`
	Protected *bool              `json:"protected,omitempty"`
	Readers   *[]string          `json:"readers,omitempty"`
}

type mergeInput struct {
	Into string `json:"into" doc:"Id of the record that this one becomes part of"`
}

type (
	sourceQuery struct {
		Call
		Paging
		Query     string `query:"q" doc:"Words in a name or alias"`
		Kind      string `query:"kind"`
		Protected string `query:"protected" doc:"1 for protected sources only"`
	}
	sourceID struct {
		Call
		ID string `path:"id"`
	}
	sourceSeen struct {
		Call
		Seen
		ID string `path:"id"`
	}
)

func (a *api) addSources() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/sources", act: claims.ActLook, summary: "List sources, by name"}, s.apiSources)
	add(a, endpoint{method: http.MethodPost, path: "/sources", act: claims.ActSourceEdit, summary: "Add a source",
		body: bodyOf[sourceInput](), status: http.StatusCreated}, s.apiSourceAdd)
	add(a, endpoint{method: http.MethodGet, path: "/sources/{id}", act: claims.ActLook, summary: "One source and what it has claimed"}, s.apiSource)
	add(a, endpoint{method: http.MethodPatch, path: "/sources/{id}", act: claims.ActSourceEdit, summary: "Change a source, or who may see a protected one",
		body: bodyOf[sourcePatch]()}, s.apiSourceEdit)
	add(a, endpoint{method: http.MethodPost, path: "/sources/{id}/merge", act: claims.ActSourceMerge, summary: "Make a source part of another",
		body: bodyOf[mergeInput]()}, s.apiSourceMerge)
}

func (s *Server) apiSources(ctx context.Context, in *sourceQuery) (*listing[sourceJSON], error) {
	page, err := pageOf(in.echo)
	if err != nil {
		return nil, err
	}
	rows, next, err := s.desk.Sources(ctx, in.actor(), claims.SourceFilter{
		Query: cut(in.Query, maxQuery), Kind: claims.SourceKind(in.Kind), Protected: in.Protected == "1", Page: page,
	})
	if err != nil {
		return nil, err
	}
	items := make([]sourceJSON, len(rows))
	for i, row := range rows {
		items[i] = s.sourceJSON(row.Source, row.ShownTo(in.actor().ID))
		items[i].Claims = &row.Claims
	}
	return listed(items, next), nil
}

func (s *Server) apiSource(ctx context.Context, in *sourceID) (*single[sourceJSON], error) {
	return s.oneSource(ctx, in.actor(), in.ID)
}

func (s *Server) oneSource(ctx context.Context, actor claims.Actor, id string) (*single[sourceJSON], error) {
	v, err := s.desk.Source(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	out := s.sourceJSON(v.Source, v.Shown)
	record := recordJSON(v.Record)
	out.Record = &record
	for _, e := range v.Exposed {
		out.Exposed = append(out.Exposed, exposedJSON{Claim: e.Claim, Article: e.Article, Version: e.N, Check: e.Check})
	}
	return &single[sourceJSON]{ETag: etagOf(v.Source.Version), Body: out}, nil
}

func (s *Server) apiSourceAdd(ctx context.Context, in *bare) (*single[sourceJSON], error) {
	body, err := decode[sourceInput](in)
	if err != nil {
		return nil, err
	}
	src, err := s.desk.AddSource(ctx, in.actor(), workflow.SourceInput(body))
	if err != nil {
		return nil, err
	}
	out, err := s.oneSource(ctx, in.actor(), src.ID)
	if err == nil {
		out.Location = apiRoot + "/sources/" + src.ID
	}
	return out, err
}

func (s *Server) apiSourceEdit(ctx context.Context, in *sourceSeen) (*single[sourceJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[sourcePatch](in)
	if err != nil {
		return nil, err
	}
	if _, err := s.desk.EditSource(ctx, in.actor(), in.ID, version, workflow.SourcePatch(body)); err != nil {
		return nil, err
	}
	return s.oneSource(ctx, in.actor(), in.ID)
}

// apiSourceMerge answers with the record that stands for both from then on.
func (s *Server) apiSourceMerge(ctx context.Context, in *sourceSeen) (*single[sourceJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[mergeInput](in)
	if err != nil {
		return nil, err
	}
	into, err := s.desk.MergeSource(ctx, in.actor(), in.ID, version, body.Into)
	if err != nil {
		return nil, err
	}
	return s.oneSource(ctx, in.actor(), into.ID)
}

func (s *Server) sourceJSON(src claims.Source, shown bool) sourceJSON {
	return sourceJSON{
		ID: src.ID, URL: s.link("/sources/" + src.ID), Name: src.Name, Kind: src.Kind, Aliases: some(src.Aliases), Code: src.Code,
		SameAs: some(src.SameAs), Note: src.Note, Protected: src.Protected, Shown: shown, Readers: some(src.Readers),
		MergedInto: known(src.MergedInto), CreatedAt: src.CreatedAt, UpdatedAt: src.UpdatedAt, Version: src.Version,
	}
}
