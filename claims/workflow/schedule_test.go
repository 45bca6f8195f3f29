package workflow_test

import (
	"context"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/workflow"
)

// workPublish does the jobs that may be begun now, each by two workers at once.
func (k *kit) workPublish() {
	k.Helper()
	for {
		j, err := k.LeaseJob(k.Context())
		if err != nil {
			k.Fatal(err)
		}
		if j.ID == "" {
			return
		}
		if j.Kind != claims.JobPublish {
			k.Fatalf("a job of kind %s", j.Kind)
		}
		if err := k.PublishScheduled(k.Context(), j, func(string, int64, int64) {}); err != nil {
			if err := k.FailJob(context.WithoutCancel(k.Context()), j, err); err != nil {
				k.Fatal(err)
			}
		}
	}
}

func (k *kit) scheduleCheck(actor claims.Actor, c claims.Check, in workflow.ScheduleInput) claims.Schedule {
	k.Helper()
	s, err := k.ScheduleCheck(k.Context(), actor, c.Slug, c.Version, in)
	if err != nil {
		k.Fatal(err)
	}
	return s
}

func (k *kit) state(s claims.Schedule) claims.Schedule {
	k.Helper()
	err := k.store.View(k.Context(), func(r claims.Reader) (err error) {
		s, err = r.Schedule(k.Context(), s.ID)
		return err
	})
	if err != nil {
		k.Fatal(err)
	}
	return s
}

func TestACheckIsPublishedAtItsTime(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, k *kit) {
		ctx := t.Context()
		ready := k.approved(k.claim(claims.StateOpen))
		c := k.check("[[" + ready.ID + "]]")
		at := k.clock.Now().Add(time.Hour)
		_, err := k.ScheduleCheck(ctx, k.luis, c.Slug, c.Version, workflow.ScheduleInput{At: k.clock.Now().Add(-time.Hour)})
		refused(t, "a time that is over", err, claims.KindInvalid, "at:schedule.past")
		_, err = k.ScheduleCheck(ctx, k.ana, c.Slug, c.Version, workflow.ScheduleInput{At: at})
		refused(t, "by a checker", err, claims.KindNotAllowed)
		s := k.scheduleCheck(k.luis, c, workflow.ScheduleInput{At: at, Embargo: true, Along: true})
		_, err = k.ScheduleCheck(ctx, k.luis, c.Slug, c.Version, workflow.ScheduleInput{At: at})
		refused(t, "twice", err, claims.KindConflict, "conflict.schedule")
		k.workPublish()
		_, err = k.PublicCheck(ctx, c.Slug)
		refused(t, "before its time", err, claims.KindNotFound)
		_, err = k.PublicClaim(ctx, ready.ID, 0)
		refused(t, "its claim before its time", err, claims.KindNotFound)
		if next, err := k.ScheduledNext(ctx, k.luis); err != nil || len(next) != 1 || next[0].Check.ID != c.ID || !next[0].Embargo {
			t.Errorf("%+v, %v", next, err)
		}
		k.clock.Advance(2 * time.Hour)
		k.workPublish()
		p, err := k.PublicCheck(ctx, c.Slug)
		if err != nil || p.PublishedBy != k.luis.ID || p.N != 1 {
			t.Fatalf("%+v, %v", p.CheckPublication, err)
		}
		if s = k.state(s); s.State != claims.ScheduleDone || s.EndedAt.IsZero() {
			t.Errorf("%+v", s)
		}
		if k.again(ready).State != claims.StatePublished {
			t.Error("its claim was not published along")
		}
		k.workPublish()
		if p, _ = k.PublicCheck(ctx, c.Slug); p.N != 1 {
			t.Errorf("published %d times", p.N)
		}
		k.sound()
	})
}

// TestWhatChangedIsNotPublishedAtItsTime: the editors are told why.
func TestWhatChangedIsNotPublishedAtItsTime(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*kit, claims.Check, claims.Claim)
		why    string
	}{
		"the check was edited": {func(k *kit, c claims.Check, _ claims.Claim) {
			if _, err := k.EditCheck(k.Context(), k.olga, c.Slug, c.Version, workflow.CheckPatch{Title: ptr("Otro")}); err != nil {
				k.Fatal(err)
			}
		}, "schedule.check_changed"},
		"a claim went back": {func(k *kit, _ claims.Check, claim claims.Claim) {
			k.move(k.luis, claim, because(claims.StateReturned, "No"))
		}, "schedule.claims_refused"},
		"the right was lost": {func(k *kit, _ claims.Check, _ claims.Claim) {
			if err := k.SetRole(k.Context(), k.eva, k.luis.ID, k.version(k.luis), claims.RoleChecker); err != nil {
				k.Fatal(err)
			}
		}, "not_allowed.check.publish"},
	} {
		t.Run(name, func(t *testing.T) {
			k := newKit(t)
			ready := k.approved(k.claim(claims.StateOpen))
			c := k.check("[[" + ready.ID + "]]")
			s := k.scheduleCheck(k.luis, c, workflow.ScheduleInput{At: k.clock.Now().Add(time.Hour), Along: true})
			x.change(k, c, ready)
			k.clock.Advance(2 * time.Hour)
			k.workPublish()
			_, err := k.PublicCheck(t.Context(), c.Slug)
			refused(t, "published all the same", err, claims.KindNotFound)
			if s = k.state(s); s.State != claims.ScheduleFailed || s.Problem == nil || s.Problem.Key != x.why {
				t.Errorf("%+v %+v", s, s.Problem)
			}
			for _, who := range []claims.Actor{k.olga, k.eva, k.luis} {
				in, err := k.Inbox(t.Context(), who, claims.Page{})
				if err != nil || len(in.Rows) == 0 || in.Rows[0].Item.Kind != claims.InboxUnissued || in.Rows[0].Check.ID != c.ID {
					t.Errorf("%s was told %+v, %v", who.Name, in.Rows, err)
				}
			}
			if shown, err := k.ScheduleOf(t.Context(), k.olga, claims.ScheduleOfCheck, c.ID); err != nil || shown == nil || shown.State != claims.ScheduleFailed {
				t.Errorf("the page says %+v, %v", shown, err)
			}
			k.sound()
		})
	}
}

