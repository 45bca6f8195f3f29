package db

import (
	"context"
	"strconv"
	"time"

	"cotejo/claims"
)

const (
	feedDecided = "url, name, outlet, language, include, exclude, every_minutes, take_first, state, updated_at"
	feedNoted   = "tag, modified, tried_at, read_at, next_at, fails, problem, job"
	feedColumns = "id, created_by, created_at, version, " + feedDecided + ", " + feedNoted
	itemColumns = "feed, item_key, url, title, published, fate, article, job, seen_at"
)

func scanFeed(row scanner) (f claims.Feed, err error) {
	err = row.Scan(&f.ID, &f.CreatedBy, timeColumn{&f.CreatedAt}, &f.Version,
		&f.URL, &f.Name, &f.Outlet, &f.Language, jsonColumn{&f.Include}, jsonColumn{&f.Exclude}, &f.Every, &f.First, &f.State, timeColumn{&f.UpdatedAt},
		&f.Tag, &f.Modified, timeColumn{&f.TriedAt}, timeColumn{&f.ReadAt}, timeColumn{&f.NextAt}, &f.Fails, problemColumn{&f.Problem}, &f.Job)
	return f, err
}

func decidedOf(f claims.Feed) []any {
	return []any{f.URL, f.Name, f.Outlet, f.Language, jsonValue{f.Include}, jsonValue{f.Exclude}, f.Every, f.First, f.State, f.UpdatedAt.UnixMicro()}
}

func notedOf(s claims.FeedStatus) ([]any, error) {
	problem, err := problemText(s.Problem)
	return []any{s.Tag, s.Modified, micros(s.TriedAt), micros(s.ReadAt), s.NextAt.UnixMicro(), s.Fails, problem, s.Job}, err
}

func scanFeedItem(row scanner) (i claims.FeedItem, err error) {
	var published int64
	err = row.Scan(&i.Feed, &i.Key, &i.URL, &i.Title, &published, &i.Fate, &i.Article, &i.Job, timeColumn{&i.SeenAt})
	if published != 0 {
		i.Published = time.UnixMicro(published).UTC()
	}
	return i, err
}

// publishedMicros is 0 where an item does not say when, so that lists can go by it.
func publishedMicros(i claims.FeedItem) int64 {
	if i.Published.IsZero() {
		return 0
	}
	return i.Published.UnixMicro()
}

func (r *reader) Feed(ctx context.Context, id string) (claims.Feed, error) {
	f, err := queryOne(ctx, r, scanFeed, "SELECT "+feedColumns+" FROM feeds WHERE id = $1", id)
	return found(f, err, "feed", id)
}

func (r *reader) Feeds(ctx context.Context) ([]claims.Feed, error) {
	return queryAll(ctx, r, scanFeed, "SELECT "+feedColumns+" FROM feeds ORDER BY created_at, id")
}

func (r *reader) DueFeeds(ctx context.Context, now time.Time) ([]claims.Feed, error) {
	return queryAll(ctx, r, scanFeed, "SELECT "+feedColumns+" FROM feeds WHERE state = 'watched' AND next_at <= $1 ORDER BY next_at, id", now.UnixMicro())
}

func (r *reader) FeedItem(ctx context.Context, feed, key string) (claims.FeedItem, error) {
	i, err := queryOne(ctx, r, scanFeedItem, "SELECT "+itemColumns+" FROM feed_items WHERE feed = $1 AND item_key = $2", feed, key)
	if i, err = found(i, err, "feed_item", key); err != nil {
		return i, err
	}
	hidden, err := r.hides(ctx, i.Article)
	return known(i, hidden, err, "feed_item", key)
}

