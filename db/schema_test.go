package db_test

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/db"
	"github.com/google/go-cmp/cmp"
)

// catalog asks an engine for every column: table, column, may it be NULL.
var catalog = map[string]string{
	"sqlite": `SELECT m.name, p.name, p."notnull" = 0 AND p.pk = 0 FROM sqlite_master m JOIN pragma_table_info(m.name) p
		WHERE m.type = ? AND m.name NOT LIKE 'sqlite_%'`,
	"postgres": `SELECT c.table_name, c.column_name, c.is_nullable = 'YES' FROM information_schema.columns c
		JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
		WHERE c.table_schema = current_schema() AND t.table_type = $1`,
}

func columns(t *testing.T, engine, kind string, pool *sql.DB) map[string]bool {
	t.Helper()
	rows, err := pool.QueryContext(t.Context(), catalog[engine], kind)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := map[string]bool{}
	for rows.Next() {
		var table, column string
		var nullable bool
		if err := rows.Scan(&table, &column, &nullable); err != nil {
			t.Fatal(err)
		}
		if table != "schema_versions" && !strings.HasPrefix(table, "search_words") { // goose's own and the words of searches, a different one on each engine
			out[table+"."+column] = nullable
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSchemasAgree(t *testing.T) {
	lite, postgres := db.Pool(open(t, engines["sqlite"](t))), db.Pool(open(t, engines["postgres"](t)))
	tables := columns(t, "sqlite", "table", lite)
	if d := cmp.Diff(tables, columns(t, "postgres", "BASE TABLE", postgres)); d != "" {
		t.Errorf("tables differ (-sqlite +postgres):\n%s", d)
	}
	names := func(columns map[string]bool) []string { return slices.Sorted(maps.Keys(columns)) }
	views := names(columns(t, "sqlite", "view", lite))
	if d := cmp.Diff(views, names(columns(t, "postgres", "VIEW", postgres))); d != "" || len(views) == 0 {
		t.Errorf("views differ (-sqlite +postgres):\n%s", d)
	}
	found := map[string]bool{}
	for column := range tables {
		table, _, _ := strings.Cut(column, ".")
		if table == "search_rows" || table == "search_state" || table == "search_bands" {
			continue // made anew where a backup is opened
		}
		if strings.HasPrefix(table, "listing") {
			continue // made anew where a backup is opened
		}
		if table == "presence" {
			continue // over within a minute
		}
		found[table] = true
		if strings.Contains(table, "event") && table != "events" {
			t.Errorf("table %s has event in its name", table)
		}
	}
	if d := cmp.Diff(slices.Sorted(maps.Keys(found)), slices.Sorted(slices.Values(db.Tables))); d != "" {
		t.Errorf("tables that a backup would forget (-schema +backup):\n%s", d)
	}
}

func TestReadableViews(t *testing.T) {
	onEachEngine(t, func(t *testing.T, address string) {
		store := open(t, address)
		c := claimstest.PutClaim(t, store, claimstest.PutArticle(t, store, "Uno").ID, nil)
		claimstest.Write(t, store, func(w claims.Writer) error {
			return w.CreatePublication(t.Context(), claimstest.NewPublication(c.ID, 1))
		})
		for query, want := range map[string]string{
			"SELECT MIN(at_time) FROM history":                      "2025-10-29T09:00:00Z",
			"SELECT MIN(created_time) FROM articles_readable":       "2025-10-29T09:00:00Z",
			"SELECT MIN(updated_time) FROM claims_readable":         "2025-10-29T09:00:00Z",
			"SELECT MIN(published_time) FROM publications_readable": "2025-10-29T10:00:00Z",
		} {
			var got string
			if err := db.Pool(store).QueryRowContext(t.Context(), query).Scan(&got); err != nil || got != want {
				t.Errorf("%s gives %q, %v; want %q", query, got, err, want)
			}
		}
	})
}

// TestGuards tries to rewrite what nobody may, past the store.
func TestGuards(t *testing.T) {
	onEachEngine(t, func(t *testing.T, address string) {
		store := open(t, address)
		a := claimstest.PutArticle(t, store, "Uno")
		c := claimstest.PutClaim(t, store, a.ID, nil)
		check := claimstest.NewCheck("uno")
		claimstest.Write(t, store, func(w claims.Writer) error {
			return errors.Join(w.CreatePublication(t.Context(), claimstest.NewPublication(c.ID, 1)), w.CreateCheck(t.Context(), &check),
				w.CreateCheckPublication(t.Context(), claims.CheckPublication{Check: check.ID, N: 1, PublishedAt: claimstest.Start}))
		})
		for _, statement := range []string{
			"UPDATE events SET actor = 'x'", "DELETE FROM events WHERE seq = 1", "UPDATE history_values SET json = '1'",
			"DELETE FROM claims", "DELETE FROM snapshots", "UPDATE snapshots SET text = 'x'", "UPDATE snapshots SET sha256 = 'x', text = '', erased = TRUE",
			"UPDATE snapshots SET erased = TRUE", "DELETE FROM publications", "UPDATE publications SET document = 'x'",
			"UPDATE publications SET published_at = 1", "DELETE FROM check_publications", "UPDATE check_publications SET title = 'x'",
		} {
			if _, err := db.Pool(store).ExecContext(t.Context(), statement); err == nil {
				t.Errorf("nothing stopped %s", statement)
			}
		}
		claimstest.CheckChain(t, store)
	})
}

func TestReadersCannotWrite(t *testing.T) {
	store := open(t, engines["sqlite"](t))
	if _, err := db.Readers(store).ExecContext(t.Context(), "DELETE FROM replies"); err == nil {
		t.Error("a connection of the readers wrote")
	}
}

func TestFilesArePrivate(t *testing.T) {
	file := filepath.Join(t.TempDir(), "desk.db")
	claimstest.PutPerson(t, open(t, file), "ana", claims.RoleChecker)
	for _, name := range []string{file, file + "-wal", file + "-shm"} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v; want it to be its owner's only", filepath.Base(name), info, err)
		}
	}
}

// TestListsUseIndexes: a list of a page never sorts or scans all there is.
func TestListsUseIndexes(t *testing.T) {
	store := open(t, engines["sqlite"](t))
	queries, arguments, err := db.ListQueries()
	if err != nil {
		t.Fatal(err)
	}
	for name, query := range queries {
		t.Run(name, func(t *testing.T) {
			plan := explain(t, db.Pool(store), query, arguments[name])
			for step := range strings.Lines(plan) {
				scan := strings.HasPrefix(step, "SCAN") && !strings.Contains(step, "USING")
				if scan && !strings.HasPrefix(step, "SCAN k") { // the page itself
					t.Errorf("%s\nscans a table:\n%s", query, plan)
				}
				if strings.Contains(step, "TEMP B-TREE FOR ORDER BY") && !sorts[name] {
					t.Errorf("%s\nsorts:\n%s", query, plan)
				}
			}
		})
	}
}

// sorts names the lists that an index narrows first and that are sorted then.
var sorts = map[string]bool{"claims of two states": true, "claims with a tag": true, "checks that cite": true, "topics of a claim": true,
	"claims of an article": true, db.RowsOfAPage: true}

func explain(t *testing.T, pool *sql.DB, query string, args []any) string {
	t.Helper()
	rows, err := pool.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(detail + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return plan.String()
}

// TestManyStarters: of several that start at once, one migrates and all go on.
func TestManyStarters(t *testing.T) {
	onEachEngine(t, func(t *testing.T, address string) {
		const starters = 6
		var group sync.WaitGroup
		failures := make(chan error, starters)
		for range starters {
			group.Go(func() {
				store, err := db.Open(t.Context(), address)
				if err == nil {
					err = store.Close()
				}
				failures <- err
			})
		}
		group.Wait()
		close(failures)
		for err := range failures {
			if err != nil {
				t.Error(err)
			}
		}
		store := open(t, address)
		var applied, distinct int
		err := db.Pool(store).QueryRowContext(t.Context(), "SELECT COUNT(*), COUNT(DISTINCT version_id) FROM schema_versions").Scan(&applied, &distinct)
		if err != nil || applied != distinct || applied < 3 {
			t.Errorf("%d migrations stand applied, %d different ones, %v", applied, distinct, err)
		}
	})
}

func TestNewerSchemaIsRefused(t *testing.T) {
	onEachEngine(t, func(t *testing.T, address string) {
		store, err := db.Open(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		_, err = db.Pool(store).ExecContext(t.Context(), "INSERT INTO schema_versions (version_id, is_applied) SELECT 9999, is_applied FROM schema_versions LIMIT 1")
		if err := errors.Join(err, store.Close()); err != nil {
			t.Fatal(err)
		}
		_, err = db.Open(t.Context(), address)
		if claims.KindOf(err) != claims.KindConflict || !strings.Contains(fmt.Sprint(err), "newer Cotejo") {
			t.Errorf("got %v, want a refusal that says what to do", err)
		}
	})
}

func TestOpenRefusesNonsense(t *testing.T) {
	for _, address := range []string{"", "sqlite:", filepath.Join(t.TempDir(), "missing", "x.db"), "postgres://[::bad", t.TempDir()} {
		store, err := db.Open(t.Context(), address)
		if err == nil {
			t.Errorf("%q was opened", address)
			store.Close()
		}
	}
}
