package db

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"time"

	"cotejo/claims"
)

const (
	hookKey         = "id, form, created_by, created_at, version"
	hookDecided     = "name, url, kinds, state, secret, old_secret, old_until, updated_at"
	hookNoted       = "fails, failing_since, next_at, delivered_at"
	hookColumns     = hookKey + ", " + hookDecided + ", " + hookNoted
	deliveryColumns = "id, hook, kind, subject, claim, body, state, attempts, created_at, next_at, ended_at, tries"
)

func scanHook(row scanner) (h claims.Hook, err error) {
	err = row.Scan(&h.ID, &h.Form, &h.CreatedBy, timeColumn{&h.CreatedAt}, &h.Version,
		&h.Name, &h.URL, jsonColumn{&h.Kinds}, &h.State, &h.Secret, &h.OldSecret, timeColumn{&h.OldUntil}, timeColumn{&h.UpdatedAt},
		&h.Fails, timeColumn{&h.FailingSince}, timeColumn{&h.NextAt}, timeColumn{&h.DeliveredAt})
	return h, err
}

func hookDecidedOf(h claims.Hook) []any {
	return []any{h.Name, h.URL, jsonList(h.Kinds), h.State, h.Secret, h.OldSecret, micros(h.OldUntil), h.UpdatedAt.UnixMicro()}
}

func hookNotedOf(s claims.HookStatus) []any {
	return []any{s.Fails, micros(s.FailingSince), s.NextAt.UnixMicro(), micros(s.DeliveredAt)}
}

func scanDelivery(row scanner) (d claims.Delivery, err error) {
	err = row.Scan(&d.ID, &d.Hook, &d.Kind, &d.Subject, &d.Claim, &d.Body, &d.State, &d.Attempts, timeColumn{&d.CreatedAt}, timeColumn{&d.NextAt}, timeColumn{&d.EndedAt}, jsonColumn{&d.Tries})
	return d, err
}

func (r *reader) Hook(ctx context.Context, id string) (claims.Hook, error) {
	h, err := queryOne(ctx, r, scanHook, "SELECT "+hookColumns+" FROM hooks WHERE id = $1", id)
	return found(h, err, "hook", id)
}

func (r *reader) Hooks(ctx context.Context) ([]claims.Hook, error) {
	return queryAll(ctx, r, scanHook, "SELECT "+hookColumns+" FROM hooks ORDER BY created_at, id")
}

func (r *reader) DueHooks(ctx context.Context, now time.Time) ([]string, error) {
	return queryAll(ctx, r, value[string], `SELECT id FROM hooks WHERE state = 'on' AND next_at <= $1
		AND EXISTS (SELECT 1 FROM deliveries d WHERE d.hook = hooks.id AND d.state = 'waiting' AND d.next_at <= $1) ORDER BY id`, now.UnixMicro())
}

func (r *reader) CountFailing(ctx context.Context) (int, error) {
	return queryOne(ctx, r, value[int], "SELECT COUNT(*) FROM hooks WHERE state = 'failed'")
}

func (r *reader) Delivery(ctx context.Context, id string) (claims.Delivery, error) {
	d, err := queryOne(ctx, r, scanDelivery, "SELECT "+deliveryColumns+" FROM deliveries WHERE id = $1", id)
	return found(d, err, "delivery", id)
}

func (r *reader) Deliveries(ctx context.Context, hook string, p claims.Page) ([]claims.Delivery, string, error) {
	var w where
	w.add("hook = ?", hook)
	if p.Cursor != "" {
		var at int64
		var id string
		if err := readCursor(p.Cursor, &at, &id); err != nil {
			return nil, "", err
		}
		w.add("(created_at, id) < (?, ?)", at, id)
	}
	list, err := queryAll(ctx, r, scanDelivery, "SELECT "+deliveryColumns+" FROM deliveries"+w.String()+" ORDER BY created_at DESC, id DESC LIMIT "+w.arg(pageLimit(p.Limit)+1), w.args...)
	if err != nil {
		return nil, "", err
	}
	page, next := cutPage(list, pageLimit(p.Limit), func(d claims.Delivery) []any { return []any{d.CreatedAt.UnixMicro(), d.ID} })
	return page, next, nil
}

