package workflow

import (
	"context"
	"encoding/json"
	"time"

	"cotejo/claims"
)

// ScheduleInput says when something shall be published. Effect, Notice, Along and
// Override are what the move is told then.
type ScheduleInput struct {
	At       time.Time     `json:"-"`
	Embargo  bool          `json:"-"` // At is the end of an embargo
	Effect   claims.Effect `json:"effect,omitempty"`
	Notice   string        `json:"notice,omitempty"`
	Along    bool          `json:"along,omitempty"` // with the approved claims that a check cites
	Override string        `json:"override,omitempty"`
}

// mostAhead is how far ahead something can be scheduled.
const mostAhead = 2 * 366 * 24 * time.Hour

// Values of the events of schedules.
const (
	valueSchedule  = "schedule" // its id
	valuePublishAt = "publish_at"
	valueEmbargo   = "embargo"
	valueProblem   = "problem"
)

// ScheduleCheck sets the time at which a check that may be published now shall be.
func (d *Desk) ScheduleCheck(ctx context.Context, actor claims.Actor, slug string, version int64, in ScheduleInput) (claims.Schedule, error) {
	return d.schedule(ctx, actor, in, func(t *tx) (claims.Schedule, entry, error) {
		c, err := readCheck(ctx, t, slug)
		if err != nil {
			return claims.Schedule{}, entry{}, err
		}
		if err := fresh("check", slug, version, c.Version); err != nil {
			return claims.Schedule{}, entry{}, err
		}
		if _, err := legalForCheck(c, claims.CheckPublished, t.settings); err != nil {
			return claims.Schedule{}, entry{}, err
		}
		move := CheckMoveInput{Effect: in.Effect, Notice: in.Notice, Override: in.Override}
		if err := move.check(false); err != nil {
			return claims.Schedule{}, entry{}, err
		}
		return claims.Schedule{Noun: claims.ScheduleOfCheck, NounID: c.ID, Version: c.Version}, onCheck(ActCheckSchedule, c),
			claims.MayOnCheck(t.actor, claims.ActCheckPublish, c, t.settings)
	})
}

// ScheduleClaim sets the time at which an approved claim shall be published.
func (d *Desk) ScheduleClaim(ctx context.Context, actor claims.Actor, id string, version int64, in ScheduleInput) (claims.Schedule, error) {
	return d.schedule(ctx, actor, in, func(t *tx) (claims.Schedule, entry, error) {
		c, err := readClaim(ctx, t, id)
		if err != nil {
			return claims.Schedule{}, entry{}, err
		}
		if err := fresh("claim", c.ID, version, c.Version); err != nil {
			return claims.Schedule{}, entry{}, err
		}
		move, err := legal(c.State, claims.StatePublished)
		if err != nil {
			return claims.Schedule{}, entry{}, err
		}
		told := MoveInput{To: claims.StatePublished, Effect: in.Effect, Notice: in.Notice, Override: in.Override}
		if err := told.check(move); err != nil {
			return claims.Schedule{}, entry{}, err
		}
		return claims.Schedule{Noun: claims.ScheduleOfClaim, NounID: c.ID, Version: c.Version}, onClaim(ActClaimSchedule, c),
			claims.MayOnClaim(t.actor, claims.ActClaimPublish, c, t.settings)
	})
}

