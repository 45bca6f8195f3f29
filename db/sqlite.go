package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"cotejo/claims/text"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Pragmas stand in the address because every connection of a pool must have
// them. FULL: what was acknowledged survives a power cut. The writer's
// secure_delete overwrites what an erasure removes.
const sqlitePragmas = "_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)" +
	"&_pragma=cache_size(-20000)&_pragma=temp_store(MEMORY)&_pragma=mmap_size(268435456)"

const sqliteReaders = 4

// sqliteEngine has one connection that writes and a few that cannot.
type sqliteEngine struct {
	file    string
	writer  *sql.DB
	readers *sql.DB
	newest  *sql.Stmt // headQuery, kept ready: public pages ask it each time they are asked for
}

const headQuery = "SELECT seq FROM chain_head WHERE id = 1"

// sqlitePath takes the scheme off an address that has one.
func sqlitePath(address string) string {
	for _, scheme := range []string{"sqlite://", "sqlite:", "file://", "file:"} {
		if path, ok := strings.CutPrefix(address, scheme); ok {
			return path
		}
	}
	return address
}

func openSQLite(ctx context.Context, file string) (*sqliteEngine, error) {
	if file == "" {
		return nil, errors.New("db: no file is named for the database")
	}
	if err := createPrivate(file); err != nil {
		return nil, fmt.Errorf("db: open %s: %w", file, err)
	}
	writer, err := openSQLitePool(file, "_txlock=immediate&_pragma=secure_delete(1)&"+sqlitePragmas, 1)
	if err != nil {
		return nil, err
	}
	e := &sqliteEngine{file: file, writer: writer}
	if err := migrateSQLite(ctx, writer, e.retryable); err != nil {
		return nil, errors.Join(fmt.Errorf("db: open %s: %w", file, err), e.close())
	}
	if err := errors.Join(prepareSearch(ctx, e, writer), prepareListings(ctx, e, writer)); err != nil {
		return nil, errors.Join(fmt.Errorf("db: open %s: %w", file, err), e.close())
	}
	if e.readers, err = openSQLitePool(file, sqlitePragmas+"&_pragma=query_only(1)", sqliteReaders); err != nil {
		return nil, errors.Join(err, e.close())
	}
	if e.newest, err = e.readers.PrepareContext(ctx, headQuery); err != nil {
		return nil, errors.Join(err, e.close())
	}
	return e, nil
}

// createPrivate makes a missing file that only its owner may read: it will hold
// password hashes and drafts. SQLite gives its journals the same rights. The
// file is linked into place because closing one that SQLite has open elsewhere
// in this program would drop SQLite's locks.
func createPrivate(file string) error {
	if _, err := os.Stat(file); err == nil {
		return nil
	}
	temp, err := os.CreateTemp(filepath.Dir(file), ".cotejo-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	if err := temp.Close(); err != nil {
		return err
	}
	if err := os.Link(temp.Name(), file); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	return nil
}

func openSQLitePool(file, query string, connections int) (*sql.DB, error) {
	pool, err := sql.Open("sqlite", sqliteAddress(file, query))
	if err != nil {
		return nil, fmt.Errorf("db: open %s: %w", file, err)
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	return pool, nil
}

// sqliteAddress writes the path so that no letter in it is taken for part of
// the query.
func sqliteAddress(file, query string) string {
	return "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + query
}

func (e *sqliteEngine) beginUpdate(ctx context.Context) (*sql.Tx, error) {
	return e.writer.BeginTx(ctx, nil)
}

// beginView reads at once, because SQLite takes its snapshot at the first read.
func (e *sqliteEngine) beginView(ctx context.Context) (*sql.Tx, error) {
	tx, err := e.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	var seq int64
	if err := tx.QueryRowContext(ctx, "SELECT seq FROM chain_head").Scan(&seq); err != nil {
		rollback(tx)
		return nil, err
	}
	return tx, nil
}

func (e *sqliteEngine) retryable(err error) bool {
	primary := sqliteCode(err) & 0xff
	return primary == sqlite3.SQLITE_BUSY || primary == sqlite3.SQLITE_LOCKED
}

// brokenCommit: after a failed sync the pages on the disk are unknown, and a
// later commit would report success on top of them.
func (e *sqliteEngine) brokenCommit(err error) bool {
	primary := sqliteCode(err) & 0xff
	return primary == sqlite3.SQLITE_IOERR || primary == sqlite3.SQLITE_CORRUPT
}

func (e *sqliteEngine) missingParent(err error) bool {
	return sqliteCode(err) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY
}

func (e *sqliteEngine) search() searchSQL { return sqliteSearch }

var sqliteSearch = searchSQL{
	key: "search_words.rowid", match: "search_words MATCH ?",
	put:  "INSERT INTO search_words (rowid, words) VALUES ($1, $2)",
	drop: "DELETE FROM search_words WHERE rowid = $1", clear: "INSERT INTO search_words (search_words) VALUES ('delete-all')",
	tidy:  "INSERT INTO search_words (search_words) VALUES ('optimize')",
	query: func(q text.Query) string { return boolean(q, `"`, `"`, `"%s"*`, " OR ", " AND ") },
}

// sqliteCode gives the extended result code, 0 for errors of other origin.
func sqliteCode(err error) int {
	var failure *sqlite.Error
	if errors.As(err, &failure) {
		return failure.Code()
	}
	return 0
}

// head is over at once: what would watch for the end of ctx costs more than it.
func (e *sqliteEngine) head(ctx context.Context) (seq int64, err error) {
	err = e.newest.QueryRowContext(context.WithoutCancel(ctx)).Scan(&seq)
	return seq, err
}

func (e *sqliteEngine) ping(ctx context.Context) error {
	var seq int64
	return e.readers.QueryRowContext(ctx, "SELECT seq FROM chain_head").Scan(&seq)
}

func (e *sqliteEngine) close() error {
	var readers error
	if e.readers != nil {
		readers = e.readers.Close()
	}
	return errors.Join(readers, e.writer.Close())
}
