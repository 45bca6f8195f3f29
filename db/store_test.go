package db_test

import (
	"os"
	"path/filepath"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/db"
	"cotejo/db/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// engines gives each engine's name and a way to an address of an empty desk.
var engines = map[string]func(t *testing.T) string{
	"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "a desk?%.db") },
	"postgres": func(t *testing.T) string { return pgtest.Address(t) },
}

// onEachEngine runs a test on every engine with the address of an empty desk.
func onEachEngine(t *testing.T, test func(t *testing.T, address string)) {
	for name, address := range engines {
		t.Run(name, func(t *testing.T) { test(t, address(t)) })
	}
}

func open(t *testing.T, address string) *db.Store {
	t.Helper()
	store, err := db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func TestContract(t *testing.T) {
	for name, address := range engines {
		t.Run(name, func(t *testing.T) {
			claimstest.RunStore(t, func(t *testing.T) claims.Store { return open(t, address(t)) })
		})
	}
}