// schedule writes down what plan found to be in order, and queues the job.
func (d *Desk) schedule(ctx context.Context, actor claims.Actor, in ScheduleInput, plan func(*tx) (claims.Schedule, entry, error)) (claims.Schedule, error) {
	var out claims.Schedule
	err := d.act(ctx, actor, func(t *tx) error {
		s, e, err := plan(t)
		if err != nil {
			return err
		}
		var f faults
		switch {
		case in.At.IsZero():
			f.add("at", "text.missing")
		case !in.At.After(t.now):
			f.add("at", "schedule.past")
		case in.At.Sub(t.now) > mostAhead:
			f.add("at", "schedule.too_far")
		}
		if err := f.err(); err != nil {
			return err
		}
		s.At, s.Embargo = in.At.UTC().Truncate(time.Second), in.Embargo
		raw, err := json.Marshal(in)
		if err != nil {
			return err
		}
		s.Input, s.Person, s.CreatedAt = string(raw), actor.ID, t.now
		if s.ID, err = t.newID(); err != nil {
			return err
		}
		if out, err = t.putSchedule(ctx, s); err != nil {
			return err
		}
		e.changes = append(e.changes, change{valueSchedule, nil, s.ID}, change{valuePublishAt, nil, instant(&s.At)}, change{valueEmbargo, nil, s.Embargo})
		return t.record(ctx, e)
	})
	return out, err
}

// scheduled is what a job of JobPublish is asked.
type scheduled struct {
	Schedule string `json:"schedule"`
}

// putSchedule keeps a schedule that waits, with its job.
func (t *tx) putSchedule(ctx context.Context, s claims.Schedule) (claims.Schedule, error) {
	j, err := t.newJob(ctx, claims.Job{Kind: claims.JobPublish}, scheduled{s.ID})
	if err != nil {
		return s, err
	}
	j.Person, j.NextAt, j.Article = s.Person, s.At, ""
	if s.Noun == claims.ScheduleOfClaim {
		c, err := t.Claim(ctx, s.NounID)
		if err != nil {
			return s, err
		}
		j.Article = c.Article // so that whoever may not know of it sees no job either
	}
	s.State, s.Problem, s.EndedAt, s.Job = claims.ScheduleWaiting, nil, time.Time{}, j.ID
	if err := t.CreateSchedule(ctx, s); err != nil {
		return s, err
	}
	return s, t.QueueJob(ctx, j)
}

// CancelSchedule takes back that something shall be published at a set time.
func (d *Desk) CancelSchedule(ctx context.Context, actor claims.Actor, id string) (claims.Schedule, error) {
	var out claims.Schedule
	err := d.act(ctx, actor, func(t *tx) error {
		s, err := t.Schedule(ctx, clip(id, maxName))
		if err != nil {
			return err
		}
		e, err := t.onScheduled(ctx, s, ActCheckUnschedule, ActClaimUnschedule)
		if err != nil {
			return err
		}
		right := claims.ActCheckPublish
		if s.Noun == claims.ScheduleOfClaim {
			right = claims.ActClaimPublish
		}
		if err := t.may(right); err != nil {
			return err
		}
		if s.State != claims.ScheduleWaiting {
			return claims.Refuse(claims.KindConflict, "schedule.over")
		}
		if out, err = t.cancelSchedule(ctx, s); err != nil {
			return err
		}
		e.changes = append(e.changes, change{valueSchedule, nil, s.ID}, change{valuePublishAt, instant(&s.At), nil})
		return t.record(ctx, e)
	})
	return out, err
}

// onScheduled is the entry of an act on what a schedule is about.
func (t *tx) onScheduled(ctx context.Context, s claims.Schedule, ofCheck, ofClaim string) (entry, error) {
	if s.Noun == claims.ScheduleOfCheck {
		c, err := t.CheckByID(ctx, s.NounID)
		return onCheck(ofCheck, c), err
	}
	c, err := t.Claim(ctx, s.NounID)
	return onClaim(ofClaim, c), err
}

