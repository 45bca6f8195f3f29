package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"

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
	return err
}

func scanScale(row scanner) (s claims.Scale, err error) {
	err = row.Scan(jsonColumn{&s})
	return s, err
}

func (r *reader) Scale(ctx context.Context, version int64) (claims.Scale, error) {
	var w where
	if version != 0 {
		w.add("version = ?", version)
	}
	s, err := queryOne(ctx, r, scanScale, "SELECT json FROM scales"+w.String()+" ORDER BY version DESC LIMIT 1", w.args...)
	standard := claims.DefaultScale()
	if errors.Is(err, sql.ErrNoRows) && (version == 0 || version == standard.Version) {
		return standard, nil
	}
	return found(s, err, "scale", strconv.FormatInt(version, 10))
}

func (w *writer) CreateScale(ctx context.Context, s *claims.Scale) error {
	newest, err := w.Scale(ctx, 0)
	if err != nil {
		return err
	}
	s.Version = newest.Version + 1
	return w.create(ctx, "scale", strconv.FormatInt(s.Version, 10), insertInto("scales", "version, json"), s.Version, jsonValue{s})
}
