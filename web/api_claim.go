package web

import (
	"context"
	"net/http"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// claimJSON is a claim as programs see it: what `cotejo extract` gives, and
// where the desk stands with it.
type claimJSON struct {
	claims.Assertion
	ID               string           `json:"id"`
	URL              string           `json:"url" doc:"Its page on this desk"`
	PublicURL        *string          `json:"public_url" doc:"Its permalink once it is published"`
	Article          string           `json:"article"`
	Snapshot         int              `json:"snapshot"`
	SnapshotSHA256   string           `json:"snapshot_sha256"`
	Anchor           claims.Anchor    `json:"anchor" doc:"What was decided where its words changed in a newer snapshot: kept, orphan, or nothing"`
	Quote            string           `json:"quote"`
	Locator          string           `json:"locator,omitempty" doc:"Where in a document or recording it stands (p. 3, 1:02); told of one claim and of the claims of an article"`
	Appearances      []appearanceJSON `json:"appearances,omitempty" doc:"Of one claim: other articles in which its exact words stand"`
	Prefix           string           `json:"prefix"`
	Suffix           string           `json:"suffix"`
	Language         string           `json:"language"`
	Origin           originJSON       `json:"origin"`
	State            claims.State     `json:"state"`
	Dismissed        *dismissalJSON   `json:"dismissed"`
	Version          int64            `json:"version"`
	Verdict          *verdictJSON     `json:"verdict"`
	Withheld         bool             `json:"withheld" doc:"The verdict is kept from you until you have given your own opinion"`
	Evidence         []evidenceJSON   `json:"evidence"`
	Priority         int              `json:"priority"`
	Tags             []string         `json:"tags"`
	Assignee         *string          `json:"assignee" doc:"Id of a person"`
	Due              *time.Time       `json:"due"`
	MadeOn           *claims.Date     `json:"made_on"`
	SubmittedBy      *string          `json:"submitted_by"`
	ReviewedBy       *string          `json:"reviewed_by"`
	ApprovedBy       *string          `json:"approved_by"`
	PublishedVersion int              `json:"published_version" doc:"0 while there is none"`
	PublishedAt      *time.Time       `json:"published_at"`
	CorrectionCount  int              `json:"correction_count"`
	CreatedAt        time.Time        `json:"created_at"`
	UpdatedAt        time.Time        `json:"updated_at"`
}

type originJSON struct {
	By       string `json:"by" enum:"engine,model,person"`
	Rule     string `json:"rule,omitempty"`
	Accepted bool   `json:"accepted" doc:"A person has taken it over"`
}

type dismissalJSON struct {
	Reason claims.DismissReason `json:"reason"`
	Of     string               `json:"of,omitempty"`
	Note   string               `json:"note,omitempty"`
}

type verdictJSON struct {
	Content     string       `json:"content"`
	Attribution string       `json:"attribution"`
	Rationale   string       `json:"rationale"`
	WhatIsTrue  string       `json:"what_is_true"`
	AsOf        *claims.Date `json:"as_of"`
	ReviewAgain *claims.Date `json:"review_again"`
	Scale       int64        `json:"scale"`
	ChangedBy   string       `json:"changed_by"`
	ChangedAt   time.Time    `json:"changed_at"`
}

type claimInput struct {
	Article      string               `json:"article"`
	Snapshot     int                  `json:"snapshot,omitempty" doc:"The newest where left out"`
	Fragments    []claims.Fragment    `json:"fragments,omitempty"`
	Quote        string               `json:"quote,omitempty" doc:"Exact words, where no fragments are given"`
	Start        *int                 `json:"start,omitempty" doc:"Chooses a place of an ambiguous quote"`
	Standalone   string               `json:"standalone,omitempty"`
	Kind         claims.Kind          `json:"kind,omitempty"`
	Attributions []claims.Attribution `json:"attributions,omitempty"`
	Quantities   []claims.Quantity    `json:"quantities,omitempty"`
	Times        []claims.Time        `json:"times,omitempty"`
}

type claimPatch struct {
	Fragments    *[]claims.Fragment    `json:"fragments,omitempty"`
	Standalone   *string               `json:"standalone,omitempty"`
	Kind         *claims.Kind          `json:"kind,omitempty"`
	Attributions *[]claims.Attribution `json:"attributions,omitempty"`
	Quantities   *[]claims.Quantity    `json:"quantities,omitempty"`
	Times        *[]claims.Time        `json:"times,omitempty"`
	Priority     *int                  `json:"priority,omitempty"`
	Tags         *[]string             `json:"tags,omitempty"`
	Assignee     clearable             `json:"assignee,omitempty"`
	Due          clearable             `json:"due,omitempty"`
	MadeOn       clearable             `json:"made_on,omitempty"`
}

type moveInput struct {
	To     claims.State  `json:"to"`
	Reason string        `json:"reason,omitempty" doc:"For a dismissal one of opinion, trivial, duplicate, not_checkable, wrong"`
	Note   string        `json:"note,omitempty"`
	Of     string        `json:"of,omitempty" doc:"The other claim of a duplicate"`
	Effect claims.Effect `json:"effect,omitempty" doc:"For version 2 and later: typo, clarification, evidence or verdict"`
	Notice string        `json:"notice,omitempty" doc:"What readers are told"`

	At      string `json:"at,omitempty" doc:"RFC 3339, for published: publish it then, and not now"`
	Embargo bool   `json:"embargo,omitempty" doc:"That moment is the end of an embargo"`

	Checked  []string `json:"checked,omitempty" doc:"Codes of the checklist that an approver ticks"`
	Override string   `json:"override,omitempty" doc:"Why an editor passes over a rule of the house that blocks"`
}

type verdictInput struct {
	Content     string `json:"content"`
	Attribution string `json:"attribution,omitempty"`
	Rationale   string `json:"rationale"`
	WhatIsTrue  string `json:"what_is_true,omitempty"`
	AsOf        string `json:"as_of,omitempty"`
	ReviewAgain string `json:"review_again,omitempty"`
}

type (
	claimQuery struct {
		Call
		Paging
		State        string `query:"state" doc:"One or several, with commas"`
		Article      string `query:"article"`
		Source       string `query:"source" doc:"Words in the name of a source"`
		Verdict      string `query:"verdict" doc:"Code of the content verdict, or none"`
		Assignee     string `query:"assignee" doc:"Id of a person, me, or none"`
		Query        string `query:"q" doc:"An id, or words of wording, quote and sources"`
		Language     string `query:"language"`
		Tag          string `query:"tag"`
		UpdatedSince string `query:"updated_since" doc:"RFC 3339"`
		From         string `query:"from" doc:"The article’s date is this or later"`
		To           string `query:"to" doc:"The article’s date is this or earlier"`
		Worth        string `query:"worth" doc:"Check-worthiness of at least this, 0 to 1"`
		Evidence     string `query:"evidence" doc:"yes or no"`
		Changed      string `query:"changed" doc:"1: the article’s text changed since, and nobody decided what that means"`
		Orphan       string `query:"orphan" doc:"1: its words have no place in the article any more"`
		Waiting      string `query:"waiting" doc:"1: somebody was asked and has not answered"`
		Pending      string `query:"pending" doc:"1: due within a day, overdue, or waiting"`
		Needs        string `query:"needs" doc:"me: waits for the caller"`
		Order        string `query:"order" doc:"article, updated, worth or queue"`
	}
	claimID struct {
		Call
		ID string `path:"id" doc:"In any notation"`
	}
	claimSeen struct {
		Call
		Seen
		ID string `path:"id" doc:"In any notation"`
	}
	articleClaims struct {
		Call
		Paging
		ID string `path:"id"`
	}
)

func (a *api) addClaims() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/claims", act: claims.ActLook, summary: "List claims"}, s.apiClaims)
	add(a, endpoint{method: http.MethodGet, path: "/claims/{id}", act: claims.ActLook, summary: "One claim"}, s.apiClaim)
	add(a, endpoint{method: http.MethodPost, path: "/claims", act: claims.ActClaimSuggest, summary: "Add a claim by hand",
		body: bodyOf[claimInput](), status: http.StatusCreated}, s.apiClaimAdd)
	add(a, endpoint{method: http.MethodPatch, path: "/claims/{id}", act: claims.ActClaimTriage, summary: "Change a claim",
		body: bodyOf[claimPatch]()}, s.apiClaimEdit)
	add(a, endpoint{method: http.MethodPost, path: "/claims/{id}/moves", act: claims.ActLook, summary: "Move a claim in the workflow; policy goes by the move",
		body: bodyOf[moveInput]()}, s.apiClaimMove)
	add(a, endpoint{method: http.MethodPut, path: "/claims/{id}/verdict", act: claims.ActClaimJudge, summary: "Judge a claim",
		body: bodyOf[verdictInput]()}, s.apiClaimJudge)
}

