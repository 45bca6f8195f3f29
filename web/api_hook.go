package web

import (
	"context"
	"net/http"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// hookJSON is an address that is told what happens, without its secret.
type hookJSON struct {
	ID           string            `json:"id" doc:"websub for the WebSub hub"`
	Form         claims.HookForm   `json:"form" doc:"webhook or websub"`
	Name         string            `json:"name"`
	Target       string            `json:"target" doc:"Where messages are sent"`
	Kinds        []claims.HookKind `json:"kinds"`
	State        claims.HookState  `json:"state" doc:"on, off or failed"`
	Fails        int               `json:"fails" doc:"Attempts in a row that failed"`
	FailingSince *time.Time        `json:"failing_since"`
	DeliveredAt  *time.Time        `json:"delivered_at" doc:"Of the last message that arrived"`
	OldUntil     *time.Time        `json:"old_secret_until" doc:"Until when the secret before signs too"`
	CreatedAt    time.Time         `json:"created_at"`
	UpdatedAt    time.Time         `json:"updated_at"`
	Version      int64             `json:"version"`
}

// newHookJSON is a hook with its secret, which is shown this once.
type newHookJSON struct {
	hookJSON
	Secret string `json:"secret" doc:"Shown this once"`
}

type deliveryJSON struct {
	ID        string               `json:"id" doc:"The webhook-id, the same however often it is sent"`
	Hook      string               `json:"hook"`
	Kind      claims.HookKind      `json:"kind"`
	Subject   string               `json:"subject"`
	State     claims.DeliveryState `json:"state" doc:"waiting, delivered or failed"`
	Body      string               `json:"body"`
	Attempts  int                  `json:"attempts"`
	CreatedAt time.Time            `json:"created_at"`
	NextAt    *time.Time           `json:"next_at"`
	EndedAt   *time.Time           `json:"ended_at"`
	Tries     []deliveryTryJSON    `json:"tries" doc:"Oldest first"`
}

type deliveryTryJSON struct {
	At      time.Time       `json:"at"`
	Millis  int64           `json:"ms"`
	Status  *int            `json:"status"`
	Problem *jobProblemJSON `json:"problem"`
	Answer  string          `json:"answer"`
}

type hookInput struct {
	Name   string            `json:"name,omitempty"`
	Target string            `json:"target"`
	Kinds  []claims.HookKind `json:"kinds"`
}

type hubInput struct {
	Target string `json:"target" doc:"Empty for none"`
}

type (
	hookID struct {
		Call
		ID string `path:"id"`
	}
	hookGone struct {
		Call
		ID string `path:"hid"`
	}
	hookSeen struct {
		Call
		Seen
		ID string `path:"id"`
	}
	hookPaging struct {
		Call
		Paging
		ID string `path:"id"`
	}
)

func (a *api) addHooks() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/hooks", act: claims.ActSettings, summary: "The webhooks, and the WebSub hub"}, s.apiHooks)
	add(a, endpoint{method: http.MethodPost, path: "/hooks", act: claims.ActSettings, summary: "Add a webhook", body: bodyOf[hookInput](), status: http.StatusCreated, secret: secretResponse}, s.apiHookAdd)
	add(a, endpoint{method: http.MethodPut, path: "/hub", act: claims.ActSettings, summary: "Say which WebSub hub is told when feeds change", body: bodyOf[hubInput](), status: http.StatusNoContent}, s.apiHub)
	add(a, endpoint{method: http.MethodGet, path: "/hooks/{id}", act: claims.ActSettings, summary: "One webhook"}, s.apiHook)
	add(a, endpoint{method: http.MethodPut, path: "/hooks/{id}", act: claims.ActSettings, summary: "Change a webhook", body: bodyOf[hookInput]()}, s.apiHookEdit)
	add(a, endpoint{method: http.MethodDelete, path: "/hooks/{hid}", act: claims.ActSettings, summary: "Delete a webhook with its secret and its log", status: http.StatusNoContent}, s.apiHookDelete)
	add(a, endpoint{method: http.MethodPost, path: "/hooks/{id}/stop", act: claims.ActSettings, summary: "Send a webhook nothing more"}, s.apiHookStop)
	add(a, endpoint{method: http.MethodPost, path: "/hooks/{id}/start", act: claims.ActSettings, summary: "Send a webhook messages again"}, s.apiHookStart)
	add(a, endpoint{method: http.MethodPost, path: "/hooks/{id}/rotate", act: claims.ActSettings, summary: "Give a webhook a new secret; the one before signs too for a day", secret: secretResponse}, s.apiHookRotate)
	add(a, endpoint{method: http.MethodPost, path: "/hooks/{id}/test", act: claims.ActSettings, summary: "Send a webhook a message that says nothing", status: http.StatusAccepted}, s.apiHookTest)
	add(a, endpoint{method: http.MethodGet, path: "/hooks/{id}/deliveries", act: claims.ActSettings, summary: "What was or is to be sent to a webhook, newest first"}, s.apiDeliveries)
	add(a, endpoint{method: http.MethodPost, path: "/deliveries/{id}/resend", act: claims.ActSettings, summary: "Send a message again, under the same id", status: http.StatusAccepted}, s.apiResend)
}

