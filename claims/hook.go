package claims

import (
	"context"
	"slices"
	"time"
)

// HookForm says what is sent to a hook's address.
type HookForm string

// The forms of hooks.
const (
	HookWebhook HookForm = "webhook" // messages as Standard Webhooks has them
	HookWebSub  HookForm = "websub"  // pings to a WebSub hub that a feed has changed
)

// HubID is the id of the one hook that is a WebSub hub.
const HubID = "websub"

// HookKind is what a message tells of.
type HookKind string

// The kinds of messages, in the order in which people are offered them.
const (
	NewsPublished      HookKind = "claim.published"
	NewsCorrected      HookKind = "claim.corrected" // a version after the first one, whatever its effect
	NewsWithdrawn      HookKind = "claim.withdrawn"
	NewsCheckPublished HookKind = "check.published"
	NewsCheckWithdrawn HookKind = "check.withdrawn"
	NewsMoved          HookKind = "claim.moved" // in the workflow: ids and states only
	NewsReported       HookKind = "report.received"
	NewsAnswered       HookKind = "report.answered"
)

// NewsTest is what somebody has sent to see whether it arrives, NewsPing tells a hub of
// a feed; nobody chooses them.
const (
	NewsTest HookKind = "test"
	NewsPing HookKind = "feed.changed"
)

// HookKinds lists every kind that can be chosen.
var HookKinds = []HookKind{NewsPublished, NewsCorrected, NewsWithdrawn, NewsCheckPublished, NewsCheckWithdrawn, NewsMoved, NewsReported, NewsAnswered}

// HookState says whether messages are sent.
type HookState string

// The states of hooks.
const (
	HookOn     HookState = "on"
	HookOff    HookState = "off"    // somebody said so
	HookFailed HookState = "failed" // nobody took its messages for days, or it said that it is no more
)

// Hook is an address that is told what happens on the desk. Its secrets and, as some
// are as good as secrets, the path of its address stand in no event.
type Hook struct {
	ID        string
	Form      HookForm
	Name      string
	URL       string
	Kinds     []HookKind
	State     HookState
	Secret    string // "whsec_…"; "" for a hub
	OldSecret string // that messages are signed with too, until OldUntil
	OldUntil  time.Time
	CreatedBy string
	CreatedAt time.Time
	UpdatedAt time.Time
	Version   int64
	HookStatus
}

// HookStatus is what workers note of a hook.
type HookStatus struct {
	Fails        int       // attempts in a row that failed
	FailingSince time.Time // of the first of them
	NextAt       time.Time // nothing is tried before
	DeliveredAt  time.Time // of the last message that arrived
}

// Wants reports whether a message of this kind is sent to the hook.
func (h Hook) Wants(kind HookKind) bool { return h.State == HookOn && slices.Contains(h.Kinds, kind) }

// Secrets are what a message is signed with at a moment, the newest first.
func (h Hook) Secrets(now time.Time) []string {
	if h.OldSecret != "" && now.Before(h.OldUntil) {
		return []string{h.Secret, h.OldSecret}
	}
	return []string{h.Secret}
}

// DeliveryState is where a message stands.
type DeliveryState string

// The states of deliveries.
const (
	DeliveryWaiting   DeliveryState = "waiting"
	DeliveryDelivered DeliveryState = "delivered"
	DeliveryFailed    DeliveryState = "failed" // it was tried as often as it may be
)

// Delivery is one message on its way to one hook. Its id stays the same however often
// it is sent, so that whoever gets it twice can tell. It holds no words of a claim.
type Delivery struct {
	ID        string
	Hook      string
	Kind      HookKind
	Subject   string // what it tells of: an id, a feed's address
	Claim     string // "" for none
	Body      string
	State     DeliveryState
	Attempts  int
	CreatedAt time.Time
	NextAt    time.Time // waiting: when it may be sent
	EndedAt   time.Time // zero while it waits
	Tries     []DeliveryTry
}

// DeliveryTry is what became of sending a message once.
type DeliveryTry struct {
	At      time.Time   `json:"at"`
	Millis  int64       `json:"ms"`
	Status  int         `json:"status,omitempty"` // 0 where no answer came
	Problem *JobProblem `json:"problem,omitempty"`
	Answer  string      `json:"answer,omitempty"` // the beginning of what came back
}

// Last is the newest try; false where there was none.
func (d Delivery) Last() (DeliveryTry, bool) {
	if len(d.Tries) == 0 {
		return DeliveryTry{}, false
	}
	return d.Tries[len(d.Tries)-1], true
}

// HookReader reads hooks and what is on its way to them.
type HookReader interface {
	Hook(ctx context.Context, id string) (Hook, error)
	Hooks(ctx context.Context) ([]Hook, error) // oldest first
	// DueHooks gives the ids of hooks that are on, may be tried now and for which
	// something waits that may be sent.
	DueHooks(ctx context.Context, now time.Time) ([]string, error)
	Delivery(ctx context.Context, id string) (Delivery, error)
	// Deliveries gives a page of what was or is to be sent to a hook, newest first.
	Deliveries(ctx context.Context, hook string, p Page) (list []Delivery, next string, err error)
	// DueDelivery gives what is to be sent to a hook next; without an ID there is nothing.
	DueDelivery(ctx context.Context, hook string, now time.Time) (Delivery, error)
	// Awaits reports whether something about a subject waits for a hook and was not tried yet.
	Awaits(ctx context.Context, hook, subject string) (bool, error)
	CountFailing(ctx context.Context) (int, error) // hooks that failed
}

// HookWriter writes hooks. What follows from events and what workers note is exempt
// from the event rule.
type HookWriter interface {
	CreateHook(ctx context.Context, h *Hook) error
	UpdateHook(ctx context.Context, h *Hook) error               // what people decide of it; compares and raises Version
	DeleteHook(ctx context.Context, id string) error             // with its deliveries
	NoteHook(ctx context.Context, id string, s HookStatus) error // exempt
	PutDelivery(ctx context.Context, d Delivery) error           // in place of what it was before; exempt
	DeleteDeliveriesBefore(ctx context.Context, t time.Time) error
}
