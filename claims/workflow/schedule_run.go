package workflow

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"cotejo/claims"
)

// PublishScheduled publishes what a job was set up for, under the rights that whoever
// scheduled it has now. What was changed, sent back or may not be published any more is
// not: the editors are told why.
func (d *Desk) PublishScheduled(ctx context.Context, j claims.Job, _ Tell) error {
	var in scheduled
	if err := json.Unmarshal([]byte(j.Input), &in); err != nil {
		return err
	}
	actor, err := d.actorOfJob(ctx, j)
	if err == nil {
		err = d.act(ctx, actor, func(t *tx) error { return d.issue(ctx, t, j, in.Schedule) })
	}
	if kind := claims.KindOf(err); kind == "" || passing(err) || outrun(err) {
		return err
	}
	return d.update(ctx, job, func(t *tx) error {
		if err := t.unissue(ctx, in.Schedule, issueProblem(err)); err != nil {
			return err
		}
		j.State, j.EndedAt, j.Problem, j.Step, j.Done, j.Total = claims.JobFailed, t.now, issueProblem(err), "", 0, 0
		return t.HoldJob(ctx, j)
	})
}

// outrun reports whether the job is not the worker's any more.
func outrun(err error) bool {
	var refused *claims.Error
	return errors.As(err, &refused) && refused.Key == "stale.job"
}

// issue publishes, ends the schedule and the job, all in one transaction.
func (d *Desk) issue(ctx context.Context, t *tx, j claims.Job, id string) error {
	s, err := t.Schedule(ctx, id)
	if err != nil {
		return err
	}
	if s.State != claims.ScheduleWaiting {
		return t.finishJob(ctx, j, struct{}{})
	}
	if t.now.Before(s.At) {
		j.State, j.NextAt = claims.JobWaiting, s.At
		return t.HoldJob(ctx, j)
	}
	s.State, s.EndedAt = claims.ScheduleDone, t.now
	if err := t.UpdateSchedule(ctx, s); err != nil {
		return err
	}
	var in ScheduleInput
	if err := json.Unmarshal([]byte(s.Input), &in); err != nil {
		return err
	}
	if s.Noun == claims.ScheduleOfCheck {
		err = d.issueCheck(ctx, t, s, in)
	} else {
		err = d.issueClaim(ctx, t, s, in)
	}
	if err != nil {
		return err
	}
	return t.finishJob(ctx, j, struct{}{})
}

func (d *Desk) issueCheck(ctx context.Context, t *tx, s claims.Schedule, in ScheduleInput) error {
	c, err := t.CheckByID(ctx, s.NounID)
	if err != nil {
		return err
	}
	if c.Version != s.Version {
		return claims.Refuse(claims.KindStale, "schedule.check_changed")
	}
	_, err = t.changeCheck(ctx, c.ID, c.Version, func(t *tx, c *claims.Check) (entry, error) {
		e, err := d.moveCheck(ctx, t, c, CheckMoveInput{To: claims.CheckPublished, Effect: in.Effect, Notice: in.Notice, Along: in.Along, Override: in.Override})
		e.changes = append(e.changes, change{valueSchedule, nil, s.ID})
		return e, err
	})
	return err
}

func (d *Desk) issueClaim(ctx context.Context, t *tx, s claims.Schedule, in ScheduleInput) error {
	c, err := t.Claim(ctx, s.NounID)
	if err != nil {
		return err
	}
	if c.State != claims.StateApproved {
		return claims.Refuse(claims.KindIllegalMove, "schedule.claim_back")
	}
	if c.ReviewedAt != nil && c.ReviewedAt.After(s.CreatedAt) {
		return claims.Refuse(claims.KindStale, "schedule.claim_changed")
	}
	_, err = t.changeClaim(ctx, c.ID, c.Version, func(t *tx, c *claims.Claim) (entry, error) {
		move, _ := claims.FindMove(c.State, claims.StatePublished)
		e, err := d.move(ctx, t, c, move, MoveInput{To: claims.StatePublished, Effect: in.Effect, Notice: in.Notice, Override: in.Override})
		e.changes = append(e.changes, change{valueSchedule, nil, s.ID})
		return e, err
	})
	return err
}

// issueProblem keeps of a refusal what the page says for good: of several claims that
// stand in the way their ids.
func issueProblem(err error) *claims.JobProblem {
	p := jobProblem(err)
	var refused *claims.Error
	if !errors.As(err, &refused) || refused.Key != "check.cites_unpublished" {
		return p
	}
	var ids []string
	for _, f := range refused.Fields {
		if len(f.Args) > 0 {
			if id, ok := f.Args[0].(string); ok {
				ids = append(ids, claims.ShowID(id))
			}
		}
	}
	return &claims.JobProblem{Key: "schedule.claims_refused", Args: []any{strings.Join(ids, ", ")}}
}

// unissue writes down that something was not published at its time, and tells those who
// can do something about it.
func (t *tx) unissue(ctx context.Context, id string, why *claims.JobProblem) error {
	s, err := t.Schedule(ctx, id)
	if missing(err) || err == nil && s.State != claims.ScheduleWaiting {
		return nil
	}
	if err != nil {
		return err
	}
	s.State, s.Problem, s.EndedAt = claims.ScheduleFailed, why, t.now
	if err := t.UpdateSchedule(ctx, s); err != nil {
		return err
	}
	e, err := t.onScheduled(ctx, s, ActCheckUnissued, ActClaimUnissued)
	if err != nil {
		return err
	}
	e.changes = append(e.changes, change{valueSchedule, nil, s.ID}, change{valuePublishAt, nil, instant(&s.At)}, change{valueProblem, nil, why.Key})
	if err := t.record(ctx, e); err != nil {
		return err
	}
	return t.tellUnissued(ctx, s)
}

// tellUnissued tells every editor, and who scheduled it.
func (t *tx) tellUnissued(ctx context.Context, s claims.Schedule) error {
	people, err := t.People(ctx)
	if err != nil {
		return err
	}
	for _, p := range people {
		editor := p.Role == claims.RoleEditor || p.Role == claims.RoleAdmin
		if p.Disabled || !editor && p.ID != s.Person {
			continue
		}
		if s.Noun == claims.ScheduleOfClaim {
			err = t.tell(ctx, claims.InboxUnissued, s.NounID, p.ID)
		} else {
			err = t.putInbox(ctx, claims.InboxItem{Person: p.ID, Kind: claims.InboxUnissued, Check: s.NounID, Event: t.lastRecorded()})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// failScheduled notes that the job of a schedule was given up.
func (t *tx) failScheduled(ctx context.Context, j claims.Job) error {
	var in scheduled
	if j.Kind != claims.JobPublish || json.Unmarshal([]byte(j.Input), &in) != nil {
		return nil
	}
	return t.unissue(ctx, in.Schedule, j.Problem)
}

// lateAfter is how long after its time something may still be on its way.
const lateAfter = 5 * time.Minute

// Late reports whether something that waits should have been published by now.
func (s Scheduled) Late(now time.Time) bool { return now.Sub(s.At) > lateAfter }
