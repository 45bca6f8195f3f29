package db

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"cotejo/claims"
)

// backup lets SQLite write a compact copy from one snapshot.
func (e *sqliteEngine) backup(ctx context.Context, file string) error {
	return newFile(file, func(temp string) error {
		// A connection of its own: the copy reads for long, and writers go on.
		pool, err := openSQLitePool(e.file, sqlitePragmas, 1)
		if err != nil {
			return err
		}
		_, err = pool.ExecContext(ctx, "VACUUM INTO $1", temp)
		return errors.Join(err, pool.Close())
	})
}

// backup copies every table out of one snapshot into an SQLite file.
func (e *postgresEngine) backup(ctx context.Context, file string) error {
	return newFile(file, func(temp string) error {
		source, err := e.beginView(ctx)
		if err != nil {
			return err
		}
		defer rollback(source)
		target, err := openSQLite(ctx, temp)
		if err != nil {
			return err
		}
		return errors.Join(fill(ctx, target, source), target.close())
	})
}

// newFile lets write fill a temporary file beside file and gives it its name
// once it is on the disk. A file that is there already is never touched.
func newFile(file string, write func(temp string) error) error {
	if _, err := os.Lstat(file); err == nil {
		return existsAlready(file, os.ErrExist)
	}
	folder, err := os.MkdirTemp(filepath.Dir(file), ".cotejo-*")
	if err != nil {
		return fmt.Errorf("db: write %s: %w", file, err)
	}
	defer os.RemoveAll(folder)
	temp := filepath.Join(folder, "new.db")
	if err := write(temp); err != nil {
		return fmt.Errorf("db: write %s: %w", file, err)
	}
	// It holds password hashes and drafts: its owner's to read, nobody else's.
	if err := errors.Join(os.Chmod(temp, 0o600), syncFile(temp)); err != nil {
		return fmt.Errorf("db: write %s: %w", file, err)
	}
	// A link, unlike a rename, fails when somebody else has made the file since.
	if err := os.Link(temp, file); errors.Is(err, os.ErrExist) {
		return existsAlready(file, err)
	} else if err != nil {
		return fmt.Errorf("db: write %s: %w", file, err)
	}
	return syncFile(filepath.Dir(file))
}

func existsAlready(file string, cause error) error {
	return &claims.Error{Kind: claims.KindConflict, Key: "file.exists", Args: []any{file},
		Cause: fmt.Errorf("%s is not overwritten: %w", file, cause)}
}

// syncFile brings a file, or the names in a folder, to the disk.
func syncFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
