package claimstest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"cotejo/claims"
)

// NewFeed makes a sample feed that is due a number of minutes after Start.
func NewFeed(minute int) claims.Feed {
	id := NewID(claims.IDLen)
	return claims.Feed{
		ID: id, URL: "https://news.test/" + id + ".xml", Name: "Diario del Río", Outlet: "Diario", Language: "es", Include: []string{"agua"}, Every: 30, First: 5,
		State: claims.FeedWatched, CreatedBy: "P1", CreatedAt: Start.Add(time.Duration(minute) * time.Second), UpdatedAt: Start,
		FeedStatus: claims.FeedStatus{NextAt: Start.Add(time.Duration(minute) * time.Minute)},
	}
}

func runFeeds(t *testing.T, store claims.Store) {
	ctx := t.Context()
	first, second := NewFeed(2), NewFeed(1)
	refused(t, store, "a feed without an event", "", func(w claims.Writer) error { f := first; return w.CreateFeed(ctx, &f) })
	Write(t, store, func(w claims.Writer) error {
		first.Version, second.Version = 0, 0
		return errors.Join(w.CreateFeed(ctx, &first), w.CreateFeed(ctx, &second))
	})
	equal(t, "versions", []int64{1, 1}, []int64{first.Version, second.Version})
	twin := NewFeed(3)
	twin.URL = first.URL
	refused(t, store, "an address that is watched", claims.KindConflict, func(w claims.Writer) error { return w.CreateFeed(ctx, &twin) })
	Read(t, store, func(r claims.Reader) error {
		list, err := r.Feeds(ctx)
		equal(t, "feeds", []claims.Feed{second, first}, list)
		due, err2 := r.DueFeeds(ctx, Start.Add(2*time.Minute))
		equal(t, "due", []claims.Feed{second, first}, due)
		none, err3 := r.DueFeeds(ctx, Start)
		equal(t, "not due yet", []claims.Feed{}, none)
		return errors.Join(err, err2, err3)
	})
	first.FeedStatus = claims.FeedStatus{Tag: `"x"`, Modified: "Tue", TriedAt: Start, ReadAt: Start, NextAt: Start.Add(time.Hour), Fails: 3,
		Problem: &claims.JobProblem{Key: "fetch.status", Args: []any{503.0}}, Job: "J"}
	if err := store.Update(ctx, func(w claims.Writer) error { return w.NoteFeed(ctx, first.ID, first.FeedStatus) }); err != nil {
		t.Error(err)
	}
	changed := first
	changed.State, changed.Exclude, changed.Name = claims.FeedPaused, []string{"/sport/"}, "x"
	refused(t, store, "a change without an event", "", func(w claims.Writer) error { f := changed; return w.UpdateFeed(ctx, &f) })
	Write(t, store, func(w claims.Writer) error { changed.Version = 1; return w.UpdateFeed(ctx, &changed) })
	refused(t, store, "a stale change", claims.KindStale, func(w claims.Writer) error { f := first; return w.UpdateFeed(ctx, &f) })
	refused(t, store, "another feed's address", claims.KindConflict, func(w claims.Writer) error {
		f := changed
		f.URL = second.URL
		return w.UpdateFeed(ctx, &f)
	})
	Read(t, store, func(r claims.Reader) error {
		got, err := r.Feed(ctx, first.ID)
		equal(t, "a changed feed", changed, got)
		due, err2 := r.DueFeeds(ctx, Start.Add(9*time.Hour))
		equal(t, "paused feeds are not due", []claims.Feed{second}, due)
		return errors.Join(err, err2)
	})
	seen := NewID(3)
	Write(t, store, func(w claims.Writer) error {
		return errors.Join(w.PutFeedItem(ctx, claims.FeedItem{Feed: first.ID, Key: seen, Fate: claims.FateOld, SeenAt: Start}), w.DeleteFeed(ctx, first.ID))
	})
	missing(t, store, "a feed that is gone", func(r claims.Reader) error { _, err := r.Feed(ctx, first.ID); return err })
	missing(t, store, "an item of it", func(r claims.Reader) error { _, err := r.FeedItem(ctx, first.ID, seen); return err })
	for what, act := range map[string]func(w claims.Writer) error{
		"deleting it": func(w claims.Writer) error { return w.DeleteFeed(ctx, first.ID) },
		"noting it":   func(w claims.Writer) error { return w.NoteFeed(ctx, first.ID, claims.FeedStatus{}) },
		"changing it": func(w claims.Writer) error { f := changed; return w.UpdateFeed(ctx, &f) },
	} {
		refused(t, store, what, claims.KindNotFound, act)
	}
}

