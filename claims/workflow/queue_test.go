package workflow_test

import (
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
)

// waiting puts a claim into the queue.
func (k *kit) waiting(article claims.Article, priority int, worth float64) claims.Claim {
	k.Helper()
	return claimstest.PutClaim(k.T, k.store, article.ID, func(c *claims.Claim) {
		c.State, c.Assignee, c.Priority, c.Worth = claims.StateOpen, "", priority, worth
	})
}

// TestTheQueueGoesByPriorityWorthAndAge, own work first.
func TestTheQueueGoesByPriorityWorthAndAge(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		a := k.article()
		dull, young := k.waiting(a, 0, 0.2), k.waiting(a, 0, 0.9)
		urgent := k.waiting(a, 2, 0.1)
		for _, want := range []claims.Claim{urgent, young, dull} {
			v, err := k.Queue(t.Context(), k.ana, "")
			if err != nil || !v.Found || v.Claim.Row.ID != want.ID {
				t.Fatalf("%v: the queue shows %s, want %s", err, v.Claim.Row.ID, want.ID)
			}
			got, err := k.TakeNext(t.Context(), k.ana, "")
			if err != nil || got.ID != want.ID || got.State != claims.StateInCheck || got.Assignee != k.ana.ID {
				t.Fatalf("%v: took %s in %s by %q", err, got.ID, got.State, got.Assignee)
			}
			again, err := k.TakeNext(t.Context(), k.ana, "")
			if err != nil || again.ID != want.ID || again.Version != got.Version {
				t.Errorf("%v: what is in hand is %s, version %d", err, again.ID, again.Version)
			}
			if _, err := k.Submit(t.Context(), k.ana, got.ID, got.Version, verdict); err != nil {
				t.Fatal(err)
			}
		}
		v, err := k.Queue(t.Context(), k.ana, "")
		if err != nil || v.Found || v.Left != 0 {
			t.Errorf("%v: %+v in an empty queue", err, v)
		}
		if got, err := k.TakeNext(t.Context(), k.ana, ""); err != nil || got.ID != "" {
			t.Errorf("%v: took %s from an empty queue", err, got.ID)
		}
		_, err = k.Queue(t.Context(), k.carla, "")
		refused(t, "a contributor", err, claims.KindNotAllowed)
	})
}

func TestWhatIsSkippedIsLeftToOthers(t *testing.T) {
	k := newKit(t)
	a := k.article()
	first, second := k.waiting(a, 1, 0.5), k.waiting(a, 0, 0.5)
	if v, err := k.Queue(t.Context(), k.ana, first.ID); err != nil || v.Claim.Row.ID != second.ID || v.Left != 1 {
		t.Errorf("%v: %s, %d left", err, v.Claim.Row.ID, v.Left)
	}
	if got, err := k.TakeNext(t.Context(), k.bea, ""); err != nil || got.ID != first.ID {
		t.Errorf("%v: %s", err, got.ID)
	}
	mine := claimstest.PutClaim(t, k.store, a.ID, func(c *claims.Claim) { c.State, c.Assignee, c.Worth = claims.StateReturned, k.ana.ID, 0 })
	if v, err := k.Queue(t.Context(), k.ana, ""); err != nil || v.Claim.Row.ID != mine.ID {
		t.Errorf("%v: %s comes before one's own", err, v.Claim.Row.ID)
	}
}

// TestSubmittingJudgesInOneAct: it is refused as a whole, and undone as a whole.
func TestSubmittingJudgesInOneAct(t *testing.T) {
	k := newKit(t)
	c := k.claim(claims.StateInCheck, func(c *claims.Claim) { c.Assignee = k.ana.ID })
	_, err := k.Submit(t.Context(), k.ana, c.ID, c.Version, workflow.VerdictInput{Content: "true"})
	refused(t, "half a verdict", err, claims.KindInvalid, "rationale:verdict.rationale_missing")
	if now := k.again(c); now.Verdict != nil || now.Version != c.Version {
		t.Error("a refused submission left a verdict behind")
	}
	got, err := k.Submit(t.Context(), k.ana, c.ID, c.Version, verdict)
	if err != nil || got.State != claims.StateSubmitted || got.SubmittedBy != k.ana.ID || got.Verdict.ChangedBy != k.ana.ID {
		t.Fatalf("%v: %+v", err, got)
	}
	if err := k.undo(k.ana); err != nil {
		t.Fatal(err)
	}
	if now := k.again(c); now.State != claims.StateInCheck || now.Verdict != nil {
		t.Errorf("undone to %s, %+v", now.State, now.Verdict)
	}
	_, err = k.Submit(t.Context(), k.ana, k.claim(claims.StateOpen).ID, 1, verdict)
	refused(t, "from open", err, claims.KindIllegalMove)
	k.sound()
}

