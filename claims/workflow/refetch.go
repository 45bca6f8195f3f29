package workflow

import (
	"context"
	"errors"

	"cotejo/claims"
	"cotejo/claims/ingest"
)

// Refetched is what came of getting an article's page again: Snapshot is 0 where its
// words are the same. Moved claims stand in the further snapshot, Changed ones do not.
type Refetched struct {
	Snapshot int    `json:"snapshot"`
	SHA256   string `json:"sha256"`
	Moved    int    `json:"moved"`
	Changed  int    `json:"changed"`
}

// AskRefetch asks for an article's page again; where that is asked already, it gives
// the job.
func (d *Desk) AskRefetch(ctx context.Context, actor claims.Actor, article string) (claims.Job, error) {
	var a claims.Article
	err := d.look(ctx, actor, claims.ActArticleAdd, func(r claims.Reader) (err error) {
		a, err = r.Article(ctx, article)
		return err
	})
	switch {
	case err != nil:
		return claims.Job{}, err
	case a.URL == "":
		return claims.Job{}, claims.Refuse(claims.KindConflict, "refetch.no_url")
	case d.fetcher == nil:
		return claims.Job{}, claims.Refuse(claims.KindConflict, "fetch.off")
	}
	if err := d.fetcher.Check(ctx, a.URL); err != nil {
		return claims.Job{}, err
	}
	var out claims.Job
	err = d.act(ctx, actor, func(t *tx) error {
		if err := t.may(claims.ActArticleAdd); err != nil {
			return err
		}
		open, _, err := t.Jobs(ctx, claims.JobFilter{Article: a.ID, Kind: claims.JobRefetch, Open: true, Page: claims.Page{Limit: 1}})
		if err != nil || len(open) > 0 {
			if err == nil {
				out = open[0]
			}
			return err
		}
		out, err = t.addJob(ctx, claims.Job{Kind: claims.JobRefetch, Article: a.ID}, PageRequest{Hint: ingest.Hint{URL: a.URL}})
		return err
	})
	return out, err
}

// RefetchArticle is the work of JobRefetch. A page that cannot be read, or that keeps
// its article back, never takes the place of one that was read.
func (d *Desk) RefetchArticle(ctx context.Context, j claims.Job, tell Tell) error {
	actor, err := d.actorOfJob(ctx, j)
	if err != nil {
		return err
	}
	v, err := d.Article(ctx, actor, j.Article)
	if err != nil {
		return err
	}
	tell(StepFetch, 0, 0)
	got, err := d.fetch(ctx, v.Article.URL, ingest.MaxBytes)
	if err != nil {
		return err
	}
	tell(StepRead, int64(len(got.Body)), int64(len(got.Body)))
	page, err := ingest.Read(ctx, ingest.Input{Raw: got.Body, ContentType: got.MediaType, Hint: ingest.Hint{URL: got.URL, Language: v.Article.Language}})
	if err == nil && page.Barrier != "" {
		err = claims.Refuse(claims.KindInvalid, "refetch.barrier")
	}
	if err != nil {
		return err
	}
	tell(StepKeep, 0, 0)
	return d.act(ctx, actor, func(t *tx) error { return t.refetched(ctx, j, page) })
}

// refetched keeps a further snapshot where the words differ, and carries over the
// claims that can be without a doubt, whoever may see them.
func (t *tx) refetched(ctx context.Context, j claims.Job, page ingest.Page) error {
	if err := t.may(claims.ActArticleAdd); err != nil {
		return err
	}
	last, err := t.Snapshot(ctx, j.Article, 0)
	if err != nil {
		return err
	}
	snap := snapshotOf(page, last.Notice)
	if snap.SHA256 == last.SHA256 {
		return t.finishJob(ctx, j, Refetched{SHA256: snap.SHA256})
	}
	a, err := t.Article(ctx, j.Article)
	if err != nil {
		return err
	}
	snap.Article, snap.N, snap.FetchedAt = a.ID, last.N+1, t.now
	if err := t.PutBlob(ctx, claims.Blob{SHA256: snap.RawSHA256, MediaType: page.MediaType, Data: page.Raw}); err != nil {
		return err
	}
	if err := t.CreateSnapshot(ctx, snap); err != nil {
		return err
	}
	err = t.record(ctx, onArticle(ActArticleRefetch, a, change{"sha256", last.SHA256, snap.SHA256}, change{"raw_sha256", last.RawSHA256, snap.RawSHA256}))
	if err != nil {
		return err
	}
	out := Refetched{Snapshot: snap.N, SHA256: snap.SHA256}
	if err := t.SeeAll(func() error { return t.carryOver(ctx, &out, last, snap) }); err != nil {
		return err
	}
	return t.finishJob(ctx, j, out)
}

// carryOver moves the claims of one snapshot to the next, as far as their words did.
func (t *tx) carryOver(ctx context.Context, out *Refetched, last, snap claims.Snapshot) error {
	var standing []claims.Claim
	err := t.EachClaim(ctx, claims.ClaimFilter{Article: snap.Article}, func(row claims.ClaimRow) error {
		if row.Snapshot == last.N {
			standing = append(standing, row.Claim)
		}
		return nil
	})
	before, after := []rune(last.Text), []rune(snap.Text)
	for _, c := range standing {
		moved, ok := claims.Moved(c.Assertion, before, after)
		if last.Erased || !ok {
			out.Changed++
			err = errors.Join(err, t.wordsChanged(ctx, c, last, snap))
			continue
		}
		out.Moved++
		next := copyOf(c)
		next.Assertion, next.Snapshot = moved, snap.N
		next.Prefix, next.Suffix = around(after, moved.Fragments)
		_, failure := t.saveClaim(ctx, c, next, onClaim(ActClaimMove, c, change{"snapshot", c.Snapshot, next.Snapshot}))
		err = errors.Join(err, failure)
	}
	return err
}

// wordsChanged notes that a claim does not stand in the newest snapshot as it did,
// and tells those who answer for what is published.
func (t *tx) wordsChanged(ctx context.Context, c claims.Claim, last, snap claims.Snapshot) error {
	if err := t.record(ctx, onClaim(ActClaimChanged, c, change{"snapshot", last.N, snap.N})); err != nil {
		return err
	}
	if c.PublishedVersion == 0 || c.State == claims.StateWithdrawn {
		return nil
	}
	p, err := t.Publication(ctx, c.ID, 0)
	if err != nil {
		return err
	}
	starter := t.actor
	t.actor = job // whoever asked for the page is told too: it is no act of theirs
	defer func() { t.actor = starter }()
	return t.tell(ctx, claims.InboxChanged, c.ID, p.PublishedBy, p.ApprovedBy, c.Assignee)
}
