package workflow

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/claims/auth"
	"cotejo/claims/fetch"
)

const nounHook = "hook"

// Bounds of hooks.
const (
	maxHooks        = 50
	hookSecretGrace = 24 * time.Hour // that the old secret of a hook still signs
	hookEventsMost  = 30
)

// Poster sends messages to addresses that admins name. A refusal is a *claims.Error
// with a key that begins "fetch.".
type Poster interface {
	CheckPost(ctx context.Context, address string) error
	Post(ctx context.Context, l fetch.Letter) (fetch.Receipt, error)
}

// hookFields is what the history tells of a hook: no secret, and of its address the
// host alone.
var hookFields = []field[claims.Hook]{
	plain("name", func(h *claims.Hook) *string { return &h.Name }),
	listed("hook_kinds", func(h *claims.Hook) *[]claims.HookKind { return &h.Kinds }),
	plain("hook_state", func(h *claims.Hook) *claims.HookState { return &h.State }),
	{name: "hook_host", of: func(h claims.Hook) any { return hookHost(h.URL) }, put: func(*claims.Hook, []byte) error {
		return claims.Refuse(claims.KindConflict, "undo.final")
	}},
}

func hookHost(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// HookInput is what an admin decides of a hook. A hub has an address alone.
type HookInput struct {
	Name  string
	URL   string
	Kinds []claims.HookKind
}

// HookView is a hook with what was sent to it.
type HookView struct {
	Hook       claims.Hook // without its secrets
	Deliveries []claims.Delivery
	Next       string
	Events     []claims.Event
	People     map[string]claims.Person
}

// bared is a hook without what nobody is shown again.
func bared(h claims.Hook) claims.Hook {
	h.Secret, h.OldSecret = "", ""
	return h
}

func (in HookInput) apply(h *claims.Hook) error {
	h.Name, h.URL, h.Kinds = strings.Join(strings.Fields(in.Name), " "), strings.TrimSpace(in.URL), nil
	var f faults
	if h.URL == "" {
		f.add("url", "text.missing")
	}
	f.link("url", h.URL)
	if h.Name == "" {
		h.Name = hookHost(h.URL)
	}
	f.text("name", h.Name, maxName)
	if h.Form == claims.HookWebhook {
		for _, kind := range in.Kinds {
			if !slices.Contains(claims.HookKinds, kind) {
				f.add("kinds", "hook.kind_unknown", clip(string(kind), maxName))
			}
		}
		for _, kind := range claims.HookKinds {
			if slices.Contains(in.Kinds, kind) {
				h.Kinds = append(h.Kinds, kind)
			}
		}
		if len(h.Kinds) == 0 && len(f) == 0 {
			f.add("kinds", "hook.no_kind")
		}
	}
	return f.err()
}

// checkHook refuses an address to which nothing could be sent.
func (d *Desk) checkHook(ctx context.Context, actor claims.Actor, address string) error {
	if err := d.ask(ctx, actor, claims.ActSettings); err != nil {
		return err
	}
	if d.poster == nil {
		return claims.Refuse(claims.KindConflict, "hook.off")
	}
	var f faults
	if f.link("url", strings.TrimSpace(address)); address == "" || len(f) > 0 {
		return nil // the input says so with all else that is wrong
	}
	return onField("url", d.poster.CheckPost(ctx, strings.TrimSpace(address)))
}

// Hooks gives every hook, the hub among them, without their secrets.
func (d *Desk) Hooks(ctx context.Context, actor claims.Actor) (list []claims.Hook, err error) {
	err = d.look(ctx, actor, claims.ActSettings, func(r claims.Reader) error {
		list, err = r.Hooks(ctx)
		for i := range list {
			list[i] = bared(list[i])
		}
		return err
	})
	return list, err
}

// Hub is the address of the WebSub hub that feeds name; "" for none.
func (d *Desk) Hub(ctx context.Context) (address string, err error) {
	err = d.store.View(ctx, func(r claims.Reader) error {
		h, err := r.Hook(ctx, claims.HubID)
		if missing(err) || h.State == claims.HookOff {
			return nil
		}
		address = h.URL
		return err
	})
	return address, err
}

// Hook gives one hook with a page of what was sent to it, newest first.
func (d *Desk) Hook(ctx context.Context, actor claims.Actor, id string, p claims.Page) (HookView, error) {
	var v HookView
	err := d.look(ctx, actor, claims.ActSettings, func(r claims.Reader) (err error) {
		h, err := r.Hook(ctx, clip(id, maxName))
		if err != nil {
			return err
		}
		v.Hook = bared(h)
		if v.Deliveries, v.Next, err = r.Deliveries(ctx, h.ID, bounded(p)); err != nil {
			return err
		}
		if v.People, err = everyone(ctx, r); err != nil {
			return err
		}
		v.Events, err = r.Events(ctx, claims.EventFilter{Noun: nounHook, NounID: h.ID, Before: lastSeq, Limit: hookEventsMost})
		return err
	})
	return v, err
}

// AddHook has messages sent to an address. The secret that signs them is given this
// once.
func (d *Desk) AddHook(ctx context.Context, actor claims.Actor, in HookInput) (h claims.Hook, secret string, err error) {
	if err := d.checkHook(ctx, actor, in.URL); err != nil {
		return h, "", err
	}
	secret = auth.NewWebhookSecret()
	err = d.act(ctx, actor, func(t *tx) error {
		all, err := t.Hooks(ctx)
		if err != nil {
			return err
		}
		if len(all) >= maxHooks {
			return claims.Refuse(claims.KindConflict, "hook.too_many", maxHooks)
		}
		h = claims.Hook{Form: claims.HookWebhook, State: claims.HookOn, Secret: secret}
		if h.ID, err = t.newID(); err != nil {
			return err
		}
		return t.createHook(ctx, in, &h)
	})
	return bared(h), secret, err
}

func (t *tx) createHook(ctx context.Context, in HookInput, h *claims.Hook) error {
	if err := t.may(claims.ActSettings); err != nil {
		return err
	}
	if err := in.apply(h); err != nil {
		return err
	}
	h.CreatedBy, h.CreatedAt, h.UpdatedAt, h.NextAt = t.actor.ID, t.now, t.now, t.now
	if err := t.CreateHook(ctx, h); err != nil {
		return err
	}
	return t.record(ctx, onHook(ActHookAdd, *h, born(hookFields, *h)...))
}

// SetHub says which WebSub hub is told when feeds change; "" for none.
func (d *Desk) SetHub(ctx context.Context, actor claims.Actor, address string) error {
	address = strings.TrimSpace(address)
	if err := d.checkHook(ctx, actor, address); err != nil && address != "" {
		return err
	}
	return d.act(ctx, actor, func(t *tx) error {
		if err := t.may(claims.ActSettings); err != nil {
			return err
		}
		before, err := t.Hook(ctx, claims.HubID)
		switch {
		case missing(err) && address == "":
			return nil
		case missing(err):
			h := claims.Hook{ID: claims.HubID, Form: claims.HookWebSub, State: claims.HookOn}
			return t.createHook(ctx, HookInput{URL: address}, &h)
		case err != nil:
			return err
		}
		after := before
		if after.State = claims.HookOff; address != "" {
			after.State = claims.HookOn
			if err := (HookInput{URL: address}).apply(&after); err != nil {
				return err
			}
			after.HookStatus = claims.HookStatus{NextAt: t.now, DeliveredAt: after.DeliveredAt}
		}
		return t.saveHook(ctx, before, &after, ActHookEdit)
	})
}

// EditHook changes the name, the address and the kinds of a hook.
func (d *Desk) EditHook(ctx context.Context, actor claims.Actor, id string, version int64, in HookInput) (claims.Hook, error) {
	if err := d.checkHook(ctx, actor, in.URL); err != nil {
		return claims.Hook{}, err
	}
	return d.changeHook(ctx, actor, id, version, ActHookEdit, func(_ *tx, h *claims.Hook) error { return in.apply(h) })
}

// StopHook sends nothing more to a hook; what waits stays until it is on again.
func (d *Desk) StopHook(ctx context.Context, actor claims.Actor, id string) (claims.Hook, error) {
	return d.changeHook(ctx, actor, id, unseen, ActHookStop, func(_ *tx, h *claims.Hook) error {
		if h.State != claims.HookOn {
			return claims.Refuse(claims.KindConflict, "hook.stopped")
		}
		h.State = claims.HookOff
		return nil
	})
}

// StartHook sends messages to a hook again.
func (d *Desk) StartHook(ctx context.Context, actor claims.Actor, id string) (claims.Hook, error) {
	return d.changeHook(ctx, actor, id, unseen, ActHookStart, func(t *tx, h *claims.Hook) error {
		if h.State == claims.HookOn {
			return claims.Refuse(claims.KindConflict, "hook.started")
		}
		h.State = claims.HookOn
		h.HookStatus = claims.HookStatus{NextAt: t.now, DeliveredAt: h.DeliveredAt}
		t.AfterCommit(t.wake)
		return nil
	})
}

// RotateHook gives a hook a new secret, which is given this once. The one before signs
// too for a day, so that whoever reads the messages can change over.
func (d *Desk) RotateHook(ctx context.Context, actor claims.Actor, id string) (h claims.Hook, secret string, err error) {
	secret = auth.NewWebhookSecret()
	err = d.act(ctx, actor, func(t *tx) error {
		if h, err = t.hookFor(ctx, id, unseen); err != nil {
			return err
		}
		if h.Form != claims.HookWebhook {
			return claims.Refuse(claims.KindConflict, "hook.no_secret")
		}
		h.OldSecret, h.OldUntil, h.Secret, h.UpdatedAt = h.Secret, t.now.Add(hookSecretGrace), secret, t.now
		if err := t.UpdateHook(ctx, &h); err != nil {
			return err
		}
		return t.record(ctx, onHook(ActHookRotate, h))
	})
	return bared(h), secret, err
}

// DeleteHook forgets a hook, its secret and what was sent to it.
func (d *Desk) DeleteHook(ctx context.Context, actor claims.Actor, id string) error {
	return d.act(ctx, actor, func(t *tx) error {
		h, err := t.hookFor(ctx, id, unseen)
		if err != nil {
			return err
		}
		if err := t.DeleteHook(ctx, h.ID); err != nil {
			return err
		}
		return t.record(ctx, onHook(ActHookDelete, h, gone(hookFields, h)...))
	})
}

// changeHook changes a hook where it is as the caller saw it.
func (d *Desk) changeHook(ctx context.Context, actor claims.Actor, id string, version int64, act string, change func(*tx, *claims.Hook) error) (claims.Hook, error) {
	var out claims.Hook
	err := d.act(ctx, actor, func(t *tx) error {
		before, err := t.hookFor(ctx, id, version)
		if err != nil {
			return err
		}
		out = before
		if err := change(t, &out); err != nil {
			return err
		}
		return t.saveHook(ctx, before, &out, act)
	})
	return bared(out), err
}

func (t *tx) hookFor(ctx context.Context, id string, version int64) (claims.Hook, error) {
	h, err := t.Hook(ctx, clip(id, maxName))
	if err == nil && version != unseen {
		err = fresh(nounHook, h.ID, version, h.Version)
	}
	if err != nil {
		return h, err
	}
	return h, t.may(claims.ActSettings)
}

func (t *tx) saveHook(ctx context.Context, before claims.Hook, after *claims.Hook, act string) error {
	changes := diff(hookFields, before, *after)
	if len(changes) == 0 && before.URL == after.URL {
		return nil
	}
	after.UpdatedAt = t.now
	if err := t.UpdateHook(ctx, after); err != nil {
		return err
	}
	if err := t.NoteHook(ctx, after.ID, after.HookStatus); err != nil {
		return err
	}
	return t.record(ctx, onHook(act, *after, changes...))
}

func onHook(act string, h claims.Hook, changes ...change) entry {
	return entry{act: act, noun: nounHook, id: h.ID, changes: changes}
}

// undoHook takes back what was decided of a hook; one that was added goes.
func (t *tx) undoHook(ctx context.Context, e claims.Event) error {
	now, err := t.Hook(ctx, e.NounID)
	if err != nil {
		return err
	}
	if e.Act == ActHookAdd {
		if err := t.DeleteHook(ctx, now.ID); err != nil {
			return err
		}
		return t.record(ctx, undoing(e, gone(hookFields, now)...))
	}
	after := now
	if err := restore(hookFields, &after, e); err != nil {
		return err
	}
	after.UpdatedAt, after.HookStatus = t.now, claims.HookStatus{NextAt: t.now, DeliveredAt: now.DeliveredAt}
	if err := t.UpdateHook(ctx, &after); err != nil {
		return err
	}
	if err := t.NoteHook(ctx, after.ID, after.HookStatus); err != nil {
		return err
	}
	return t.record(ctx, undoing(e, diff(hookFields, now, after)...))
}