// cancelSchedule ends a schedule that waits, and its job.
func (t *tx) cancelSchedule(ctx context.Context, s claims.Schedule) (claims.Schedule, error) {
	s.State, s.EndedAt = claims.ScheduleCancelled, t.now
	if err := t.UpdateSchedule(ctx, s); err != nil {
		return s, err
	}
	var j claims.Job
	err := t.SeeAll(func() (err error) { j, err = t.Job(ctx, s.Job); return err })
	if missing(err) || err == nil && j.State.Over() {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	j.State, j.EndedAt = claims.JobCancelled, t.now
	return s, t.UpdateJob(ctx, j)
}

// dropSchedule cancels what waits for a thing that is published now all the same.
func (t *tx) dropSchedule(ctx context.Context, noun, id string) error {
	s, err := waitingSchedule(ctx, t, noun, id)
	if err != nil || s == nil {
		return err
	}
	_, err = t.cancelSchedule(ctx, *s)
	return err
}

// waitingSchedule gives what waits for a thing; nil for nothing.
func waitingSchedule(ctx context.Context, r claims.ScheduleReader, noun, id string) (*claims.Schedule, error) {
	all, err := r.Schedules(ctx, noun, id)
	for i := range all {
		if all[i].State == claims.ScheduleWaiting {
			return &all[i], err
		}
	}
	return nil, err
}

// undoSchedule takes back that something was scheduled, or that this was cancelled.
func (t *tx) undoSchedule(ctx context.Context, e claims.Event) ([]change, error) {
	var id string
	if err := decode(told(e, claims.SideAfter, valueSchedule), &id); err != nil {
		return nil, err
	}
	s, err := t.Schedule(ctx, id)
	if err != nil {
		return nil, err
	}
	at := instant(&s.At)
	if e.Act == ActCheckSchedule || e.Act == ActClaimSchedule {
		if s.State != claims.ScheduleWaiting {
			return nil, claims.Refuse(claims.KindConflict, "schedule.over")
		}
		_, err := t.cancelSchedule(ctx, s)
		return []change{{valueSchedule, nil, s.ID}, {valuePublishAt, at, nil}}, err
	}
	if !s.At.After(t.now) {
		return nil, claims.Refuse(claims.KindConflict, "schedule.past")
	}
	if s.ID, err = t.newID(); err != nil {
		return nil, err
	}
	s.Person, s.CreatedAt = t.actor.ID, t.now
	s, err = t.putSchedule(ctx, s)
	return []change{{valueSchedule, nil, s.ID}, {valuePublishAt, nil, at}}, err
}

// schedules reports whether an act is about a schedule.
func schedules(act string) bool {
	switch act {
	case ActCheckSchedule, ActClaimSchedule, ActCheckUnschedule, ActClaimUnschedule:
		return true
	}
	return false
}

// Scheduled is what shall be, or should have been, published at a set time.
type Scheduled struct {
	claims.Schedule
	Claim claims.Claim // for a claim, as the actor may see it
	Check claims.Check // for a check, likewise
}

// ScheduleOf gives the last schedule of a thing that is still of interest: one that
// waits, or that failed while nothing else was decided since; nil for none.
func (d *Desk) ScheduleOf(ctx context.Context, actor claims.Actor, noun, id string) (*claims.Schedule, error) {
	var out *claims.Schedule
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		out, err = scheduleOf(ctx, r, noun, id)
		return err
	})
	return out, err
}

func scheduleOf(ctx context.Context, r claims.ScheduleReader, noun, id string) (*claims.Schedule, error) {
	all, err := r.Schedules(ctx, noun, id)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	if s := all[0]; s.State == claims.ScheduleWaiting || s.State == claims.ScheduleFailed {
		return &s, nil
	}
	return nil, nil
}

// maxScheduled is how many schedules a list names.
const maxScheduled = 100

// ScheduledNext lists what waits to be published, the next first.
func (d *Desk) ScheduledNext(ctx context.Context, actor claims.Actor) ([]Scheduled, error) {
	var out []Scheduled
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		out = nil
		all, err := r.ScheduledNext(ctx, maxScheduled)
		for _, s := range all {
			one := Scheduled{Schedule: s}
			if s.Noun == claims.ScheduleOfCheck {
				one.Check, err = r.CheckByID(ctx, s.NounID)
			} else {
				one.Claim, err = r.Claim(ctx, s.NounID)
			}
			if missing(err) {
				continue
			}
			if err != nil {
				return err
			}
			out = append(out, one)
		}
		return err
	})
	return out, err
}