func TestASetTimeIsTakenBack(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	c := k.check("Nada.")
	s := k.scheduleCheck(k.luis, c, workflow.ScheduleInput{At: k.clock.Now().Add(time.Hour)})
	set := k.lastEvent()
	if set.Act != workflow.ActCheckSchedule {
		t.Fatalf("%+v", set)
	}
	_, err := k.StopJob(ctx, k.luis, s.Job)
	refused(t, "its job stopped behind its back", err, claims.KindConflict, "job.scheduled")
	if _, err := k.Undo(ctx, k.luis, set.ID); err != nil {
		t.Fatal(err)
	}
	if s = k.state(s); s.State != claims.ScheduleCancelled {
		t.Errorf("%+v", s)
	}
	s = k.scheduleCheck(k.luis, c, workflow.ScheduleInput{At: k.clock.Now().Add(time.Hour)})
	if _, err := k.CancelSchedule(ctx, k.olga, s.ID); err != nil {
		t.Fatal(err)
	}
	cancelled := k.lastEvent()
	_, err = k.CancelSchedule(ctx, k.olga, s.ID)
	refused(t, "cancelled twice", err, claims.KindConflict, "schedule.over")
	if _, err := k.Undo(ctx, k.olga, cancelled.ID); err != nil {
		t.Fatal(err)
	}
	next, err := k.ScheduledNext(ctx, k.luis)
	if err != nil || len(next) != 1 || next[0].Person != k.olga.ID {
		t.Fatalf("%+v, %v", next, err)
	}
	c = k.moveCheck(k.luis, c, checkTo(claims.CheckPublished)) // by hand, before its time
	k.clock.Advance(2 * time.Hour)
	k.workPublish()
	if p, err := k.PublicCheck(ctx, c.Slug); err != nil || p.N != 1 {
		t.Errorf("%+v, %v", p.CheckPublication, err)
	}
	if in, err := k.Inbox(ctx, k.olga, claims.Page{}); err != nil || len(in.Rows) != 0 {
		t.Errorf("told %+v, %v", in.Rows, err)
	}
	k.sound()
}

func TestAClaimIsPublishedAtItsTime(t *testing.T) {
	k := newKit(t)
	ctx := t.Context()
	ready, back := k.approved(k.claim(claims.StateOpen)), k.approved(k.claim(claims.StateOpen))
	_, err := k.ScheduleClaim(ctx, k.luis, k.claim(claims.StateOpen).ID, 1, workflow.ScheduleInput{At: k.clock.Now().Add(time.Hour)})
	refused(t, "one that is not approved", err, claims.KindIllegalMove)
	for _, c := range []claims.Claim{ready, back} {
		if _, err := k.ScheduleClaim(ctx, k.luis, c.ID, c.Version, workflow.ScheduleInput{At: k.clock.Now().Add(time.Hour)}); err != nil {
			t.Fatal(err)
		}
	}
	if e := k.lastEvent(); e.Act != workflow.ActClaimSchedule || e.Claim != back.ID {
		t.Errorf("%+v", e)
	}
	tagged, err := k.EditClaim(ctx, k.ana, ready.ID, ready.Version, workflow.ClaimPatch{Tags: &[]string{"agua"}}) // which is no change of what was approved
	if err != nil {
		t.Fatal(err)
	}
	back = k.move(k.olga, back, because(claims.StateReturned, "Mira otra vez"))
	k.clock.Advance(2 * time.Hour)
	k.workPublish()
	if got := k.again(tagged); got.State != claims.StatePublished {
		t.Errorf("%+v", got)
	}
	if got := k.again(back); got.State != claims.StateReturned {
		t.Errorf("%+v", got)
	}
	if s, err := k.ScheduleOf(ctx, k.luis, claims.ScheduleOfClaim, back.ID); err != nil || s == nil || s.Problem.Key != "schedule.claim_back" {
		t.Errorf("%+v, %v", s, err)
	}
	if in, err := k.Inbox(ctx, k.olga, claims.Page{}); err != nil || len(in.Rows) != 1 || in.Rows[0].Claim.ID != back.ID {
		t.Errorf("%+v, %v", in.Rows, err)
	}
	k.sound()
}

func (k *kit) version(a claims.Actor) (v int64) {
	k.Helper()
	claimstest.Read(k.T, k.store, func(r claims.Reader) error {
		p, err := r.Person(k.Context(), a.ID)
		v = p.Version
		return err
	})
	return v
}
