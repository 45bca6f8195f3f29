package web

import (
	"context"
	"net/http"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

type claimMergeInput struct {
	Into string `json:"into" doc:"The claim that says the same"`
	Note string `json:"note,omitempty"`
}

type splitInput struct {
	Fragments []claims.Fragment `json:"fragments,omitempty" doc:"The words that become a claim of their own"`
	Quote     string            `json:"quote,omitempty" doc:"Exact words, where no fragments are given"`
	Start     *int              `json:"start,omitempty" doc:"Chooses a place of an ambiguous quote"`
}

type splitJSON struct {
	Claim claimJSON `json:"claim" doc:"What stays"`
	Part  claimJSON `json:"part" doc:"The new claim"`
}

func (a *api) addSplits() {
	s := a.server
	add(a, endpoint{method: http.MethodPost, path: "/claims/{id}/merge", act: claims.ActClaimDismiss, summary: "Set a claim aside for another that says the same",
		body: bodyOf[claimMergeInput]()}, s.apiClaimMerge)
	add(a, endpoint{method: http.MethodPost, path: "/claims/{id}/split", act: claims.ActClaimEdit, summary: "Make a claim of some of a claim’s words",
		body: bodyOf[splitInput](), status: http.StatusCreated}, s.apiClaimSplit)
}

func (s *Server) apiClaimMerge(ctx context.Context, in *claimSeen) (*single[claimJSON], error) {
	body, err := decode[claimMergeInput](in)
	if err != nil {
		return nil, err
	}
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	claim, err := s.desk.MergeClaim(ctx, in.actor(), in.ID, version, body.Into, body.Note)
	if err != nil {
		return nil, err
	}
	return s.oneClaim(ctx, in.actor(), claim.ID)
}

func (s *Server) apiClaimSplit(ctx context.Context, in *claimSeen) (*single[splitJSON], error) {
	body, err := decode[splitInput](in)
	if err != nil {
		return nil, err
	}
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	stays, part, err := s.desk.SplitClaim(ctx, in.actor(), in.ID, version, workflow.SplitInput(body))
	if err != nil {
		return nil, err
	}
	rest, err := s.oneClaim(ctx, in.actor(), stays.ID)
	if err != nil {
		return nil, err
	}
	cut, err := s.oneClaim(ctx, in.actor(), part.ID)
	if err != nil {
		return nil, err
	}
	return &single[splitJSON]{ETag: rest.ETag, Location: cut.Body.URL, Body: splitJSON{Claim: rest.Body, Part: cut.Body}}, nil
}
