package db

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"cotejo/claims"
	"cotejo/claims/text"
)

const topicColumns = "kind, key, slug, name, claims, changed_at"

func scanTopic(row scanner) (t claims.Topic, err error) {
	err = row.Scan(&t.Kind, &t.Key, &t.Slug, &t.Name, &t.Claims, timeColumn{&t.ChangedAt})
	return t, err
}

func (r *reader) Topic(ctx context.Context, kind claims.TopicKind, slug string) (claims.Topic, error) {
	t, err := queryOne(ctx, r, scanTopic, "SELECT "+topicColumns+" FROM topics WHERE kind = $1 AND slug = $2", kind, slug)
	if t, err = found(t, err, "topic", slug); err != nil || kind != claims.TopicSource || t.Claims > 0 {
		return t, err
	}
	root, err := r.rootOf(ctx, t.Key)
	if err != nil || root == t.Key {
		return t, err
	}
	into, err := queryOne(ctx, r, scanTopic, "SELECT "+topicColumns+" FROM topics WHERE kind = $1 AND key = $2", kind, root)
	if errors.Is(err, sql.ErrNoRows) {
		return t, nil
	}
	return into, err
}

// rootOf gives the record that stands for a source, itself where there is none.
func (r *reader) rootOf(ctx context.Context, source string) (string, error) {
	root, err := queryOne(ctx, r, value[string], "SELECT root FROM sources WHERE id = $1", source)
	if errors.Is(err, sql.ErrNoRows) {
		return source, nil
	}
	return root, err
}

func (r *reader) Topics(ctx context.Context, kind claims.TopicKind, p claims.Page) ([]claims.Topic, string, error) {
	query, args, err := topicsQuery(kind, p)
	if err != nil {
		return nil, "", err
	}
	rows, err := queryAll(ctx, r, scanTopic, query, args...)
	if err != nil {
		return nil, "", err
	}
	page, next := cutPage(rows, pageLimit(p.Limit), func(t claims.Topic) []any { return []any{t.Claims, t.Slug} })
	return page, next, nil
}

func topicsQuery(kind claims.TopicKind, p claims.Page) (string, []any, error) {
	var w where
	w.add("kind = ?", kind)
	w.add("claims > 0")
	if p.Cursor != "" {
		var n int
		var slug string
		if err := readCursor(p.Cursor, &n, &slug); err != nil {
			return "", nil, err
		}
		w.add("(claims, slug) < (?, ?)", n, slug)
	}
	return "SELECT " + topicColumns + " FROM topics" + w.String() + " ORDER BY claims DESC, slug DESC LIMIT " + w.arg(pageLimit(p.Limit)+1), w.args, nil
}

func (r *reader) TopicsOf(ctx context.Context, claim string) ([]claims.Topic, error) {
	return queryAll(ctx, r, scanTopic, topicsOfQuery, claim)
}

var topicsOfQuery = "SELECT " + qualified("t", topicColumns) + ` FROM listings l JOIN topics t ON t.kind = l.kind AND t.slug = l.slug
	WHERE l.claim = $1 ORDER BY l.kind, l.slug`

func scanMonth(row scanner) (m claims.Month, err error) {
	err = row.Scan(&m.Name, &m.Claims, timeColumn{&m.ChangedAt})
	return m, err
}

func (r *reader) Months(ctx context.Context, kind claims.TopicKind, slug string) ([]claims.Month, error) {
	return queryAll(ctx, r, scanMonth, monthsQuery, kind, slug)
}

const monthsQuery = "SELECT month, claims, changed_at FROM listing_months WHERE kind = $1 AND slug = $2 AND claims > 0 ORDER BY month DESC"

func (r *reader) Listings(ctx context.Context, f claims.ListingFilter) ([]claims.Publication, string, error) {
	if f.After != "" {
		at, err := queryOne(ctx, r, value[int64], "SELECT published_at FROM listings WHERE kind = $1 AND slug = $2 AND claim = $3", f.Kind, f.Slug, f.After)
		if at, err = found(at, err, "claim", f.After); err != nil {
			return nil, "", err
		}
		if f.Month != "" && claims.MonthOf(time.UnixMicro(at)) != f.Month {
			return nil, "", claims.NotFound("claim", f.After)
		}
		f.Cursor = cursorOf(at, f.After)
	}
	query, args, err := listingsQuery(f)
	if err != nil {
		return nil, "", err
	}
	rows, err := queryAll(ctx, r, scanPublication, query, args...)
	if err != nil {
		return nil, "", err
	}
	page, next := cutPage(rows, pageLimit(f.Limit), func(p claims.Publication) []any { return []any{p.PublishedAt.UnixMicro(), p.Claim} })
	return page, next, nil
}

