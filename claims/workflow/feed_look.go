package workflow

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"
	"unicode/utf8"

	"cotejo/claims"
	"cotejo/claims/feed"
	"cotejo/claims/fetch"
	"cotejo/claims/ingest"
)

// How feeds are looked at.
const (
	maxFeedBytes = 5 << 20
	mostAtOnce   = 100 // items that one look takes in; the rest waits for the next
	mostBackOff  = 24 * time.Hour
	maxItemKey   = 500 // code points; longer ones are known by their hash

	feedAccept = "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,application/json;q=0.8,text/xml;q=0.8,*/*;q=0.3"
)

// FeedLook is what a job is asked that looks at a feed.
type FeedLook struct {
	Feed string `json:"feed"`
	URL  string `json:"url"` // when it was queued, for people to read
}

// FeedLookOf reads what a job that looks at a feed was asked.
func FeedLookOf(j claims.Job) (in FeedLook, err error) {
	return in, json.Unmarshal([]byte(j.Input), &in)
}

// FeedLooked is what came of looking at a feed.
type FeedLooked struct {
	Feed  string `json:"feed"`
	Same  bool   `json:"same"`  // nothing was new, said its server
	Items int    `json:"items"` // that it holds
	Taken int    `json:"taken"` // for which intakes are asked
}

// LookAtFeed is the work of JobFeed. What went wrong is noted on the feed, which is
// looked at again later: the job itself is over.
func (d *Desk) LookAtFeed(ctx context.Context, j claims.Job, tell Tell) error {
	in, err := FeedLookOf(j)
	if err != nil {
		return err
	}
	var f claims.Feed
	err = d.store.View(ctx, func(r claims.Reader) (err error) {
		f, err = r.Feed(ctx, in.Feed)
		return err
	})
	if err != nil {
		return err
	}
	if f.State != claims.FeedWatched {
		return d.update(ctx, job, func(t *tx) error { return t.endLook(ctx, j, FeedLooked{Feed: f.ID}) })
	}
	actor, err := d.actorOfJob(ctx, j)
	if err == nil {
		err = d.ask(ctx, actor, claims.ActFeed)
	}
	if err != nil {
		return d.feedFailed(ctx, j, f, fetch.Page{}, err)
	}
	tell(StepFetch, 0, 0)
	page, err := d.get(ctx, fetch.Request{URL: f.URL, Limit: maxFeedBytes, Unasked: true, Tag: f.Tag, Modified: f.Modified, Accept: feedAccept})
	var read feed.Feed
	if err == nil && !page.Same {
		tell(StepRead, int64(len(page.Body)), int64(len(page.Body)))
		read, err = readFeed(page)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return d.feedFailed(ctx, j, f, page, err)
	}
	return d.act(ctx, actor, func(t *tx) error { return t.feedRead(ctx, j, f, page, read) })
}

func readFeed(page fetch.Page) (feed.Feed, error) {
	text, err := ingest.DecodeXML(page.Body, page.MediaType)
	if err != nil {
		return feed.Feed{}, err
	}
	return feed.Read(text, page.URL)
}

// feedFailed notes why a feed could not be read, and when it is looked at again.
func (d *Desk) feedFailed(ctx context.Context, j claims.Job, seen claims.Feed, page fetch.Page, failure error) error {
	return d.update(ctx, job, func(t *tx) error {
		f, err := t.Feed(ctx, seen.ID)
		if err != nil {
			return err
		}
		f.TriedAt, f.Job, f.Problem = t.now, j.ID, jobProblem(failure)
		f.Fails++
		f.NextAt = t.now.Add(backOff(f, page.RetryAfter))
		if statusIn(failure) == 410 && f.URL == seen.URL && f.State == claims.FeedWatched {
			before := f
			f.State, f.UpdatedAt = claims.FeedGone, t.now
			if err := t.UpdateFeed(ctx, &f); err != nil {
				return err
			}
			if err := t.record(ctx, onFeed(ActFeedGone, f, diff(feedFields, before, f)...)); err != nil {
				return err
			}
		}
		if err := t.NoteFeed(ctx, f.ID, f.FeedStatus); err != nil {
			return err
		}
		j.State, j.EndedAt, j.Problem = claims.JobFailed, t.now, f.Problem
		return t.HoldJob(ctx, j)
	})
}

