package claimstest

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"cotejo/claims"
)

// NewJob makes a sample job that may be begun a number of minutes after Start.
func NewJob(minute int) claims.Job {
	at := Start.Add(time.Duration(minute) * time.Minute)
	return claims.Job{ID: NewID(claims.IDLen), Kind: claims.JobLook, Person: "P1", Input: `{"url":"https://news.test/"}`, State: claims.JobWaiting,
		MaxAttempts: 2, NextAt: at, CreatedAt: at}
}

func lease(t *testing.T, store claims.Store, minute int) claims.Job {
	t.Helper()
	now := Start.Add(time.Duration(minute) * time.Minute)
	var j claims.Job
	err := store.Update(t.Context(), func(w claims.Writer) (err error) { // no event: a lease is exempt
		j, err = w.LeaseJob(t.Context(), now, now.Add(time.Minute))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// runJobs leases jobs in order, lets leases end, and refuses who comes too late.
func runJobs(t *testing.T, store claims.Store) {
	ctx := t.Context()
	first, second, later := NewJob(0), NewJob(1), NewJob(60)
	first.Article, later.Kind = "A1", claims.JobIntake
	refused(t, store, "a job without an event", "", func(w claims.Writer) error { return w.CreateJob(ctx, first) })
	runQueuedJob(t, store)
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.CreateJob(ctx, second), w.CreateJob(ctx, first), w.CreateJob(ctx, later))
	})
	refused(t, store, "a job twice", claims.KindConflict, func(w claims.Writer) error { return w.CreateJob(ctx, first) })
	runJobLists(t, store, first, second, later)

	a, b := lease(t, store, 2), lease(t, store, 2)
	equal(t, "leased in order", []string{first.ID, second.ID}, []string{a.ID, b.ID})
	want := first
	want.State, want.Attempt, want.NextAt = claims.JobRunning, 1, Start.Add(3*time.Minute)
	equal(t, "a leased job", want, a)
	equal(t, "nothing more to lease", "", lease(t, store, 2).ID)

	hold := func(j claims.Job) error {
		return store.Update(ctx, func(w claims.Writer) error { return w.HoldJob(ctx, j) })
	}
	b.State, b.Result, b.EndedAt = claims.JobDone, `{"x":1}`, Start.Add(3*time.Minute)
	if err := hold(b); err != nil {
		t.Error(err)
	}
	wantKind(t, "done twice", claims.KindStale, hold(b))
	again := lease(t, store, 4) // the lease of a is over
	equal(t, "begun anew", []any{first.ID, 2}, []any{again.ID, again.Attempt})
	a.Step, a.Done = "fetch", 7
	wantKind(t, "the first worker comes back", claims.KindStale, hold(a))
	again.Step, again.Done, again.Total, again.Problem = "fetch", 7, 9, &claims.JobProblem{Key: "fetch.status", Args: []any{503.0}}
	if err := hold(again); err != nil {
		t.Error(err)
	}
	Read(t, store, func(r claims.Reader) error {
		got, err := r.Job(ctx, again.ID)
		equal(t, "a job with its progress", again, got)
		return err
	})
	equal(t, "begun too often", "", lease(t, store, 10).ID)
	Read(t, store, func(r claims.Reader) error {
		got, err := r.Job(ctx, first.ID)
		equal(t, "lost", []any{claims.JobFailed, claims.JobLost, Start.Add(10 * time.Minute)}, []any{got.State, got.Problem.Key, got.EndedAt})
		return err
	})
	runJobStops(t, store, later)
}

// runQueuedJob: work that nobody asked for needs no event.
func runQueuedJob(t *testing.T, store claims.Store) {
	ctx, own := t.Context(), NewJob(-9)
	queue := func() error { return store.Update(ctx, func(w claims.Writer) error { return w.QueueJob(ctx, own) }) }
	if err := queue(); err != nil {
		t.Error(err)
	}
	wantKind(t, "the same job queued twice", claims.KindConflict, queue())
	j := lease(t, store, -8)
	equal(t, "a queued job", own.ID, j.ID)
	j.State, j.EndedAt = claims.JobDone, Start.Add(-8*time.Minute)
	err := store.Update(ctx, func(w claims.Writer) error {
		return errors.Join(w.DropJob(ctx, j.ID), w.HoldJob(ctx, j), w.DropJob(ctx, j.ID), w.DropJob(ctx, j.ID))
	})
	if err != nil {
		t.Error(err)
	}
}

