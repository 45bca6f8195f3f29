package claims

import "time"

// Clock tells the time; tests bring their own.
type Clock interface{ Now() time.Time }

// SystemClock is the machine's clock, in UTC at the store's precision.
type SystemClock struct{}

// Now gives the time in UTC, cut to microseconds.
func (SystemClock) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// EndOfDay is how a day that was given without an hour is kept: its last second in UTC.
func EndOfDay(day time.Time) time.Time {
	y, m, d := day.UTC().Date()
	return time.Date(y, m, d+1, 0, 0, -1, 0, time.UTC)
}

// IsWholeDay reports whether a moment stands for its day, as EndOfDay makes it.
func IsWholeDay(t time.Time) bool { return t.Equal(EndOfDay(t)) }
