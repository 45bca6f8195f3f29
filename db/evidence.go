package db

import (
	"context"

	"cotejo/claims"
)

const evidenceColumns = "id, claim, url, title, publisher, stance, grade, quote, locator, added_by, added_at"

func scanEvidence(row scanner) (e claims.Evidence, err error) {
	err = row.Scan(&e.ID, &e.Claim, &e.URL, &e.Title, &e.Publisher, &e.Stance, &e.Grade, &e.Quote, &e.Locator, &e.AddedBy,
		timeColumn{&e.AddedAt})
	return e, err
}

func (r *reader) Evidence(ctx context.Context, claim string) ([]claims.Evidence, error) {
	return queryAll(ctx, r, scanEvidence, "SELECT "+evidenceColumns+" FROM evidence WHERE claim = $1 ORDER BY added_at, id", claim)
}

func (w *writer) CreateEvidence(ctx context.Context, e claims.Evidence) error {
	err := w.create(ctx, "evidence", e.ID, insertInto("evidence", evidenceColumns),
		e.ID, e.Claim, e.URL, e.Title, e.Publisher, e.Stance, e.Grade, e.Quote, e.Locator, e.AddedBy, e.AddedAt.UnixMicro())
	if err != nil {
		return err
	}
	return w.indexEvidence(ctx, e)
}

func (w *writer) DeleteEvidence(ctx context.Context, claim, id string) error {
	if err := w.deletePart(ctx, "evidence", "evidence", claim, id); err != nil {
		return err
	}
	return w.unindex(ctx, claims.SearchEvidence, id)
}

// deletePart takes away a row that hangs on a claim.
func (w *writer) deletePart(ctx context.Context, noun, table, claim, id string) error {
	rows, err := w.exec(ctx, "DELETE FROM "+table+" WHERE claim = $1 AND id = $2", claim, id)
	if err == nil && rows == 0 {
		return claims.NotFound(noun, id)
	}
	return err
}
