package db

import (
	"context"

	"cotejo/claims"
)

func scanNote(row scanner) (n claims.Note, err error) {
	err = row.Scan(&n.ID, &n.Claim, &n.Author, &n.Text, timeColumn{&n.At})
	return n, err
}

func (r *reader) Notes(ctx context.Context, claim string) ([]claims.Note, error) {
	return partsOfClaim(ctx, r, scanNote, claim, "SELECT id, claim, author, text, at FROM notes WHERE claim = $1 ORDER BY at, id")
}

func (w *writer) CreateNote(ctx context.Context, n claims.Note) error {
	err := w.create(ctx, "note", n.ID, insertInto("notes", "id, claim, author, text, at"), n.ID, n.Claim, n.Author, n.Text, n.At.UnixMicro())
	if err != nil {
		return err
	}
	return w.indexNote(ctx, n)
}

func (w *writer) DeleteNote(ctx context.Context, claim, id string) error {
	if err := w.deletePart(ctx, "note", "notes", claim, id); err != nil {
		return err
	}
	return w.unindex(ctx, claims.SearchNote, id)
}
