package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strings"
)

// tables lists what makes up a desk, a table after those it refers to.
var tables = []string{
	"persons", "sessions", "tokens", "invites", "second_factors", "identities", "articles", "snapshots", "skips", "watches", "archive_requests", "blobs", "blob_pieces",
	"claims", "sources", "source_names", "claim_sources", "claim_ties", "claim_tags", "evidence", "notes", "reviews", "opinions", "contacts", "external_checks", "publications", "topics", "reports", "shared_keys",
	"checks", "check_publications", "check_citations", "schedules", "settings", "scales",
	"filters", "inbox", "mails", "events", "history_values", "chain_head", "replies", "jobs", "feeds", "feed_items", "hooks", "deliveries", "imports", "log_leaves", "log_hashes", "checkpoints",
}

// fill copies a desk into an empty one, all of it or nothing.
func fill(ctx context.Context, target engine, source *sql.Tx) error {
	tx, err := target.beginUpdate(ctx)
	if err != nil {
		return err
	}
	defer rollback(tx)
	if err := checkEmpty(ctx, tx); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM chain_head"); err != nil { // a new desk has one
		return err
	}
	for _, table := range tables {
		if err := copyTable(ctx, tx, source, table); err != nil {
			return fmt.Errorf("table %s: %w", table, err)
		}
	}
	// Searches get their index, and the public its lists, when the desk is opened next.
	for _, state := range []string{"search_state", "listing_state"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+state); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// copyTable streams the rows of a table, one at a time in memory.
func copyTable(ctx context.Context, target, source *sql.Tx, table string) error {
	rows, err := source.QueryContext(ctx, "SELECT * FROM "+table)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, cells, err := rowBuffer(rows)
	if err != nil {
		return err
	}
	insert, err := target.PrepareContext(ctx,
		"INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") VALUES ("+placeholders(1, len(columns))+")")
	if err != nil {
		return err
	}
	defer insert.Close()
	for rows.Next() {
		if err := rows.Scan(cells...); err != nil {
			return err
		}
		if _, err := insert.ExecContext(ctx, cells...); err != nil {
			return err
		}
	}
	return rows.Err()
}

// rowBuffer gives the names of a query's columns and a cell for each.
func rowBuffer(rows *sql.Rows) (columns []string, cells []any, err error) {
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, nil, err
	}
	for _, column := range types {
		kind := column.DatabaseTypeName()
		columns = append(columns, column.Name())
		cells = append(cells, &cell{truth: kind == "BOOLEAN" || kind == "BOOL"})
	}
	return columns, cells, nil
}

// cell carries one value from one engine to the other. SQLite keeps truth as a
// number, which PostgreSQL would not take for it.
type cell struct {
	truth bool
	value driver.Value
}

// Scan implements sql.Scanner; bytes are the driver's until the next row.
func (c *cell) Scan(src any) (err error) {
	c.value = src
	if c.truth && src != nil {
		c.value, err = driver.Bool.ConvertValue(src)
	}
	return err
}

// Value implements driver.Valuer.
func (c *cell) Value() (driver.Value, error) { return c.value, nil }
