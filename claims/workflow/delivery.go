package workflow

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"time"

	"cotejo/claims"
	"cotejo/claims/auth"
	"cotejo/claims/fetch"
)

// StepDeliver is the step of sending messages.
const StepDeliver = "deliver"

// How messages are tried again: as Standard Webhooks recommends, each pause a little
// longer by chance, so that not all come back at once.
var deliveryPauses = []time.Duration{5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour}

const (
	deliveryJitter = 5 // a pause is longer by up to a fifth
	deliveryBatch  = 50
	deliveriesKept = 30 * 24 * time.Hour
	triesKept      = 12
	hookRest       = 30 * time.Second // after a second failure in a row; doubled after each further one
	hookRestMost   = 30 * time.Minute
	hookGivenUp    = 5 * 24 * time.Hour // of failures alone, after which a hook is switched off
)

// deliverJob is what a job is asked: to send what waits for a hook.
type deliverJob struct{ Hook string }

// queueDeliveries queues a job for each hook for which something waits and no job does.
func (t *tx) queueDeliveries(ctx context.Context) error {
	due, err := t.DueHooks(ctx, t.now)
	if err != nil || len(due) == 0 {
		return err
	}
	open, _, err := t.Jobs(ctx, claims.JobFilter{Kind: claims.JobDeliver, Open: true, Page: claims.Page{Limit: maxLimit}})
	if err != nil {
		return err
	}
	busy := map[string]bool{}
	for _, j := range open {
		var in deliverJob
		if err := json.Unmarshal([]byte(j.Input), &in); err == nil {
			busy[in.Hook] = true
		}
	}
	for _, id := range due {
		if busy[id] {
			continue
		}
		if _, err := t.queueJob(ctx, claims.Job{Kind: claims.JobDeliver}, deliverJob{Hook: id}); err != nil {
			if claims.KindOf(err) == claims.KindBusy { // the queue is full: they wait in their own
				return nil
			}
			return err
		}
	}
	return nil
}

// DeliverHook is the work of JobDeliver: it sends what waits for a hook, one message
// after another, until one fails.
func (d *Desk) DeliverHook(ctx context.Context, j claims.Job, tell Tell) error {
	var in deliverJob
	if err := json.Unmarshal([]byte(j.Input), &in); err != nil {
		return err
	}
	for n := range deliveryBatch {
		tell(StepDeliver, int64(n), 0)
		h, m, err := d.nextDelivery(ctx, in.Hook)
		if err != nil {
			return err
		}
		if m.ID == "" {
			break
		}
		try, wait := d.try(ctx, h, m)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := d.settleDelivery(ctx, j, h.ID, m.ID, try, wait); err != nil {
			return err
		}
		if try.Problem != nil {
			break
		}
	}
	return d.update(ctx, job, func(t *tx) error {
		if err := t.finishJob(ctx, j, map[string]any{}); err != nil {
			return err
		}
		return t.DropJob(ctx, j.ID) // the hook's own page tells of each message
	})
}

// nextDelivery gives what is to be sent next; without an ID there is nothing.
func (d *Desk) nextDelivery(ctx context.Context, hook string) (h claims.Hook, m claims.Delivery, err error) {
	err = d.store.View(ctx, func(r claims.Reader) error {
		now := d.clock.Now()
		h, m, err = claims.Hook{}, claims.Delivery{}, nil
		if h, err = r.Hook(ctx, hook); missing(err) {
			return nil
		}
		if err != nil || h.State != claims.HookOn || h.NextAt.After(now) {
			return err
		}
		m, err = r.DueDelivery(ctx, h.ID, now)
		return err
	})
	return h, m, err
}

