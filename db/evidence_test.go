package db_test

import (
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/db"
)

// TestOldEvidenceIsFound: what a migration could not fold is folded when the desk is opened.
func TestOldEvidenceIsFound(t *testing.T) {
	onEachEngine(t, func(t *testing.T, address string) {
		store := open(t, address)
		c := claimstest.PutClaim(t, store, claimstest.PutArticle(t, store, "Uno").ID, nil)
		claimstest.Write(t, store, func(w claims.Writer) error {
			return w.CreateEvidence(t.Context(), claims.Evidence{ID: "E", Claim: c.ID, URL: "https://Boe.test/acta", Title: "ACTA DE LA SESIÓN", AddedAt: claimstest.Start})
		})
		for _, old := range []string{"UPDATE evidence SET url_key = url, words_fold = title", "UPDATE search_state SET analysis = 1"} {
			if _, err := db.Pool(store).ExecContext(t.Context(), old); err != nil {
				t.Fatal(err)
			}
		}
		store = open(t, address)
		for _, query := range []string{"sesion", "https://boe.test/acta#2"} {
			claimstest.Read(t, store, func(r claims.Reader) error {
				found, _, err := r.FindEvidence(t.Context(), claims.EvidenceFilter{Query: query})
				if len(found) != 1 {
					t.Errorf("%s finds %d", query, len(found))
				}
				return err
			})
		}
	})
}
