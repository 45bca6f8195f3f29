package claimstest

import (
	"errors"
	"testing"
	"time"

	"cotejo/claims"
)

// runArchive keeps what became of asking a web archive.
func runArchive(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a, other := PutArticle(t, store, "Uno"), PutArticle(t, store, "Dos")
	first := NewArchiveRequest(a.ID)
	second := first
	second.ID, second.Claim, second.Evidence, second.AskedAt = "R2", "C1", "E1", Start.Add(time.Minute)
	refused(t, store, "a request without an event", "", func(w claims.Writer) error { return w.CreateArchiveRequest(ctx, first) })
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.CreateArchiveRequest(ctx, first), w.CreateArchiveRequest(ctx, second))
	})
	refused(t, store, "a request twice", claims.KindConflict, func(w claims.Writer) error { return w.CreateArchiveRequest(ctx, first) })
	at := Start.Add(time.Hour)
	changed := first
	changed.State, changed.Receipt, changed.Address, changed.ArchivedAt, changed.ChangedAt = claims.ArchiveKept, "r-1", "https://archive.test/1", &at, at
	second.State, second.Problem, second.ChangedAt = claims.ArchiveRefused, &claims.JobProblem{Key: "archive.refused", Args: []any{"blocked"}}, at
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.UpdateArchiveRequest(ctx, changed), w.UpdateArchiveRequest(ctx, second))
	})
	Read(t, store, func(r claims.Reader) error {
		all, err := r.ArchiveRequests(ctx, a.ID)
		equal(t, "requests, newest first", []claims.ArchiveRequest{second, changed}, all)
		one, oneErr := r.ArchiveRequest(ctx, first.ID)
		equal(t, "a request", changed, one)
		none, noneErr := r.ArchiveRequests(ctx, other.ID)
		equal(t, "requests of another article", 0, len(none))
		return errors.Join(err, oneErr, noneErr)
	})
	ghost := NewArchiveRequest(a.ID)
	ghost.ID = "nothing"
	refused(t, store, "a change of no request", claims.KindNotFound, func(w claims.Writer) error { return w.UpdateArchiveRequest(ctx, ghost) })
	Write(t, store, func(w claims.Writer) error { return w.DeleteArchiveRequest(ctx, first.ID) })
	missing(t, store, "a deleted request", func(r claims.Reader) error { _, err := r.ArchiveRequest(ctx, first.ID); return err })

	a.Restricted = true
	Write(t, store, func(w claims.Writer) error { return w.UpdateArticle(ctx, &a) })
	Read(t, store, func(r claims.Reader) error {
		if err := r.HideFrom(ctx, "P1"); err != nil {
			return err
		}
		all, err := r.ArchiveRequests(ctx, a.ID)
		equal(t, "requests of a hidden article", 0, len(all))
		if _, err := r.ArchiveRequest(ctx, second.ID); claims.KindOf(err) != claims.KindNotFound {
			t.Errorf("a request of a hidden article gives %v", err)
		}
		return err
	})
}

// NewArchiveRequest makes a sample request of an article.
func NewArchiveRequest(article string) claims.ArchiveRequest {
	return claims.ArchiveRequest{ID: "R1", Article: article, URL: "https://news.test/a", State: claims.ArchiveAsked, Job: "J1", AskedBy: "P1", AskedAt: Start, ChangedAt: Start}
}

// runCopies finds the agency copies of an article, but those that are hidden.
func runCopies(t *testing.T, store claims.Store) {
	ctx := t.Context()
	original, a, b := PutArticle(t, store, "Uno"), PutArticle(t, store, "Dos"), PutArticle(t, store, "Tres")
	a.CopyOf, b.CopyOf, b.Restricted = original.ID, original.ID, true
	Write(t, store, func(w claims.Writer) error { return errors.Join(w.UpdateArticle(ctx, &a), w.UpdateArticle(ctx, &b)) })
	Read(t, store, func(r claims.Reader) error {
		all, err := r.CopiesOf(ctx, original.ID)
		equal(t, "copies", 2, len(all))
		none, noneErr := r.CopiesOf(ctx, "")
		equal(t, "copies of nothing", 0, len(none))
		if err := errors.Join(err, noneErr, r.HideFrom(ctx, "P1")); err != nil {
			return err
		}
		all, err = r.CopiesOf(ctx, original.ID)
		equal(t, "copies that are not hidden", []string{a.ID}, all)
		return err
	})
}

