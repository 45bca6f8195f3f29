package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"cotejo/claims"
	"github.com/pressly/goose/v3"
)

// Migrations are numbered across the common folder and the engine's own, so
// both engines have the same numbers. They go forward only.
//
//go:embed migrations
var migrations embed.FS

// versionTable is where goose keeps which migrations were applied.
const versionTable = "schema_versions"

// layers is a read-only folder that shows the files of several.
type layers []fs.FS

func (l layers) Open(name string) (fs.File, error) {
	for _, layer := range l[1:] {
		file, err := layer.Open(name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return file, err
		}
	}
	return l[0].Open(name)
}

// ReadDir implements fs.ReadDirFS.
func (l layers) ReadDir(name string) ([]fs.DirEntry, error) {
	var all []fs.DirEntry
	for _, layer := range l {
		entries, err := fs.ReadDir(layer, name)
		if err != nil {
			return nil, err
		}
		all = append(all, entries...)
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return all, nil
}

// migrationsFor gives the migrations of one engine: "sqlite" or "postgres".
func migrationsFor(engine string) (fs.FS, error) {
	common, err := fs.Sub(migrations, "migrations/common")
	if err != nil {
		return nil, err
	}
	own, err := fs.Sub(migrations, "migrations/"+engine)
	if err != nil {
		return nil, err
	}
	return layers{common, own}, nil
}

// migrate applies what is pending and refuses a schema that is newer than the
// program.
func migrate(ctx context.Context, pool *sql.DB, dialect goose.Dialect, engine string, options ...goose.ProviderOption) error {
	files, err := migrationsFor(engine)
	if err != nil {
		return err
	}
	options = append(options, goose.WithTableName(versionTable), goose.WithDisableGlobalRegistry(true))
	provider, err := goose.NewProvider(dialect, pool, files, options...)
	if err != nil {
		return err
	}
	current, known, err := provider.GetVersions(ctx)
	if err != nil {
		return err
	}
	if current > known {
		return &claims.Error{Kind: claims.KindConflict, Key: "schema.newer", Args: []any{current, known},
			Cause: fmt.Errorf("the database has schema %d and this program knows only %d: it was used by a newer Cotejo; "+
				"start that version, or restore a backup made by this one", current, known)}
	}
	if current == known {
		return nil
	}
	_, err = provider.Up(ctx)
	return err
}

// migrateSQLite brings an SQLite file up to date. Each migration is one
// transaction under SQLite's own write lock and ends by writing its number,
// which can stand there only once: of two starters the slower one is refused,
// looks again, and finds the work done. Turning a new file's journal on wants the
// file for oneself, for which SQLite does not always wait: so whoever meets
// another starter there tries again.
func migrateSQLite(ctx context.Context, pool *sql.DB, busy func(error) bool) error {
	for n := 1; ; n++ {
		err := migrateOnce(ctx, pool)
		if err == nil || n == attempts || !busy(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Duration(n) * startersPause):
		}
	}
}

const startersPause = 100 * time.Millisecond

func migrateOnce(ctx context.Context, pool *sql.DB) error {
	if err := prepareVersions(ctx, pool); err != nil {
		return err
	}
	for {
		before, err := schemaVersion(ctx, pool)
		if err != nil {
			return err
		}
		failure := migrate(ctx, pool, goose.DialectSQLite3, "sqlite")
		if failure == nil {
			return nil
		}
		after, err := schemaVersion(ctx, pool)
		if err != nil || after == before {
			return errors.Join(failure, err)
		}
	}
}

// prepareVersions makes goose's table with a unique version.
func prepareVersions(ctx context.Context, pool *sql.DB) error {
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer rollback(tx)
	for _, statement := range []string{
		"CREATE TABLE IF NOT EXISTS " + versionTable + ` (
			id INTEGER PRIMARY KEY,
			version_id INTEGER NOT NULL UNIQUE,
			is_applied INTEGER NOT NULL,
			tstamp TIMESTAMP DEFAULT (datetime('now')))`,
		"INSERT INTO " + versionTable + " (version_id, is_applied) VALUES (0, 1) ON CONFLICT DO NOTHING",
	} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func schemaVersion(ctx context.Context, pool *sql.DB) (version int64, err error) {
	err = pool.QueryRowContext(ctx, "SELECT MAX(version_id) FROM "+versionTable).Scan(&version)
	return version, err
}
