package db

import (
	"context"
	"strconv"

	"cotejo/claims"
)

const (
	contactKey     = "id, claim, created_by, created_at, version"
	contactColumns = "whom, means, question, asked_at, deadline, answer, answered_at, closed, public"
)

func scanContact(row scanner) (c claims.Contact, err error) {
	err = row.Scan(&c.ID, &c.Claim, &c.CreatedBy, timeColumn{&c.CreatedAt}, &c.Version, &c.Whom, &c.Means, &c.Question,
		timeColumn{&c.AskedAt}, timePtrColumn{&c.Deadline}, &c.Answer, timePtrColumn{&c.AnsweredAt}, &c.Closed, &c.Public)
	return c, err
}

func contactValues(c claims.Contact) []any {
	return []any{c.Whom, c.Means, c.Question, c.AskedAt.UnixMicro(), microsPtr(c.Deadline), c.Answer, microsPtr(c.AnsweredAt), c.Closed, c.Public}
}

func (r *reader) Contact(ctx context.Context, claim, id string) (claims.Contact, error) {
	c, err := queryOne(ctx, r, scanContact, "SELECT "+contactKey+", "+contactColumns+" FROM contacts WHERE claim = $1 AND id = $2", claim, id)
	if c, err = found(c, err, "contact", id); err != nil {
		return c, err
	}
	hidden, err := r.hidesClaim(ctx, claim)
	return known(c, hidden, err, "contact", id)
}

func (r *reader) Contacts(ctx context.Context, claim string) ([]claims.Contact, error) {
	return partsOfClaim(ctx, r, scanContact, claim, "SELECT "+contactKey+", "+contactColumns+" FROM contacts WHERE claim = $1 ORDER BY asked_at, id")
}

func (w *writer) CreateContact(ctx context.Context, c *claims.Contact) error {
	c.Version = 1
	key := []any{c.ID, c.Claim, c.CreatedBy, c.CreatedAt.UnixMicro(), c.Version}
	err := w.create(ctx, "contact", c.ID, insertInto("contacts", contactKey+", "+contactColumns), append(key, contactValues(*c)...)...)
	if err != nil {
		return err
	}
	return w.indexContact(ctx, *c)
}

var updateContact = func() string {
	n := columnCount(contactColumns)
	return "UPDATE contacts SET " + assignments(contactColumns) + ", version = version + 1 WHERE id = $" + strconv.Itoa(n+1) + " AND version = $" + strconv.Itoa(n+2)
}()

func (w *writer) UpdateContact(ctx context.Context, c *claims.Contact) error {
	rows, err := w.exec(ctx, updateContact, append(contactValues(*c), c.ID, c.Version)...)
	if err != nil {
		return err
	}
	if err := w.checkVersion(ctx, rows, "contact", "contacts", c.ID); err != nil {
		return err
	}
	c.Version++
	return w.indexContact(ctx, *c)
}

func (w *writer) DeleteContact(ctx context.Context, claim, id string) error {
	if err := w.deletePart(ctx, "contact", "contacts", claim, id); err != nil {
		return err
	}
	return w.unindex(ctx, claims.SearchContact, id)
}
