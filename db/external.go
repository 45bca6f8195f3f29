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
	externalKey   = "id, claim, added_by, added_at, version"
	externalSaid  = "url, title, outlet, published"
	externalLink  = "link, seen_at, asked_at, next_at, failures, problem"
	externalWhole = externalKey + ", " + externalSaid + ", " + externalLink
)

func scanExternal(row scanner) (e claims.ExternalCheck, err error) {
	var published claims.Date
	err = row.Scan(&e.ID, &e.Claim, &e.AddedBy, timeColumn{&e.AddedAt}, &e.Version, &e.URL, &e.Title, &e.Outlet, &published,
		&e.Link.State, timeColumn{&e.Link.SeenAt}, timeColumn{&e.Link.AskedAt}, timeColumn{&e.Link.NextAt}, &e.Link.Failures, problemColumn{&e.Link.Problem})
	if published != "" {
		e.Published = &published
	}
	return e, err
}

func externalSays(e claims.ExternalCheck) []any {
	published := ""
	if e.Published != nil {
		published = string(*e.Published)
	}
	return []any{e.URL, e.Title, e.Outlet, published}
}

func backlinkValues(b claims.Backlink) ([]any, error) {
	problem, err := problemText(b.Problem)
	return []any{b.State, micros(b.SeenAt), micros(b.AskedAt), micros(b.NextAt), b.Failures, problem}, err
}

func (r *reader) ExternalCheck(ctx context.Context, id string) (claims.ExternalCheck, error) {
	e, err := queryOne(ctx, r, scanExternal, "SELECT "+externalWhole+" FROM external_checks WHERE id = $1", id)
	if e, err = found(e, err, "external_check", id); err != nil {
		return e, err
	}
	hidden, err := r.hidesClaim(ctx, e.Claim)
	return known(e, hidden, err, "external_check", id)
}

func (r *reader) ExternalChecks(ctx context.Context, claim string) ([]claims.ExternalCheck, error) {
	return partsOfClaim(ctx, r, scanExternal, claim, "SELECT "+externalWhole+" FROM external_checks WHERE claim = $1 ORDER BY added_at, id")
}

func (r *reader) DueBacklink(ctx context.Context, now time.Time) (claims.ExternalCheck, error) {
	e, err := queryOne(ctx, r, scanExternal, "SELECT "+externalWhole+` FROM external_checks WHERE next_at <= $1
		AND claim IN (SELECT c.id FROM claims c WHERE c.published_version > 0 AND c.state <> $2) ORDER BY next_at, id LIMIT 1`, now.UnixMicro(), claims.StateWithdrawn)
	if errors.Is(err, sql.ErrNoRows) {
		return claims.ExternalCheck{}, nil
	}
	return e, err
}

func (w *writer) CreateExternalCheck(ctx context.Context, e *claims.ExternalCheck) error {
	if err := w.freeExternal(ctx, *e); err != nil {
		return err
	}
	e.Version = 1
	link, err := backlinkValues(e.Link)
	if err != nil {
		return err
	}
	values := append([]any{e.ID, e.Claim, e.AddedBy, e.AddedAt.UnixMicro(), e.Version}, externalSays(*e)...)
	return w.create(ctx, "external_check", e.ID, insertInto("external_checks", externalWhole), append(values, link...)...)
}

// freeExternal refuses an address that stands on the claim already.
func (w *writer) freeExternal(ctx context.Context, e claims.ExternalCheck) error {
	taken, err := w.exists(ctx, "SELECT 1 FROM external_checks WHERE claim = $1 AND url = $2 AND id <> $3", e.Claim, e.URL, e.ID)
	if err == nil && taken {
		err = claims.Refuse(claims.KindConflict, "conflict.external_check", e.URL)
	}
	return err
}

var updateExternal = func() string {
	n := columnCount(externalSaid)
	return "UPDATE external_checks SET " + assignments(externalSaid) + ", version = version + 1 WHERE id = $" + strconv.Itoa(n+1) + " AND version = $" + strconv.Itoa(n+2)
}()

func (w *writer) UpdateExternalCheck(ctx context.Context, e *claims.ExternalCheck) error {
	if err := w.freeExternal(ctx, *e); err != nil {
		return err
	}
	rows, err := w.exec(ctx, updateExternal, append(externalSays(*e), e.ID, e.Version)...)
	if err != nil {
		return err
	}
	if err := w.checkVersion(ctx, rows, "external_check", "external_checks", e.ID); err != nil {
		return err
	}
	e.Version++
	return nil
}

func (w *writer) DeleteExternalCheck(ctx context.Context, claim, id string) error {
	return w.deletePart(ctx, "external_check", "external_checks", claim, id)
}

var noteBacklink = "UPDATE external_checks SET " + assignments(externalLink) + " WHERE id = $" + strconv.Itoa(columnCount(externalLink)+1)

func (w *writer) NoteBacklink(ctx context.Context, id string, b claims.Backlink) error {
	link, err := backlinkValues(b)
	if err != nil {
		return err
	}
	_, err = w.execExempt(ctx, noteBacklink, append(link, id)...)
	return err
}
