package claims

import (
	"context"
	"time"
)

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
