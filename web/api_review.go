package web

import (
	"context"
	"net/http"
	"time"

	"cotejo/claims"
)

type reviewJSON struct {
	ID           string          `json:"id"`
	ClaimVersion int64           `json:"claim_version"`
	Reviewer     string          `json:"reviewer"`
	Outcome      claims.Outcome  `json:"outcome"`
	Reason       string          `json:"reason"`
	At           time.Time       `json:"at"`
	Single       bool            `json:"single" doc:"The reviewer judged their own work"`
	Checklist    []checklistJSON `json:"checklist" doc:"As it was ticked"`
	Override     string          `json:"override" doc:"Why an editor passed over what stood in the way"`
}

type checklistJSON struct {
	Code  string            `json:"code"`
	Words map[string]string `json:"words"`
	Done  bool              `json:"done"`
}

// readinessJSON is how a claim stands to the rules of the house.
type readinessJSON struct {
	Sufficiency claims.Strictness `json:"sufficiency" doc:"off, advise or block: of the rules of evidence when it is submitted"`
	Lacks       []lackJSON        `json:"lacks" doc:"Rules of evidence that it does not keep"`
	Override    string            `json:"override" doc:"Why it was submitted all the same"`
	SignOff     claims.Strictness `json:"sign_off" doc:"off, advise or block: of the checklist when it is approved"`
	Checklist   []checklistJSON   `json:"checklist"`
	Reviews     []reviewJSON      `json:"reviews" doc:"Oldest first"`
}

type lackJSON struct {
	Rule      claims.EvidenceRule `json:"rule" doc:"What is missing of it"`
	Primary   int                 `json:"primary" doc:"How many there are"`
	Secondary int                 `json:"secondary"`
	Against   int                 `json:"against"`
}

func (a *api) addReviews() {
	s := a.server
	a.addOpinions()
	a.addLint()
	add(a, endpoint{method: http.MethodGet, path: "/claims/{id}/review", act: claims.ActLook,
		summary: "How a claim stands to the rules of the house, and what reviewers answered"}, s.apiReview)
}

func (s *Server) apiReview(ctx context.Context, in *claimID) (*single[readinessJSON], error) {
	v, err := s.desk.Claim(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	out := readinessJSON{
		Sufficiency: v.Settings.Sufficiency, Lacks: []lackJSON{}, Override: v.Override, SignOff: v.Settings.SignOff,
		Checklist: []checklistJSON{}, Reviews: []reviewJSON{},
	}
	for _, l := range v.Lacks {
		out.Lacks = append(out.Lacks, lackJSON(l))
	}
	for _, item := range v.Settings.Checklist {
		out.Checklist = append(out.Checklist, checklistJSON{Code: item.Code, Words: item.Words})
	}
	for _, r := range v.Reviews {
		row := reviewJSON{
			ID: r.ID, ClaimVersion: r.ClaimVersion, Reviewer: r.Reviewer, Outcome: r.Outcome, Reason: r.Reason, At: r.At, Single: r.Single,
			Checklist: []checklistJSON{}, Override: r.Override,
		}
		for _, item := range r.Checklist {
			row.Checklist = append(row.Checklist, checklistJSON{Code: item.Code, Words: item.Words, Done: item.Done})
		}
		out.Reviews = append(out.Reviews, row)
	}
	return &single[readinessJSON]{Body: out}, nil
}
