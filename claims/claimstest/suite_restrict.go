package claimstest

import (
	"context"
	"errors"
	"testing"

	"cotejo/claims"
)

// runRestriction holds a store to what it promises of HideFrom.
func runRestriction(t *testing.T, store claims.Store) {
	ctx := context.Background()
	ana, bea := PutPerson(t, store, "ana", claims.RoleChecker), PutPerson(t, store, "bea", claims.RoleChecker)
	a, open := PutArticle(t, store, "Uno"), PutArticle(t, store, "Dos")
	c, other := PutClaim(t, store, a.ID, nil), PutClaim(t, store, open.ID, nil)
	Write(t, store, func(w claims.Writer) error {
		a.Restricted, a.Readers = true, []string{ana.ID}
		if err := w.CreateSkip(ctx, claims.Skip{ID: "S", Article: a.ID, Snapshot: 1, At: Start}); err != nil {
			return err
		}
		if err := w.CreateNote(ctx, claims.Note{ID: "N", Claim: c.ID, Text: "nota", At: Start}); err != nil {
			return err
		}
		if err := w.CreateContact(ctx, &claims.Contact{ID: "K", Claim: c.ID, Whom: "nota", Means: claims.MeansEmail, Question: "¿?", AskedAt: Start, CreatedBy: ana.ID, CreatedAt: Start}); err != nil {
			return err
		}
		return w.UpdateArticle(ctx, &a)
	})
	job, plain := NewJob(0), NewJob(1)
	job.Article = a.ID
	asked := NewJob(2)
	asked.Readers = []string{ana.ID}
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.CreateJob(ctx, job), w.CreateJob(ctx, plain), w.CreateJob(ctx, asked))
	})
	for person, hidden := range map[string]bool{ana.ID: false, bea.ID: true, "": true, "%": true} {
		Read(t, store, func(r claims.Reader) error {
			if err := r.HideFrom(ctx, person); err != nil {
				return err
			}
			want := 2
			if hidden {
				want = 1
			}
			_, err := r.Claim(ctx, c.ID)
			if missing := claims.KindOf(err) == claims.KindNotFound; missing != hidden || err != nil && !missing {
				t.Errorf("%q: the claim gives %v", person, err)
			}
			got, err := r.Article(ctx, a.ID)
			if missing := claims.KindOf(err) == claims.KindNotFound; missing != hidden {
				t.Errorf("%q: the article gives %+v, %v", person, got, err)
			}
			counts, err := r.CountClaims(ctx, claims.ClaimFilter{})
			if n := counts[c.State]; n != want || err != nil {
				t.Errorf("%q counts %d, %v", person, n, err)
			}
			rows, _, err := r.Articles(ctx, claims.ArticleFilter{})
			if len(rows) != want || err != nil {
				t.Errorf("%q lists %d, %v", person, len(rows), err)
			}
			notes, err := r.Notes(ctx, c.ID)
			if (len(notes) == 0) != hidden || err != nil {
				t.Errorf("%q reads %d notes, %v", person, len(notes), err)
			}
			skips, err := r.Skips(ctx, a.ID)
			_, one := r.Skip(ctx, a.ID, "S")
			if (len(skips) == 0) != hidden || (one != nil) != hidden || err != nil {
				t.Errorf("%q reads %d skips, %v, %v", person, len(skips), one, err)
			}
			_, err = r.Watch(ctx, a.ID)
			if missing := claims.KindOf(err) == claims.KindNotFound; missing != hidden || err != nil && !missing {
				t.Errorf("%q: the watch gives %v", person, err)
			}
			jobs, _, err := r.Jobs(ctx, claims.JobFilter{})
			if len(jobs) != 2*want-1 || err != nil {
				t.Errorf("%q lists %d jobs, %v", person, len(jobs), err)
			}
			for _, id := range []string{job.ID, asked.ID} {
				_, err = r.Job(ctx, id)
				if missing := claims.KindOf(err) == claims.KindNotFound; missing != hidden || err != nil && !missing {
					t.Errorf("%q: the job gives %v", person, err)
				}
			}
			for _, noun := range []claims.SearchNoun{claims.SearchNote, claims.SearchContact} {
				hits, err := r.Search(ctx, claims.SearchFilter{Query: "nota", Noun: noun, Reader: person})
				if (hits.Total == 0) != hidden || err != nil {
					t.Errorf("%q finds %d of %s, %v", person, hits.Total, noun, err)
				}
			}
			return r.SeeAll(func() error {
				_, err := r.Claim(ctx, c.ID)
				return err
			})
		})
	}
	Read(t, store, func(r claims.Reader) error {
		_, err := r.Claim(ctx, other.ID)
		return err
	})
}
