package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"cotejo/claims"
	"cotejo/claims/ingest"
)

// readInput reads a file, or standard input for "-", no further than one byte
// past what ingest takes, so that an endless one is refused, not swallowed.
func readInput(p *process, name string, hint ingest.Hint) (ingest.Input, error) {
	in := ingest.Input{Hint: hint}
	source := p.stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return in, badFile(name, err)
		}
		defer f.Close()
		source, in.Filename = f, filepath.Base(name)
	}
	raw, err := io.ReadAll(io.LimitReader(source, ingest.MaxBytes+1))
	if err != nil {
		return in, badFile(name, err)
	}
	in.Raw = raw
	return in, nil
}

// inputError says which of several inputs a refusal is about.
type inputError struct {
	name  string
	cause error
}

func (e *inputError) Error() string { return fmt.Sprintf("%s: %v", e.name, e.cause) }
func (e *inputError) Unwrap() error { return e.cause }

func badFile(name string, err error) error {
	return &inputError{name, &claims.Error{Kind: claims.KindInvalid, Key: "file.unreadable", Args: []any{err.Error()}, Cause: err}}
}
