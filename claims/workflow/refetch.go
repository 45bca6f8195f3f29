package workflow

import (
	"context"
	"errors"

	"cotejo/claims"
	"cotejo/claims/compare"
	"cotejo/claims/fetch"
	"cotejo/claims/ingest"
)

// Refetched is what came of getting an article's page again: Snapshot is 0 where its
// words are the same. Moved claims stand in the further snapshot, Changed ones do not.
type Refetched struct {
	Snapshot int    `json:"snapshot"`
	SHA256   string `json:"sha256"`
	Moved    int    `json:"moved"`
	Changed  int    `json:"changed"`
	Gone     bool   `json:"gone,omitempty"` // there is no such page any more
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
		out, err = t.addJob(ctx, claims.Job{Kind: claims.JobRefetch, Article: a.ID}, PageRequest{Hint: hintOf(a.URL)})
		return err
	})
	return out, err
}

func hintOf(address string) ingest.Hint { return ingest.Hint{URL: address} }

// RefetchArticle is the work of JobRefetch and of JobWatch, which asks only for what is
// new and where robots.txt allows it. A page that cannot be read, or that keeps
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
	in := fetch.Request{URL: v.Article.URL, Limit: ingest.MaxBytes}
	if j.Kind == claims.JobWatch {
		w, err := d.WatchOf(ctx, actor, j.Article)
		if err != nil {
			return err
		}
		in.Unasked, in.Tag, in.Modified = true, w.Watch.Tag, w.Watch.Modified
	}
	got, err := d.get(ctx, in)
	if code, gone := pageGone(err); gone {
		return d.noteGone(ctx, actor, j, err, code)
	}
	if err != nil {
		return d.noteFailure(ctx, j, err, got.RetryAfter)
	}
	if got.Same {
		return d.act(ctx, actor, func(t *tx) error {
			return errors.Join(t.pageSeen(ctx, j, got), t.finishJob(ctx, j, Refetched{SHA256: v.Snapshot.SHA256}))
		})
	}
	tell(StepRead, int64(len(got.Body)), int64(len(got.Body)))
	page, err := ingest.Read(ctx, ingest.Input{Raw: got.Body, ContentType: got.MediaType, Hint: ingest.Hint{URL: got.URL, Language: v.Article.Language}})
	if err == nil && page.Barrier != "" {
		err = claims.Refuse(claims.KindInvalid, "refetch.barrier")
	}
	if err != nil {
		return d.noteFailure(ctx, j, err, 0)
	}
	tell(StepKeep, 0, 0)
	return d.act(ctx, actor, func(t *tx) error {
		if err := t.pageSeen(ctx, j, got); err != nil {
			return err
		}
		return t.refetched(ctx, j, page, answered(got))
	})
}

// refetched keeps a further snapshot where the words differ, and carries over the
// claims that can be without a doubt, whoever may see them.
func (t *tx) refetched(ctx context.Context, j claims.Job, page ingest.Page, answer *claims.Answer) error {
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
	snap.Meta.Answer = answer
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

// carryOver moves the claims of earlier snapshots to the next, as far as their words did.
func (t *tx) carryOver(ctx context.Context, out *Refetched, last, snap claims.Snapshot) error {
	var standing []claims.Claim
	err := t.EachClaim(ctx, claims.ClaimFilter{Article: snap.Article}, func(row claims.ClaimRow) error {
		if row.Snapshot < snap.N {
			standing = append(standing, row.Claim)
		}
		return nil
	})
	c := carrier{tx: t, last: last, snap: snap, after: []rune(snap.Text), texts: map[int]*earlier{}}
	for _, claim := range standing {
		err = errors.Join(err, c.carry(ctx, out, claim))
	}
	return err
}

// carrier takes claims over to a further snapshot.
type carrier struct {
	*tx
	last, snap claims.Snapshot
	after      []rune
	texts      map[int]*earlier
}

// earlier is a snapshot that claims stand in, with what became of it in the last one
// and in the one to come.
type earlier struct {
	claims.Snapshot
	text        []rune
	toLast, now []claims.Change
}

func (c *carrier) earlier(ctx context.Context, n int) (*earlier, error) {
	if e, ok := c.texts[n]; ok {
		return e, nil
	}
	s, err := c.Snapshot(ctx, c.snap.Article, n)
	if err != nil {
		return nil, err
	}
	c.texts[n] = &earlier{Snapshot: s, text: []rune(s.Text)}
	return c.texts[n], nil
}

// carry moves a claim where it stands as it stood. Else the desk is told, once for each
// version of its words: what somebody decided holds until they change anew.
func (c *carrier) carry(ctx context.Context, out *Refetched, claim claims.Claim) error {
	was, err := c.earlier(ctx, claim.Snapshot)
	if err != nil {
		return err
	}
	moved, ok := claims.Moved(claim.Assertion, was.text, c.after)
	switch {
	case ok && !was.Erased:
		out.Moved++
		next := copyOf(claim)
		next.Assertion, next.Snapshot, next.Anchor = moved, c.snap.N, ""
		next.Prefix, next.Suffix = around(c.after, moved.Fragments)
		_, err := c.saveClaim(ctx, claim, next, onClaim(ActClaimMove, claim))
		return err
	case claim.Snapshot < c.last.N && c.sameAsTold(was, claim):
		return nil
	}
	out.Changed++
	return c.wordsChanged(ctx, claim, c.last, c.snap)
}

// sameAsTold reports whether a claim's words became in the new snapshot what they had
// become in the last one, of which the desk knows.
func (c *carrier) sameAsTold(was *earlier, claim claims.Claim) bool {
	if was.toLast == nil {
		was.toLast, was.now = compare.Texts(was.Text, c.last.Text, claim.Language), compare.Texts(was.Text, c.snap.Text, claim.Language)
	}
	for _, f := range claim.Fragments {
		then, stood := claims.Followed(was.toLast, f.Span)
		now, stands := claims.Followed(was.now, f.Span)
		before, _ := claims.Slice([]rune(c.last.Text), then)
		words, _ := claims.Slice(c.after, now)
		if stood != stands || stands && before != words {
			return false
		}
	}
	return true
}

// wordsChanged notes that a claim does not stand in the newest snapshot as it did,
// and tells those who answer for what is published.
func (t *tx) wordsChanged(ctx context.Context, c claims.Claim, last, snap claims.Snapshot) error {
	e := onClaim(ActClaimChanged, c, change{"newest_snapshot", last.N, snap.N})
	err := error(nil)
	if c.Anchor == "" {
		err = t.record(ctx, e)
	} else {
		open := copyOf(c)
		open.Anchor = ""
		_, err = t.saveClaim(ctx, c, open, e)
	}
	if err != nil {
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
