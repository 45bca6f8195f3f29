package workflow_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
	"cotejo/db"
	"cotejo/db/pgtest"
)

// tick is a clock of which no two looks give the same time.
type tick struct{ *claimstest.Clock }

func (c tick) Now() time.Time { return c.Advance(time.Millisecond) }

// kit is a fresh desk, on SQLite unless said otherwise, with somebody of each role.
type kit struct {
	*testing.T
	*workflow.Desk
	store *db.Store
	file  string
	clock *claimstest.Clock

	carla      claims.Actor // contributor
	ana, bea   claims.Actor // checkers
	luis, olga claims.Actor // editors
	eva        claims.Actor // admin
}

// TestMain bounds the rounds of the random tests, whose steps are commits; give
// -rapid.checks=N for more.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "40"); err != nil {
		panic(err)
	}
	os.Exit(pgtest.Main(m))
}

// openStore opens a fresh desk and closes it with the test.
func openStore(t *testing.T, address string) *db.Store {
	t.Helper()
	store, err := db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func newKit(t *testing.T) *kit {
	t.Helper()
	t.Parallel()
	return newKitAt(t, filepath.Join(t.TempDir(), "cotejo.db"))
}

// onEveryEngine runs a test on each database that the desk can stand on.
func onEveryEngine(t *testing.T, run func(*testing.T, *kit)) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { run(t, newKit(t)) })
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		run(t, newKitAt(t, pgtest.Address(t)))
	})
}

func newKitAt(t *testing.T, address string) *kit {
	t.Helper()
	k := &kit{T: t, store: openStore(t, address), file: address, clock: claimstest.NewClock()}
	k.Desk = workflow.New(k.store, workflow.Options{Clock: tick{k.clock}, BaseURL: "https://desk.test"})
	join := func(name string, role claims.Role) claims.Actor {
		p := claimstest.PutPerson(t, k.store, name, role)
		return claims.Actor{ID: p.ID, Name: p.Name, Role: p.Role}
	}
	k.carla = join("carla", claims.RoleContributor)
	k.ana, k.bea = join("ana", claims.RoleChecker), join("bea", claims.RoleChecker)
	k.luis, k.olga = join("luis", claims.RoleEditor), join("olga", claims.RoleEditor)
	k.eva = join("eva", claims.RoleAdmin)
	return k
}

// actors lists somebody of each role.
func (k *kit) actors() []claims.Actor { return []claims.Actor{k.carla, k.ana, k.luis, k.eva} }

// article stores a sample article with the bytes it was made of.
func (k *kit) article() claims.Article {
	k.Helper()
	raw := "raw " + claimstest.SampleText
	claimstest.Write(k.T, k.store, func(w claims.Writer) error {
		return w.PutBlob(k.Context(), claims.Blob{SHA256: claimstest.Hash(raw), MediaType: "text/plain", Data: []byte(raw)})
	})
	return claimstest.PutArticle(k.T, k.store, "El puente")
}

// claim stores a sample claim of a new article in a state.
func (k *kit) claim(state claims.State, change ...func(*claims.Claim)) claims.Claim {
	k.Helper()
	return claimstest.PutClaim(k.T, k.store, k.article().ID, func(c *claims.Claim) {
		c.State = state
		for _, f := range change {
			f(c)
		}
	})
}

// judged gives a claim a whole verdict by somebody, and a submitter.
func judged(by, submitter claims.Actor) func(*claims.Claim) {
	return func(c *claims.Claim) {
		c.Verdict = &claims.Verdict{Content: "unproven", Attribution: "accurate", Rationale: "Lo dijo; nadie lo ha medido.", Scale: 1, ChangedBy: by.ID, ChangedAt: claimstest.Start}
		at := claimstest.Start
		c.SubmittedBy, c.SubmittedAt = submitter.ID, &at
	}
}

// move moves a claim and ends the test where that is refused.
func (k *kit) move(actor claims.Actor, c claims.Claim, in workflow.MoveInput) claims.Claim {
	k.Helper()
	out, err := k.MoveClaim(k.Context(), actor, c.ID, c.Version, in)
	if err != nil {
		k.Fatalf("%s → %s by %s: %v", c.State, in.To, actor.Name, err)
	}
	if out.State != in.To || out.Version != c.Version+1 {
		k.Fatalf("%s → %s gave state %s, version %d after %d", c.State, in.To, out.State, out.Version, c.Version)
	}
	return out
}

