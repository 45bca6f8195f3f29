package auth_test

import (
	"fmt"
	"testing"
	"time"

	"cotejo/claims/auth"
)

func TestAFormTokenIsOfOneKeyAndOneThing(t *testing.T) {
	key, at := auth.NewKey(), time.Date(2026, 1, 2, 3, 4, 5, 6000, time.UTC)
	token := auth.FormToken(key, "report 7F3K9Q", at)
	if got, ok := auth.FormIssued(key, "report 7F3K9Q", token); !ok || !got.Equal(at) {
		t.Errorf("got %v, %v; want %v", got, ok, at)
	}
	flipped := []byte(token)
	flipped[3] ^= 1
	for name, given := range map[string][3]string{
		"another key":       {auth.NewKey(), "report 7F3K9Q", token},
		"another thing":     {key, "report AAAAAA", token},
		"another time":      {key, "report 7F3K9Q", string(flipped)},
		"nothing":           {key, "report 7F3K9Q", ""},
		"no token at all":   {key, "report 7F3K9Q", "%%%"},
		"something shorter": {key, "report 7F3K9Q", token[:20]},
		"something longer":  {key, "report 7F3K9Q", token + token + token},
	} {
		if _, ok := auth.FormIssued(given[0], given[1], given[2]); ok {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestReportsAreLimitedByNetworkAndInAll(t *testing.T) {
	c := stoppedClock{now: time.Unix(1_800_000_000, 0)}
	l := auth.NewLimiter(&c)
	n := 0
	for ; l.Report("2001:db8::1") == nil; n++ {
		if n > 100 {
			t.Fatal("no limit for one network")
		}
	}
	if n == 0 || l.Report("2001:db8::2") == nil {
		t.Errorf("%d reports from one network, and its neighbour may go on", n)
	}
	all := n
	for ; l.Report(fmt.Sprintf("192.0.2.%d", all)) == nil; all++ {
		if all > 250 {
			t.Fatal("no limit in all")
		}
	}
	if all < 4*n {
		t.Errorf("only %d reports from %d networks", all, all-n+1)
	}
	c.now = c.now.Add(24 * time.Hour)
	if err := l.Report("2001:db8::1"); err != nil {
		t.Errorf("a day later: %v", err)
	}
}
