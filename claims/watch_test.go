package claims_test

import (
	"testing"
	"time"

	"cotejo/claims"
)

func TestWhenAPageIsFetchedAgain(t *testing.T) {
	taken := time.Date(2025, 10, 27, 9, 0, 0, 0, time.UTC)
	hours := func(n int) time.Time { return taken.Add(time.Duration(n) * time.Hour) }
	six := claims.WatchRule{Every: 6, Days: 2, Published: true}
	for name, c := range map[string]struct {
		watch     claims.Watch
		rule      claims.WatchRule
		published bool
		want      time.Time
	}{
		"off":                      {claims.Watch{}, claims.WatchRule{Days: 9}, true, time.Time{}},
		"never asked":              {claims.Watch{}, six, false, hours(6)},
		"asked":                    {claims.Watch{AskedAt: hours(7)}, six, false, hours(13)},
		"the last time":            {claims.Watch{AskedAt: hours(42)}, six, false, hours(48)},
		"too old":                  {claims.Watch{AskedAt: hours(43)}, six, false, time.Time{}},
		"old and published":        {claims.Watch{AskedAt: hours(43)}, six, true, hours(67)},
		"published does not count": {claims.Watch{AskedAt: hours(43)}, claims.WatchRule{Every: 6, Days: 2}, true, time.Time{}},
		"old, seldom":              {claims.Watch{AskedAt: hours(43)}, claims.WatchRule{Every: 48, Days: 2, Published: true}, true, hours(91)},
		"a failure":                {claims.Watch{AskedAt: hours(7), Failures: 1}, six, false, hours(19)},
		"failures":                 {claims.Watch{AskedAt: hours(1), Failures: 9}, claims.WatchRule{Every: 1, Days: 30}, false, hours(1 + 7*24)},
		"seldom, and failing":      {claims.Watch{AskedAt: hours(1), Failures: 3}, claims.WatchRule{Every: 240, Days: 90}, false, hours(241)},
		"asked not to":             {claims.Watch{AskedAt: hours(1), NotBefore: hours(20)}, six, false, hours(20)},
		"asked not to for long":    {claims.Watch{AskedAt: hours(1), NotBefore: hours(5)}, six, false, hours(7)},
	} {
		if got := c.watch.Next(c.rule, taken, c.published, taken); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if got := (claims.Watch{}).Next(six, taken, false, hours(30)); !got.Equal(hours(30)) {
		t.Errorf("what was missed: %v", got)
	}
	if got := (claims.Watch{}).Next(six, taken, false, hours(49)); !got.IsZero() {
		t.Errorf("what was missed for too long: %v", got)
	}
	house := claims.HouseWatch{WatchRule: six}
	for a, want := range map[claims.ArticleWatch]claims.WatchRule{
		{Mode: claims.WatchHouse, Every: 1, Days: 1}: six,
		{Mode: claims.WatchOwn, Every: 1, Days: 3}:   {Every: 1, Days: 3, Published: true},
		{Mode: claims.WatchPaused, Every: 1}:         {},
	} {
		if got := a.Rule(house); got != want {
			t.Errorf("%+v: %+v", a, got)
		}
		if got := a.Rule(claims.HouseWatch{WatchRule: six, Paused: true}); got.Every != 0 {
			t.Errorf("%+v while the house pauses: %+v", a, got)
		}
	}
}
