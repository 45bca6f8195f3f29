package claimstest

import (
	"errors"
	"testing"
	"time"

	"cotejo/claims"
)

// NewHook makes a sample webhook.
func NewHook(id string) claims.Hook {
	return claims.Hook{ID: id, Form: claims.HookWebhook, Name: "Archivo", URL: "https://archive.test/hook", Kinds: []claims.HookKind{claims.NewsPublished}, State: claims.HookOn,
		Secret: "whsec_one", CreatedBy: "P1", CreatedAt: Start, UpdatedAt: Start, HookStatus: claims.HookStatus{NextAt: Start}}
}

// NewDelivery makes a sample message to a hook.
func NewDelivery(id, hook string, n int) claims.Delivery {
	at := Start.Add(time.Duration(n) * time.Minute)
	return claims.Delivery{ID: id, Hook: hook, Kind: claims.NewsPublished, Subject: "7F3K9Q", Body: "{}", State: claims.DeliveryWaiting, CreatedAt: at, NextAt: at}
}

// runHooks keeps webhooks and the messages on their way to them.
func runHooks(t *testing.T, store claims.Store) {
	ctx := t.Context()
	h, off := NewHook("H1"), NewHook("H2")
	off.State = claims.HookOff
	refused(t, store, "a hook without an event", "", func(w claims.Writer) error { h := h; return w.CreateHook(ctx, &h) })
	Write(t, store, func(w claims.Writer) error { return errors.Join(w.CreateHook(ctx, &h), w.CreateHook(ctx, &off)) })
	first, second, done := NewDelivery("D1", "H1", 0), NewDelivery("D2", "H1", 1), NewDelivery("D3", "H1", 2)
	done.State, done.EndedAt, done.Attempts = claims.DeliveryDelivered, Start.Add(time.Hour), 1
	done.Tries = []claims.DeliveryTry{{At: Start, Millis: 12, Status: 500, Problem: &claims.JobProblem{Key: "fetch.status"}, Answer: "no"}}
	if err := store.Update(ctx, func(w claims.Writer) error {
		return errors.Join(w.PutDelivery(ctx, first), w.PutDelivery(ctx, second), w.PutDelivery(ctx, done), w.PutDelivery(ctx, NewDelivery("D4", "H2", 0)))
	}); err != nil {
		t.Errorf("messages follow from events and ask for none: %v", err)
	}
	refused(t, store, "a message to no hook", claims.KindNotFound, func(w claims.Writer) error { return w.PutDelivery(ctx, NewDelivery("D9", "NONE", 0)) })
	now := Start.Add(30 * time.Second)
	Read(t, store, func(r claims.Reader) error {
		all, err := r.Hooks(ctx)
		equal(t, "hooks", []claims.Hook{h, off}, all)
		due, err2 := r.DueHooks(ctx, now)
		equal(t, "hooks that wait", []string{"H1"}, due)
		next, err3 := r.DueDelivery(ctx, "H1", now)
		equal(t, "the next message", first, next)
		none, err4 := r.DueDelivery(ctx, "H1", Start.Add(-time.Second))
		equal(t, "nothing yet", claims.Delivery{}, none)
		page, cursor, err5 := r.Deliveries(ctx, "H1", claims.Page{Limit: 2})
		equal(t, "newest", []claims.Delivery{done, second}, page)
		rest, last, err6 := r.Deliveries(ctx, "H1", claims.Page{Limit: 2, Cursor: cursor})
		equal(t, "the rest", []claims.Delivery{first}, rest)
		equal(t, "last cursor", "", last)
		waits, err7 := r.Awaits(ctx, "H1", "7F3K9Q")
		other, err8 := r.Awaits(ctx, "H1", "other")
		if !waits || other {
			t.Errorf("awaits: %v, %v", waits, other)
		}
		return errors.Join(err, err2, err3, err4, err5, err6, err7, err8)
	})
	stale := h
	h.Name, h.State, h.OldSecret, h.Secret, h.OldUntil = "Otro", claims.HookFailed, h.Secret, "whsec_two", Start.Add(time.Hour)
	Write(t, store, func(w claims.Writer) error { return w.UpdateHook(ctx, &h) })
	refused(t, store, "a change of an older version", claims.KindStale, func(w claims.Writer) error { return w.UpdateHook(ctx, &stale) })
	h.HookStatus = claims.HookStatus{Fails: 3, FailingSince: Start, NextAt: Start.Add(time.Hour), DeliveredAt: Start}
	if err := store.Update(ctx, func(w claims.Writer) error {
		return errors.Join(w.NoteHook(ctx, "H1", h.HookStatus), w.DeleteDeliveriesBefore(ctx, Start.Add(2*time.Hour)))
	}); err != nil {
		t.Errorf("what workers note asks for no event: %v", err)
	}
	Read(t, store, func(r claims.Reader) error {
		got, err := r.Hook(ctx, "H1")
		equal(t, "the hook", h, got)
		due, err2 := r.DueHooks(ctx, now)
		equal(t, "nothing is sent to what failed", 0, len(due))
		n, err3 := r.CountFailing(ctx)
		equal(t, "failing", 1, n)
		left, _, err4 := r.Deliveries(ctx, "H1", claims.Page{})
		equal(t, "what waits stays", 2, len(left))
		return errors.Join(err, err2, err3, err4)
	})
	Write(t, store, func(w claims.Writer) error { return w.DeleteHook(ctx, "H1") })
	missing(t, store, "a deleted hook", func(r claims.Reader) error { _, err := r.Hook(ctx, "H1"); return err })
	missing(t, store, "its messages", func(r claims.Reader) error { _, err := r.Delivery(ctx, "D1"); return err })
}
