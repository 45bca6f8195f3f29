//go:build !postgres

package db

import (
	"context"
	"errors"
)

// openPostgres says that this program was built for SQLite alone.
func openPostgres(context.Context, string) (engine, error) {
	return nil, errors.New("db: this program was built without PostgreSQL (build it with -tags postgres)")
}
