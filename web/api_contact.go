package web

import (
	"context"
	"net/http"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

type contactInput struct {
	Whom       string       `json:"whom"`
	Means      claims.Means `json:"means,omitempty" doc:"email, phone, message, in_person, letter or other"`
	Question   string       `json:"question"`
	AskedAt    string       `json:"asked_at,omitempty" doc:"Now where left out"`
	Deadline   string       `json:"deadline,omitempty"`
	Answer     string       `json:"answer,omitempty"`
	AnsweredAt string       `json:"answered_at,omitempty" doc:"Now where there is an answer"`
	Closed     bool         `json:"closed,omitempty" doc:"No answer came, and none is waited for"`
	Public     string       `json:"public,omitempty" doc:"Sentence for the public page"`
}

type contactJSON struct {
	ID         string       `json:"id"`
	Claim      string       `json:"claim"`
	Whom       string       `json:"whom"`
	Means      claims.Means `json:"means"`
	Question   string       `json:"question"`
	AskedAt    time.Time    `json:"asked_at"`
	Deadline   *time.Time   `json:"deadline"`
	Answer     string       `json:"answer"`
	AnsweredAt *time.Time   `json:"answered_at"`
	Closed     bool         `json:"closed"`
	Public     string       `json:"public"`
	Version    int64        `json:"version"`
}

type contactSeen struct {
	Call
	Seen
	ID      string `path:"id" doc:"In any notation"`
	Contact string `path:"contact"`
}

func newContactJSON(k claims.Contact) contactJSON {
	return contactJSON{
		ID: k.ID, Claim: k.Claim, Whom: k.Whom, Means: k.Means, Question: k.Question, AskedAt: k.AskedAt, Deadline: k.Deadline,
		Answer: k.Answer, AnsweredAt: k.AnsweredAt, Closed: k.Closed, Public: k.Public, Version: k.Version,
	}
}

func (a *api) addContacts() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/claims/{id}/contacts", act: claims.ActLook, summary: "Who was asked about a claim, and what they said"}, s.apiContacts)
	add(a, endpoint{method: http.MethodPost, path: "/claims/{id}/contacts", act: claims.ActContact, summary: "Write down that somebody was asked",
		body: bodyOf[contactInput](), status: http.StatusCreated}, s.apiContactAdd)
	add(a, endpoint{method: http.MethodPut, path: "/claims/{id}/contacts/{contact}", act: claims.ActContact, summary: "Write down what came of asking; replaces the contact whole",
		body: bodyOf[contactInput]()}, s.apiContactEdit)
}

func (s *Server) apiContacts(ctx context.Context, in *claimID) (*listing[contactJSON], error) {
	v, err := s.desk.Claim(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	items := make([]contactJSON, len(v.Contacts))
	for i, k := range v.Contacts {
		items[i] = newContactJSON(k)
	}
	return listed(items, ""), nil
}

func (s *Server) apiContactAdd(ctx context.Context, in *claimID) (*single[contactJSON], error) {
	body, err := decode[contactInput](in)
	if err != nil {
		return nil, err
	}
	k, err := s.desk.AddContact(ctx, in.actor(), in.ID, workflow.ContactInput(body))
	if err != nil {
		return nil, err
	}
	return &single[contactJSON]{ETag: etagOf(k.Version), Body: newContactJSON(k)}, nil
}

func (s *Server) apiContactEdit(ctx context.Context, in *contactSeen) (*single[contactJSON], error) {
	body, err := decode[contactInput](in)
	if err != nil {
		return nil, err
	}
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	k, err := s.desk.EditContact(ctx, in.actor(), in.ID, in.Contact, version, workflow.ContactInput(body))
	if err != nil {
		return nil, err
	}
	return &single[contactJSON]{ETag: etagOf(k.Version), Body: newContactJSON(k)}, nil
}
