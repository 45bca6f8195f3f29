// Package jobs works on the queue of jobs: any number of processes over one
// database lease jobs, one at a time for each worker, and run them through
// claims/workflow. A worker that vanishes loses its lease, and another begins anew;
// what the first one would still write is refused.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// Options say how a runner works; zero fields get defaults.
type Options struct {
	Workers int           // jobs at a time: 2
	Every   time.Duration // between two looks at a queue in which nothing was: 2 s
	Log     *slog.Logger  // else nowhere
	kinds   map[claims.JobKind]work
	beat    time.Duration // between two signs of life
}

// Runner is the workers of one process.
type Runner struct {
	desk    *workflow.Desk
	o       Options
	stop    context.CancelFunc
	running sync.WaitGroup
}

const (
	partings = 5 * time.Second // to give jobs back when the process ends
	tellMost = time.Second / 2 // between two writes of progress
)

// New makes a runner that does nothing yet.
func New(desk *workflow.Desk, o Options) *Runner {
	if o.Workers <= 0 {
		o.Workers = 2
	}
	if o.Every <= 0 {
		o.Every = 2 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.kinds == nil {
		o.kinds = kinds
	}
	if o.beat <= 0 {
		o.beat = workflow.JobLease / 3
	}
	return &Runner{desk: desk, o: o, stop: func() {}}
}

// Start begins to work until ctx ends or Close is called. It is called once.
func (r *Runner) Start(ctx context.Context) {
	ctx, r.stop = context.WithCancel(ctx)
	for range r.o.Workers {
		r.running.Go(func() { r.loop(ctx) })
	}
}

// Close ends the work: jobs in hand go back to the queue, as if they had not been begun.
func (r *Runner) Close() {
	r.stop()
	r.running.Wait()
}

func (r *Runner) loop(ctx context.Context) {
	for ctx.Err() == nil {
		j, err := r.desk.LeaseJob(ctx)
		if err != nil && ctx.Err() == nil {
			r.o.Log.Error("no job could be leased", "err", err)
		}
		if err == nil && j.ID != "" {
			r.run(ctx, j)
			continue
		}
		pause := time.NewTimer(r.o.Every)
		select {
		case <-ctx.Done():
		case <-r.desk.JobAdded():
		case <-pause.C:
		}
		pause.Stop()
	}
}

// run works on one job and settles what came of it.
func (r *Runner) run(ctx context.Context, j claims.Job) {
	h := r.hold(ctx, j)
	err := r.try(h.ctx, j, h.tell)
	h.end()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), partings)
	defer cancel()
	switch {
	case err == nil:
		return
	case claims.KindOf(err) == claims.KindStale || h.lost():
		r.o.Log.Info("a job was taken from its worker", "job", j.ID, "kind", j.Kind)
		return
	case ctx.Err() != nil:
		err = r.desk.ReleaseJob(last, j)
	default:
		r.o.Log.Info("a job failed", "job", j.ID, "kind", j.Kind, "attempt", j.Attempt, "err", err)
		err = r.desk.FailJob(last, j, err)
	}
	if err != nil && claims.KindOf(err) != claims.KindStale {
		r.o.Log.Error("what came of a job was not written down: its lease will end", "job", j.ID, "err", err)
	}
}

// try runs a job; a panic is a failure like others.
func (r *Runner) try(ctx context.Context, j claims.Job, tell workflow.Tell) (err error) {
	defer func() {
		if p := recover(); p != nil {
			r.o.Log.Error("a job panicked", "job", j.ID, "kind", j.Kind, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("jobs: %v", p)
		}
	}()
	do, ok := r.o.kinds[j.Kind]
	if !ok {
		return claims.Refuse(claims.KindUnsupported, "job.kind_unknown", string(j.Kind)) // of a newer version that ran here before
	}
	return do(r.desk, ctx, j, tell)
}

// holding keeps the lease of a job while it is worked on.
type holding struct {
	ctx    context.Context // ends when the job is not ours any more
	cancel context.CancelCauseFunc
	runner *Runner
	done   sync.WaitGroup

	mu   sync.Mutex
	job  claims.Job
	told time.Time
}

var errLost = errors.New("jobs: the job is not ours any more")

func (r *Runner) hold(ctx context.Context, j claims.Job) *holding {
	h := &holding{runner: r, job: j}
	h.ctx, h.cancel = context.WithCancelCause(ctx)
	h.done.Go(func() {
		beat := time.NewTicker(r.o.beat)
		defer beat.Stop()
		for {
			select {
			case <-h.ctx.Done():
				return
			case <-beat.C:
				h.write()
			}
		}
	})
	return h
}

// write renews the lease; whoever lost it stops.
func (h *holding) write() {
	h.mu.Lock()
	j := h.job
	h.mu.Unlock()
	err := h.runner.desk.HoldJob(h.ctx, j)
	switch {
	case claims.KindOf(err) == claims.KindStale:
		h.cancel(errLost)
	case err != nil && h.ctx.Err() == nil:
		h.runner.o.Log.Warn("a lease was not renewed", "job", j.ID, "err", err)
	}
}

// tell notes progress: each step at once, what happens within one now and then.
func (h *holding) tell(step string, done, total int64) {
	h.mu.Lock()
	now := time.Now()
	write := step != h.job.Step || now.Sub(h.told) >= tellMost
	h.job.Step, h.job.Done, h.job.Total = step, done, total
	if write {
		h.told = now
	}
	h.mu.Unlock()
	if write {
		h.write()
	}
}

func (h *holding) lost() bool { return errors.Is(context.Cause(h.ctx), errLost) }

func (h *holding) end() {
	h.cancel(nil)
	h.done.Wait()
}