func (r *reader) FeedItems(ctx context.Context, feed string, p claims.Page) ([]claims.FeedItem, string, error) {
	var w where
	w.add("feed = ?", feed)
	r.outsider.articles(&w, "article")
	if p.Cursor != "" {
		var seen, published int64
		var key string
		if err := readCursor(p.Cursor, &seen, &published, &key); err != nil {
			return nil, "", err
		}
		w.add("(seen_at, published, item_key) < (?, ?, ?)", seen, published, key)
	}
	query := "SELECT " + itemColumns + " FROM feed_items" + w.String() + " ORDER BY seen_at DESC, published DESC, item_key DESC LIMIT " + w.arg(pageLimit(p.Limit)+1)
	items, err := queryAll(ctx, r, scanFeedItem, query, w.args...)
	if err != nil {
		return nil, "", err
	}
	page, next := cutPage(items, pageLimit(p.Limit), func(i claims.FeedItem) []any { return []any{i.SeenAt.UnixMicro(), publishedMicros(i), i.Key} })
	return page, next, nil
}

func (r *reader) FeedItemsAt(ctx context.Context, address string) ([]claims.FeedItem, error) {
	if address == "" {
		return nil, nil
	}
	var w where
	w.add("url = ?", address)
	w.add("url <> ''") // which the index is told to hold
	r.outsider.articles(&w, "article")
	return queryAll(ctx, r, scanFeedItem, "SELECT "+itemColumns+" FROM feed_items"+w.String()+" ORDER BY seen_at, feed, item_key LIMIT 20", w.args...)
}

func (w *writer) CreateFeed(ctx context.Context, f *claims.Feed) error {
	noted, err := notedOf(f.FeedStatus)
	if err != nil {
		return err
	}
	f.Version = 1
	args := append([]any{f.ID, f.CreatedBy, f.CreatedAt.UnixMicro(), f.Version}, decidedOf(*f)...)
	return w.create(ctx, "feed", f.URL, insertInto("feeds", feedColumns), append(args, noted...)...)
}

func (w *writer) UpdateFeed(ctx context.Context, f *claims.Feed) error {
	taken, err := w.exists(ctx, "SELECT 1 FROM feeds WHERE url = $1 AND id <> $2", f.URL, f.ID)
	if err != nil {
		return err
	}
	if taken {
		return claims.Refuse(claims.KindConflict, "conflict.feed", f.URL)
	}
	args := append(decidedOf(*f), f.ID, f.Version)
	n := len(args)
	rows, err := w.exec(ctx, "UPDATE feeds SET "+assignments(feedDecided)+", version = version + 1 WHERE id = $"+strconv.Itoa(n-1)+" AND version = $"+strconv.Itoa(n), args...)
	if err != nil {
		return err
	}
	if err := w.checkVersion(ctx, rows, "feed", "feeds", f.ID); err != nil {
		return err
	}
	f.Version++
	return nil
}

func (w *writer) DeleteFeed(ctx context.Context, id string) error {
	if _, err := w.exec(ctx, "DELETE FROM feed_items WHERE feed = $1", id); err != nil {
		return err
	}
	rows, err := w.exec(ctx, "DELETE FROM feeds WHERE id = $1", id)
	if err == nil && rows == 0 {
		return claims.NotFound("feed", id)
	}
	return err
}

func (w *writer) NoteFeed(ctx context.Context, id string, s claims.FeedStatus) error {
	noted, err := notedOf(s)
	if err != nil {
		return err
	}
	rows, err := w.execExempt(ctx, "UPDATE feeds SET "+assignments(feedNoted)+" WHERE id = $"+strconv.Itoa(len(noted)+1), append(noted, id)...)
	if err == nil && rows == 0 {
		return claims.NotFound("feed", id)
	}
	return err
}

func (w *writer) PutFeedItem(ctx context.Context, i claims.FeedItem) error {
	_, err := w.execExempt(ctx, "INSERT INTO feed_items ("+itemColumns+") VALUES ("+placeholders(1, columnCount(itemColumns))+`)
		ON CONFLICT (feed, item_key) DO UPDATE SET fate = excluded.fate, article = excluded.article, job = excluded.job`,
		i.Feed, i.Key, i.URL, i.Title, publishedMicros(i), i.Fate, i.Article, i.Job, i.SeenAt.UnixMicro())
	return err
}
