package workflow

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"cotejo/claims"
)

const nounFeed = "feed"

// Bounds of feeds.
const (
	maxFeeds       = 200
	maxPatterns    = 50 // of each list of a feed
	maxPattern     = 200
	leastEvery     = 5           // minutes
	mostEvery      = 7 * 24 * 60 // minutes
	mostFirst      = 50
	DefaultEvery   = 30 // minutes from one look at a feed to the next
	DefaultFirst   = 5  // items that the first look takes
	feedEventsMost = 30 // that a feed's page tells of
)

var feedFields = []field[claims.Feed]{
	plain("url", func(f *claims.Feed) *string { return &f.URL }),
	plain("name", func(f *claims.Feed) *string { return &f.Name }),
	plain("outlet", func(f *claims.Feed) *string { return &f.Outlet }),
	plain("language", func(f *claims.Feed) *string { return &f.Language }),
	listed("feed_include", func(f *claims.Feed) *[]string { return &f.Include }),
	listed("feed_exclude", func(f *claims.Feed) *[]string { return &f.Exclude }),
	plain("feed_every", func(f *claims.Feed) *int { return &f.Every }),
	plain("feed_first", func(f *claims.Feed) *int { return &f.First }),
	plain("feed_state", func(f *claims.Feed) *claims.FeedState { return &f.State }),
	plain("created_by", func(f *claims.Feed) *string { return &f.CreatedBy }),
	stamped("created_at", func(f *claims.Feed) *time.Time { return &f.CreatedAt }),
}

// FeedPatch changes what a feed's people decide; nil leaves a field as it is.
type FeedPatch struct {
	URL, Name, Outlet, Language *string
	Include, Exclude            *[]string
	Every, First                *int // minutes; items
}

// FeedView is a feed's page.
type FeedView struct {
	Feed     claims.Feed
	Items    []claims.FeedItem
	Next     string
	Articles map[string]claims.Article // that came of the items
	People   map[string]claims.Person
	Events   []claims.Event // newest first
	Settings claims.Settings
}

// Feeds gives every feed, by name, and the people they name.
func (d *Desk) Feeds(ctx context.Context, actor claims.Actor) (list []claims.Feed, people map[string]claims.Person, err error) {
	err = d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		if list, err = r.Feeds(ctx); err != nil {
			return err
		}
		people, err = everyone(ctx, r)
		return err
	})
	slices.SortStableFunc(list, func(a, b claims.Feed) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return list, people, err
}

// Feed gives a feed with a page of what was seen in it.
func (d *Desk) Feed(ctx context.Context, actor claims.Actor, id string, p claims.Page) (FeedView, error) {
	v := FeedView{Articles: map[string]claims.Article{}}
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		if v.Feed, err = r.Feed(ctx, clip(id, maxName)); err != nil {
			return err
		}
		if v.Items, v.Next, err = r.FeedItems(ctx, v.Feed.ID, bounded(p)); err != nil {
			return err
		}
		for _, i := range v.Items {
			if i.Article == "" {
				continue
			}
			if v.Articles[i.Article], err = r.Article(ctx, i.Article); err != nil {
				return err
			}
		}
		if v.People, err = everyone(ctx, r); err != nil {
			return err
		}
		if v.Settings, err = r.Settings(ctx); err != nil {
			return err
		}
		v.Events, err = r.Events(ctx, claims.EventFilter{Noun: nounFeed, NounID: v.Feed.ID, Before: lastSeq, Limit: feedEventsMost})
		return err
	})
	return v, err
}

// AddFeed has a feed watched, which is looked at as soon as a worker is free.
func (d *Desk) AddFeed(ctx context.Context, actor claims.Actor, in FeedPatch) (claims.Feed, error) {
	if err := d.ask(ctx, actor, claims.ActFeed); err != nil {
		return claims.Feed{}, err
	}
	out := claims.Feed{Every: DefaultEvery, First: DefaultFirst, State: claims.FeedWatched}
	if err := in.apply(&out); err != nil {
		return out, err
	}
	if err := d.checkFeed(ctx, out.URL); err != nil {
		return out, err
	}
	draft := out
	err := d.act(ctx, actor, func(t *tx) error {
		if err := t.may(claims.ActFeed); err != nil {
			return err
		}
		all, err := t.Feeds(ctx)
		if err != nil {
			return err
		}
		if len(all) >= maxFeeds {
			return claims.Refuse(claims.KindConflict, "feed.too_many", maxFeeds)
		}
		f := draft
		if f.ID, err = t.newID(); err != nil {
			return err
		}
		f.CreatedBy, f.CreatedAt, f.UpdatedAt, f.NextAt = actor.ID, t.now, t.now, t.now
		if err := t.createFeed(ctx, &f); err != nil {
			return err
		}
		out = f
		return t.record(ctx, onFeed(ActFeedAdd, f, born(feedFields, f)...))
	})
	return out, err
}

