package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/fetch"
	"cotejo/claims/ingest"
	"cotejo/claims/jobs"
	"cotejo/claims/workflow"
	"cotejo/db"
	"cotejo/db/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// web counts what is asked of it.
type web struct {
	mu   sync.Mutex
	seen map[string]int
	err  error
}

func (w *web) Check(context.Context, string) error { return nil }

func (w *web) Get(_ context.Context, in fetch.Request) (fetch.Page, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen[in.URL]++
	return fetch.Page{URL: in.URL, MediaType: "text/html", Body: []byte("<title>Agua</title><p>El embalse de " + in.URL + " está al 31 % de su capacidad.</p>")}, w.err
}

// nodes is a desk that several processes work at.
type nodes struct {
	*testing.T
	address string
	clock   *claimstest.Clock
	web     *web
	desk    *workflow.Desk
	store   claims.Store
	ana     claims.Actor
}

func onEachEngine(t *testing.T, run func(*testing.T, *nodes)) {
	for name, address := range map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "cotejo.db") },
		"postgres": func(t *testing.T) string { return pgtest.Address(t) },
	} {
		t.Run(name, func(t *testing.T) {
			n := &nodes{T: t, address: address(t), clock: claimstest.NewClock(), web: &web{seen: map[string]int{}}}
			n.desk, n.store = n.node()
			p := claimstest.PutPerson(t, n.store, "ana", claims.RoleChecker)
			n.ana = claims.Actor{ID: p.ID, Name: p.Name, Role: p.Role}
			run(t, n)
		})
	}
}

// node opens the desk as another process would.
func (n *nodes) node() (*workflow.Desk, claims.Store) {
	n.Helper()
	store, err := db.Open(n.Context(), n.address)
	if err != nil {
		n.Fatal(err)
	}
	n.Cleanup(func() { _ = store.Close() })
	return workflow.New(store, workflow.Options{Clock: n.clock, Fetcher: n.web}), store
}

func (n *nodes) ask(address string) claims.Job {
	n.Helper()
	j, err := n.desk.AskPage(n.Context(), n.ana, workflow.PageRequest{Hint: ingest.Hint{URL: address}})
	if err != nil {
		n.Fatal(err)
	}
	return j
}

func (n *nodes) start(r *jobs.Runner) {
	r.Start(n.Context())
	n.Cleanup(r.Close)
}

// until waits for a job to be as it should.
func (n *nodes) until(id, what string, ok func(claims.Job) bool) claims.Job {
	n.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		j, err := n.desk.Job(n.Context(), n.ana, id)
		if err != nil {
			n.Fatal(err)
		}
		if ok(j) {
			return j
		}
		if time.Now().After(deadline) {
			n.Fatalf("never %s: %+v", what, j)
		}
	}
}

func over(j claims.Job) bool { return j.State.Over() }

// fetches counts what the history tells of.
func (n *nodes) fetches() int {
	n.Helper()
	count := 0
	claimstest.Read(n.T, n.store, func(r claims.Reader) error {
		return r.EachEvent(n.Context(), func(e claims.Event) error {
			if e.Act == workflow.ActPageFetch {
				count++
			}
			return nil
		})
	})
	return count
}

func TestEveryKindHasItsWork(t *testing.T) {
	have := jobs.Kinds()
	for _, kind := range claims.JobKinds {
		if !have[kind] {
			t.Errorf("nobody does %s", kind)
		}
	}
	if len(have) != len(claims.JobKinds) {
		t.Errorf("%v are done, %v are known", have, claims.JobKinds)
	}
}

func TestSeveralNodesDoEveryJobOnce(t *testing.T) {
	onEachEngine(t, func(t *testing.T, n *nodes) {
		const count = 20
		var all []claims.Job
		for i := range count {
			all = append(all, n.ask(fmt.Sprintf("https://news.test/%d", i)))
		}
		for range 3 {
			desk, _ := n.node()
			n.start(jobs.New(desk, jobs.Options{Workers: 2, Every: 10 * time.Millisecond}))
		}
		for _, j := range all {
			if j = n.until(j.ID, "over", over); j.State != claims.JobDone || j.Attempt != 1 {
				t.Errorf("%s after %d attempts, %+v", j.State, j.Attempt, j.Problem)
			}
		}
		for address, times := range n.web.seen {
			if times != 1 {
				t.Errorf("%s was fetched %d times", address, times)
			}
		}
		if got := n.fetches(); got != count || len(n.web.seen) != count {
			t.Errorf("the history tells of %d fetches, %d were made; want %d", got, len(n.web.seen), count)
		}
	})
}

