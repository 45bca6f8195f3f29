package claimstest

import (
	"errors"
	"testing"
	"time"

	"cotejo/claims"
)

// NewSchedule makes a sample schedule of a thing.
func NewSchedule(noun, id string) claims.Schedule {
	return claims.Schedule{ID: NewID(claims.IDLen), Noun: noun, NounID: id, Version: 3, At: Start.Add(time.Hour), Embargo: true, Input: "{}",
		State: claims.ScheduleWaiting, Job: "J", Person: "P2", CreatedAt: Start}
}

func runSchedules(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	a.Restricted, a.Readers = true, []string{"P2"}
	Write(t, store, func(w claims.Writer) error { return w.UpdateArticle(ctx, &a) })
	c := PutClaim(t, store, a.ID, nil)
	hidden, open := NewSchedule(claims.ScheduleOfClaim, c.ID), NewSchedule(claims.ScheduleOfCheck, "K1")
	open.At = Start.Add(2 * time.Hour)
	Write(t, store, func(w claims.Writer) error {
		if err := errors.Join(w.CreateSchedule(ctx, hidden), w.CreateSchedule(ctx, open)); err != nil {
			return err
		}
		wantKind(t, "a second one that waits", claims.KindConflict, w.CreateSchedule(ctx, NewSchedule(claims.ScheduleOfCheck, "K1")))
		wantKind(t, "update of none", claims.KindNotFound, w.UpdateSchedule(ctx, NewSchedule(claims.ScheduleOfCheck, "K2")))
		return nil
	})
	Read(t, store, func(r claims.Reader) error {
		got, err := r.Schedule(ctx, hidden.ID)
		equal(t, "a schedule", hidden, got)
		next, err2 := r.ScheduledNext(ctx, 5)
		equal(t, "the next first", []claims.Schedule{hidden, open}, next)
		return errors.Join(err, err2)
	})
	Read(t, store, func(r claims.Reader) error {
		if err := r.HideFrom(ctx, "P9"); err != nil {
			return err
		}
		next, err := r.ScheduledNext(ctx, 5)
		equal(t, "what an outsider sees", []claims.Schedule{open}, next)
		mine, err2 := r.Schedules(ctx, claims.ScheduleOfClaim, c.ID)
		equal(t, "of a hidden claim", 0, len(mine))
		_, err3 := r.Schedule(ctx, hidden.ID)
		wantKind(t, "a hidden one", claims.KindNotFound, err3)
		return errors.Join(err, err2)
	})
	open.State, open.Problem, open.EndedAt = claims.ScheduleFailed, &claims.JobProblem{Key: "k", Args: []any{"x"}}, Start.Add(3*time.Hour)
	again := NewSchedule(claims.ScheduleOfCheck, "K1")
	again.CreatedAt = Start.Add(4 * time.Hour)
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.UpdateSchedule(ctx, open), w.CreateSchedule(ctx, again))
	})
	Read(t, store, func(r claims.Reader) error {
		all, err := r.Schedules(ctx, claims.ScheduleOfCheck, "K1")
		equal(t, "those of a check, newest first", []claims.Schedule{again, open}, all)
		return err
	})
	Write(t, store, func(w claims.Writer) error { return w.DeleteSchedules(ctx, claims.ScheduleOfCheck, "K1") })
	Read(t, store, func(r claims.Reader) error {
		all, err := r.Schedules(ctx, claims.ScheduleOfCheck, "K1")
		equal(t, "of those that were deleted", 0, len(all))
		return err
	})
}

// runCheckVersions looks for what hangs on published checks.
func runCheckVersions(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a := PutArticle(t, store, "Uno")
	tagged := func(tag string) claims.Claim {
		return PutClaim(t, store, a.ID, func(c *claims.Claim) { c.Tags = []string{tag} })
	}
	one, same, other := tagged("agua"), tagged("agua"), tagged("luz")
	var checks []claims.Check
	for _, slug := range []string{"una", "vecina", "ajena", "retirada"} {
		c := NewCheck(slug)
		c.Related, c.Image = []string{"otra"}, &claims.CheckImage{SHA256: "h", Type: "image/png", Width: 2, Height: 1, Alt: "a", Credit: "c"}
		c.SubmittedBy, c.SubmittedAt, c.ApprovedBy, c.ApprovedAt, c.ChangedBy = "P1", Start, "P2", Start.Add(time.Hour), "P1"
		Write(t, store, func(w claims.Writer) error { return w.CreateCheck(ctx, &c) })
		checks = append(checks, c)
	}
	Read(t, store, func(r claims.Reader) error {
		got, err := r.Check(ctx, "una")
		equal(t, "a check", checks[0], got)
		return err
	})
	publish(t, store, &checks[0], 1, claims.CheckPublished, one.ID)
	publish(t, store, &checks[1], 1, claims.CheckPublished, same.ID)
	publish(t, store, &checks[2], 1, claims.CheckPublished, other.ID)
	publish(t, store, &checks[3], 1, claims.CheckPublished, one.ID)
	Write(t, store, func(w claims.Writer) error {
		p := claims.CheckPublication{Check: checks[0].ID, N: 2, Slug: "una", Claims: []string{one.ID}, ClaimVersions: map[string]int{one.ID: 4}, Effect: claims.EffectVerdict,
			Notice: "n", ApprovedBy: "P3", Image: checks[0].Image, Related: []string{"otra"}, PublishedBy: "P2", PublishedAt: Start.Add(5 * time.Hour)}
		if err := w.CreateCheckPublication(ctx, p); err != nil {
			return err
		}
		checks[0].Published, checks[0].State = 2, claims.CheckDraft // it stands while it is written on
		checks[3].Withdrawn = &claims.Withdrawal{By: "P2", At: Start.Add(time.Hour), Reason: "mal"}
		return errors.Join(w.UpdateCheck(ctx, &checks[0]), w.UpdateCheck(ctx, &checks[3]))
	})
	Read(t, store, func(r claims.Reader) error {
		all, err := r.CheckPublications(ctx, checks[0].ID)
		if len(all) == 2 {
			equal(t, "versions of the cited claims", map[string]int{one.ID: 4}, all[1].ClaimVersions)
			equal(t, "its image", checks[0].Image, all[1].Image)
		} else {
			t.Errorf("%d versions", len(all))
		}
		corrected, err2 := r.CorrectedChecks(ctx, 5)
		if len(corrected) != 1 || corrected[0].N != 2 || corrected[0].Notice != "n" || corrected[0].ApprovedBy != "P3" {
			t.Errorf("corrected %+v", corrected)
		}
		gone, err3 := r.WithdrawnChecks(ctx, 5)
		if len(gone) != 1 || gone[0].Slug != "retirada" || gone[0].Withdrawn == nil || gone[0].Withdrawn.Reason != "mal" {
			t.Errorf("withdrawn %+v", gone)
		}
		near, err4 := r.ChecksNear(ctx, []string{one.ID}, 5)
		var slugs []string
		for _, p := range near {
			slugs = append(slugs, p.Slug)
		}
		equal(t, "near checks, the closest first", []string{"una", "vecina"}, slugs)
		return errors.Join(err, err2, err3, err4)
	})
}
