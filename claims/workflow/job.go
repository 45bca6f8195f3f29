package workflow

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"cotejo/claims"
)

const nounJob = "job"

// How jobs are worked on. A worker tells three times in a lease that it is alive.
const (
	JobLease = time.Minute
	jobPause = 15 * time.Second // after the first failure; four times as long after each further one
	jobMost  = time.Hour        // of a pause
	jobsKept = 30 * 24 * time.Hour
	maxJobs  = 1000 // that are not over
)

// jobAttempts is how often a job of a kind is begun at most.
var jobAttempts = map[claims.JobKind]int{claims.JobLook: 3, claims.JobIntake: 5, claims.JobRefetch: 5, claims.JobSuggest: 6, claims.JobFeed: 3, claims.JobImport: 10, claims.JobArchive: 9,
	claims.JobDeliver: 5, claims.JobPublish: 10, claims.JobBacklink: 1, claims.JobWatch: 1} // its watch says when to try again

// JobsView is a page of the list of jobs, newest first.
type JobsView struct {
	Jobs   []claims.Job
	Next   string
	People map[string]claims.Person
}

// Jobs gives a page of the queue and of what became of it.
func (d *Desk) Jobs(ctx context.Context, actor claims.Actor, f claims.JobFilter) (JobsView, error) {
	f.Page = bounded(f.Page)
	var v JobsView
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		if v.Jobs, v.Next, err = r.Jobs(ctx, f); err != nil {
			return err
		}
		v.People, err = everyone(ctx, r)
		return err
	})
	return v, err
}

// Job gives one job.
func (d *Desk) Job(ctx context.Context, actor claims.Actor, id string) (claims.Job, error) {
	var j claims.Job
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		j, err = r.Job(ctx, clip(id, maxName))
		return err
	})
	return j, err
}

// JobPeople gives those whom a page about jobs names.
func (d *Desk) JobPeople(ctx context.Context, actor claims.Actor) (people map[string]claims.Person, err error) {
	err = d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		people, err = everyone(ctx, r)
		return err
	})
	return people, err
}

// StopJob ends a job that is not over; what a worker does of it since is not kept.
func (d *Desk) StopJob(ctx context.Context, actor claims.Actor, id string) (claims.Job, error) {
	return d.steer(ctx, actor, id, ActJobStop, func(t *tx, j *claims.Job) error {
		if j.Kind == claims.JobPublish {
			return claims.Refuse(claims.KindConflict, "job.scheduled")
		}
		if j.State.Over() {
			return claims.Refuse(claims.KindConflict, "job.over")
		}
		j.State, j.EndedAt = claims.JobCancelled, t.now
		return nil
	})
}

// RetryJob lets a job that failed or was stopped be begun again, at once.
func (d *Desk) RetryJob(ctx context.Context, actor claims.Actor, id string) (claims.Job, error) {
	return d.steer(ctx, actor, id, ActJobRetry, func(t *tx, j *claims.Job) error {
		if j.Kind == claims.JobPublish { // its time stands
			return claims.Refuse(claims.KindConflict, "job.scheduled")
		}
		switch j.State {
		case claims.JobFailed, claims.JobCancelled:
			t.reopenJob(j)
			return nil
		case claims.JobWaiting:
			j.NextAt = t.now
			return nil
		}
		return claims.Refuse(claims.KindConflict, "job.not_over")
	})
}

// reopenJob gives a job the attempts of a new one.
func (t *tx) reopenJob(j *claims.Job) {
	j.State, j.NextAt, j.EndedAt, j.MaxAttempts = claims.JobWaiting, t.now, time.Time{}, j.Attempt+jobAttempts[j.Kind]
	t.AfterCommit(t.wake)
}

func (d *Desk) steer(ctx context.Context, actor claims.Actor, id, act string, change func(*tx, *claims.Job) error) (claims.Job, error) {
	var out claims.Job
	err := d.act(ctx, actor, func(t *tx) error {
		before, err := t.Job(ctx, clip(id, maxName))
		if err != nil {
			return err
		}
		if err := claims.MayOnJob(actor, before, t.settings); err != nil {
			return err
		}
		out = before
		if err := change(t, &out); err != nil {
			return err
		}
		return t.saveJob(ctx, before, out, onJob(act, out))
	})
	return out, err
}

