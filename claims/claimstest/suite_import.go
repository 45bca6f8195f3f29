package claimstest

import (
	"errors"
	"testing"

	"cotejo/claims"
)

func runImportMarks(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a, secret := PutArticle(t, store, "Uno"), PutArticle(t, store, "Secreto")
	secret.Restricted, secret.Readers = true, []string{"P2"}
	mark := claims.ImportMark{Key: NewID(9), Article: a.ID, Job: "J", At: Start}
	hidden := claims.ImportMark{Key: NewID(9), Article: secret.ID, Claim: "C", At: Start}
	refused(t, store, "a mark without an event", "", func(w claims.Writer) error { return w.PutImportMark(ctx, mark) })
	Write(t, store, func(w claims.Writer) error {
		s := secret
		return errors.Join(w.UpdateArticle(ctx, &s), w.PutImportMark(ctx, mark), w.PutImportMark(ctx, hidden))
	})
	mark.Article, mark.Claim = secret.ID, "D"
	again := mark
	again.Article = a.ID
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.PutImportMark(ctx, mark), w.PutImportMark(ctx, again))
	})
	Read(t, store, func(r claims.Reader) error {
		got, err := r.ImportMark(ctx, mark.Key)
		equal(t, "a mark that was put again", again, got)
		other, err2 := r.ImportMark(ctx, hidden.Key)
		equal(t, "a mark", hidden, other)
		err3 := r.HideFrom(ctx, "P1")
		_, failure := r.ImportMark(ctx, hidden.Key)
		wantKind(t, "of a hidden article", claims.KindNotFound, failure)
		return errors.Join(err, err2, err3)
	})
	missing(t, store, "no mark", func(r claims.Reader) error { _, err := r.ImportMark(ctx, "x"); return err })
}
