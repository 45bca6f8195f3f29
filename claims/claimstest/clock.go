package claimstest

import (
	"sync"
	"time"
)

// Clock is a clock that stands still until it is moved. It starts at Start.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Start is the time at which tests begin.
var Start = time.Date(2025, 10, 29, 9, 0, 0, 0, time.UTC)

// NewClock gives a clock that stands at Start.
func NewClock() *Clock { return &Clock{now: Start} }

// Now implements claims.Clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock and gives the new time.
func (c *Clock) Advance(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return c.now
}
