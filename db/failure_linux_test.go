package db_test

import (
	"errors"
	"syscall"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/db"
)

// TestFailedCommitStopsWrites lets the disk refuse a commit: the store must say
// so, take no more writes and go on reading.
func TestFailedCommitStopsWrites(t *testing.T) {
	store := open(t, engines["sqlite"](t))
	claimstest.PutPerson(t, store, "ana", claims.RoleChecker)
	write := func() error {
		return store.Update(t.Context(), func(w claims.Writer) error {
			w.AfterCommit(func() { t.Error("announced what was not committed") })
			e := claimstest.NewEvent(t, "x", "")
			return w.AppendEvent(t.Context(), &e)
		})
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1, Max: limit.Max}); err != nil {
		t.Fatal(err)
	}
	failure := write()
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	if !errors.Is(failure, db.ErrBroken) {
		t.Fatalf("got %v, want ErrBroken", failure)
	}
	select {
	case <-store.Failed():
	default:
		t.Error("nobody was told")
	}
	if err := write(); !errors.Is(err, db.ErrBroken) {
		t.Errorf("after a failed commit a write was taken: %v", err)
	}
	claimstest.Read(t, store, func(r claims.Reader) error { _, err := r.PersonByName(t.Context(), "ana"); return err })
}