func to(s claims.State) workflow.MoveInput { return workflow.MoveInput{To: s} }

func because(s claims.State, reason string) workflow.MoveInput {
	return workflow.MoveInput{To: s, Reason: reason}
}

var verdict = workflow.VerdictInput{Content: "unproven", Attribution: "accurate", Rationale: "Lo dijo; nadie lo ha medido."}

// judge sets a verdict.
func (k *kit) judge(actor claims.Actor, c claims.Claim, v workflow.VerdictInput) claims.Claim {
	k.Helper()
	out, err := k.Judge(k.Context(), actor, c.ID, c.Version, v)
	if err != nil {
		k.Fatal(err)
	}
	return out
}

// approved takes an open claim to approved: judged by ana, approved by luis.
func (k *kit) approved(c claims.Claim) claims.Claim {
	k.Helper()
	if c.State != claims.StateInCheck {
		c = k.move(k.ana, c, to(claims.StateInCheck))
	}
	c = k.judge(k.ana, c, verdict)
	c = k.move(k.ana, c, to(claims.StateSubmitted))
	return k.move(k.luis, c, to(claims.StateApproved))
}

// published takes a new claim all the way.
func (k *kit) published() claims.Claim {
	k.Helper()
	return k.move(k.luis, k.approved(k.claim(claims.StateOpen)), to(claims.StatePublished))
}

// again reads a claim anew.
func (k *kit) again(c claims.Claim) claims.Claim {
	k.Helper()
	err := k.store.View(k.Context(), func(r claims.Reader) (err error) {
		c, err = r.Claim(k.Context(), c.ID)
		return err
	})
	if err != nil {
		k.Fatal(err)
	}
	return c
}

// history lists the acts of a claim, oldest first.
func (k *kit) history(c claims.Claim) []string {
	k.Helper()
	events, err := k.ClaimEvents(k.Context(), k.ana, c.ID)
	if err != nil {
		k.Fatal(err)
	}
	var acts []string
	for _, e := range slices.Backward(events) {
		if e.Act != "test.write" {
			acts = append(acts, e.Act)
		}
	}
	return acts
}

// lastEvent gives the newest event of the desk.
func (k *kit) lastEvent() claims.Event {
	k.Helper()
	events, _, err := k.Events(k.Context(), k.eva, claims.EventFilter{Before: 1 << 40, Limit: 1})
	if err != nil || len(events) != 1 {
		k.Fatalf("last event: %v, %v", events, err)
	}
	return events[0]
}

// seq counts the events of the desk.
func (k *kit) seq() int64 { return k.lastEvent().Seq }

// tells gives the JSON of an event's value; "" where it has none.
func tells(e claims.Event, side claims.Side, name string) string {
	for _, v := range e.Values {
		if v.Side == side && v.Name == name {
			return v.JSON
		}
	}
	return ""
}

// sound ends the test where the desk is not as it was written.
func (k *kit) sound() workflow.Report {
	k.Helper()
	r, err := k.Verify(k.Context())
	if err != nil {
		k.Fatal(err)
	}
	for _, p := range r.Problems {
		k.Errorf("%s %s: %s", p.What, p.Where, p.Why)
	}
	return r
}

// refused holds an error to a kind and, where given, a message key: its own or
// that of one of its fields ("field:key").
func refused(t testing.TB, what string, err error, kind claims.ErrKind, keys ...string) {
	t.Helper()
	var refusal *claims.Error
	if !errors.As(err, &refusal) {
		t.Errorf("%s: %v, want %s %v", what, err, kind, keys)
		return
	}
	if refusal.Kind != kind {
		t.Errorf("%s: %v, want kind %s", what, err, kind)
	}
	for _, key := range keys {
		if refusal.Key != key && !slices.ContainsFunc(refusal.Fields, func(f claims.FieldError) bool { return f.Field+":"+f.Key == key }) {
			t.Errorf("%s: %v, want %s", what, err, key)
		}
	}
}

func pasted(text string) workflow.Intake {
	return workflow.Intake{Input: ingest.Input{Raw: []byte(text), Filename: "a.txt"}}
}

func long(n int) string { return strings.Repeat("ñ", n) }

func ptr[T any](v T) *T { return &v }