// withEvidence lists the claims that have evidence to read.
func withEvidence(rows []claims.ClaimRow) []string {
	var ids []string
	for _, row := range rows {
		if row.Evidence > 0 {
			ids = append(ids, row.ID)
		}
	}
	return ids
}

func (s *Server) apiClaims(ctx context.Context, in *claimQuery) (*listing[claimJSON], error) {
	f, err := s.filterFor(ctx, in.echo.QueryParams(), in.actor())
	if err != nil {
		return nil, err
	}
	return s.claimsPage(ctx, in.actor(), f)
}

func (s *Server) apiArticleClaims(ctx context.Context, in *articleClaims) (*listing[claimJSON], error) {
	page, err := pageOf(in.echo)
	if err != nil {
		return nil, err
	}
	out, err := s.claimsPage(ctx, in.actor(), claims.ClaimFilter{Article: in.ID, Order: claims.OrderArticle, Page: page})
	if err == nil && len(out.Body.Items) == 0 {
		_, err = s.desk.Article(ctx, in.actor(), in.ID) // none, or no such article
	}
	return out, err
}

func (s *Server) claimsPage(ctx context.Context, actor claims.Actor, f claims.ClaimFilter) (*listing[claimJSON], error) {
	rows, next, err := s.desk.Claims(ctx, actor, f)
	if err != nil {
		return nil, err
	}
	evidence, err := s.desk.EvidenceOf(ctx, actor, withEvidence(rows))
	if err != nil {
		return nil, err
	}
	items := make([]claimJSON, len(rows))
	for i, row := range rows {
		items[i] = s.claimJSON(row, evidence[row.ID])
	}
	if f.Article != "" {
		at, err := s.desk.Locators(ctx, actor, rows)
		if err != nil {
			return nil, err
		}
		for i := range items {
			items[i].Locator = at[items[i].ID]
		}
	}
	return listed(items, next), nil
}

