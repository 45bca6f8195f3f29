package claims

import "time"

// Clock tells the time; tests bring their own.
type Clock interface{ Now() time.Time }

// SystemClock is the machine's clock, in UTC at the store's precision.
type SystemClock struct{}

// Now gives the time in UTC, cut to microseconds.
func (SystemClock) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }
