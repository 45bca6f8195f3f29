package claims_test

import (
	"reflect"
	"testing"
	"time"

	"cotejo/claims"
)

func TestLaddersEndWithTheDay(t *testing.T) {
	now := time.Date(2026, 11, 29, 9, 30, 0, 0, time.UTC)
	midnight := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	for p, want := range map[claims.Period]struct {
		first time.Time
		n     int
		days  int
	}{
		claims.PeriodMonth:   {now, 30, 1},
		claims.PeriodQuarter: {now, 13, 7},
		claims.PeriodYear:    {now, 26, 14},
		claims.PeriodAll:     {now, 1, 1},
	} {
		l := claims.LadderOf(p, now, want.first)
		if l.N != want.n || l.Step != time.Duration(want.days)*24*time.Hour || !l.End(l.N-1).Equal(midnight) || !l.End(-1).Equal(l.Start) {
			t.Errorf("%s: %+v, ends %v", p, l, l.End(l.N-1))
		}
	}
	long := claims.LadderOf(claims.PeriodAll, now, now.AddDate(-7, 0, 0))
	if long.N > 40 || long.Start.After(now.AddDate(-7, 0, 0)) || !long.End(long.N-1).Equal(midnight) {
		t.Errorf("seven years: %+v", long)
	}
	if _, err := claims.ParsePeriod("7"); claims.KindOf(err) != claims.KindInvalid {
		t.Errorf("a week is no period: %v", err)
	}
	if p, err := claims.ParsePeriod(""); p != claims.PeriodQuarter || err != nil {
		t.Errorf("nothing said is %q, %v", p, err)
	}
}

func TestStatesAreWorkedOutBackwards(t *testing.T) {
	now := map[claims.State]int{claims.StateOpen: 1, claims.StateApproved: 2}
	flows := []claims.StateFlow{
		{Step: 1, To: claims.StateSuggested, N: 3},
		{Step: 2, From: claims.StateSuggested, To: claims.StateOpen, N: 3},
		{Step: 2, From: claims.StateOpen, To: claims.StateApproved, N: 2},
	}
	want := []map[claims.State]int{{}, {claims.StateSuggested: 3}, {claims.StateOpen: 1, claims.StateApproved: 2}}
	got := claims.StatesOver(now, flows, 3)
	for i := range want {
		for _, s := range claims.States {
			if got[i][s] != want[i][s] {
				t.Errorf("step %d: %d %s, want %d", i, got[i][s], s, want[i][s])
			}
		}
	}
	if lost := claims.StatesOver(nil, flows[:1], 2); lost[0][claims.StateSuggested] != 0 {
		t.Errorf("a count is below nothing: %v", lost)
	}
}

func TestDurations(t *testing.T) {
	if d := claims.DurationsOf(nil); d.N != 0 || d.Median != 0 || len(d.Counts) != 7 {
		t.Errorf("nothing: %+v", d)
	}
	var list []time.Duration
	for h := 10; h > 0; h-- {
		list = append(list, time.Duration(h)*time.Hour)
	}
	d := claims.DurationsOf(list)
	if d.Median != 5*time.Hour || d.NinetiethOf != 9*time.Hour || !reflect.DeepEqual(d.Counts, []int{0, 3, 7, 0, 0, 0, 0}) {
		t.Errorf("%+v", d)
	}
	if d = claims.DurationsOf([]time.Duration{2}); d.Median != 2 || d.NinetiethOf != 2 {
		t.Errorf("one alone: %+v", d)
	}
}

func TestWhoWaitsForWhom(t *testing.T) {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	work := []claims.WorkGroup{
		{State: claims.StateOpen, N: 4, Since: at},
		{State: claims.StateInCheck, Assignee: "A", N: 2, Since: at},
		{State: claims.StateOpen, Assignee: "A", N: 1, Since: at.Add(-time.Hour)},
		{State: claims.StateSubmitted, Assignee: "A", Submitter: "A", N: 1, Since: at},
		{State: claims.StateReturned, Assignee: "A", ReturnedBy: "B", N: 1, Since: at.Add(time.Hour)},
		{State: claims.StateApproved, Approver: "B", N: 1, Since: at.Add(2 * time.Hour)},
		{State: claims.StateHelpNeeded, Assignee: "B", N: 1, Since: at.Add(3 * time.Hour)},
		{State: claims.StateSuggested, N: 99, Since: at},
	}
	want := []claims.Wait{
		{Who: claims.PartyDesk, Whom: claims.PartyAnybody, N: 4, Since: at},
		{Who: claims.PartyDesk, Whom: "A", N: 3, Since: at.Add(-time.Hour)},
		{Who: "A", Whom: claims.PartyReviewer, N: 1, Since: at},
		{Who: "B", Whom: "A", N: 1, Since: at.Add(time.Hour)},
		{Who: "B", Whom: claims.PartyPublisher, N: 1, Since: at.Add(2 * time.Hour)},
		{Who: "B", Whom: claims.PartyAnybody, N: 1, Since: at.Add(3 * time.Hour)},
		{Who: "A", Whom: claims.PartyOutside, N: 1, Since: at.Add(4 * time.Hour)},
	}
	got := claims.WaitsOf(work, []claims.AskedGroup{{Asker: "A", N: 1, Since: at.Add(4 * time.Hour)}})
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestTalliesOfOneNameBecomeOne(t *testing.T) {
	list := []claims.VerdictTally{
		{Name: "hidden", N: 1, Steps: map[string]int{"true": 1}}, {ID: "S", Name: "Pike", N: 2, Steps: map[string]int{"false": 2}},
		{Name: "hidden", N: 2, Steps: map[string]int{"true": 1, "false": 1}},
	}
	got := claims.JoinTallies(list)
	want := []claims.VerdictTally{{Name: "hidden", N: 3, Steps: map[string]int{"true": 2, "false": 1}}, {ID: "S", Name: "Pike", N: 2, Steps: map[string]int{"false": 2}}}
	if !reflect.DeepEqual(got, want) || list[0].Steps["true"] != 1 {
		t.Errorf("%+v of %+v", got, list)
	}
}