// try sends a message once. wait is how long the server asks to be left alone.
func (d *Desk) try(ctx context.Context, h claims.Hook, m claims.Delivery) (out claims.DeliveryTry, wait time.Duration) {
	began := d.clock.Now()
	out.At = began
	l := fetch.Letter{URL: h.URL, Body: []byte(m.Body), Header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}}
	if h.Form == claims.HookWebhook {
		l.Header = auth.SignWebhook(h.Secrets(began), m.ID, began, l.Body)
		l.Header["Content-Type"] = "application/json"
	}
	if d.poster == nil {
		out.Problem = &claims.JobProblem{Key: "hook.off"}
		return out, 0
	}
	said, err := d.poster.Post(ctx, l)
	out.Millis, out.Status, out.Answer = d.clock.Now().Sub(began).Milliseconds(), said.Status, said.Answer
	switch {
	case err != nil:
		out.Problem = jobProblem(err)
	case said.Status >= 300 && said.Status < 400:
		out.Problem = &claims.JobProblem{Key: "hook.redirected", Args: []any{said.Status}}
	case said.Status < 200 || said.Status >= 300:
		out.Problem = &claims.JobProblem{Key: "fetch.status", Args: []any{said.Status}}
	}
	return out, said.RetryAfter
}

// settleDelivery writes down what became of sending a message, and when to try again.
func (d *Desk) settleDelivery(ctx context.Context, j claims.Job, hook, id string, try claims.DeliveryTry, wait time.Duration) error {
	return d.update(ctx, job, func(t *tx) error {
		held := j
		held.NextAt = t.now.Add(JobLease)
		if err := t.HoldJob(ctx, held); err != nil {
			return err
		}
		m, err := t.Delivery(ctx, id)
		if missing(err) {
			return nil // the hook was deleted meanwhile
		}
		if err != nil {
			return err
		}
		h, err := t.Hook(ctx, hook)
		if err != nil {
			return err
		}
		if m.Attempts++; len(m.Tries) >= triesKept {
			m.Tries = m.Tries[len(m.Tries)-triesKept+1:]
		}
		m.Tries = append(m.Tries, try)
		if try.Problem == nil {
			m.State, m.EndedAt = claims.DeliveryDelivered, t.now
			h.HookStatus = claims.HookStatus{NextAt: t.now, DeliveredAt: t.now}
		} else if err := t.deliverLater(ctx, &h, &m, try, wait); err != nil {
			return err
		}
		if err := t.PutDelivery(ctx, m); err != nil {
			return err
		}
		return t.NoteHook(ctx, h.ID, h.HookStatus)
	})
}

// deliverLater says when a message that was not taken is sent again, and for how long
// its hook is left alone.
func (t *tx) deliverLater(ctx context.Context, h *claims.Hook, m *claims.Delivery, try claims.DeliveryTry, wait time.Duration) error {
	if h.Fails++; h.FailingSince.IsZero() {
		h.FailingSince = t.now
	}
	h.NextAt = t.now.Add(min(wait, 24*time.Hour))
	if h.Fails > 1 {
		rest := min(hookRest<<min(h.Fails-2, 10), hookRestMost)
		h.NextAt = later(h.NextAt, t.now.Add(rest))
	}
	if m.Attempts > len(deliveryPauses) {
		m.State, m.EndedAt = claims.DeliveryFailed, t.now
	} else {
		pause, err := t.longer(deliveryPauses[m.Attempts-1])
		if err != nil {
			return err
		}
		m.NextAt = later(t.now.Add(pause), t.now.Add(wait))
	}
	if try.Status == 410 || t.now.Sub(h.FailingSince) >= hookGivenUp {
		return t.giveHookUp(ctx, h, *m)
	}
	return nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// longer makes a pause longer by chance.
func (t *tx) longer(pause time.Duration) (time.Duration, error) {
	var raw [4]byte
	if _, err := io.ReadFull(t.random, raw[:]); err != nil {
		return 0, err
	}
	part := float64(binary.BigEndian.Uint32(raw[:])) / (1 << 32)
	return pause + time.Duration(part*float64(pause)/deliveryJitter), nil
}

// giveHookUp switches a hook off and tells the admins, on the claim or check that the last
// message was about; one that was about neither was a test, whose sender looks at it.
func (t *tx) giveHookUp(ctx context.Context, h *claims.Hook, last claims.Delivery) error {
	before := *h
	h.State, h.UpdatedAt = claims.HookFailed, t.now
	if err := t.UpdateHook(ctx, h); err != nil {
		return err
	}
	if err := t.record(ctx, onHook(ActHookFail, *h, diff(hookFields, before, *h)...)); err != nil {
		return err
	}
	about := claims.InboxItem{Kind: claims.InboxHook, Claim: last.Claim, Event: t.lastRecorded()}
	switch {
	case last.Kind == claims.NewsCheckPublished || last.Kind == claims.NewsCheckWithdrawn:
		about.Check = last.Subject
	case last.Claim == "":
		return nil
	}
	people, err := t.People(ctx)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.Disabled || claims.May(claims.Actor{ID: p.ID, Role: p.Role}, claims.ActSettings, t.settings) != nil {
			continue
		}
		about.Person = p.ID
		if err := t.putInbox(ctx, about); err != nil {
			return err
		}
	}
	return nil
}

