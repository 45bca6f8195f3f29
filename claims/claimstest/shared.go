// Package claimstest is the test kit of the house: the contract suite every
// store must pass, sample builders, a fake clock, and the corpora that stand
// beside the repository. Tests import it; the product never does.
package claimstest

import (
	"os"
	"path/filepath"
	"testing"
)

// Shared returns the path of a file or folder among the corpora that stand
// beside the repository (COTEJO_SHARED points elsewhere). Where they are
// missing the test is skipped aloud; with CI=true that is a failure.
func Shared(t testing.TB, elem ...string) string {
	t.Helper()
	root := os.Getenv("COTEJO_SHARED")
	if root == "" {
		root = filepath.Join(RepoRoot(t), "..", "shared")
	}
	path := filepath.Join(append([]string{root}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		Unavailable(t, "corpus %s is not here (set COTEJO_SHARED to the folder that holds it)", filepath.Join(elem...))
	}
	return path
}

// Unavailable ends a test whose means are missing: a skip that says why, which
// in CI (CI=true) is a failure.
func Unavailable(t testing.TB, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("in CI this may not be skipped: "+format, args...)
	}
	t.Skipf(format, args...)
}

// startedIn is read once, because tests may change the working directory.
var startedIn, errStartedIn = os.Getwd()

// RepoRoot is the folder that holds go.mod.
func RepoRoot(t testing.TB) string {
	t.Helper()
	dir := startedIn
	if errStartedIn != nil {
		t.Fatal(errStartedIn)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the working directory")
		}
		dir = parent
	}
}