func (r *reader) DueDelivery(ctx context.Context, hook string, now time.Time) (claims.Delivery, error) {
	d, err := queryOne(ctx, r, scanDelivery, "SELECT "+deliveryColumns+" FROM deliveries WHERE hook = $1 AND state = 'waiting' AND next_at <= $2 ORDER BY next_at, id LIMIT 1",
		hook, now.UnixMicro())
	if errors.Is(err, sql.ErrNoRows) {
		return claims.Delivery{}, nil
	}
	return d, err
}

func (r *reader) Awaits(ctx context.Context, hook, subject string) (bool, error) {
	return r.exists(ctx, "SELECT 1 FROM deliveries WHERE hook = $1 AND subject = $2 AND state = 'waiting' AND attempts = 0", hook, subject)
}

func (w *writer) CreateHook(ctx context.Context, h *claims.Hook) error {
	h.Version = 1
	args := append([]any{h.ID, h.Form, h.CreatedBy, h.CreatedAt.UnixMicro(), h.Version}, hookDecidedOf(*h)...)
	return w.create(ctx, "hook", h.ID, insertInto("hooks", hookColumns), append(args, hookNotedOf(h.HookStatus)...)...)
}

func (w *writer) UpdateHook(ctx context.Context, h *claims.Hook) error {
	args := append(hookDecidedOf(*h), h.ID, h.Version)
	n := len(args)
	rows, err := w.exec(ctx, "UPDATE hooks SET "+assignments(hookDecided)+", version = version + 1 WHERE id = $"+strconv.Itoa(n-1)+" AND version = $"+strconv.Itoa(n), args...)
	if err != nil {
		return err
	}
	if err := w.checkVersion(ctx, rows, "hook", "hooks", h.ID); err != nil {
		return err
	}
	h.Version++
	return nil
}

func (w *writer) DeleteHook(ctx context.Context, id string) error {
	if _, err := w.exec(ctx, "DELETE FROM deliveries WHERE hook = $1", id); err != nil {
		return err
	}
	rows, err := w.exec(ctx, "DELETE FROM hooks WHERE id = $1", id)
	if err == nil && rows == 0 {
		return claims.NotFound("hook", id)
	}
	return err
}

func (w *writer) NoteHook(ctx context.Context, id string, s claims.HookStatus) error {
	noted := hookNotedOf(s)
	rows, err := w.execExempt(ctx, "UPDATE hooks SET "+assignments(hookNoted)+" WHERE id = $"+strconv.Itoa(len(noted)+1), append(noted, id)...)
	if err == nil && rows == 0 {
		return claims.NotFound("hook", id)
	}
	return err
}

func (w *writer) PutDelivery(ctx context.Context, d claims.Delivery) error {
	_, err := w.execExempt(ctx, "INSERT INTO deliveries ("+deliveryColumns+") VALUES ("+placeholders(1, columnCount(deliveryColumns))+`)
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, attempts = excluded.attempts, next_at = excluded.next_at, ended_at = excluded.ended_at, tries = excluded.tries`,
		d.ID, d.Hook, d.Kind, d.Subject, d.Claim, d.Body, d.State, d.Attempts, d.CreatedAt.UnixMicro(), d.NextAt.UnixMicro(), micros(d.EndedAt), jsonList(d.Tries))
	return err
}

func (w *writer) DeleteDeliveriesBefore(ctx context.Context, t time.Time) error {
	_, err := w.execExempt(ctx, "DELETE FROM deliveries WHERE state <> 'waiting' AND ended_at < $1", t.UnixMicro())
	return err
}
