package db

import (
	"context"
	"database/sql"
	"errors"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"cotejo/claims"
)

// reader reads through one transaction. It has no method that writes.
type reader struct {
	tx       *sql.Tx
	engine   engine
	outsider outsider // from whom restricted articles are hidden
}

// writer reads and writes through one transaction.
type writer struct {
	reader
	changed  bool // rows changed that need an event beside them
	appended bool // an event was appended
	after    []func()
}

var (
	_ claims.Reader = (*reader)(nil)
	_ claims.Writer = (*writer)(nil)
)

// AfterCommit implements claims.Writer.
func (w *writer) AfterCommit(f func()) { w.after = append(w.after, f) }

// Try implements claims.Writer.
func (w *writer) Try(ctx context.Context, fn func() error) error {
	if _, err := w.tx.ExecContext(ctx, "SAVEPOINT part"); err != nil {
		return err
	}
	changed, appended, after := w.changed, w.appended, len(w.after)
	failure := fn()
	if failure != nil {
		if _, err := w.tx.ExecContext(ctx, "ROLLBACK TO SAVEPOINT part"); err != nil {
			return errors.Join(failure, err)
		}
		w.changed, w.appended, w.after = changed, appended, w.after[:after]
	}
	_, err := w.tx.ExecContext(ctx, "RELEASE SAVEPOINT part")
	return errors.Join(failure, err)
}

// scanner is a row being read, of one or of many.
type scanner interface{ Scan(dest ...any) error }

// queryOne reads one row; sql.ErrNoRows where there is none.
func queryOne[T any](ctx context.Context, r *reader, scan func(scanner) (T, error), query string, args ...any) (T, error) {
	if err := checkText(args); err != nil {
		var zero T
		return zero, err
	}
	return scan(r.tx.QueryRowContext(ctx, query, args...))
}

// queryAll reads every row before it returns, so that the connection is free
// for the next query.
func queryAll[T any](ctx context.Context, r *reader, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	if err := checkText(args); err != nil {
		return nil, err
	}
	rows, err := r.tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// value scans a row of a single column.
func value[T any](row scanner) (v T, err error) {
	err = row.Scan(&v)
	return v, err
}

// found turns "no such row" into the refusal that names the noun.
func found[T any](v T, err error, noun, id string) (T, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return v, claims.NotFound(noun, id)
	}
	return v, err
}

// exec changes rows, which calls for an event in the same transaction.
func (w *writer) exec(ctx context.Context, query string, args ...any) (rows int64, err error) {
	rows, err = w.execExempt(ctx, query, args...)
	w.changed = w.changed || rows > 0
	return rows, err
}

// execExempt changes rows that the history does not speak of.
func (w *writer) execExempt(ctx context.Context, query string, args ...any) (rows int64, err error) {
	if err := checkText(args); err != nil {
		return 0, err
	}
	result, err := w.tx.ExecContext(ctx, query, args...)
	if err != nil {
		if w.engine.missingParent(err) {
			return 0, &claims.Error{Kind: claims.KindNotFound, Key: "not_found.parent", Cause: err}
		}
		return 0, err
	}
	return result.RowsAffected()
}

// create runs an INSERT … ON CONFLICT DO NOTHING, which leaves the transaction
// usable on PostgreSQL when the row is taken.
func (w *writer) create(ctx context.Context, noun, id, query string, args ...any) error {
	rows, err := w.exec(ctx, query, args...)
	if err == nil && rows == 0 {
		return claims.Refuse(claims.KindConflict, "conflict."+noun, id)
	}
	return err
}

// exists reports whether a query gives any row.
func (r *reader) exists(ctx context.Context, query string, args ...any) (bool, error) {
	n, err := queryOne(ctx, r, value[int64], "SELECT COUNT(*) FROM ("+query+") AS found", args...)
	return n > 0, err
}

// checkVersion tells why an update that compares versions met no row.
func (w *writer) checkVersion(ctx context.Context, rows int64, noun, table, id string) error {
	if rows > 0 {
		return nil
	}
	there, err := w.exists(ctx, "SELECT 1 FROM "+table+" WHERE id = $1", id)
	switch {
	case err != nil:
		return err
	case !there:
		return claims.NotFound(noun, id)
	}
	return claims.Refuse(claims.KindStale, "stale."+noun, id)
}

// checkText refuses what PostgreSQL cannot keep as text, on both engines alike.
func checkText(args []any) error {
	for _, arg := range args {
		v := reflect.ValueOf(arg)
		if v.Kind() != reflect.String {
			continue
		}
		if s := v.String(); strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s) {
			return claims.Refuse(claims.KindInvalid, "text.not_unicode")
		}
	}
	return nil
}

// insertInto writes an INSERT of the named columns that keeps a row that is
// there already.
func insertInto(table, columns string) string {
	return "INSERT INTO " + table + " (" + columns + ") VALUES (" + placeholders(1, columnCount(columns)) + ") ON CONFLICT DO NOTHING"
}

// assignments writes "a = $1, b = $2, …" for an UPDATE.
func assignments(columns string) string {
	var b strings.Builder
	for i, column := range strings.Split(columns, ",") {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(strings.TrimSpace(column) + " = $" + strconv.Itoa(i+1))
	}
	return b.String()
}

func columnCount(columns string) int { return strings.Count(columns, ",") + 1 }

// placeholders writes n placeholders, the first one numbered from.
func placeholders(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(from+i))
	}
	return b.String()
}
