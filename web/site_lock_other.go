//go:build !unix

package web

import "os"

// lockFile takes nothing where the system has no such locks.
func lockFile(*os.File) error { return nil }
