package auth_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/auth"
)

// stoppedClock stands still until it is set.
type stoppedClock struct{ now time.Time }

func (c *stoppedClock) Now() time.Time { return c.now }

func newLimiter() (*auth.Limiter, *stoppedClock) {
	clock := &stoppedClock{time.Date(2025, 10, 28, 12, 0, 0, 0, time.UTC)}
	return auth.NewLimiter(clock), clock
}

// wait is the seconds a refusal asks for; 0 where err is nil.
func wait(t *testing.T, err error) int {
	t.Helper()
	if err == nil {
		return 0
	}
	var refusal *claims.Error
	if !errors.As(err, &refusal) || refusal.Kind != claims.KindBusy || refusal.Key != "auth.too_many" || len(refusal.Args) != 1 {
		t.Fatalf("refused with %v, want auth.too_many and seconds", err)
	}
	seconds := refusal.Args[0].(int)
	if seconds < 1 {
		t.Fatalf("asked to wait %d seconds", seconds)
	}
	return seconds
}

func TestLimiterOneAccountOneAddress(t *testing.T) {
	l, clock := newLimiter()
	for i := range 5 {
		if err := l.Attempt("ana", "192.0.2.1"); err != nil {
			t.Fatalf("attempt %d: %v", i+1, err)
		}
	}
	if got := wait(t, l.Attempt(" ANA ", "192.0.2.1")); got != 30 {
		t.Errorf("sixth attempt waits %d s, want 30", got)
	}
	if err := l.Attempt("ana", "198.51.100.7"); err != nil {
		t.Errorf("the owner elsewhere is locked out: %v", err)
	}
	clock.now = clock.now.Add(29 * time.Second)
	if got := wait(t, l.Attempt("ana", "192.0.2.1")); got != 1 {
		t.Errorf("after 29 s the wait is %d s, want 1", got)
	}
	clock.now = clock.now.Add(time.Second)
	if err := l.Attempt("ana", "192.0.2.1"); err != nil {
		t.Errorf("after 30 s: %v", err)
	}
	clock.now = clock.now.Add(-time.Hour) // a clock set back neither helps nor hurts
	if got := wait(t, l.Attempt("ana", "192.0.2.1")); got > 30 {
		t.Errorf("with the clock set back the wait is %d s", got)
	}
}

func TestLimiterSuccessForgetsThePairOnly(t *testing.T) {
	l, _ := newLimiter()
	for range 5 {
		_ = l.Attempt("ana", "192.0.2.1")
	}
	l.Succeeded("ana", "192.0.2.1")
	if err := l.Attempt("ana", "192.0.2.1"); err != nil {
		t.Errorf("after a success: %v", err)
	}
	l, _ = newLimiter()
	made := 0
	for ; made < 100; made++ {
		if l.Attempt("ana", "192.0.2.1") != nil {
			break
		}
		l.Succeeded("ana", "192.0.2.1")
	}
	if made != 30 {
		t.Errorf("one network made %d attempts between successes, want 30", made)
	}
}

func TestLimiterManyAccountsOneNetwork(t *testing.T) {
	for name, address := range map[string]func(i int) string{
		"one IPv4":        func(int) string { return "192.0.2.1" },
		"one IPv6 /64":    func(i int) string { return fmt.Sprintf("2001:db8::%x", i+1) },
		"mapped IPv4":     func(i int) string { return []string{"192.0.2.1", "::ffff:192.0.2.1"}[i%2] },
		"no real address": func(i int) string { return fmt.Sprint("unix-", i) },
	} {
		t.Run(name, func(t *testing.T) {
			l, _ := newLimiter()
			for i := range 30 {
				if err := l.Attempt(fmt.Sprint("user", i), address(i)); err != nil {
					t.Fatalf("attempt %d: %v", i+1, err)
				}
			}
			if wait(t, l.Attempt("another", address(30))) == 0 {
				t.Error("the 31st attempt passes")
			}
		})
	}
}

func TestLimiterOneAccountManyNetworks(t *testing.T) {
	l, _ := newLimiter()
	for i := range 50 {
		if err := l.Attempt("ana", fmt.Sprintf("192.0.2.%d", i)); err != nil {
			t.Fatalf("attempt %d: %v", i+1, err)
		}
	}
	if wait(t, l.Attempt("ana", "198.51.100.1")) == 0 {
		t.Error("the 51st attempt passes")
	}
	if err := l.Attempt("luis", "198.51.100.1"); err != nil {
		t.Errorf("the refused attempt counted against the network: %v", err)
	}
}

func TestLimiterMemoryIsBounded(t *testing.T) {
	l, _ := newLimiter()
	for i := range 3 * auth.MaxBucketsForTest {
		_ = l.Attempt(fmt.Sprint("user", i), fmt.Sprintf("2001:db8:%x:%x::1", i>>16, i&0xFFFF))
	}
	inMap, inList := l.BucketsForTest()
	if inMap != inList || inMap > auth.MaxBucketsForTest {
		t.Errorf("%d buckets in the map, %d in the list; at most %d wanted", inMap, inList, auth.MaxBucketsForTest)
	}
}
