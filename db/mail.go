package db

import (
	"context"
	"time"

	"cotejo/claims"
)

const mailColumns = "item, person, attempts, next_at, gave_up, problem"

func scanMail(row scanner) (m claims.Mail, err error) {
	err = row.Scan(&m.Item, &m.Person, &m.Attempts, timeColumn{&m.NextAt}, &m.GaveUp, &m.Problem)
	return m, err
}

func (r *reader) Mails(ctx context.Context) ([]claims.Mail, error) {
	return queryAll(ctx, r, scanMail, "SELECT "+mailColumns+" FROM mails ORDER BY next_at, item LIMIT $1", batchRows)
}

func (w *writer) CreateMail(ctx context.Context, m claims.Mail) error {
	_, err := w.execExempt(ctx, insertInto("mails", mailColumns), m.Item, m.Person, m.Attempts, m.NextAt.UnixMicro(), m.GaveUp, m.Problem)
	return err
}

func (w *writer) LeaseMails(ctx context.Context, now, until time.Time) ([]claims.Mail, error) {
	if _, err := w.execExempt(ctx, "DELETE FROM mails WHERE item IN (SELECT id FROM inbox WHERE read_at IS NOT NULL)"); err != nil {
		return nil, err
	}
	mails, err := queryAll(ctx, &w.reader, scanMail, "SELECT "+mailColumns+` FROM mails WHERE NOT gave_up AND next_at <= $1 AND person =
		(SELECT person FROM mails WHERE NOT gave_up AND next_at <= $1 ORDER BY next_at, item LIMIT 1) ORDER BY next_at, item LIMIT $2`, now.UnixMicro(), batchRows)
	if err != nil {
		return nil, err
	}
	for i := range mails {
		mails[i].Attempts++
		mails[i].NextAt = until
		if err := w.UpdateMail(ctx, mails[i]); err != nil {
			return nil, err
		}
	}
	return mails, nil
}

func (w *writer) UpdateMail(ctx context.Context, m claims.Mail) error {
	_, err := w.execExempt(ctx, "UPDATE mails SET attempts = $1, next_at = $2, gave_up = $3, problem = $4 WHERE item = $5",
		m.Attempts, m.NextAt.UnixMicro(), m.GaveUp, m.Problem, m.Item)
	return err
}

func (w *writer) DeleteMail(ctx context.Context, item string) error {
	_, err := w.execExempt(ctx, "DELETE FROM mails WHERE item = $1", item)
	return err
}
