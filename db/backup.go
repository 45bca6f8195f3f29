package db

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

func (e *sqliteEngine) backup(ctx context.Context, file string) error {
	return newFile(file, func(temp string) error {
		// A connection of its own: VACUUM INTO reads for long, and writers go on.
		pool, err := openSQLitePool(e.file, sqlitePragmas, 1)
		if err != nil {
			return err
		}
		_, err = pool.ExecContext(ctx, "VACUUM INTO $1", temp)
		return errors.Join(err, pool.Close())
	})
}

// newFile lets write fill a temporary file beside file and gives it its name
// once it is on the disk. A file that is there already is never touched.
func newFile(file string, write func(temp string) error) error {
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("%s exists already and is not overwritten: %w", file, os.ErrExist)
	}
	folder, err := os.MkdirTemp(filepath.Dir(file), ".cotejo-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	temp := filepath.Join(folder, "new.db")
	if err := write(temp); err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	if err := syncFile(temp); err != nil {
		return err
	}
	// A link, unlike a rename, fails when somebody else has made the file since.
	if err := os.Link(temp, file); err != nil {
		return err
	}
	return syncFile(filepath.Dir(file))
}

func syncFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
