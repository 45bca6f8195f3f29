package db_test

import (
	"slices"
	"strings"
	"testing"

	"cotejo/claims"
	"cotejo/claims/claimstest"
	"cotejo/claims/text"
)

func TestNearArticles(t *testing.T) {
	onEachEngine(t, func(t *testing.T, address string) { nearArticles(t, open(t, address)) })
}

func nearArticles(t *testing.T, store claims.Store) {
	ctx := t.Context()
	ana, bea := claimstest.PutPerson(t, store, "ana", claims.RoleChecker), claimstest.PutPerson(t, store, "bea", claims.RoleChecker)
	long := ""
	for i := range 60 {
		long += strings.Repeat("a", i+1) + " río" + strings.Repeat("b", i) + " "
	}
	put := func(title, words string) claims.Article {
		a := claimstest.NewArticle(title)
		a.URL, a.CanonicalURL = "https://news.test/"+a.ID, "https://news.test/c/"+a.ID
		claimstest.Write(t, store, func(w claims.Writer) error {
			if err := w.CreateArticle(ctx, &a); err != nil {
				return err
			}
			return w.CreateSnapshot(ctx, claimstest.NewSnapshot(a.ID, 1, words))
		})
		return a
	}
	a, _ := put("Uno", long), put("Dos", "Otra cosa.")
	secret := put("Tres", long+"y algo más al final")
	claimstest.Write(t, store, func(w claims.Writer) error {
		secret.Restricted, secret.Readers = true, []string{ana.ID}
		return w.UpdateArticle(ctx, &secret)
	})
	for person, want := range map[string]int{ana.ID: 2, bea.ID: 1} {
		claimstest.Read(t, store, func(r claims.Reader) error {
			if err := r.HideFrom(ctx, person); err != nil {
				return err
			}
			got, err := r.NearArticles(ctx, text.Bands(long), 10)
			if len(got) != want || got[0] != a.ID {
				t.Errorf("near articles %v, want %d with %s first", got, want, a.ID)
			}
			at, atErr := r.ArticlesAt(ctx, secret.CanonicalURL)
			if len(at) != want-1 || atErr != nil {
				t.Errorf("articles at the address of a restricted one: %v, %v", at, atErr)
			}
			return err
		})
	}
	claimstest.Read(t, store, func(r claims.Reader) error {
		for _, address := range []string{a.URL, a.CanonicalURL} {
			at, err := r.ArticlesAt(ctx, address)
			if len(at) != 1 || at[0] != a.ID || err != nil {
				t.Errorf("articles at %s: %v, %v", address, at, err)
			}
		}
		none, err := r.ArticlesAt(ctx, "")
		if len(none) != 0 {
			t.Errorf("%d articles at no address", len(none))
		}
		return err
	})
	claimstest.Write(t, store, func(w claims.Writer) error { return w.EraseSnapshot(ctx, a.ID, 1) })
	claimstest.Read(t, store, func(r claims.Reader) error {
		got, err := r.NearArticles(ctx, text.Bands(long), 10)
		if !slices.Equal(got, []string{secret.ID}) {
			t.Errorf("near articles after erasing: %v", got)
		}
		return err
	})
}
