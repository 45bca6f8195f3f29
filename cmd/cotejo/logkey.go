package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"cotejo/claims/ledger"
)

// logKeyFile is where the data folder keeps the key that signs the history's
// checkpoints. No backup holds it: whoever finds a backup must not be able to
// sign another history.
func (c *config) logKeyFile() string { return filepath.Join(c.Data, "keys", "log.key") }

// signer reads the log's key, and draws one where there is none yet.
func (c *config) signer() (*ledger.Signer, error) {
	file := c.logKeyFile()
	secret, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		secret, err = newLogKey(file)
	}
	if err != nil {
		return nil, fmt.Errorf("the key of the history's log cannot be read: %w", err)
	}
	signer, err := ledger.NewSigner(string(secret))
	if err != nil {
		return nil, fmt.Errorf("%s: %w (put the right file back, or move this one away to have a new one drawn)", file, err)
	}
	return signer, nil
}

// newLogKey draws a key into a file that only its owner reads. Of two programs
// that start at once, the second takes the first one's.
func newLogKey(file string) ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	secret, err := ledger.NewKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	draft, err := os.CreateTemp(filepath.Dir(file), ".log.key-")
	if err != nil {
		return nil, err
	}
	defer os.Remove(draft.Name())
	_, err = draft.WriteString(secret + "\n")
	if err := errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(draft.Name(), file); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return os.ReadFile(file)
}
