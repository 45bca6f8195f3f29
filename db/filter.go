package db

import (
	"cmp"
	"context"
	"slices"

	"cotejo/claims"
	"cotejo/claims/text"
)

const filterColumns = "id, name, query, shared, created_by, created_at"

func scanFilter(row scanner) (f claims.SavedFilter, err error) {
	err = row.Scan(&f.ID, &f.Name, &f.Query, &f.Shared, &f.CreatedBy, timeColumn{&f.CreatedAt})
	return f, err
}

func (r *reader) SavedFilter(ctx context.Context, id string) (claims.SavedFilter, error) {
	f, err := queryOne(ctx, r, scanFilter, "SELECT "+filterColumns+" FROM filters WHERE id = $1", id)
	return found(f, err, "filter", id)
}

// SavedFilters are sorted here, since engines sort words differently.
func (r *reader) SavedFilters(ctx context.Context, person string) ([]claims.SavedFilter, error) {
	list, err := queryAll(ctx, r, scanFilter, "SELECT "+filterColumns+" FROM filters WHERE created_by = $1 OR shared", person)
	slices.SortFunc(list, func(a, b claims.SavedFilter) int {
		return cmp.Or(cmp.Compare(text.Fold(a.Name), text.Fold(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return list, err
}

func (w *writer) CreateSavedFilter(ctx context.Context, f claims.SavedFilter) error {
	return w.create(ctx, "filter", f.ID, insertInto("filters", filterColumns), f.ID, f.Name, f.Query, f.Shared, f.CreatedBy, f.CreatedAt.UnixMicro())
}

func (w *writer) DeleteSavedFilter(ctx context.Context, id string) error {
	rows, err := w.exec(ctx, "DELETE FROM filters WHERE id = $1", id)
	if err == nil && rows == 0 {
		return claims.NotFound("filter", id)
	}
	return err
}
