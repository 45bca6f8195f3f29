package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"cotejo/claims"
)

// Restore makes the desk at url out of a backup, whichever engine either of
// them is of. The target must be empty and not in use; it gets the whole desk
// or nothing. A backup of an older version is brought up to date on the way.
// Whether its history is sound is for verify to tell.
func Restore(ctx context.Context, backupFile, url string) error {
	if isPostgres(url) {
		return restorePostgres(ctx, backupFile, url)
	}
	file := sqlitePath(url)
	for _, rest := range []string{"-wal", "-shm", "-journal"} {
		if _, err := os.Lstat(file + rest); err == nil {
			return inUse(file, os.ErrExist)
		}
	}
	return newFile(file, func(temp string) error { return unpack(ctx, backupFile, temp) })
}

func restorePostgres(ctx context.Context, backupFile, url string) error {
	folder, err := os.MkdirTemp("", "cotejo-restore-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	temp := filepath.Join(folder, "backup.db")
	if err := unpack(ctx, backupFile, temp); err != nil {
		return err
	}
	source, err := openSQLite(ctx, temp)
	if err != nil {
		return err
	}
	view, err := source.beginView(ctx)
	if err != nil {
		return errors.Join(err, source.close())
	}
	err = restoreInto(ctx, url, view)
	rollback(view)
	return errors.Join(err, source.close())
}

func restoreInto(ctx context.Context, url string, source *sql.Tx) error {
	target, err := openPostgres(ctx, url)
	if err != nil {
		return err
	}
	return errors.Join(fill(ctx, exclusive{target}, source), target.close())
}

// checkEmpty refuses a desk in which there is anything.
func checkEmpty(ctx context.Context, tx *sql.Tx) error {
	for _, table := range tables {
		if table == "chain_head" {
			continue // says nothing that events does not
		}
		var there int
		err := tx.QueryRowContext(ctx, "SELECT 1 FROM "+table+" LIMIT 1").Scan(&there)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return err
		}
		return &claims.Error{Kind: claims.KindConflict, Key: "restore.not_empty", Args: []any{table},
			Cause: fmt.Errorf("the target is not empty: there are rows in %s", table)}
	}
	return nil
}

func inUse(what string, cause error) error {
	return &claims.Error{Kind: claims.KindConflict, Key: "restore.in_use", Args: []any{what},
		Cause: fmt.Errorf("the target is in use: %w", cause)}
}

// unpack copies a backup, checks that it is a whole desk and brings its schema
// up to date. The backup itself is only read.
func unpack(ctx context.Context, backupFile, file string) error {
	if err := copyFile(backupFile, file); err != nil {
		return fmt.Errorf("read the backup: %w", err)
	}
	if err := checkDesk(ctx, file); err != nil {
		return &claims.Error{Kind: claims.KindInvalid, Key: "restore.not_a_backup", Args: []any{backupFile},
			Cause: fmt.Errorf("%s is no whole backup of Cotejo: %w", backupFile, err)}
	}
	desk, err := openSQLite(ctx, file)
	if err != nil {
		return err
	}
	return desk.close()
}

// checkDesk looks for damage and for what only a desk has.
func checkDesk(ctx context.Context, file string) (err error) {
	pool, err := openSQLitePool(file, "mode=ro", 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	var found string
	if err := pool.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return errors.New(found)
	}
	var seq, events int64
	err = pool.QueryRowContext(ctx, "SELECT (SELECT seq FROM chain_head), (SELECT COUNT(*) FROM events) FROM "+versionTable).Scan(&seq, &events)
	if err == nil && seq != events {
		err = fmt.Errorf("the history should hold %d events and holds %d", seq, events)
	}
	return err
}

func copyFile(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	_, err = io.Copy(target, source)
	return err
}