// backOff is the pause after failures: twice as long after each, at most a day, and never
// shorter than the server asks.
func backOff(f claims.Feed, asked time.Duration) time.Duration {
	pause := time.Duration(f.Every) * time.Minute
	longest := max(pause, mostBackOff)
	return max(min(pause<<min(f.Fails, 12), longest), asked)
}

// statusIn gives the status that a server answered with, 0 where it is another failure.
func statusIn(err error) int {
	var refused *claims.Error
	if errors.As(err, &refused) && refused.Key == "fetch.status" && len(refused.Args) > 0 {
		code, _ := refused.Args[0].(int)
		return code
	}
	return 0
}

// feedRead notes that a feed was read and asks for what is new in it.
func (t *tx) feedRead(ctx context.Context, j claims.Job, seen claims.Feed, page fetch.Page, read feed.Feed) error {
	f, err := t.Feed(ctx, seen.ID)
	if err != nil {
		return err
	}
	out := FeedLooked{Feed: f.ID, Same: page.Same, Items: len(read.Items)}
	if f.State != claims.FeedWatched || f.URL != seen.URL {
		return t.endLook(ctx, j, out) // somebody changed it meanwhile
	}
	if page.Moved != "" && page.Moved != f.URL {
		if err := t.moveFeed(ctx, &f, page.Moved); err != nil {
			return err
		}
	}
	if !page.Same {
		if out.Taken, err = t.takeItems(ctx, f, read.Items); err != nil {
			return err
		}
		f.Tag, f.Modified = page.Tag, page.Modified
		if out.Taken >= mostAtOnce {
			f.Tag, f.Modified = "", "" // more is left: it is read again
		}
	}
	f.TriedAt, f.ReadAt, f.Fails, f.Problem, f.Job = t.now, t.now, 0, nil, j.ID
	f.NextAt = t.now.Add(time.Duration(f.Every) * time.Minute)
	if err := t.NoteFeed(ctx, f.ID, f.FeedStatus); err != nil {
		return err
	}
	if out.Taken > 0 {
		if err := t.record(ctx, onFeed(ActFeedItems, f, change{"feed_items", nil, out.Taken})); err != nil {
			return err
		}
	}
	return t.endLook(ctx, j, out)
}

// endLook ends a job that looked at a feed. That nothing was new is told by the feed
// itself, so such a job is forgotten.
func (t *tx) endLook(ctx context.Context, j claims.Job, out FeedLooked) error {
	if err := t.finishJob(ctx, j, out); err != nil || out.Taken > 0 {
		return err
	}
	return t.DropJob(ctx, j.ID)
}

// moveFeed follows a redirect for good, unless another feed stands there already.
func (t *tx) moveFeed(ctx context.Context, f *claims.Feed, to string) error {
	if utf8.RuneCountInString(to) > maxURL {
		return nil
	}
	before := *f
	f.URL, f.UpdatedAt = to, t.now
	err := t.UpdateFeed(ctx, f)
	if claims.KindOf(err) == claims.KindConflict {
		*f = before
		return nil
	}
	if err != nil {
		return err
	}
	return t.record(ctx, onFeed(ActFeedMoved, *f, diff(feedFields, before, *f)...))
}