func runJobStops(t *testing.T, store claims.Store, later claims.Job) {
	ctx := t.Context()
	running := lease(t, store, 61)
	equal(t, "due by now", later.ID, running.ID)
	stopped := running
	stopped.State, stopped.EndedAt = claims.JobCancelled, Start.Add(61*time.Minute)
	refused(t, store, "stopping without an event", "", func(w claims.Writer) error { return w.UpdateJob(ctx, stopped) })
	Write(t, store, func(w claims.Writer) error { return w.UpdateJob(ctx, stopped) })
	running.State = claims.JobDone
	refused(t, store, "done after it was stopped", claims.KindStale, func(w claims.Writer) error { return w.HoldJob(ctx, running) })
	if err := store.Update(ctx, func(w claims.Writer) error { return w.DeleteJobsBefore(ctx, Start.Add(20*time.Minute)) }); err != nil {
		t.Error(err)
	}
	Read(t, store, func(r claims.Reader) error {
		left, _, err := r.Jobs(ctx, claims.JobFilter{})
		equal(t, "jobs after old ones went", []claims.Job{stopped}, left)
		return err
	})
	missing(t, store, "a job that is gone", func(r claims.Reader) error { _, err := r.Job(ctx, "NOSUCHJOBX"); return err })
}

func runJobLists(t *testing.T, store claims.Store, first, second, later claims.Job) {
	ctx := t.Context()
	Read(t, store, func(r claims.Reader) error {
		var failure error
		for _, one := range []struct {
			f    claims.JobFilter
			want []claims.Job
		}{
			{claims.JobFilter{}, []claims.Job{later, second, first}},
			{claims.JobFilter{Article: "A1"}, []claims.Job{first}},
			{claims.JobFilter{Kind: claims.JobLook, Open: true}, []claims.Job{second, first}},
		} {
			got, _, err := r.Jobs(ctx, one.f)
			equal(t, "jobs", one.want, got)
			failure = errors.Join(failure, err)
		}
		open, err := r.CountOpenJobs(ctx)
		equal(t, "open jobs", 3, open)
		failure = errors.Join(failure, err)
		page, next, err := r.Jobs(ctx, claims.JobFilter{Page: claims.Page{Limit: 2}})
		rest, _, err2 := r.Jobs(ctx, claims.JobFilter{Page: claims.Page{Limit: 2, Cursor: next}})
		equal(t, "jobs page by page", []claims.Job{later, second, first}, append(page, rest...))
		return errors.Join(failure, err, err2)
	})
}

// runJobRace has several workers take all jobs at once: each is begun exactly once.
func runJobRace(t *testing.T, store claims.Store) {
	const workers, jobs = 4, 24
	var all []string
	Write(t, store, func(w claims.Writer) error {
		all = nil
		for range jobs {
			j := NewJob(0)
			all = append(all, j.ID)
			if err := w.CreateJob(t.Context(), j); err != nil {
				return err
			}
		}
		return nil
	})
	var mu sync.Mutex
	var got []string
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for {
				var j claims.Job
				err := store.Update(t.Context(), func(w claims.Writer) (err error) {
					j, err = w.LeaseJob(t.Context(), Start, Start.Add(time.Minute))
					return err
				})
				if err != nil || j.ID == "" {
					if err != nil {
						t.Error(err)
					}
					return
				}
				mu.Lock()
				got = append(got, j.ID)
				mu.Unlock()
			}
		})
	}
	group.Wait()
	slices.Sort(all)
	slices.Sort(got)
	equal(t, "jobs that were begun", all, got)
}