// checkFeed refuses an address that could not be fetched.
func (d *Desk) checkFeed(ctx context.Context, address string) error {
	if d.fetcher == nil {
		return claims.Refuse(claims.KindConflict, "fetch.off")
	}
	return onField("url", d.fetcher.Check(ctx, address))
}

func (t *tx) createFeed(ctx context.Context, f *claims.Feed) error {
	if err := t.CreateFeed(ctx, f); err != nil {
		if claims.KindOf(err) == claims.KindConflict {
			return claims.Invalid("url", "feed.watched_already")
		}
		return err
	}
	return t.lookAtFeed(ctx, f)
}

// lookAtFeed queues a look at a feed, unless one is under way.
func (t *tx) lookAtFeed(ctx context.Context, f *claims.Feed) error {
	f.NextAt = t.now.Add(time.Duration(f.Every) * time.Minute)
	if f.Job != "" {
		last, err := t.Job(ctx, f.Job)
		if err != nil && !missing(err) {
			return err
		}
		if err == nil && !last.State.Over() {
			return t.NoteFeed(ctx, f.ID, f.FeedStatus)
		}
	}
	j, err := t.queueJob(ctx, claims.Job{Kind: claims.JobFeed, Person: f.CreatedBy}, FeedLook{Feed: f.ID, URL: f.URL})
	if err != nil {
		return err
	}
	f.Job = j.ID
	return t.NoteFeed(ctx, f.ID, f.FeedStatus)
}