func runFeedItems(t *testing.T, store claims.Store) {
	ctx := t.Context()
	feed, other := NewFeed(1), NewFeed(2)
	Write(t, store, func(w claims.Writer) error {
		feed.Version, other.Version = 0, 0
		return errors.Join(w.CreateFeed(ctx, &feed), w.CreateFeed(ctx, &other))
	})
	secret := PutArticle(t, store, "Secreto")
	secret.Restricted, secret.Readers = true, []string{"P2"}
	Write(t, store, func(w claims.Writer) error { a := secret; return w.UpdateArticle(ctx, &a) })
	var items []claims.FeedItem // as lists give them: seen last, published last
	put := func(i claims.FeedItem) {
		if err := store.Update(ctx, func(w claims.Writer) error { return w.PutFeedItem(ctx, i) }); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 5 {
		i := claims.FeedItem{Feed: feed.ID, Key: fmt.Sprint("k", n), URL: fmt.Sprint("https://news.test/", n), Title: "Ñandú", Fate: claims.FateAsked, Job: "J", SeenAt: Start.Add(time.Duration(n/2) * time.Hour)}
		if n%2 == 1 {
			i.Published = Start.Add(-time.Hour)
		}
		put(i)
		items = append([]claims.FeedItem{i}, items...)
	}
	put(claims.FeedItem{Feed: other.ID, Key: fmt.Sprint("k", 0), URL: "https://news.test/0", Fate: claims.FateDuplicate, SeenAt: Start.Add(time.Minute)})
	items[1].Fate, items[1].Article = claims.FateKept, secret.ID
	put(items[1])
	Read(t, store, func(r claims.Reader) error {
		all, _, err := r.FeedItems(ctx, feed.ID, claims.Page{})
		equal(t, "items", items, all)
		page, next, err2 := r.FeedItems(ctx, feed.ID, claims.Page{Limit: 2})
		rest, _, err3 := r.FeedItems(ctx, feed.ID, claims.Page{Limit: 9, Cursor: next})
		equal(t, "items page by page", items, append(page, rest...))
		one, err4 := r.FeedItem(ctx, feed.ID, items[1].Key)
		equal(t, "an item", items[1], one)
		at, err5 := r.FeedItemsAt(ctx, "https://news.test/0")
		equal(t, "items at an address", []string{feed.ID, other.ID}, []string{at[0].Feed, at[1].Feed})
		nowhere, err6 := r.FeedItemsAt(ctx, "")
		equal(t, "items at no address", 0, len(nowhere))
		return errors.Join(err, err2, err3, err4, err5, err6)
	})
	Read(t, store, func(r claims.Reader) error {
		if err := r.HideFrom(ctx, "P1"); err != nil {
			return err
		}
		all, _, err := r.FeedItems(ctx, feed.ID, claims.Page{})
		equal(t, "items that an outsider sees", 4, len(all))
		_, failure := r.FeedItem(ctx, feed.ID, items[1].Key)
		wantKind(t, "a hidden item", claims.KindNotFound, failure)
		at, err2 := r.FeedItemsAt(ctx, items[1].URL)
		equal(t, "a hidden item's address", 0, len(at))
		return errors.Join(err, err2)
	})
}