func TestWhatIsLeftReturnsToTheQueue(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		left, busy := k.claim(claims.StateOpen), k.claim(claims.StateOpen)
		left = k.move(k.ana, left, to(claims.StateInCheck))
		k.clock.Advance(time.Hour)
		busy = k.move(k.bea, busy, to(claims.StateInCheck))
		k.clock.Advance(61 * time.Minute)
		if n, err := k.ReturnLeft(t.Context()); err != nil || n != 1 {
			t.Fatalf("%d returned, %v", n, err)
		}
		if c := k.again(left); c.State != claims.StateOpen || c.Assignee != "" {
			t.Errorf("%s with %q", c.State, c.Assignee)
		}
		if c := k.again(busy); c.State != claims.StateInCheck {
			t.Errorf("what was touched an hour ago is %s", c.State)
		}
		e := k.lastEvent()
		if e.Actor != "" || e.Act != string(claims.ActClaimLeave) || tells(e, claims.SideReason, "reason") != `"timed_out"` {
			t.Errorf("the history tells %+v", e)
		}
		s, err := k.Settings(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		s.ReturnAfter = 0
		if err := k.EditSettings(t.Context(), k.eva, s); err != nil {
			t.Fatal(err)
		}
		k.clock.Advance(1000 * time.Hour)
		if n, err := k.ReturnLeft(t.Context()); err != nil || n != 0 {
			t.Errorf("%d returned though never is set, %v", n, err)
		}
		k.sound()
	})
}

// TestListsOfWork: what needs somebody, what is due or waits for an answer, and
// whose article changed.
func TestListsOfWork(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		a := k.article()
		put := func(change func(*claims.Claim)) string { return claimstest.PutClaim(t, k.store, a.ID, change).ID }
		mine := put(func(c *claims.Claim) { c.State, c.Assignee = claims.StateReturned, k.luis.ID })
		toReview := put(func(c *claims.Claim) { c.State = claims.StateSubmitted; judged(k.ana, k.ana)(c) })
		put(func(c *claims.Claim) { c.State = claims.StateSubmitted; judged(k.luis, k.luis)(c) })
		toPublish := put(func(c *claims.Claim) { c.State = claims.StateApproved; judged(k.ana, k.ana)(c) })
		late := put(func(c *claims.Claim) {
			at := claimstest.Start.Add(-time.Hour)
			c.State, c.Assignee, c.Due = claims.StateOpen, "", &at
		})
		put(func(c *claims.Claim) {
			at := claimstest.Start.Add(-time.Hour)
			c.State, c.Due = claims.StatePublished, &at
			judged(k.ana, k.ana)(c)
		})
		asked := put(func(c *claims.Claim) { c.State, c.Assignee = claims.StateHelpNeeded, k.bea.ID })
		if _, err := k.AddContact(t.Context(), k.bea, asked, workflow.ContactInput{Whom: "Alcaldía", Question: "¿Cuántas?"}); err != nil {
			t.Fatal(err)
		}
		ids := func(f claims.ClaimFilter) map[string]bool {
			t.Helper()
			f.Order = claims.OrderQueue
			rows, _, err := k.Claims(t.Context(), k.luis, f)
			if err != nil {
				t.Fatal(err)
			}
			out := map[string]bool{}
			for _, r := range rows {
				out[r.ID] = true
			}
			return out
		}
		for what, test := range map[string]struct {
			f    claims.ClaimFilter
			want []string
		}{
			"needs luis":  {claims.ClaimFilter{Needs: workflow.NeedsOf(k.luis, claims.DefaultSettings())}, []string{mine, toReview, toPublish}},
			"needs carla": {claims.ClaimFilter{Needs: workflow.NeedsOf(k.carla, claims.DefaultSettings())}, nil},
			"pending":     {claims.ClaimFilter{Pending: k.DueSoon()}, []string{late, asked}},
			"waiting":     {claims.ClaimFilter{Waiting: true}, []string{asked}},
			"changed":     {claims.ClaimFilter{Changed: true}, nil},
		} {
			got := ids(test.f)
			for _, id := range test.want {
				if !got[id] {
					t.Errorf("%s: %s is missing", what, id)
				}
			}
			if len(got) != len(test.want) {
				t.Errorf("%s: %d claims, want %d", what, len(got), len(test.want))
			}
		}
		claimstest.Write(t, k.store, func(w claims.Writer) error {
			s, err := w.Snapshot(t.Context(), a.ID, 0)
			if err != nil {
				return err
			}
			s.N++
			return w.CreateSnapshot(t.Context(), s)
		})
		if got := ids(claims.ClaimFilter{Changed: true, States: []claims.State{claims.StateReturned}}); !got[mine] || len(got) != 1 {
			t.Errorf("changed: %v", got)
		}
	})
}