// TestAVanishedWorker: it took the job and was killed; when it turns out that it
// was only slow, what it wants to write is refused.
func TestAVanishedWorker(t *testing.T) {
	onEachEngine(t, func(t *testing.T, n *nodes) {
		j := n.ask("https://news.test/1")
		slow, err := n.desk.LeaseJob(t.Context())
		if err != nil || slow.ID != j.ID {
			t.Fatal(slow, err)
		}
		other, _ := n.node()
		n.start(jobs.New(other, jobs.Options{Workers: 1, Every: 10 * time.Millisecond}))
		time.Sleep(60 * time.Millisecond)
		if j, err = n.desk.Job(t.Context(), n.ana, j.ID); err != nil || j.State != claims.JobRunning || j.Attempt != 1 {
			t.Fatalf("taken before the lease was over: %+v, %v", j, err)
		}
		n.clock.Advance(workflow.JobLease)
		if j = n.until(j.ID, "over", over); j.State != claims.JobDone || j.Attempt != 2 {
			t.Errorf("%+v", j)
		}
		err = n.desk.LookAtPage(t.Context(), slow, func(string, int64, int64) {})
		if claims.KindOf(err) != claims.KindStale || n.fetches() != 1 {
			t.Errorf("the slow worker: %v; the history tells of %d fetches", err, n.fetches())
		}
	})
}

func TestALeaseIsRenewedWhileItsWorkerLives(t *testing.T) {
	onEachEngine(t, func(t *testing.T, n *nodes) {
		j, let, began := n.ask("https://news.test/1"), make(chan bool), make(chan bool, 9)
		for range 2 {
			desk, _ := n.node()
			n.start(jobs.Quick(desk, 1, 5*time.Millisecond, func(ctx context.Context, j claims.Job, tell workflow.Tell) error {
				tell("fetch", 3, 7)
				began <- true
				<-let
				return desk.LookAtPage(ctx, j, tell)
			}))
		}
		<-began
		for range 6 {
			now := n.clock.Advance(workflow.JobLease / 2)
			n.until(j.ID, "renewed", func(j claims.Job) bool { return j.NextAt.Equal(now.Add(workflow.JobLease)) })
		}
		if got := n.until(j.ID, "shown", func(j claims.Job) bool { return j.Done == 3 }); got.Step != "fetch" || got.Total != 7 || got.Attempt != 1 {
			t.Errorf("%+v", got)
		}
		close(let)
		if got := n.until(j.ID, "over", over); got.State != claims.JobDone || got.Attempt != 1 || len(began) != 0 {
			t.Errorf("%+v, begun %d times more", got, len(began))
		}
	})
}

func TestFailuresAreTriedAgainLaterAndLater(t *testing.T) {
	onEachEngine(t, func(t *testing.T, n *nodes) {
		n.web.err = claims.Refuse(claims.KindInvalid, "fetch.timeout")
		n.start(jobs.New(n.desk, jobs.Options{Workers: 1, Every: 5 * time.Millisecond}))
		j := n.ask("https://news.test/1")
		for attempt, pause := range []time.Duration{15 * time.Second, time.Minute} {
			got := n.until(j.ID, "waiting", func(j claims.Job) bool { return j.State == claims.JobWaiting && j.Attempt == attempt+1 })
			if got.NextAt.Sub(n.clock.Now()) != pause || got.Problem == nil || got.Problem.Key != "fetch.timeout" {
				t.Errorf("after attempt %d in %v: %+v", attempt+1, got.NextAt.Sub(n.clock.Now()), got.Problem)
			}
			n.clock.Advance(pause)
		}
		if got := n.until(j.ID, "over", over); got.State != claims.JobFailed || got.Attempt != 3 {
			t.Errorf("%+v", got)
		}
		n.web.mu.Lock()
		n.web.err = nil
		n.web.mu.Unlock()
		if _, err := n.desk.RetryJob(t.Context(), n.ana, j.ID); err != nil {
			t.Fatal(err)
		}
		if got := n.until(j.ID, "over", over); got.State != claims.JobDone || got.Problem != nil {
			t.Errorf("tried again: %+v", got)
		}
		n.web.mu.Lock()
		n.web.err = claims.Refuse(claims.KindInvalid, "fetch.address")
		n.web.mu.Unlock()
		j = n.ask("https://news.test/2")
		if got := n.until(j.ID, "over", over); got.State != claims.JobFailed || got.Attempt != 1 {
			t.Errorf("what never helps was tried again: %+v", got)
		}
	})
}