// takeItems notes what is new in a feed and asks for the pages of what is wanted.
func (t *tx) takeItems(ctx context.Context, f claims.Feed, items []feed.Item) (taken int, err error) {
	fresh, err := t.unseenItems(ctx, f, items)
	if err != nil {
		return 0, err
	}
	first := f.ReadAt.IsZero()
	for _, i := range newestFirst(fresh) {
		if taken >= mostAtOnce {
			return taken, nil
		}
		row := claims.FeedItem{Feed: f.ID, Key: itemKey(i), URL: i.URL, Title: i.Title, Published: i.Published, SeenAt: t.now}
		if row.Fate, row.Article, err = t.fateOf(ctx, f, i); err != nil {
			return taken, err
		}
		switch {
		case row.Fate == claims.FateAsked && first && taken >= f.First:
			row.Fate = claims.FateOld
		case row.Fate == claims.FateAsked:
			asked, err := t.queueJob(ctx, claims.Job{Kind: claims.JobIntake}, PageRequest{
				Hint: ingest.Hint{URL: i.URL, Outlet: f.Outlet, Language: f.Language}, Keep: true, Feed: f.ID, Item: row.Key})
			if err != nil {
				return taken, err
			}
			row.Job = asked.ID
			taken++
		}
		if err := t.PutFeedItem(ctx, row); err != nil {
			return taken, err
		}
	}
	return taken, nil
}

// unseenItems leaves out what was seen in the feed before, whoever may know of it.
func (t *tx) unseenItems(ctx context.Context, f claims.Feed, items []feed.Item) (fresh []feed.Item, err error) {
	err = t.SeeAll(func() error {
		for _, i := range items {
			_, err := t.FeedItem(ctx, f.ID, itemKey(i))
			if missing(err) {
				_, err = t.FeedItem(ctx, f.ID, digest([]byte(itemKey(i)))) // its article was erased
			}
			switch {
			case missing(err):
				fresh = append(fresh, i)
			case err != nil:
				return err
			}
		}
		return nil
	})
	return fresh, err
}

// fateOf says what shall become of a new item, and which article it is already.
func (t *tx) fateOf(ctx context.Context, f claims.Feed, i feed.Item) (claims.FeedFate, string, error) {
	var wrong faults
	wrong.link("url", i.URL)
	switch {
	case i.URL == "" || len(wrong) > 0:
		return claims.FateUnusable, "", nil
	case !wanted(f, i):
		return claims.FateFiltered, "", nil
	}
	at, err := t.ArticlesAt(ctx, i.URL)
	if err != nil {
		return "", "", err
	}
	if len(at) > 0 {
		return claims.FateDuplicate, at[0], nil
	}
	others, err := t.FeedItemsAt(ctx, i.URL)
	for _, other := range others {
		if other.Fate == claims.FateAsked || other.Fate == claims.FateKept {
			return claims.FateDuplicate, other.Article, err
		}
	}
	return claims.FateAsked, "", err
}

// newestFirst goes by when items were published where all say so, else by the feed's
// order, which begins with the newest.
func newestFirst(items []feed.Item) []feed.Item {
	for _, i := range items {
		if i.Published.IsZero() {
			return items
		}
	}
	slices.SortStableFunc(items, func(a, b feed.Item) int { return cmp.Compare(b.Published.UnixMicro(), a.Published.UnixMicro()) })
	return items
}

func itemKey(i feed.Item) string {
	if utf8.RuneCountInString(i.Key) > maxItemKey {
		return digest([]byte(i.Key))
	}
	return i.Key
}

// settleItem notes what became of an item that a job took in.
func (t *tx) settleItem(ctx context.Context, in PageRequest, j claims.Job, fate claims.FeedFate) error {
	if in.Feed == "" {
		return nil
	}
	i, err := t.FeedItem(ctx, in.Feed, in.Item)
	if missing(err) {
		return nil // nobody watches the feed any more
	}
	if err != nil {
		return err
	}
	i.Fate, i.Article, i.Job = fate, j.Article, j.ID
	return t.PutFeedItem(ctx, i)
}

// failItem notes that the page of an item could not be taken in.
func (t *tx) failItem(ctx context.Context, j claims.Job) error {
	if j.Kind != claims.JobIntake {
		return nil
	}
	in, err := RequestOf(j)
	if err != nil {
		return nil // not even that could be read
	}
	return t.settleItem(ctx, in, j, claims.FateFailed)
}
