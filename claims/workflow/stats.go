package workflow

import (
	"context"
	"time"

	"cotejo/claims"
)

// Bounds of the desk in numbers.
const (
	maxTallies = 10    // sources, outlets
	maxTimes   = 50000 // verdicts whose time is looked at
)

// StatsView is the desk in numbers. What is restricted does not count for those who
// may not know of it; of verdicts, only those that a second person approved count.
type StatsView struct {
	Period      claims.Period
	Now         time.Time
	Ladder      claims.Ladder
	States      []map[claims.State]int // at the end of each step
	Sources     []claims.VerdictTally  // most first, at most 10
	Untied      int                    // verdicts on claims whose sources have no record
	Outlets     []claims.VerdictTally
	Times       claims.Durations // from a claim's coming in to the approval of its verdict
	Ages        []claims.AgeCount
	Waits       []claims.Wait
	Suggestions []claims.SuggestionTally
	Missed      int // claims that people added and no machine had suggested
	Agreement   AgreementView
	People      map[string]claims.Person
	Scales      claims.Scales
}

// Empty reports whether there is nothing to count yet.
func (v StatsView) Empty() bool { return v.Ladder.N == 0 }

// Stats counts the desk over a period; backlog and waits are those of now, and the
// agreement of second opinions that of all time.
func (d *Desk) Stats(ctx context.Context, actor claims.Actor, p claims.Period) (StatsView, error) {
	var v StatsView
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		v = StatsView{Period: p, Now: d.clock.Now()}
		if v.Agreement, err = agreement(ctx, r); err != nil {
			return err
		}
		v.Scales = v.Agreement.Scales
		first, err := r.FirstClaim(ctx)
		if err != nil || first.IsZero() {
			return err
		}
		v.Ladder = claims.LadderOf(p, v.Now, first)
		if err := v.count(ctx, r); err != nil {
			return err
		}
		v.People, err = everyone(ctx, r)
		return err
	})
	return v, err
}

func (v *StatsView) count(ctx context.Context, r claims.Reader) error {
	now, err := r.CountClaims(ctx, claims.ClaimFilter{})
	if err != nil {
		return err
	}
	flows, err := r.StateFlows(ctx, v.Ladder)
	if err != nil {
		return err
	}
	v.States = claims.StatesOver(now, flows, v.Ladder.N)
	since := v.Ladder.Start
	if v.Period == claims.PeriodAll {
		since = time.Time{}
	}
	if v.Sources, v.Untied, err = r.VerdictTallies(ctx, claims.BySource, since, maxTallies); err != nil {
		return err
	}
	if v.Outlets, _, err = r.VerdictTallies(ctx, claims.ByOutlet, since, maxTallies); err != nil {
		return err
	}
	times, err := r.VerdictTimes(ctx, since, maxTimes)
	if err != nil {
		return err
	}
	v.Times = claims.DurationsOf(times)
	if v.Suggestions, v.Missed, err = r.SuggestionTallies(ctx, since); err != nil {
		return err
	}
	return v.countWork(ctx, r)
}

// countWork counts what there is to do.
func (v *StatsView) countWork(ctx context.Context, r claims.Reader) (err error) {
	if v.Ages, err = r.BacklogAges(ctx, v.Now); err != nil {
		return err
	}
	work, err := r.WorkGroups(ctx)
	if err != nil {
		return err
	}
	asked, err := r.AskedGroups(ctx)
	v.Waits = claims.WaitsOf(work, asked)
	return err
}

// VerdictTallies puts the sources that the reader may not know under one label.
func (v *veiled) VerdictTallies(ctx context.Context, by claims.VerdictsBy, since time.Time, limit int) ([]claims.VerdictTally, int, error) {
	list, untied, err := v.Reader.VerdictTallies(ctx, by, since, limit)
	for i := range list {
		if _, hidden := v.hidden[list[i].ID]; hidden {
			list[i].ID, list[i].Name = "", claims.ProtectedLabel(v.lang)
		}
	}
	return claims.JoinTallies(list), untied, err
}
