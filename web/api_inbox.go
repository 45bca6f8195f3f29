package web

import (
	"context"
	"net/http"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// inboxJSON is one item; claim_text is what the caller may see of the claim.
type inboxJSON struct {
	ID        string           `json:"id"`
	Kind      claims.InboxKind `json:"kind" doc:"mention, assigned, due, returned, approved or published"`
	Claim     string           `json:"claim"`
	Check     *string          `json:"check" doc:"Id of the check that it is about; null where it is about a claim"`
	ClaimText string           `json:"claim_text"`
	Actor     *string          `json:"actor" doc:"Id of who did it; null for due dates"`
	Event     *string          `json:"event" doc:"Id of the act; null for due dates"`
	Due       *time.Time       `json:"due"`
	At        time.Time        `json:"at"`
	ReadAt    *time.Time       `json:"read_at"`
}

type inboxReadInput struct {
	Items []string `json:"items,omitempty" doc:"Ids of what is read"`
	All   bool     `json:"all,omitempty" doc:"Everything is read"`
}

type inboxQuery struct {
	Call
	Limit  string `query:"limit"`
	Cursor string `query:"cursor" doc:"What the page before gave as next"`
}

func (a *api) addInbox() {
	a.addMail()
	a.addTour()
	a.addKeys()
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/inbox", act: claims.ActLook, summary: "The caller’s inbox, newest first"}, s.apiInbox)
	add(a, endpoint{method: http.MethodPost, path: "/inbox/read", act: claims.ActAccount, summary: "Mark items of the caller’s inbox as read",
		body: bodyOf[inboxReadInput](), status: http.StatusNoContent}, s.apiInboxRead)
}

func newInboxJSON(r workflow.InboxRow) inboxJSON {
	return inboxJSON{
		ID: r.Item.ID, Kind: r.Item.Kind, Claim: r.Claim.ID, Check: known(r.Check.ID), ClaimText: r.Claim.Standalone, Actor: known(r.Actor), Event: known(r.Item.Event),
		Due: since(r.Item.Due), At: r.Item.At, ReadAt: since(r.Item.ReadAt),
	}
}

func (s *Server) apiInbox(ctx context.Context, in *inboxQuery) (*listing[inboxJSON], error) {
	page, err := pageOf(in.request())
	if err != nil {
		return nil, err
	}
	v, err := s.desk.Inbox(ctx, in.actor(), page)
	if err != nil {
		return nil, err
	}
	items := make([]inboxJSON, len(v.Rows))
	for i, r := range v.Rows {
		items[i] = newInboxJSON(r)
	}
	return listed(items, v.Next), nil
}

// maxRead bounds how many items one call names.
const maxRead = 500

func (s *Server) apiInboxRead(ctx context.Context, in *bare) (*struct{}, error) {
	body, err := decode[inboxReadInput](in)
	if err != nil {
		return nil, err
	}
	switch {
	case body.All == (len(body.Items) > 0):
		return nil, claims.Invalid("items", "inbox.which")
	case len(body.Items) > maxRead:
		return nil, claims.Invalid("items", "list.limit", maxRead)
	}
	return nil, s.desk.MarkRead(ctx, in.actor(), body.Items...)
}
