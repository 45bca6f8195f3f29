package claimstest

import (
	"errors"
	"testing"

	"cotejo/claims"
)

func runSavedFilters(t *testing.T, store claims.Store) {
	ctx := t.Context()
	own := claims.SavedFilter{ID: NewID(claims.IDLen), Name: "zeta", Query: "state=open", CreatedBy: "P1", CreatedAt: Start}
	shared := claims.SavedFilter{ID: NewID(claims.IDLen), Name: "Área", Query: "tag=agua", Shared: true, CreatedBy: "P2", CreatedAt: Start}
	other := claims.SavedFilter{ID: NewID(claims.IDLen), Name: "beta", CreatedBy: "P2", CreatedAt: Start}
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.CreateSavedFilter(ctx, own), w.CreateSavedFilter(ctx, shared), w.CreateSavedFilter(ctx, other))
	})
	refused(t, store, "a filter twice", claims.KindConflict, func(w claims.Writer) error { return w.CreateSavedFilter(ctx, own) })
	Read(t, store, func(r claims.Reader) error {
		list, err := r.SavedFilters(ctx, "P1")
		equal(t, "filters of P1", []claims.SavedFilter{shared, own}, list)
		one, err2 := r.SavedFilter(ctx, other.ID)
		equal(t, "a filter", other, one)
		return errors.Join(err, err2)
	})
	Write(t, store, func(w claims.Writer) error { return w.DeleteSavedFilter(ctx, own.ID) })
	missing(t, store, "a filter that is gone", func(r claims.Reader) error { _, err := r.SavedFilter(ctx, own.ID); return err })
	refused(t, store, "a filter that is gone", claims.KindNotFound, func(w claims.Writer) error { return w.DeleteSavedFilter(ctx, own.ID) })
}
