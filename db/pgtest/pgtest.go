// Package pgtest gives tests a PostgreSQL of their own. It takes the server
// that COTEJO_TEST_POSTGRES names, or starts a private cluster from Debian's
// binaries (installing them where it may), once a test binary.
package pgtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"cotejo/claims/claimstest"
	"github.com/jackc/pgx/v5"
)

// Variable names the server to test against.
const Variable = "COTEJO_TEST_POSTGRES"

var shared struct {
	once    sync.Once
	address string
	stop    func()
	err     error
	schemas int
	mu      sync.Mutex
}

// Main runs the tests of a package and stops the cluster they started:
//
//	func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }
func Main(m *testing.M) int {
	defer func() {
		if shared.stop != nil {
			shared.stop()
		}
	}()
	return m.Run()
}

// Address gives a postgres:// address with a fresh, empty schema, which is
// dropped when the test ends. A test binary that calls it needs Main.
func Address(t testing.TB) string {
	t.Helper()
	shared.once.Do(func() {
		if shared.address = os.Getenv(Variable); shared.address == "" {
			shared.address, shared.stop, shared.err = startCluster()
		}
	})
	if shared.err != nil {
		claimstest.Unavailable(t, "no PostgreSQL: %v (name a server in %s, or install Debian's postgresql)", shared.err, Variable)
	}
	shared.mu.Lock()
	shared.schemas++
	schema := fmt.Sprintf("cotejo_test_%d_%d", os.Getpid(), shared.schemas)
	shared.mu.Unlock()
	address, err := withSchema(shared.address, schema)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { drop(t, schema) })
	return address
}

func withSchema(address, schema string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(u.Scheme, "postgres") {
		return "", fmt.Errorf("%s must be a postgres:// address", Variable)
	}
	query := u.Query()
	query.Set("search_path", schema)
	u.RawQuery = query.Encode()
	return u.String(), nil
}

func drop(t testing.TB, schema string) {
	ctx := context.Background() // the test's own has ended
	conn, err := pgx.Connect(ctx, shared.address)
	if err != nil {
		t.Error(err)
		return
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "DROP SCHEMA IF EXISTS "+pgx.Identifier{schema}.Sanitize()+" CASCADE"); err != nil {
		t.Error(err)
	}
}
