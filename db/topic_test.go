package db_test

import (
	"testing"
	"time"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/db"
	"github.com/google/go-cmp/cmp"
)

// TestListsAreMadeAnew: a desk of before the lists, and one from a backup, get
// them when they are opened; slugs stay as they were given.
func TestListsAreMadeAnew(t *testing.T) {
	onEachEngine(t, func(t *testing.T, address string) {
		store := open(t, address)
		article := claimstest.PutArticle(t, store, "Uno")
		for i, tag := range []string{"año", "ano", "Ano"} {
			c := claimstest.PutClaim(t, store, article.ID, func(c *claims.Claim) { c.PublishedVersion = 1 })
			claimstest.Write(t, store, func(w claims.Writer) error {
				at := claimstest.Start.Add(time.Duration(i) * time.Hour)
				return w.CreatePublication(t.Context(), claimstest.NewListed(t, c.ID, 1, at, claims.Listed{Language: "es", Tags: []string{tag}}))
			})
		}
		lists := []string{"topics", "listings", "listing_months", "listing_state"}
		before := contentOf(t, store, lists)
		for _, lost := range [][]string{{"DELETE FROM listing_state"}, {"DELETE FROM listing_state", "DELETE FROM topics", "DELETE FROM listings", "DELETE FROM listing_months"}} {
			for _, statement := range lost {
				if _, err := db.Pool(store).ExecContext(t.Context(), statement); err != nil {
					t.Fatal(err)
				}
			}
			store = open(t, address)
			if d := cmp.Diff(before, contentOf(t, store, lists)); d != "" {
				t.Errorf("lists made anew differ (-before +after):\n%s", d)
			}
		}
	})
}