func listingsQuery(f claims.ListingFilter) (string, []any, error) {
	var w where
	w.add("l.kind = ?", f.Kind)
	w.add("l.slug = ?", f.Slug)
	if f.Month != "" {
		from, to, ok := claims.MonthBounds(f.Month)
		if !ok {
			return "", nil, claims.NotFound("month", f.Month)
		}
		w.add("l.published_at >= ?", from.UnixMicro())
		w.add("l.published_at < ?", to.UnixMicro())
	}
	if f.Cursor != "" {
		var at int64
		var claim string
		if err := readCursor(f.Cursor, &at, &claim); err != nil {
			return "", nil, err
		}
		w.add("(l.published_at, l.claim) < (?, ?)", at, claim)
	}
	return "SELECT " + qualified("p", publicationColumns) + " FROM listings l JOIN publications p ON p.claim = l.claim AND p.n = l.n" + w.String() +
		" ORDER BY l.published_at DESC, l.claim DESC LIMIT " + w.arg(pageLimit(f.Limit)+1), w.args, nil
}

func (r *reader) EverPublished(ctx context.Context, after string, limit int) ([]claims.Claim, error) {
	return queryAll(ctx, r, scanClaim, "SELECT "+claimSelect+" FROM claims c WHERE c.id > $1 AND c.published_version > 0 ORDER BY c.id LIMIT $2", after, pageLimit(limit))
}

// listing is a row of a claim in one list.
type listing struct {
	kind  claims.TopicKind
	slug  string
	n     int
	at    int64
	month string
}

// relist puts a claim into the lists that its newest publication belongs in,
// and takes it out of all others; what is withdrawn or merged stands in none.
func (w *writer) relist(ctx context.Context, claim string, now time.Time) error {
	want, err := w.listingsOf(ctx, claim)
	if err != nil {
		return err
	}
	have, err := queryAll(ctx, &w.reader, func(row scanner) (l listing, err error) {
		err = row.Scan(&l.kind, &l.slug, &l.n, &l.at, &l.month)
		return l, err
	}, "SELECT kind, slug, n, published_at, month FROM listings WHERE claim = $1", claim)
	if err != nil {
		return err
	}
	for _, l := range have {
		if slices.Contains(want, l) {
			continue
		}
		if _, err := w.exec(ctx, "DELETE FROM listings WHERE kind = $1 AND slug = $2 AND claim = $3", l.kind, l.slug, claim); err != nil {
			return err
		}
		if err := w.count(ctx, l, -1, now); err != nil {
			return err
		}
	}
	for _, l := range want {
		if slices.Contains(have, l) {
			continue
		}
		if _, err := w.exec(ctx, insertInto("listings", "kind, slug, claim, n, published_at, month"), l.kind, l.slug, claim, l.n, l.at, l.month); err != nil {
			return err
		}
		if err := w.count(ctx, l, 1, now); err != nil {
			return err
		}
	}
	return nil
}

// count keeps the sums and the name of a list up with a claim that came or went.
func (w *writer) count(ctx context.Context, l listing, by int, now time.Time) error {
	if _, err := w.exec(ctx, `INSERT INTO listing_months (kind, slug, month, claims, changed_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (kind, slug, month) DO UPDATE SET claims = listing_months.claims + excluded.claims, changed_at = excluded.changed_at`,
		l.kind, l.slug, l.month, by, now.UnixMicro()); err != nil {
		return err
	}
	if l.kind == claims.TopicAll {
		return nil
	}
	key, err := queryOne(ctx, &w.reader, value[string], "UPDATE topics SET claims = claims + $1, changed_at = $2 WHERE kind = $3 AND slug = $4 RETURNING key",
		by, now.UnixMicro(), l.kind, l.slug)
	if err != nil {
		return err
	}
	newest, _, err := w.Listings(ctx, claims.ListingFilter{Kind: l.kind, Slug: l.slug, Page: claims.Page{Limit: 1}})
	if err != nil || len(newest) == 0 {
		return err
	}
	topics, err := w.topicsOf(ctx, newest[0])
	if err != nil {
		return err
	}
	for _, t := range topics {
		if t.Kind == l.kind && t.Key == key {
			_, err = w.exec(ctx, "UPDATE topics SET name = $1 WHERE kind = $2 AND key = $3", t.Name, t.Kind, t.Key)
			return err
		}
	}
	return nil
}