func (s *Server) apiClaim(ctx context.Context, in *claimID) (*single[claimJSON], error) {
	return s.oneClaim(ctx, in.actor(), in.ID)
}

func (s *Server) oneClaim(ctx context.Context, actor claims.Actor, id string) (*single[claimJSON], error) {
	v, err := s.desk.Claim(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	out := s.claimJSON(v.Row, v.Evidence)
	out.Appearances = s.appearances(v.Appearances)
	if len(v.Row.Fragments) > 0 {
		out.Locator = v.Snapshot.Meta.Locator(v.Row.Fragments[0].Span)
	}
	return &single[claimJSON]{ETag: etagOf(v.Row.Version), Body: out}, nil
}

func (s *Server) apiClaimAdd(ctx context.Context, in *bare) (*single[claimJSON], error) {
	body, err := decode[claimInput](in)
	if err != nil {
		return nil, err
	}
	c, err := s.desk.AddClaim(ctx, in.actor(), workflow.NewClaim{
		Article: body.Article, Snapshot: body.Snapshot, Fragments: body.Fragments, Quote: body.Quote, Start: body.Start,
		Standalone: body.Standalone, Kind: body.Kind, Attributions: body.Attributions, Quantities: body.Quantities, Times: body.Times,
	})
	if err != nil {
		return nil, err
	}
	out, err := s.oneClaim(ctx, in.actor(), c.ID)
	if err == nil {
		out.Location = apiRoot + "/claims/" + c.ID
	}
	return out, err
}

func (s *Server) apiClaimEdit(ctx context.Context, in *claimSeen) (*single[claimJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[claimPatch](in)
	if err != nil {
		return nil, err
	}
	_, err = s.desk.EditClaim(ctx, in.actor(), in.ID, version, workflow.ClaimPatch{
		Fragments: body.Fragments, Standalone: body.Standalone, Kind: body.Kind, Attributions: body.Attributions,
		Quantities: body.Quantities, Times: body.Times, Priority: body.Priority, Tags: body.Tags,
		Assignee: body.Assignee.patch(), Due: body.Due.patch(), MadeOn: body.MadeOn.patch(),
	})
	if err != nil {
		return nil, err
	}
	return s.oneClaim(ctx, in.actor(), in.ID)
}

func (s *Server) apiClaimMove(ctx context.Context, in *claimSeen) (*single[claimJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[moveInput](in)
	if err != nil {
		return nil, err
	}
	if body.At != "" {
		return s.apiClaimLater(ctx, in, version, body)
	}
	_, err = s.desk.MoveClaim(ctx, in.actor(), in.ID, version, workflow.MoveInput{
		To: body.To, Reason: body.Reason, Note: body.Note, Of: body.Of, Effect: body.Effect, Notice: body.Notice,
		Checked: body.Checked, Override: body.Override,
	})
	if err != nil {
		return nil, err
	}
	return s.oneClaim(ctx, in.actor(), in.ID)
}

func (s *Server) apiClaimJudge(ctx context.Context, in *claimSeen) (*single[claimJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[verdictInput](in)
	if err != nil {
		return nil, err
	}
	_, err = s.desk.Judge(ctx, in.actor(), in.ID, version, workflow.VerdictInput{
		Content: body.Content, Attribution: body.Attribution, Rationale: body.Rationale,
		WhatIsTrue: body.WhatIsTrue, AsOf: body.AsOf, ReviewAgain: body.ReviewAgain,
	})
	if err != nil {
		return nil, err
	}
	return s.oneClaim(ctx, in.actor(), in.ID)
}

func (s *Server) claimJSON(r claims.ClaimRow, evidence []claims.Evidence) claimJSON {
	out := claimJSON{
		Assertion: plainAssertion(r.Assertion), ID: r.ID, URL: s.link("/claims/" + r.ID), Article: r.Article,
		Snapshot: r.Snapshot, SnapshotSHA256: r.SnapshotSHA256, Anchor: r.Anchor, Quote: r.Quote(), Prefix: r.Prefix, Suffix: r.Suffix,
		Language: r.Language, Origin: originJSON(r.Origin), State: r.State, Version: r.Version, Withheld: r.Withheld,
		Evidence: evidenceList(evidence), Priority: r.Priority, Tags: some(r.Tags), Assignee: known(r.Assignee),
		Due: r.Due, MadeOn: r.MadeOn, SubmittedBy: known(r.SubmittedBy), ReviewedBy: known(r.ReviewedBy),
		ApprovedBy: known(r.ApprovedBy), PublishedVersion: r.PublishedVersion, PublishedAt: r.PublishedAt,
		CorrectionCount: r.Corrections, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
	}
	if r.PublishedVersion > 0 {
		out.PublicURL = known(s.link("/c/" + r.ID))
	}
	if d := r.Dismissed; d != nil {
		out.Dismissed = &dismissalJSON{Reason: d.Reason, Of: d.Of, Note: d.Note}
	}
	if v := r.Verdict; v != nil {
		out.Verdict = &verdictJSON{
			Content: v.Content, Attribution: v.Attribution, Rationale: v.Rationale, WhatIsTrue: v.WhatIsTrue,
			AsOf: v.AsOf, ReviewAgain: v.ReviewAgain, Scale: v.Scale, ChangedBy: v.ChangedBy, ChangedAt: v.ChangedAt,
		}
	}
	return out
}

func evidenceList(all []claims.Evidence) []evidenceJSON {
	out := make([]evidenceJSON, len(all))
	for i, e := range all {
		out[i] = newEvidenceJSON(e)
	}
	return out
}

// known gives nil for "", so that JSON says null.
func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// plainAssertion evens out empty lists, so that JSON says [] and never null.
func plainAssertion(a claims.Assertion) claims.Assertion {
	a.Fragments, a.Reasons = some(a.Fragments), some(a.Reasons)
	a.Quantities, a.Times = some(a.Quantities), some(a.Times)
	list := make([]claims.Attribution, len(a.Attributions))
	for i, one := range a.Attributions {
		one.Sources, one.Via = some(one.Sources), some(one.Via)
		list[i] = one
	}
	a.Attributions = list
	return a
}
