package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"

	"cotejo/claims/text"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

const postgresConnections = 16

// postgresEngine has one pool; its transactions say whether they read or write.
type postgresEngine struct {
	pool *sql.DB
}

func openPostgres(ctx context.Context, address string) (*postgresEngine, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("db: %w", err) // pgx leaves the password out
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(postgresConnections)
	pool.SetMaxIdleConns(postgresConnections / 2)
	e := &postgresEngine{pool: pool}
	if err := e.migrate(ctx, config.RuntimeParams["search_path"]); err != nil {
		return nil, errors.Join(fmt.Errorf("db: open PostgreSQL: %w", err), e.close())
	}
	if err := errors.Join(prepareSearch(ctx, e, pool), prepareListings(ctx, e, pool)); err != nil {
		return nil, errors.Join(fmt.Errorf("db: open PostgreSQL: %w", err), e.close())
	}
	return e, nil
}

// migrate brings a schema up to date under an advisory lock of that schema.
func (e *postgresEngine) migrate(ctx context.Context, schema string) error {
	if schema != "" {
		_, err := e.pool.ExecContext(ctx, "CREATE SCHEMA IF NOT EXISTS "+pgx.Identifier{schema}.Sanitize())
		if err != nil && postgresCode(err) != pgUnique { // another starter has just made it
			return err
		}
	}
	name := fnv.New64a()
	name.Write([]byte("cotejo migrations of schema " + schema))
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockID(int64(name.Sum64())), lock.WithLockTimeout(1, 300))
	if err != nil {
		return err
	}
	return migrate(ctx, e.pool, goose.DialectPostgres, "postgres", goose.WithSessionLocker(locker))
}

// beginUpdate locks the head of the chain first, so that updates come one after
// the other and every statement sees what the one before committed.
func (e *postgresEngine) beginUpdate(ctx context.Context) (*sql.Tx, error) {
	tx, err := e.pool.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return nil, err
	}
	var seq int64
	if err := tx.QueryRowContext(ctx, "SELECT seq FROM chain_head WHERE id = 1 FOR UPDATE").Scan(&seq); err != nil {
		rollback(tx)
		return nil, err
	}
	return tx, nil
}

func (e *postgresEngine) beginView(ctx context.Context) (*sql.Tx, error) {
	return e.pool.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
}

// Codes of PostgreSQL's errors.
const (
	pgSerialization = "40001"
	pgDeadlock      = "40P01"
	pgForeignKey    = "23503"
	pgUnique        = "23505"
)

func (e *postgresEngine) retryable(err error) bool {
	code := postgresCode(err)
	return code == pgSerialization || code == pgDeadlock
}

// brokenCommit: PostgreSQL's server stops itself after a failed sync.
func (e *postgresEngine) brokenCommit(error) bool { return false }

func (e *postgresEngine) missingParent(err error) bool { return postgresCode(err) == pgForeignKey }

func (e *postgresEngine) search() searchSQL { return postgresSearch }

var postgresSearch = searchSQL{
	key: "search_words.n", match: "search_words.words @@ CAST(? AS tsquery)",
	put:  "INSERT INTO search_words (n, words) VALUES ($1, array_to_tsvector(string_to_array($2, ' ')))",
	drop: "DELETE FROM search_words WHERE n = $1", clear: "DELETE FROM search_words",
	query: func(q text.Query) string { return boolean(q, "'", "'", "'%s':*", " | ", " & ") },
}

// postgresCode gives the SQLSTATE, "" for errors of other origin.
func postgresCode(err error) string {
	var failure *pgconn.PgError
	if errors.As(err, &failure) {
		return failure.Code
	}
	return ""
}

func (e *postgresEngine) ping(ctx context.Context) error { return e.pool.PingContext(ctx) }

func (e *postgresEngine) head(ctx context.Context) (seq int64, err error) {
	err = e.pool.QueryRowContext(ctx, headQuery).Scan(&seq)
	return seq, err
}

func (e *postgresEngine) close() error { return e.pool.Close() }

// exclusive is a PostgreSQL engine whose updates nobody may even look beside.
type exclusive struct{ *postgresEngine }

func (e exclusive) beginUpdate(ctx context.Context) (*sql.Tx, error) {
	tx, err := e.pool.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, "LOCK TABLE chain_head IN ACCESS EXCLUSIVE MODE NOWAIT"); err != nil {
		rollback(tx)
		return nil, inUse("chain_head", err)
	}
	return tx, nil
}