func TestStoppingEndsTheWork(t *testing.T) {
	onEachEngine(t, func(t *testing.T, n *nodes) {
		began, ended := make(chan bool, 1), make(chan error, 1)
		n.start(jobs.Quick(n.desk, 1, 5*time.Millisecond, func(ctx context.Context, j claims.Job, tell workflow.Tell) error {
			began <- true
			<-ctx.Done()
			err := n.desk.LookAtPage(context.WithoutCancel(ctx), j, func(string, int64, int64) {})
			ended <- err
			return err
		}))
		j := n.ask("https://news.test/1")
		<-began
		if _, err := n.desk.StopJob(t.Context(), n.ana, j.ID); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; claims.KindOf(err) != claims.KindStale || n.fetches() != 0 {
			t.Errorf("done after it was stopped: %v, %d", err, n.fetches())
		}
		if got := n.until(j.ID, "over", over); got.State != claims.JobCancelled {
			t.Errorf("%+v", got)
		}
	})
}

func TestAPanicIsAFailure(t *testing.T) {
	onEachEngine(t, func(t *testing.T, n *nodes) {
		n.start(jobs.Quick(n.desk, 1, time.Second, func(context.Context, claims.Job, workflow.Tell) error { panic("secret") }))
		j := n.ask("https://news.test/1")
		got := n.until(j.ID, "settled", func(j claims.Job) bool { return j.Problem != nil })
		if got.Problem.Key != "job.broken" || len(got.Problem.Args) > 0 || got.State != claims.JobWaiting {
			t.Errorf("%+v %+v", got, got.Problem)
		}
	})
}

// TestARestart: what was in hand goes back, and the next process does it.
func TestARestart(t *testing.T) {
	onEachEngine(t, func(t *testing.T, n *nodes) {
		began := make(chan bool, 1)
		r := jobs.Quick(n.desk, 1, time.Second, func(ctx context.Context, _ claims.Job, _ workflow.Tell) error {
			began <- true
			<-ctx.Done()
			return ctx.Err()
		})
		r.Start(t.Context())
		j := n.ask("https://news.test/1")
		<-began
		r.Close()
		got, err := n.desk.Job(t.Context(), n.ana, j.ID)
		if err != nil || got.State != claims.JobWaiting || got.MaxAttempts != j.MaxAttempts+1 || got.Problem != nil {
			t.Errorf("%+v, %v", got, err)
		}
		desk, _ := n.node()
		n.start(jobs.New(desk, jobs.Options{Every: 5 * time.Millisecond}))
		if got := n.until(j.ID, "over", over); got.State != claims.JobDone {
			t.Errorf("%+v", got)
		}
	})
}

func TestOnlyTheirsAndEditors(t *testing.T) {
	onEachEngine(t, func(t *testing.T, n *nodes) {
		j := n.ask("https://news.test/1")
		person := func(name string, role claims.Role) claims.Actor {
			p := claimstest.PutPerson(t, n.store, name, role)
			return claims.Actor{ID: p.ID, Name: p.Name, Role: p.Role}
		}
		bea, luis := person("bea", claims.RoleChecker), person("luis", claims.RoleEditor)
		if _, err := n.desk.StopJob(t.Context(), bea, j.ID); claims.KindOf(err) != claims.KindNotAllowed {
			t.Errorf("another checker: %v", err)
		}
		if _, err := n.desk.StopJob(t.Context(), luis, j.ID); err != nil {
			t.Errorf("an editor: %v", err)
		}
		if _, err := n.desk.StopJob(t.Context(), luis, j.ID); claims.KindOf(err) != claims.KindConflict {
			t.Errorf("twice: %v", err)
		}
		var event string
		claimstest.Read(t, n.store, func(r claims.Reader) error {
			events, err := r.Events(t.Context(), claims.EventFilter{Noun: "job", NounID: j.ID, Before: 1 << 40, Limit: 1})
			if err == nil {
				event = events[0].ID
			}
			return err
		})
		if _, err := n.desk.Undo(t.Context(), luis, event); err != nil {
			t.Errorf("undoing: %v", err)
		}
		if got, err := n.desk.Job(t.Context(), n.ana, j.ID); err != nil || got.State != claims.JobWaiting {
			t.Errorf("after undoing: %+v, %v", got, err)
		}
		_, err := n.desk.AskPage(t.Context(), person("cris", claims.RoleContributor), workflow.PageRequest{Hint: ingest.Hint{URL: "https://news.test/"}})
		var refused *claims.Error
		if !errors.As(err, &refused) || refused.Kind != claims.KindNotAllowed {
			t.Errorf("a contributor: %v", err)
		}
	})
}