func (t *tx) saveJob(ctx context.Context, before, after claims.Job, e entry) error {
	if err := t.UpdateJob(ctx, after); err != nil {
		return err
	}
	e.changes = append(e.changes, change{"job_state", before.State, after.State})
	return t.record(ctx, e)
}

func onJob(act string, j claims.Job, changes ...change) entry {
	return entry{act: act, noun: nounJob, id: j.ID, article: j.Article, changes: changes}
}

// addJob puts a job into the queue. The event does not tell the address of a page: the
// article that comes of it may be for few.
func (t *tx) addJob(ctx context.Context, j claims.Job, input any, changes ...change) (claims.Job, error) {
	j, err := t.newJob(ctx, j, input)
	if err != nil {
		return j, err
	}
	if err := t.CreateJob(ctx, j); err != nil {
		return j, err
	}
	return j, t.record(ctx, onJob(ActJobAdd, j, append([]change{{"job_kind", nil, j.Kind}}, changes...)...))
}

// queueJob is addJob for work that follows from an act of which an event tells.
func (t *tx) queueJob(ctx context.Context, j claims.Job, input any) (claims.Job, error) {
	j, err := t.newJob(ctx, j, input)
	if err != nil {
		return j, err
	}
	return j, t.QueueJob(ctx, j)
}

// newJob is a job that waits, unless too many do.
func (t *tx) newJob(ctx context.Context, j claims.Job, input any) (claims.Job, error) {
	open, err := t.CountOpenJobs(ctx)
	if err != nil {
		return j, err
	}
	if open >= maxJobs {
		return j, claims.Refuse(claims.KindBusy, "job.too_many", maxJobs)
	}
	if j.Input, err = inputOf(input); err != nil {
		return j, err
	}
	if j.ID, err = t.newID(); err != nil {
		return j, err
	}
	j.State, j.MaxAttempts, j.NextAt, j.CreatedAt = claims.JobWaiting, jobAttempts[j.Kind], t.now, t.now
	if t.actor.ID != job.ID {
		j.Person = t.actor.ID
	}
	t.AfterCommit(t.wake)
	return j, nil
}

// planJob queues a job that the program sets itself, however many wait.
func (t *tx) planJob(ctx context.Context, kind claims.JobKind, article string, input any) error {
	id, err := t.newID()
	if err != nil {
		return err
	}
	asked, err := inputOf(input)
	if err != nil {
		return err
	}
	return t.QueueJob(ctx, claims.Job{ID: id, Kind: kind, Article: article, Input: asked, State: claims.JobWaiting,
		MaxAttempts: jobAttempts[kind], NextAt: t.now, CreatedAt: t.now})
}

// inputOf writes down what a job is asked.
func inputOf(in any) (string, error) {
	raw, err := json.Marshal(in)
	return string(raw), err
}

// linkJob says which article came of a page that a job fetched, so that whoever may
// not know of the one knows nothing of the other.
func (t *tx) linkJob(ctx context.Context, id string, a claims.Article) error {
	if id == "" {
		return nil
	}
	j, err := t.Job(ctx, clip(id, maxName))
	if err != nil {
		return err
	}
	j.Article = a.ID
	return t.UpdateJob(ctx, j)
}

// undoJob stops a job that was asked for, or lets one go on that was stopped.
func (t *tx) undoJob(ctx context.Context, e claims.Event) error {
	before, err := t.Job(ctx, e.NounID)
	if err != nil {
		return err
	}
	after := before
	switch {
	case e.Act == ActJobAdd && !before.State.Over():
		after.State, after.EndedAt = claims.JobCancelled, t.now
	case e.Act == ActJobStop && before.State == claims.JobCancelled:
		t.reopenJob(&after)
	default:
		return claims.Refuse(claims.KindConflict, "job.over")
	}
	return t.saveJob(ctx, before, after, undoing(e))
}

// JobAdded tells workers of this process that a job may wait; others look by themselves.
func (d *Desk) JobAdded() <-chan struct{} { return d.jobs }

func (d *Desk) wake() {
	select {
	case d.jobs <- struct{}{}:
	default:
	}
}

