//go:build unix

package web

import (
	"os"
	"syscall"
)

// lockFile takes a file for this process; the system gives it free when the process
// ends, however it does.
func lockFile(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}
