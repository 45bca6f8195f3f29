package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"time"

	"cotejo/claims"
)

// ErrNoEvent says that an Update changed rows without writing history. It is a
// fault of the program, and nothing was kept.
var ErrNoEvent = errors.New("db: rows changed and no event was appended")

// ErrBroken says that a commit could not be brought to the disk. What the file
// holds since is unknown, so the store takes no more writes; the program must
// end and be started again.
var ErrBroken = errors.New("db: a commit could not be written to the disk; no more writes are taken until the program is started again")

// engine is what differs between SQLite and PostgreSQL.
type engine interface {
	// beginUpdate opens a transaction that no other Update runs beside.
	beginUpdate(ctx context.Context) (*sql.Tx, error)
	// beginView opens a read-only transaction on one snapshot.
	beginView(ctx context.Context) (*sql.Tx, error)
	// retryable reports whether the whole transaction may succeed if run again.
	retryable(err error) bool
	// brokenCommit reports whether a failed commit leaves the disk in doubt.
	brokenCommit(err error) bool
	// missingParent reports whether err is a broken reference to another row.
	missingParent(err error) bool
	// search is how words are kept and found.
	search() searchSQL
	ping(ctx context.Context) error
	// head reads the newest event's number, outside any transaction.
	head(ctx context.Context) (int64, error)
	backup(ctx context.Context, file string) error
	close() error
}

// Store is a desk in a database.
type Store struct {
	engine engine
	broken atomic.Pointer[error]
	failed chan struct{}
}

var _ claims.Store = (*Store)(nil)

func newStore(e engine) *Store {
	return &Store{engine: e, failed: make(chan struct{})}
}

// Open opens the desk at url, creates it where there is none and brings its
// schema up to this program's. A file path (or sqlite:PATH, file:PATH) is
// SQLite, postgres://… is PostgreSQL, whose search_path parameter names the
// schema.
func Open(ctx context.Context, url string) (*Store, error) {
	var e engine
	var err error
	if isPostgres(url) {
		e, err = openPostgres(ctx, url)
	} else {
		e, err = openSQLite(ctx, sqlitePath(url))
	}
	if err != nil {
		return nil, err
	}
	return newStore(e), nil
}

func isPostgres(url string) bool {
	return strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://")
}

// Failed is closed when a commit could not be brought to the disk: the program
// should then say so and end.
func (s *Store) Failed() <-chan struct{} { return s.failed }

// View implements claims.Store.
func (s *Store) View(ctx context.Context, fn func(claims.Reader) error) error {
	return s.retry(ctx, func() error {
		tx, err := s.engine.beginView(ctx)
		if err != nil {
			return err
		}
		defer rollback(tx)
		return fn(&reader{tx: tx, engine: s.engine})
	})
}

// Update implements claims.Store.
func (s *Store) Update(ctx context.Context, fn func(claims.Writer) error) error {
	var after []func()
	err := s.retry(ctx, func() error {
		w, err := s.update(ctx, fn)
		if w != nil {
			after = w.after
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, f := range after {
		f()
	}
	return nil
}

// update makes one attempt; the writer comes back once it is committed.
func (s *Store) update(ctx context.Context, fn func(claims.Writer) error) (*writer, error) {
	if cause := s.broken.Load(); cause != nil {
		return nil, *cause
	}
	tx, err := s.engine.beginUpdate(ctx)
	if err != nil {
		return nil, err
	}
	defer rollback(tx)
	w := &writer{reader: reader{tx: tx, engine: s.engine}}
	if err := fn(w); err != nil {
		return nil, err
	}
	if w.changed && !w.appended {
		return nil, ErrNoEvent
	}
	if err := tx.Commit(); err != nil {
		if s.engine.brokenCommit(err) {
			return nil, s.giveUp(err)
		}
		return nil, err
	}
	return w, nil
}

// giveUp stops all further writes.
func (s *Store) giveUp(cause error) error {
	err := fmt.Errorf("%w: %w", ErrBroken, cause)
	if s.broken.CompareAndSwap(nil, &err) {
		close(s.failed)
	}
	return err
}

// rollback ends a transaction that was not committed, also when fn panicked.
func rollback(tx *sql.Tx) {
	_ = tx.Rollback() // after a commit, or once ctx has ended, it is over already
}

// attempts bounds how often a transaction is run when others get in its way.
const attempts = 8

// retry runs a transaction again, a little later each time, while the engine
// says that it only lost to another one.
func (s *Store) retry(ctx context.Context, run func() error) error {
	for n := 1; ; n++ {
		err := run()
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil && claims.KindOf(err) == "":
			return fmt.Errorf("db: %w: %w", context.Cause(ctx), err)
		case !s.engine.retryable(err):
			return err
		case n == attempts:
			return &claims.Error{Kind: claims.KindBusy, Key: "busy", Cause: err}
		}
		pause := time.Millisecond << n
		timer := time.NewTimer(pause + rand.N(pause))
		select {
		case <-ctx.Done():
			timer.Stop()
			return fmt.Errorf("db: %w: %w", context.Cause(ctx), err)
		case <-timer.C:
		}
	}
}

// Ping implements claims.Store.
func (s *Store) Ping(ctx context.Context) error { return s.engine.ping(ctx) }

// Head implements claims.Store.
func (s *Store) Head(ctx context.Context) (int64, error) { return s.engine.head(ctx) }

// Backup implements claims.Store: file becomes an SQLite database of this
// schema, whatever the engine, and must not exist yet.
func (s *Store) Backup(ctx context.Context, file string) error { return s.engine.backup(ctx, file) }

// Close implements claims.Store.
func (s *Store) Close() error { return s.engine.close() }