// LeaseJob gives a worker the job to do next; without an ID there is none. Where nobody
// waits for anything, that is the next page that is watched.
func (d *Desk) LeaseJob(ctx context.Context) (claims.Job, error) {
	var j claims.Job
	err := d.update(ctx, job, func(t *tx) (err error) {
		if d.poster != nil {
			if err := t.queueDeliveries(ctx); err != nil {
				return err
			}
		}
		if j, err = t.Writer.LeaseJob(ctx, t.now, t.now.Add(JobLease)); err != nil || j.ID != "" || d.fetcher == nil {
			return err
		}
		planned, err := t.nextWatch(ctx)
		if err == nil && !planned {
			planned, err = t.nextBacklink(ctx)
		}
		if err != nil || !planned {
			return err
		}
		j, err = t.Writer.LeaseJob(ctx, t.now, t.now.Add(JobLease))
		return err
	})
	return j, err
}

// HoldJob renews a worker's lease and writes its progress down. KindStale says that
// the job is not the worker's any more.
func (d *Desk) HoldJob(ctx context.Context, j claims.Job) error {
	return d.update(ctx, job, func(t *tx) error {
		j.NextAt = t.now.Add(JobLease)
		return t.Writer.HoldJob(ctx, j)
	})
}

// ReleaseJob gives a job back that its worker cannot end, as if it had not been begun.
func (d *Desk) ReleaseJob(ctx context.Context, j claims.Job) error {
	return d.update(ctx, job, func(t *tx) error {
		j.State, j.NextAt, j.Step, j.Done, j.Total = claims.JobWaiting, t.now, "", 0, 0
		j.MaxAttempts++
		return t.Writer.HoldJob(ctx, j)
	})
}

// FailJob writes down why an attempt failed and says when to try again, where that
// may be of use.
func (d *Desk) FailJob(ctx context.Context, j claims.Job, failure error) error {
	return d.update(ctx, job, func(t *tx) error {
		j.Problem = jobProblem(failure)
		j.State, j.Step, j.Done, j.Total = claims.JobWaiting, "", 0, 0
		j.NextAt = t.now.Add(min(jobPause<<(2*min(j.Attempt-1, 10)), jobMost))
		if !passing(failure) || j.Attempt >= j.MaxAttempts {
			j.State, j.EndedAt = claims.JobFailed, t.now
			if err := t.failItem(ctx, j); err != nil {
				return err
			}
			if err := t.failScheduled(ctx, j); err != nil {
				return err
			}
		}
		return t.Writer.HoldJob(ctx, j)
	})
}

// finishJob ends a job together with what it did: the worker that comes too late
// takes back both.
func (t *tx) finishJob(ctx context.Context, j claims.Job, result any) error {
	raw, err := json.Marshal(result)
	if err != nil {
		return err
	}
	j.Result, j.State, j.EndedAt, j.Problem, j.Step, j.Done, j.Total = string(raw), claims.JobDone, t.now, nil, "", 0, 0
	return t.HoldJob(ctx, j)
}

// jobProblem keeps of a failure what people may read; the rest is for the log.
func jobProblem(err error) *claims.JobProblem {
	var refused *claims.Error
	switch {
	case !errors.As(err, &refused):
		return &claims.JobProblem{Key: "job.broken"}
	case len(refused.Fields) > 0:
		return &claims.JobProblem{Key: refused.Fields[0].Key, Args: refused.Fields[0].Args}
	}
	return &claims.JobProblem{Key: refused.Key, Args: refused.Args}
}

// passing reports whether a failure may be none the next time.
func passing(err error) bool {
	var refused *claims.Error
	if !errors.As(err, &refused) {
		return true
	}
	switch refused.Key {
	case "fetch.timeout", "fetch.failed", "fetch.robots_down":
		return true
	case "fetch.status":
		code, _ := refused.Args[0].(int)
		return code >= 500 || code == 429 || code == 408
	}
	return refused.Kind == claims.KindBusy
}

// actorOfJob is whose rights a job bears now: somebody who lost theirs loses them
// for their jobs too.
func (d *Desk) actorOfJob(ctx context.Context, j claims.Job) (claims.Actor, error) {
	if j.Person == "" {
		return job, nil
	}
	var p claims.Person
	err := d.store.View(ctx, func(r claims.Reader) (err error) {
		p, err = r.Person(ctx, j.Person)
		return err
	})
	if err == nil && p.Disabled {
		err = claims.Refuse(claims.KindNotAllowed, "job.person_disabled")
	}
	return claims.Actor{ID: p.ID, Name: p.Name, Role: p.Role, Job: true}, err
}

// tidyJobs forgets what was over long ago.
func (d *Desk) tidyJobs(ctx context.Context) error {
	return d.update(ctx, job, func(t *tx) error { return t.DeleteJobsBefore(ctx, t.now.Add(-jobsKept)) })
}