// QueueFeeds queues looks at the feeds that are due; n is how many. Any node may, since
// each is due once.
func (d *Desk) QueueFeeds(ctx context.Context) (n int, err error) {
	var due bool
	err = d.store.View(ctx, func(r claims.Reader) error {
		feeds, err := r.DueFeeds(ctx, d.clock.Now())
		due = len(feeds) > 0
		return err
	})
	if err != nil || !due {
		return 0, err
	}
	err = d.update(ctx, job, func(t *tx) error {
		n = 0
		feeds, err := t.DueFeeds(ctx, t.now)
		if err != nil {
			return err
		}
		for _, f := range feeds {
			if err := t.lookAtFeed(ctx, &f); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// EditFeed changes what is taken of a feed. With another address it is read anew.
func (d *Desk) EditFeed(ctx context.Context, actor claims.Actor, id string, version int64, in FeedPatch) (claims.Feed, error) {
	if in.URL != nil {
		tried := claims.Feed{Name: "-", Every: DefaultEvery}
		if err := (FeedPatch{URL: in.URL}).apply(&tried); err == nil {
			if err := d.checkFeed(ctx, tried.URL); err != nil {
				return claims.Feed{}, err
			}
		}
	}
	return d.changeFeed(ctx, actor, id, version, ActFeedEdit, func(t *tx, f *claims.Feed) error {
		was := *f
		if err := in.apply(f); err != nil {
			return err
		}
		if f.URL != was.URL {
			f.Tag, f.Modified, f.ReadAt = "", "", time.Time{}
		}
		if f.URL != was.URL || f.Every != was.Every {
			f.NextAt = t.now
		}
		return nil
	})
}

// PauseFeed stops looking at a feed until somebody has it watched again.
func (d *Desk) PauseFeed(ctx context.Context, actor claims.Actor, id string) (claims.Feed, error) {
	return d.changeFeed(ctx, actor, id, unseen, ActFeedPause, func(_ *tx, f *claims.Feed) error {
		if f.State != claims.FeedWatched {
			return claims.Refuse(claims.KindConflict, "feed.not_watched")
		}
		f.State = claims.FeedPaused
		return nil
	})
}

// ResumeFeed has a feed watched again that was paused, or that its server gave up.
func (d *Desk) ResumeFeed(ctx context.Context, actor claims.Actor, id string) (claims.Feed, error) {
	return d.changeFeed(ctx, actor, id, unseen, ActFeedResume, func(t *tx, f *claims.Feed) error {
		if f.State == claims.FeedWatched {
			return claims.Refuse(claims.KindConflict, "feed.watched")
		}
		f.State, f.NextAt, f.Fails, f.Problem = claims.FeedWatched, t.now, 0, nil
		return nil
	})
}

// unseen is the version of an act that need not have seen what it acts on.
const unseen = -1

// changeFeed changes a feed where it is as the caller saw it.
func (d *Desk) changeFeed(ctx context.Context, actor claims.Actor, id string, version int64, act string, change func(*tx, *claims.Feed) error) (claims.Feed, error) {
	var out claims.Feed
	err := d.act(ctx, actor, func(t *tx) error {
		before, err := t.feedFor(ctx, id, version)
		if err != nil {
			return err
		}
		after := before
		if err := change(t, &after); err != nil {
			return err
		}
		out = before
		changes := diff(feedFields, before, after)
		if len(changes) == 0 {
			return nil
		}
		if err := t.saveFeed(ctx, &after); err != nil {
			return err
		}
		out = after
		return t.record(ctx, onFeed(act, after, changes...))
	})
	return out, err
}

// feedFor reads a feed that the actor may change, where it is as they saw it.
func (t *tx) feedFor(ctx context.Context, id string, version int64) (claims.Feed, error) {
	f, err := t.Feed(ctx, clip(id, maxName))
	if err == nil && version != unseen {
		err = fresh(nounFeed, f.ID, version, f.Version)
	}
	if err != nil {
		return f, err
	}
	return f, claims.MayOnFeed(t.actor, f, t.settings)
}

// saveFeed writes what people decided, and looks at once where the feed is due.
func (t *tx) saveFeed(ctx context.Context, f *claims.Feed) error {
	f.UpdatedAt = t.now
	if err := t.UpdateFeed(ctx, f); err != nil {
		if claims.KindOf(err) == claims.KindConflict {
			return claims.Invalid("url", "feed.watched_already")
		}
		return err
	}
	if f.State == claims.FeedWatched && !f.NextAt.After(t.now) {
		return t.lookAtFeed(ctx, f)
	}
	return t.NoteFeed(ctx, f.ID, f.FeedStatus)
}

// LookAtFeedNow has a feed looked at before its time.
func (d *Desk) LookAtFeedNow(ctx context.Context, actor claims.Actor, id string) (claims.Job, error) {
	var out claims.Job
	err := d.act(ctx, actor, func(t *tx) error {
		f, err := t.feedFor(ctx, id, unseen)
		if err != nil {
			return err
		}
		if f.State != claims.FeedWatched {
			return claims.Refuse(claims.KindConflict, "feed.not_watched")
		}
		if err := t.lookAtFeed(ctx, &f); err != nil {
			return err
		}
		if out, err = t.Job(ctx, f.Job); err != nil {
			return err
		}
		return t.record(ctx, onFeed(ActFeedLook, f))
	})
	return out, err
}

// DeleteFeed forgets a feed and what was seen in it; its articles stay.
func (d *Desk) DeleteFeed(ctx context.Context, actor claims.Actor, id string) error {
	return d.act(ctx, actor, func(t *tx) error {
		f, err := t.feedFor(ctx, id, unseen)
		if err != nil {
			return err
		}
		if err := t.DeleteFeed(ctx, f.ID); err != nil {
			return err
		}
		return t.record(ctx, onFeed(ActFeedDelete, f, gone(feedFields, f)...))
	})
}

// undoFeed takes back what somebody decided of a feed. One that was deleted begins anew.
func (t *tx) undoFeed(ctx context.Context, e claims.Event) error {
	if e.Act == ActFeedDelete {
		back := claims.Feed{ID: e.NounID, UpdatedAt: t.now}
		if err := restore(feedFields, &back, e); err != nil {
			return err
		}
		if err := t.createFeed(ctx, &back); err != nil {
			return err
		}
		return t.record(ctx, undoing(e, born(feedFields, back)...))
	}
	before, err := t.feedFor(ctx, e.NounID, unseen)
	if err != nil {
		return err
	}
	if e.Act == ActFeedAdd {
		if err := t.DeleteFeed(ctx, before.ID); err != nil {
			return err
		}
		return t.record(ctx, undoing(e, gone(feedFields, before)...))
	}
	after := before
	if err := restore(feedFields, &after, e); err != nil {
		return err
	}
	if err := t.saveFeed(ctx, &after); err != nil {
		return err
	}
	return t.record(ctx, undoing(e, diff(feedFields, before, after)...))
}

// hostOf is the server of an address, "" where it has none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

func onFeed(act string, f claims.Feed, changes ...change) entry {
	return entry{act: act, noun: nounFeed, id: f.ID, changes: changes}
}

// apply changes the given fields and says what is wrong with them.
func (p FeedPatch) apply(feed *claims.Feed) error {
	var f faults
	line := func(to *string, given *string) {
		if given != nil {
			*to = strings.Join(strings.Fields(*given), " ")
		}
	}
	line(&feed.URL, p.URL)
	line(&feed.Name, p.Name)
	line(&feed.Outlet, p.Outlet)
	line(&feed.Language, p.Language)
	if feed.Name == "" {
		feed.Name = hostOf(feed.URL)
	}
	f.required("url", feed.URL, maxURL)
	f.link("url", feed.URL)
	f.text("name", feed.Name, maxLine)
	f.text("outlet", feed.Outlet, maxLine)
	f.language("language", &feed.Language)
	if p.Include != nil {
		feed.Include = tidy(*p.Include)
		f.list("include", feed.Include, maxPatterns, maxPattern)
	}
	if p.Exclude != nil {
		feed.Exclude = tidy(*p.Exclude)
		f.list("exclude", feed.Exclude, maxPatterns, maxPattern)
	}
	if p.Every != nil {
		feed.Every = *p.Every
	}
	if p.First != nil {
		feed.First = *p.First
	}
	if feed.Every < leastEvery || feed.Every > mostEvery {
		f.add("every", "feed.every_range", leastEvery, mostEvery)
	}
	if feed.First < 0 || feed.First > mostFirst {
		f.add("first", "feed.first_range", 0, mostFirst)
	}
	return f.err()
}
