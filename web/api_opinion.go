package web

import (
	"context"
	"net/http"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

type opinionInput struct {
	Content     string `json:"content,omitempty"`
	Attribution string `json:"attribution,omitempty"`
	Note        string `json:"note,omitempty"`
	Waive       bool   `json:"waive,omitempty" doc:"See the proposal without judging first; where it is withheld, an editor says why in note"`
}

type opinionJSON struct {
	ID          string    `json:"id"`
	Person      string    `json:"person"`
	Content     string    `json:"content"`
	Attribution string    `json:"attribution"`
	Note        string    `json:"note"`
	Waived      bool      `json:"waived"`
	Agrees      *bool     `json:"agrees" doc:"With what was proposed; null where it was waived"`
	Withheld    bool      `json:"withheld" doc:"The proposal had been kept from its author until then"`
	SubmittedAt time.Time `json:"submitted_at" doc:"Which submission it is about"`
	At          time.Time `json:"at"`
}

type agreementJSON struct {
	Opinions    int                `json:"opinions" doc:"How many are counted: not waived, by people who had not judged the claim before"`
	Withheld    int                `json:"withheld" doc:"Of them, while the proposal was kept from their authors"`
	Content     layerAgreementJSON `json:"content"`
	Attribution layerAgreementJSON `json:"attribution"`
}

type layerAgreementJSON struct {
	N      int                 `json:"n"`
	Agreed int                 `json:"agreed"`
	Kappa  *float64            `json:"kappa" doc:"Cohen’s; null where it is not defined"`
	Steps  []stepAgreementJSON `json:"steps"`
}

type stepAgreementJSON struct {
	Step         string         `json:"step"`
	N            int            `json:"n" doc:"How often it was proposed"`
	Agreed       int            `json:"agreed"`
	Instead      map[string]int `json:"instead" doc:"What was given instead"`
	GivenInstead int            `json:"given_instead" doc:"How often it was given where another was proposed"`
}

type noArguments struct{ Call }

func (a *api) addOpinions() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/claims/{id}/opinions", act: claims.ActLook, summary: "Second opinions on a claim, oldest first"}, s.apiOpinions)
	add(a, endpoint{method: http.MethodPost, path: "/claims/{id}/opinions", act: claims.ActOpinion,
		summary: "Say what you make of a submitted claim yourself; then you see what was proposed", body: bodyOf[opinionInput](), status: http.StatusCreated}, s.apiOpinionGive)
	add(a, endpoint{method: http.MethodGet, path: "/stats/agreement", act: claims.ActLook, summary: "How far second opinions agree with what was proposed"}, s.apiAgreement)
}

func newOpinionJSON(o claims.Opinion) opinionJSON {
	out := opinionJSON{
		ID: o.ID, Person: o.Person, Content: o.Content, Attribution: o.Attribution, Note: o.Note, Waived: o.Waived, Withheld: o.Withheld,
		SubmittedAt: o.SubmittedAt, At: o.At,
	}
	if !o.Waived {
		agrees := o.Agrees()
		out.Agrees = &agrees
	}
	return out
}

func (s *Server) apiOpinions(ctx context.Context, in *claimID) (*listing[opinionJSON], error) {
	v, err := s.desk.Claim(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	items := make([]opinionJSON, len(v.Opinions))
	for i, o := range v.Opinions {
		items[i] = newOpinionJSON(o)
	}
	return listed(items, ""), nil
}

func (s *Server) apiOpinionGive(ctx context.Context, in *evidenceAt) (*single[opinionJSON], error) {
	body, err := decode[opinionInput](in)
	if err != nil {
		return nil, err
	}
	version, err := s.seenOrPresent(ctx, in.actor(), in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	o, err := s.desk.GiveOpinion(ctx, in.actor(), in.ID, version, workflow.OpinionInput(body))
	if err != nil {
		return nil, err
	}
	return &single[opinionJSON]{Body: newOpinionJSON(o)}, nil
}

func (s *Server) apiAgreement(ctx context.Context, in *noArguments) (*single[agreementJSON], error) {
	v, err := s.desk.Agreement(ctx, in.actor())
	if err != nil {
		return nil, err
	}
	return &single[agreementJSON]{Body: newAgreementJSON(v)}, nil
}

func newAgreementJSON(v workflow.AgreementView) agreementJSON {
	return agreementJSON{Opinions: v.Opinions, Withheld: v.Withheld, Content: layerAgreement(v.Content), Attribution: layerAgreement(v.Attribution)}
}

func layerAgreement(a claims.Agreement) layerAgreementJSON {
	out := layerAgreementJSON{N: a.N, Agreed: a.Agreed, Steps: []stepAgreementJSON{}}
	if a.HasKappa {
		out.Kappa = &a.Kappa
	}
	for _, s := range a.Steps {
		out.Steps = append(out.Steps, stepAgreementJSON{Step: s.Step, N: s.N, Agreed: s.Agreed, Instead: s.Elsewhere, GivenInstead: s.GivenInstead})
	}
	return out
}
