package db

import (
	"context"
	"time"

	"cotejo/claims"
)

const inboxColumns = "id, person, kind, claim, event, due, at, read_at, check_id"

func scanInbox(row scanner) (i claims.InboxItem, err error) {
	var due int64
	err = row.Scan(&i.ID, &i.Person, &i.Kind, &i.Claim, &i.Event, &due, timeColumn{&i.At}, timeColumn{&i.ReadAt}, &i.Check)
	if due != 0 {
		i.Due = time.UnixMicro(due).UTC()
	}
	return i, err
}

func (r *reader) Inbox(ctx context.Context, person string, p claims.Page) ([]claims.InboxItem, string, error) {
	var w where
	w.add("person = ?", person)
	r.outsider.claims(&w, "claim")
	if p.Cursor != "" {
		var at int64
		var id string
		if err := readCursor(p.Cursor, &at, &id); err != nil {
			return nil, "", err
		}
		w.add("(at, id) < (?, ?)", at, id)
	}
	rows, err := queryAll(ctx, r, scanInbox, "SELECT "+inboxColumns+" FROM inbox"+w.String()+
		" ORDER BY at DESC, id DESC LIMIT "+w.arg(pageLimit(p.Limit)+1), w.args...)
	if err != nil {
		return nil, "", err
	}
	page, next := cutPage(rows, pageLimit(p.Limit), func(i claims.InboxItem) []any { return []any{i.At.UnixMicro(), i.ID} })
	return page, next, nil
}

func (r *reader) InboxItem(ctx context.Context, id string) (claims.InboxItem, error) {
	i, err := queryOne(ctx, r, scanInbox, "SELECT "+inboxColumns+" FROM inbox WHERE id = $1", id)
	if i, err = found(i, err, "inbox", id); err != nil {
		return i, err
	}
	hidden, err := r.hidesClaim(ctx, i.Claim)
	return known(i, hidden, err, "inbox", id)
}

func (r *reader) CountUnread(ctx context.Context, person string) (int, error) {
	var w where
	w.add("person = ? AND read_at IS NULL", person)
	r.outsider.claims(&w, "claim")
	return queryOne(ctx, r, value[int], "SELECT COUNT(*) FROM inbox"+w.String(), w.args...)
}

func (r *reader) DueUntold(ctx context.Context, before time.Time) ([]claims.InboxItem, error) {
	var w where
	w.add("c.due < ? AND NOT p.disabled", before.UnixMicro())
	held := ""
	for i, s := range claims.Held {
		if i > 0 {
			held += ", "
		}
		held += w.arg(s)
	}
	w.conditions = append(w.conditions, "c.state IN ("+held+")")
	return queryAll(ctx, r, func(row scanner) (i claims.InboxItem, err error) {
		i.Kind = claims.InboxDue
		return i, row.Scan(&i.Claim, &i.Person, timeColumn{&i.Due})
	}, "SELECT c.id, c.assignee, c.due FROM claims c JOIN persons p ON p.id = c.assignee"+w.String()+
		` AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.claim = c.id AND i.person = c.assignee AND i.kind = 'due' AND i.due = c.due)
		ORDER BY c.due, c.id LIMIT `+w.arg(batchRows), w.args...)
}

func (w *writer) CreateInboxItem(ctx context.Context, i claims.InboxItem) (bool, error) {
	there, err := w.exists(ctx, "SELECT 1 FROM claims WHERE id = $1", i.Claim)
	noun, id := "claim", i.Claim
	if i.Check != "" {
		there, err = w.exists(ctx, "SELECT 1 FROM checks WHERE id = $1", i.Check)
		noun, id = "check", i.Check
	}
	if err == nil && !there {
		err = claims.NotFound(noun, id)
	}
	if err != nil {
		return false, err
	}
	var due int64
	if !i.Due.IsZero() {
		due = i.Due.UnixMicro()
	}
	rows, err := w.execExempt(ctx, insertInto("inbox", inboxColumns), i.ID, i.Person, i.Kind, i.Claim, i.Event, due, i.At.UnixMicro(), micros(i.ReadAt), i.Check)
	return rows > 0, err
}

func (w *writer) MarkInboxRead(ctx context.Context, person, id string, at time.Time) (int64, error) {
	if id == "" {
		return w.execExempt(ctx, "UPDATE inbox SET read_at = $1 WHERE person = $2 AND read_at IS NULL", at.UnixMicro(), person)
	}
	there, err := w.exists(ctx, "SELECT 1 FROM inbox WHERE id = $1 AND person = $2", id, person)
	if err == nil && !there {
		err = claims.NotFound("inbox", id)
	}
	if err != nil {
		return 0, err
	}
	return w.execExempt(ctx, "UPDATE inbox SET read_at = $1 WHERE id = $2 AND read_at IS NULL", at.UnixMicro(), id)
}

func (w *writer) DeleteUnread(ctx context.Context, event string) error {
	_, err := w.execExempt(ctx, "DELETE FROM mails WHERE item IN (SELECT id FROM inbox WHERE event = $1 AND event <> '' AND read_at IS NULL)", event)
	if err != nil {
		return err
	}
	_, err = w.execExempt(ctx, "DELETE FROM inbox WHERE event = $1 AND event <> '' AND read_at IS NULL", event)
	return err
}
