package db_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"github.com/jackc/pgx/v5/pgconn"
)

// TestLostTransactionsRunAgain: what lost to another transaction is run again as
// a whole, and gives up in the end.
func TestLostTransactionsRunAgain(t *testing.T) {
	store := open(t, engines["postgres"](t))
	for _, code := range []string{"40001", "40P01"} {
		runs, after := 0, 0
		err := store.Update(t.Context(), func(w claims.Writer) error {
			runs++
			w.AfterCommit(func() { after++ })
			e := claimstest.NewEvent(t, "x", "")
			if err := w.AppendEvent(t.Context(), &e); err != nil {
				return err
			}
			if runs < 3 {
				return fmt.Errorf("wrapped: %w", &pgconn.PgError{Code: code})
			}
			return nil
		})
		if err != nil || runs != 3 || after != 1 {
			t.Errorf("%s: %d runs, %d callbacks, %v; want 3, 1 and success", code, runs, after, err)
		}
	}
	if events := claimstest.CheckChain(t, store); events != 2 {
		t.Errorf("%d events, want 2", events)
	}
	runs := 0
	err := store.View(t.Context(), func(claims.Reader) error { runs++; return &pgconn.PgError{Code: "40001"} })
	if claims.KindOf(err) != claims.KindBusy || runs < 3 || runs > 20 {
		t.Errorf("got %v after %d runs, want it busy after a few", err, runs)
	}
	runs = 0
	err = store.View(t.Context(), func(claims.Reader) error { runs++; return &pgconn.PgError{Code: "22012"} })
	if err == nil || runs != 1 {
		t.Errorf("a fault was run %d times", runs)
	}
}

// TestTwoPrograms: a command works on the desk while a server does.
func TestTwoPrograms(t *testing.T) {
	onEachEngine(t, func(t *testing.T, address string) {
		first, second := open(t, address), open(t, address)
		const rounds = 40
		failures := make(chan error, 2*rounds)
		var group sync.WaitGroup
		for _, store := range []claims.Store{first, second} {
			group.Go(func() {
				for range rounds {
					failures <- store.Update(t.Context(), func(w claims.Writer) error {
						e := claimstest.NewEvent(t, "x", "")
						_, err := w.People(t.Context())
						return errors.Join(err, w.AppendEvent(t.Context(), &e))
					})
				}
			})
		}
		group.Wait()
		close(failures)
		for err := range failures {
			if err != nil {
				t.Fatal(err)
			}
		}
		if events := claimstest.CheckChain(t, second); events != 2*rounds {
			t.Errorf("%d events, want %d", events, 2*rounds)
		}
	})
}