// TestHook has a message sent that says nothing, to see whether it arrives.
func (d *Desk) TestHook(ctx context.Context, actor claims.Actor, id string) (claims.Delivery, error) {
	var out claims.Delivery
	err := d.act(ctx, actor, func(t *tx) error {
		h, err := t.hookFor(ctx, id, unseen)
		if err != nil {
			return err
		}
		if h.State != claims.HookOn {
			return claims.Refuse(claims.KindConflict, "hook.stopped")
		}
		if h.Form == claims.HookWebSub {
			feed := t.publicLink("/feed.atom")
			out, err = t.sendBody(ctx, h, claims.NewsPing, feed, "", hubBody(feed))
		} else {
			out, err = t.send(ctx, h, claims.NewsTest, h.ID, "", map[string]any{"hook": h.ID, "newsroom": t.settings.Newsroom})
		}
		if err != nil {
			return err
		}
		if err := t.tryHookNow(ctx, h); err != nil {
			return err
		}
		return t.record(ctx, onHook(ActHookTest, h))
	})
	return out, err
}

// ResendDelivery has a message sent again, at once, under the same id.
func (d *Desk) ResendDelivery(ctx context.Context, actor claims.Actor, id string) (claims.Delivery, error) {
	var out claims.Delivery
	err := d.act(ctx, actor, func(t *tx) (err error) {
		if err := t.may(claims.ActSettings); err != nil {
			return err
		}
		if out, err = t.Delivery(ctx, clip(id, maxName)); err != nil {
			return err
		}
		h, err := t.Hook(ctx, out.Hook)
		if err != nil {
			return err
		}
		if h.State != claims.HookOn {
			return claims.Refuse(claims.KindConflict, "hook.stopped")
		}
		out.State, out.NextAt, out.EndedAt = claims.DeliveryWaiting, t.now, time.Time{}
		if out.Attempts > len(deliveryPauses)-1 {
			out.Attempts = 0 // it is given its pauses anew
		}
		if err := t.PutDelivery(ctx, out); err != nil {
			return err
		}
		if err := t.tryHookNow(ctx, h); err != nil {
			return err
		}
		return t.record(ctx, onHook(ActHookResend, h, change{"delivery", nil, out.ID}))
	})
	return out, err
}

// tryHookNow lets a hook be tried that is left alone for now.
func (t *tx) tryHookNow(ctx context.Context, h claims.Hook) error {
	h.NextAt = t.now
	t.AfterCommit(t.wake)
	return t.NoteHook(ctx, h.ID, h.HookStatus)
}

// tidyDeliveries forgets messages that ended long ago.
func (d *Desk) tidyDeliveries(ctx context.Context) error {
	return d.update(ctx, job, func(t *tx) error { return t.DeleteDeliveriesBefore(ctx, t.now.Add(-deliveriesKept)) })
}
