package web

import (
	"context"
	"net/http"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/views/desk"
	"cotejo/views/i18n"
)

// lintJSON is how the ClaimReview of a claim stands to its rules.
type lintJSON struct {
	Strictness claims.Strictness `json:"strictness" doc:"off, advise or block, when a claim is published"`
	Withheld   bool              `json:"withheld" doc:"The verdict is kept from you, and with it this"`
	Blocks     bool              `json:"blocks" doc:"Publishing needs override, a reason, from somebody who may give it"`
	Rules      []ruleJSON        `json:"rules"`
}

type ruleJSON struct {
	Rule   export.Rule `json:"rule"`
	Kept   bool        `json:"kept"`
	Advice bool        `json:"advice" doc:"Recommended only: it blocks nothing"`
	Says   string      `json:"says"`
}

func (a *api) addLint() {
	add(a, endpoint{method: http.MethodGet, path: "/claims/{id}/review-lint", act: claims.ActLook,
		summary: "How the ClaimReview of a claim would keep its rules if it were published now"}, a.server.apiLint)
}

func (s *Server) apiLint(ctx context.Context, in *claimID) (*single[lintJSON], error) {
	all, settings, err := s.desk.ReviewLint(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	out := lintJSON{
		Strictness: settings.ReviewLint, Withheld: all == nil, Rules: []ruleJSON{},
		Blocks: settings.ReviewLint == claims.Block && len(export.Broken(all)) > 0,
	}
	words := i18n.For("en")
	for _, f := range all {
		out.Rules = append(out.Rules, ruleJSON{Rule: f.Rule, Kept: f.Kept, Advice: f.Rule.Advice(), Says: desk.LintText(words, f)})
	}
	return &single[lintJSON]{Body: out}, nil
}
