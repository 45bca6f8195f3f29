package web

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"cotejo/claims"
	"cotejo/claims/export"
)

type noteInput struct {
	Text string `json:"text"`
}

type noteJSON struct {
	ID     string    `json:"id"`
	Author string    `json:"author"`
	Text   string    `json:"text"`
	At     time.Time `json:"at"`
}

type publicationJSON struct {
	N           int             `json:"n"`
	URL         string          `json:"url"`
	SHA256      string          `json:"sha256"`
	Effect      claims.Effect   `json:"effect,omitempty"`
	Notice      string          `json:"notice,omitempty"`
	PublishedBy string          `json:"published_by"`
	ApprovedBy  string          `json:"approved_by"`
	PublishedAt time.Time       `json:"published_at"`
	Withdrawn   *withdrawalJSON `json:"withdrawn"`
	Document    export.Document `json:"document"`
}

type withdrawalJSON struct {
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

type eventJSON struct {
	Seq      int64       `json:"seq"`
	ID       string      `json:"id"`
	At       time.Time   `json:"at"`
	Actor    *string     `json:"actor" doc:"Id of a person; null for the program itself"`
	Act      string      `json:"act"`
	Noun     string      `json:"noun"`
	NounID   string      `json:"noun_id"`
	Article  *string     `json:"article"`
	Claim    *string     `json:"claim"`
	Values   []valueJSON `json:"values"`
	PrevHash string      `json:"prev_hash"`
	Hash     string      `json:"hash"`
}

// valueJSON is one value of an event; value is JSON, null where it was erased.
type valueJSON struct {
	Side   claims.Side `json:"side"`
	Name   string      `json:"name"`
	Value  any         `json:"value"`
	Salt   string      `json:"salt,omitempty"`
	Digest string      `json:"digest"`
	Erased bool        `json:"erased,omitempty"`
	Hidden bool        `json:"hidden,omitempty" doc:"It names a protected source: value is what stands instead"`
}

type (
	eventQuery struct {
		Call
		After string `query:"after" doc:"Only events with a higher seq"`
		Limit string `query:"limit"`
	}
	eventID struct {
		Call
		ID string `path:"id" doc:"The event’s id, not its seq"`
	}
	eventAt struct {
		Call
		Seq int64 `path:"seq"`
	}
)

func (a *api) addClaimThreads() {
	s := a.server
	a.addEvidence()
	add(a, endpoint{method: http.MethodPost, path: "/claims/{id}/notes", act: claims.ActNoteAdd, summary: "Write into the thread on a claim",
		body: bodyOf[noteInput](), status: http.StatusCreated}, s.apiNoteAdd)
	add(a, endpoint{method: http.MethodGet, path: "/claims/{id}/notes", act: claims.ActLook, summary: "The thread on a claim, oldest first"}, s.apiNotes)
	a.addContacts()
	a.addExternals()
	a.addSplits()
	a.addReviews()
	add(a, endpoint{method: http.MethodGet, path: "/claims/{id}/events", act: claims.ActLook, summary: "The history of a claim"}, s.apiClaimEvents)
	add(a, endpoint{method: http.MethodGet, path: "/claims/{id}/publications", act: claims.ActLook, summary: "Every published version of a claim"}, s.apiPublications)
	add(a, endpoint{method: http.MethodGet, path: "/events", act: claims.ActHistory, summary: "The history of the desk, oldest first"}, s.apiEvents)
	add(a, endpoint{method: http.MethodPost, path: "/events/{id}/undo", act: claims.ActLook,
		summary: "Take an act of your own back, last in first out, until somebody else has acted on the same thing"}, s.apiEventUndo)
	add(a, endpoint{method: http.MethodPost, path: "/events/{seq}/erase", act: claims.ActErase, summary: "Erase the values of an event; the chain stays whole",
		body: bodyOf[reasonInput](), status: http.StatusNoContent}, s.apiEventErase)
}

func (s *Server) apiNoteAdd(ctx context.Context, in *claimID) (*single[noteJSON], error) {
	body, err := decode[noteInput](in)
	if err != nil {
		return nil, err
	}
	n, err := s.desk.AddNote(ctx, in.actor(), in.ID, body.Text)
	if err != nil {
		return nil, err
	}
	return &single[noteJSON]{Body: noteJSON{ID: n.ID, Author: n.Author, Text: n.Text, At: n.At}}, nil
}

func (s *Server) apiNotes(ctx context.Context, in *claimID) (*listing[noteJSON], error) {
	v, err := s.desk.Claim(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	items := make([]noteJSON, len(v.Notes))
	for i, n := range v.Notes {
		items[i] = noteJSON{ID: n.ID, Author: n.Author, Text: n.Text, At: n.At}
	}
	return listed(items, ""), nil
}

func (s *Server) apiClaimEvents(ctx context.Context, in *claimID) (*listing[eventJSON], error) {
	events, err := s.desk.ClaimEvents(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	return listed(eventList(events), ""), nil
}

func (s *Server) apiPublications(ctx context.Context, in *claimID) (*listing[publicationJSON], error) {
	pubs, err := s.desk.Publications(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	items := make([]publicationJSON, len(pubs))
	for i, p := range pubs {
		document, err := export.ReadDocument(p.Document)
		if err != nil {
			return nil, err
		}
		items[i] = publicationJSON{
			N: p.N, URL: s.link(address{id: p.Claim, n: p.N}.String()), SHA256: p.SHA256, Effect: p.Effect, Notice: p.Notice,
			PublishedBy: p.PublishedBy, ApprovedBy: p.ApprovedBy, PublishedAt: p.PublishedAt, Document: document,
		}
		if w := p.Withdrawn; w != nil {
			items[i].Withdrawn = &withdrawalJSON{By: w.By, At: w.At, Reason: w.Reason}
		}
	}
	return listed(items, ""), nil
}

// apiEvents pages through the history by the seq of the last event seen.
func (s *Server) apiEvents(ctx context.Context, in *eventQuery) (*listing[eventJSON], error) {
	f := claims.EventFilter{Limit: defaultLimit}
	if in.After != "" {
		after, err := strconv.ParseInt(in.After, 10, 64)
		if err != nil || after < 0 {
			return nil, claims.Invalid("after", "api.after_malformed", cut(in.After, maxShown))
		}
		f.After = after
	}
	page, err := pageOf(in.echo)
	if err != nil {
		return nil, err
	}
	if page.Limit > 0 {
		f.Limit = page.Limit
	}
	events, _, err := s.desk.Events(ctx, in.actor(), f)
	if err != nil {
		return nil, err
	}
	next := ""
	if len(events) == f.Limit {
		next = strconv.FormatInt(events[len(events)-1].Seq, 10)
	}
	return listed(eventList(events), next), nil
}

// defaultLimit is how many rows a page of a list holds where none is asked for.
const defaultLimit = 100

func (s *Server) apiEventErase(ctx context.Context, in *eventAt) (*nothing, error) {
	body, err := decode[reasonInput](in)
	if err != nil {
		return nil, err
	}
	return nil, s.desk.EraseEvent(ctx, in.actor(), in.Seq, body.Reason)
}

// apiEventUndo answers with the event of the undoing.
func (s *Server) apiEventUndo(ctx context.Context, in *eventID) (*single[eventJSON], error) {
	e, err := s.desk.Undo(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	return &single[eventJSON]{Body: eventList([]claims.Event{e})[0]}, nil
}

func eventList(events []claims.Event) []eventJSON {
	out := make([]eventJSON, len(events))
	for i, e := range events {
		out[i] = eventJSON{
			Seq: e.Seq, ID: e.ID, At: e.At, Actor: known(e.Actor), Act: e.Act, Noun: e.Noun, NounID: e.NounID,
			Article: known(e.Article), Claim: known(e.Claim), Values: make([]valueJSON, len(e.Values)),
			PrevHash: e.PrevHash, Hash: e.Hash,
		}
		for j, v := range e.Values {
			out[i].Values[j] = valueJSON{Side: v.Side, Name: v.Name, Salt: v.Salt, Digest: v.Digest, Erased: v.Erased, Hidden: v.Hidden}
			if !v.Erased {
				out[i].Values[j].Value = json.RawMessage(v.JSON)
			}
		}
	}
	return out
}