// listingsOf works out in which lists a claim belongs.
func (w *writer) listingsOf(ctx context.Context, claim string) ([]listing, error) {
	state, err := queryOne(ctx, &w.reader, value[claims.State], "SELECT state FROM claims WHERE id = $1", claim)
	if errors.Is(err, sql.ErrNoRows) || err == nil && state == claims.StateDismissed {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	p, err := w.Publication(ctx, claim, 0)
	if claims.KindOf(err) == claims.KindNotFound || err == nil && p.Withdrawn != nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	row := listing{n: p.N, at: p.PublishedAt.UnixMicro(), month: claims.MonthOf(p.PublishedAt)}
	out := []listing{row}
	topics, err := w.topicsOf(ctx, p)
	if err != nil {
		return nil, err
	}
	for _, t := range topics {
		if t.Slug, err = w.topicSlug(ctx, t); err != nil {
			return nil, err
		}
		row.kind, row.slug = t.Kind, t.Slug
		if !slices.Contains(out, row) {
			out = append(out, row)
		}
	}
	return out, nil
}

// topicsOf reads the topics of a publication; a source that is protected by now
// is none.
func (w *writer) topicsOf(ctx context.Context, p claims.Publication) (out []claims.Topic, err error) {
	d := claims.ReadListed(p.Document)
	if d.Language != "" {
		out = append(out, claims.Topic{Kind: claims.TopicLanguage, Key: strings.ToLower(d.Language), Name: d.Language})
	}
	for _, tag := range d.Tags {
		out = append(out, claims.Topic{Kind: claims.TopicTag, Key: strings.ToLower(tag), Name: tag})
	}
	for _, l := range d.Sources {
		root, err := w.rootOf(ctx, l.Source)
		if err != nil {
			return nil, err
		}
		protected, err := w.exists(ctx, "SELECT 1 FROM sources WHERE id IN ($1, $2) AND protected", root, l.Source)
		if err != nil {
			return nil, err
		}
		if !protected {
			out = append(out, claims.Topic{Kind: claims.TopicSource, Key: root, Name: l.Name})
		}
	}
	return out, nil
}

const (
	maxTopicSlug = 80
	maxTwins     = 10_000 // topics that would have the same slug
)

// topicSlug gives the slug of a topic, a new one where it has none yet: that of
// its name, with a number where another topic has that.
func (w *writer) topicSlug(ctx context.Context, t claims.Topic) (string, error) {
	slug, err := queryOne(ctx, &w.reader, value[string], "SELECT slug FROM topics WHERE kind = $1 AND key = $2", t.Kind, t.Key)
	if err == nil || !errors.Is(err, sql.ErrNoRows) {
		return slug, err
	}
	plain := text.Slug(t.Name, maxTopicSlug)
	for n := 1; n < maxTwins; n++ {
		slug := plain
		if n > 1 {
			slug += "-" + strconv.Itoa(n)
		}
		rows, err := w.exec(ctx, insertInto("topics", topicColumns), t.Kind, t.Key, slug, t.Name, 0, 0)
		if err != nil || rows > 0 {
			return slug, err
		}
	}
	return "", claims.Refuse(claims.KindConflict, "conflict.topic", plain)
}

// relistSource brings the lists up to date with a source that was protected, shown
// again, merged or given back; roots are the records that stood for it before.
func (w *writer) relistSource(ctx context.Context, s *claims.Source, before string) error {
	root, err := w.rootOf(ctx, s.ID)
	if err != nil {
		return err
	}
	found, err := queryAll(ctx, &w.reader, value[string], `SELECT DISTINCT l.claim FROM topics t JOIN listings l ON l.kind = t.kind AND l.slug = t.slug
		WHERE t.kind = $1 AND t.key IN ($2, $3, $4) ORDER BY l.claim`, claims.TopicSource, s.ID, before, root)
	if err != nil {
		return err
	}
	tied, err := w.ClaimsTied(ctx, root)
	if err != nil {
		return err
	}
	for _, claim := range slices.Compact(slices.Sorted(slices.Values(append(found, tied...)))) {
		if err := w.relist(ctx, claim, s.UpdatedAt); err != nil {
			return err
		}
	}
	return nil
}