// runEraseArticle takes away what erasing an article takes away.
func runEraseArticle(t *testing.T, store claims.Store) {
	ctx := t.Context()
	a, other := PutArticle(t, store, "Uno"), PutArticle(t, store, "Dos")
	c := PutClaim(t, store, a.ID, nil)
	loose, held := "suelto", "de una prueba"
	job := NewJob(0)
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(
			w.PutBlob(ctx, claims.Blob{SHA256: Hash(loose), Data: []byte(loose)}), w.PutBlob(ctx, claims.Blob{SHA256: Hash(held), Data: []byte(held)}),
			w.CreateEvidence(ctx, claims.Evidence{ID: "E", Claim: c.ID, AddedAt: Start, File: claims.KeptFile{SHA256: Hash(held)}}),
			w.CreateJob(ctx, job), w.PutReply(ctx, claims.Reply{Person: "P", Key: "k", Body: []byte("texto"), At: Start}),
			w.PutReply(ctx, claims.Reply{Person: "P", Key: "f", At: Start}),
		)
	})
	f := NewFeed(0)
	Write(t, store, func(w claims.Writer) error {
		if err := w.CreateFeed(ctx, &f); err != nil {
			return err
		}
		return errors.Join(
			w.PutFeedItem(ctx, claims.FeedItem{Feed: f.ID, Key: "g", URL: "https://news.test/1", Title: "Uno", Fate: claims.FateKept, Article: a.ID, SeenAt: Start}),
			w.PutFeedItem(ctx, claims.FeedItem{Feed: f.ID, Key: "h", URL: "https://news.test/2", Title: "Uno", Fate: claims.FateDuplicate, SeenAt: Start}),
			w.PutFeedItem(ctx, claims.FeedItem{Feed: f.ID, Key: "i", URL: "https://news.test/3", Title: "Otro", Fate: claims.FateKept, Article: other.ID, SeenAt: Start}))
	})
	Write(t, store, func(w claims.Writer) error { return w.EraseFeedItems(ctx, a.ID, []string{"", "https://news.test/2"}) })
	Read(t, store, func(r claims.Reader) error {
		for key, want := range map[string]claims.FeedItem{
			Hash("g"): {Feed: f.ID, Key: Hash("g"), Fate: claims.FateKept, Article: a.ID, SeenAt: Start},
			Hash("h"): {Feed: f.ID, Key: Hash("h"), Fate: claims.FateDuplicate, SeenAt: Start},
			"i":       {Feed: f.ID, Key: "i", URL: "https://news.test/3", Title: "Otro", Fate: claims.FateKept, Article: other.ID, SeenAt: Start},
		} {
			got, err := r.FeedItem(ctx, f.ID, key)
			equal(t, "an item of a feed", want, got)
			if err != nil {
				return err
			}
		}
		return nil
	})
	var told []claims.Event
	for _, about := range []claims.Event{{Article: a.ID}, {Claim: c.ID}, {Article: other.ID}, {}} {
		e := NewEvent(t, "test.told", about.Claim)
		e.Article = about.Article
		Write(t, store, func(w claims.Writer) error { return w.AppendEvent(ctx, &e) })
		told = append(told, e)
	}
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.EraseValuesOf(ctx, a.ID), w.EraseValuesOf(ctx, ""), w.DropBlob(ctx, Hash(loose)), w.DropBlob(ctx, Hash(held)),
			w.DropBlob(ctx, Hash("none")), w.DeleteJob(ctx, job.ID), w.DeleteReplyBodies(ctx))
	})
	Read(t, store, func(r claims.Reader) error {
		for i, want := range []bool{true, true, false, false} {
			e, err := r.Event(ctx, told[i].Seq)
			if err != nil || e.Values[0].Erased != want {
				t.Errorf("event %d: %+v, %v", i, e, err)
			}
		}
		_, err := r.Reply(ctx, "P", "f")
		body, bodyErr := r.Blob(ctx, Hash(held))
		if body != nil {
			bodyErr = errors.Join(bodyErr, body.Close())
		}
		return errors.Join(err, bodyErr)
	})
	missing(t, store, "bytes that nothing is made of", func(r claims.Reader) error { _, err := r.Blob(ctx, Hash(loose)); return err })
	missing(t, store, "a deleted job", func(r claims.Reader) error { _, err := r.Job(ctx, job.ID); return err })
	missing(t, store, "an answer with a body", func(r claims.Reader) error { _, err := r.Reply(ctx, "P", "k"); return err })
	refused(t, store, "no job", claims.KindNotFound, func(w claims.Writer) error { return w.DeleteJob(ctx, "nothing") })
}
