package claimstest

import (
	"syscall"
	"testing"
	"time"
)

// CPUTime gives the processor time that the test has used; unlike the clock it
// does not run while other programs do.
func CPUTime(tb testing.TB) time.Duration {
	tb.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
