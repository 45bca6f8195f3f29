package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"cotejo/claims"
)

func (r *reader) Settings(ctx context.Context) (claims.Settings, error) {
	s := claims.DefaultSettings()
	text, err := queryOne(ctx, r, value[string], "SELECT json FROM settings WHERE id = 1")
	if errors.Is(err, sql.ErrNoRows) {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal([]byte(text), &s)
}

func (w *writer) PutSettings(ctx context.Context, s claims.Settings) error {
	_, err := w.exec(ctx, "INSERT INTO settings (id, json) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET json = excluded.json", jsonValue{s})
	if err != nil {
		return err
	}
	return w.wakeWatches(ctx, "")
}