func newHook(h claims.Hook) hookJSON {
	return hookJSON{ID: h.ID, Form: h.Form, Name: h.Name, Target: h.URL, Kinds: some(h.Kinds), State: h.State, Fails: h.Fails, FailingSince: since(h.FailingSince),
		DeliveredAt: since(h.DeliveredAt), OldUntil: since(h.OldUntil), CreatedAt: h.CreatedAt, UpdatedAt: h.UpdatedAt, Version: h.Version}
}

func deliveryOf(in *Call, d claims.Delivery) deliveryJSON {
	out := deliveryJSON{ID: d.ID, Hook: d.Hook, Kind: d.Kind, Subject: d.Subject, State: d.State, Body: d.Body, Attempts: d.Attempts, CreatedAt: d.CreatedAt, EndedAt: since(d.EndedAt), Tries: []deliveryTryJSON{}}
	if d.State == claims.DeliveryWaiting {
		out.NextAt = since(d.NextAt)
	}
	for _, t := range d.Tries {
		one := deliveryTryJSON{At: t.At, Millis: t.Millis, Answer: t.Answer}
		if t.Status != 0 {
			one.Status = &t.Status
		}
		if t.Problem != nil {
			one.Problem = &jobProblemJSON{Code: t.Problem.Key, Detail: wordsOf(in.echo).T(t.Problem.Key, t.Problem.Args...)}
		}
		out.Tries = append(out.Tries, one)
	}
	return out
}

func oneHook(h claims.Hook, err error) (*single[hookJSON], error) {
	if err != nil {
		return nil, renamed(err, "url", "target")
	}
	return &single[hookJSON]{ETag: etagOf(h.Version), Location: apiRoot + "/hooks/" + h.ID, Body: newHook(h)}, nil
}

func secretHook(h claims.Hook, secret string, err error) (*single[newHookJSON], error) {
	if err != nil {
		return nil, renamed(err, "url", "target")
	}
	return &single[newHookJSON]{ETag: etagOf(h.Version), Location: apiRoot + "/hooks/" + h.ID, Body: newHookJSON{newHook(h), secret}}, nil
}

func (s *Server) apiHooks(ctx context.Context, in *bare) (*listing[hookJSON], error) {
	list, err := s.desk.Hooks(ctx, in.actor())
	if err != nil {
		return nil, err
	}
	items := make([]hookJSON, len(list))
	for i, h := range list {
		items[i] = newHook(h)
	}
	return listed(items, ""), nil
}

func (s *Server) apiHookAdd(ctx context.Context, in *bare) (*single[newHookJSON], error) {
	body, err := decode[hookInput](in)
	if err != nil {
		return nil, err
	}
	return secretHook(s.desk.AddHook(ctx, in.actor(), workflow.HookInput{Name: body.Name, URL: body.Target, Kinds: body.Kinds}))
}

func (s *Server) apiHub(ctx context.Context, in *bare) (*nothing, error) {
	body, err := decode[hubInput](in)
	if err != nil {
		return nil, err
	}
	return nil, renamed(s.desk.SetHub(ctx, in.actor(), body.Target), "url", "target")
}

func (s *Server) apiHook(ctx context.Context, in *hookID) (*single[hookJSON], error) {
	v, err := s.desk.Hook(ctx, in.actor(), in.ID, claims.Page{Limit: 1})
	return oneHook(v.Hook, err)
}

func (s *Server) apiHookEdit(ctx context.Context, in *hookSeen) (*single[hookJSON], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	body, err := decode[hookInput](in)
	if err != nil {
		return nil, err
	}
	return oneHook(s.desk.EditHook(ctx, in.actor(), in.ID, version, workflow.HookInput{Name: body.Name, URL: body.Target, Kinds: body.Kinds}))
}

func (s *Server) apiHookDelete(ctx context.Context, in *hookGone) (*nothing, error) {
	return nil, s.desk.DeleteHook(ctx, in.actor(), in.ID)
}

func (s *Server) apiHookStop(ctx context.Context, in *hookID) (*single[hookJSON], error) {
	return oneHook(s.desk.StopHook(ctx, in.actor(), in.ID))
}

func (s *Server) apiHookStart(ctx context.Context, in *hookID) (*single[hookJSON], error) {
	return oneHook(s.desk.StartHook(ctx, in.actor(), in.ID))
}

func (s *Server) apiHookRotate(ctx context.Context, in *hookID) (*single[newHookJSON], error) {
	return secretHook(s.desk.RotateHook(ctx, in.actor(), in.ID))
}

func (s *Server) apiHookTest(ctx context.Context, in *hookID) (*single[deliveryJSON], error) {
	d, err := s.desk.TestHook(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	return &single[deliveryJSON]{Body: deliveryOf(&in.Call, d)}, nil
}

func (s *Server) apiDeliveries(ctx context.Context, in *hookPaging) (*listing[deliveryJSON], error) {
	page, err := pageOf(in.echo)
	if err != nil {
		return nil, err
	}
	v, err := s.desk.Hook(ctx, in.actor(), in.ID, page)
	if err != nil {
		return nil, err
	}
	items := make([]deliveryJSON, len(v.Deliveries))
	for i, d := range v.Deliveries {
		items[i] = deliveryOf(&in.Call, d)
	}
	return listed(items, v.Next), nil
}

func (s *Server) apiResend(ctx context.Context, in *hookID) (*single[deliveryJSON], error) {
	d, err := s.desk.ResendDelivery(ctx, in.actor(), in.ID)
	if err != nil {
		return nil, err
	}
	return &single[deliveryJSON]{Body: deliveryOf(&in.Call, d)}, nil
}
