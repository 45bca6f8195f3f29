package workflow

import (
	"context"
	"errors"
	"time"

	"cotejo/claims"
)

// queued are the states in which a claim waits for somebody to take it up.
var queued = []claims.State{claims.StateReturned, claims.StateReopened, claims.StateOpen, claims.StateHelpNeeded}

// QueueView is the one claim that somebody works on next.
type QueueView struct {
	Claim ClaimView // the zero view where nothing is left
	Found bool
	Left  int // claims that wait to be taken up by the actor, this one not counted
}

// Queue gives the claim that the actor has in hand, else the one they would
// take next: by priority, worth and age, their own first. skip is a claim that
// they leave out for now, "" for none.
func (d *Desk) Queue(ctx context.Context, actor claims.Actor, skip string) (QueueView, error) {
	var out QueueView
	id := ""
	err := d.look(ctx, actor, claims.ActClaimTake, func(r claims.Reader) error {
		out = QueueView{}
		c, left, err := nextOf(ctx, r, actor, skip)
		id, out.Left = c.ID, left
		return err
	})
	if err != nil || id == "" {
		return out, err
	}
	out.Claim, err = d.Claim(ctx, actor, id)
	out.Found = err == nil
	return out, err
}

// nextOf finds what the actor works on next, leaving out the claim that they
// skip; left counts what else waits.
func nextOf(ctx context.Context, r claims.Reader, actor claims.Actor, skip string) (next claims.Claim, left int, err error) {
	for _, f := range []claims.ClaimFilter{
		{States: []claims.State{claims.StateInCheck}, Assignee: actor.ID},
		{States: queued, Assignee: actor.ID},
		{States: queued, Assignee: "none"},
	} {
		counts, err := r.CountClaims(ctx, f)
		if err != nil {
			return next, 0, err
		}
		for _, n := range counts {
			left += n
		}
		if next.ID != "" {
			continue
		}
		f.Order, f.Limit = claims.OrderQueue, 2
		rows, _, err := r.Claims(ctx, f)
		if err != nil {
			return next, 0, err
		}
		for _, row := range rows {
			if next.ID == "" && row.ID != skip {
				next = row.Claim
			}
		}
	}
	if next.ID != "" {
		left--
	}
	return next, left, nil
}

// TakeNext takes up the next claim of the queue, and gives it; the zero claim
// where nothing waits. What the actor has in hand already is given as it is.
// skip is a claim that they want to leave out.
func (d *Desk) TakeNext(ctx context.Context, actor claims.Actor, skip string) (claims.Claim, error) {
	var out claims.Claim
	err := d.act(ctx, actor, func(t *tx) error {
		out = claims.Claim{}
		if err := t.may(claims.ActClaimTake); err != nil {
			return err
		}
		before, _, err := nextOf(ctx, t, actor, skip)
		if out = before; err != nil || before.ID == "" || before.State == claims.StateInCheck {
			return err
		}
		if err := claims.MayOnClaim(actor, claims.ActClaimTake, before, t.settings); err != nil {
			return err
		}
		after := copyOf(before)
		takeUp(&after, actor)
		after.State = claims.StateInCheck
		out, err = t.saveClaim(ctx, before, after, onClaim(string(claims.ActClaimTake), before))
		return err
	})
	return out, err
}

// Submit judges a claim and hands it in, in one act.
func (d *Desk) Submit(ctx context.Context, actor claims.Actor, id string, version int64, in VerdictInput) (claims.Claim, error) {
	return d.changeClaim(ctx, actor, id, version, func(t *tx, c *claims.Claim) (entry, error) {
		move, err := legal(c.State, claims.StateSubmitted)
		if err != nil {
			return entry{}, err
		}
		if err := t.judge(ctx, c, in); err != nil {
			return entry{}, err
		}
		if err := claims.MayOnClaim(actor, move.Act, *c, t.settings); err != nil {
			return entry{}, err
		}
		in := in
		if in.Override = clean(in.Override); len([]rune(in.Override)) > maxReason {
			return entry{}, claims.Invalid("override", "text.too_long", len([]rune(in.Override)), maxReason)
		}
		e := onClaim(string(move.Act), *c)
		if err := t.submit(ctx, c, in.Override, &e); err != nil {
			return entry{}, err
		}
		c.State = claims.StateSubmitted
		return e, nil
	})
}

// leftReason stands in the history where a claim was taken up and left.
const leftReason = "timed_out"

// ReturnLeft gives back to the queue what was taken up and left for longer than
// the settings allow, and says how many claims that were.
func (d *Desk) ReturnLeft(ctx context.Context) (int, error) {
	f := claims.ClaimFilter{States: []claims.State{claims.StateInCheck}, Order: claims.OrderUpdated, Page: claims.Page{Limit: maxLimit}}
	var rows []claims.ClaimRow
	err := d.store.View(ctx, func(r claims.Reader) error {
		s, err := r.Settings(ctx)
		if err != nil || s.ReturnAfter <= 0 {
			return err
		}
		f.IdleSince = d.clock.Now().Add(-time.Duration(s.ReturnAfter) * time.Minute)
		rows, _, err = r.Claims(ctx, f)
		return err
	})
	done := 0
	for _, row := range rows {
		switch err := d.returnOne(ctx, row.Claim); claims.KindOf(err) {
		case claims.KindStale: // somebody went on with it after all
		case "":
			if err != nil {
				return done, err
			}
			done++
		default:
			return done, err
		}
	}
	return done, err
}

// job is the program acting by itself, with an admin's rights.
var job = claims.Actor{ID: "system", Name: "cotejo", Role: claims.RoleAdmin, Job: true}

func (d *Desk) returnOne(ctx context.Context, c claims.Claim) error {
	_, err := d.changeClaim(ctx, job, c.ID, c.Version, func(_ *tx, c *claims.Claim) (entry, error) {
		e := onClaim(string(claims.ActClaimLeave), *c)
		c.State, c.Assignee, e.reason = claims.StateOpen, "", leftReason
		return e, nil
	})
	return err
}

// tidyEvery is how often a running desk looks for what was left and what is due.
const tidyEvery = time.Minute

// tidy returns what was left, and tells people what is due, until ctx ends.
func (d *Desk) tidy(ctx context.Context) {
	tick := time.NewTicker(tidyEvery)
	defer tick.Stop()
	for {
		if _, err := d.ReturnLeft(ctx); err != nil && !errors.Is(err, context.Canceled) {
			d.log.ErrorContext(ctx, "what was taken up and left was not returned", "err", err)
		}
		if _, err := d.TellDue(ctx); err != nil && !errors.Is(err, context.Canceled) {
			d.log.ErrorContext(ctx, "nobody was told what is due", "err", err)
		}
		if _, err := d.TellReportsDue(ctx); err != nil && !errors.Is(err, context.Canceled) {
			d.log.ErrorContext(ctx, "nobody was told which reports are due", "err", err)
		}
		if _, err := d.QueueFeeds(ctx); err != nil && !errors.Is(err, context.Canceled) {
			d.log.ErrorContext(ctx, "feeds that are due were not queued", "err", err)
		}
		if err := d.tidyDeliveries(ctx); err != nil && !errors.Is(err, context.Canceled) {
			d.log.ErrorContext(ctx, "old messages were not forgotten", "err", err)
		}
		if err := d.tidyJobs(ctx); err != nil && !errors.Is(err, context.Canceled) {
			d.log.ErrorContext(ctx, "old jobs were not forgotten", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
