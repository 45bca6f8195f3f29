package db

import (
	"context"

	"cotejo/claims"
	"cotejo/claims/text"
)

const articleColumns = "id, title, outlet, authors, url, canonical_url, published, language, created_by, created_at, updated_at, version, restricted, readers, " +
	"signed_by, signed_at, signed_snapshot, signed_left, signed_why, watch_mode, watch_every, watch_days, copy_of, erased"

func articleFields(a *claims.Article) []any {
	return []any{&a.ID, &a.Title, &a.Outlet, jsonColumn{&a.Authors}, &a.URL, &a.CanonicalURL, dayColumn{&a.Published}, &a.Language,
		&a.CreatedBy, timeColumn{&a.CreatedAt}, timeColumn{&a.UpdatedAt}, &a.Version, &a.Restricted, jsonColumn{&a.Readers},
		&a.SignOff.By, timeColumn{&a.SignOff.At}, &a.SignOff.Snapshot, &a.SignOff.Left, &a.SignOff.Why,
		&a.Watch.Mode, &a.Watch.Every, &a.Watch.Days, &a.CopyOf, &a.Erased}
}

func scanArticle(row scanner) (a claims.Article, err error) {
	err = row.Scan(articleFields(&a)...)
	return a, err
}

func scanArticleRow(row scanner) (a claims.ArticleRow, err error) {
	err = row.Scan(append(articleFields(&a.Article), &a.SHA256, &a.Claims, &a.Left)...)
	return a, err
}

func (r *reader) Article(ctx context.Context, id string) (claims.Article, error) {
	a, err := queryOne(ctx, r, scanArticle, "SELECT "+articleColumns+" FROM articles WHERE id = $1", id)
	if a, err = found(a, err, "article", id); err != nil {
		return a, err
	}
	hidden, err := r.hides(ctx, id)
	return known(a, hidden, err, "article", id)
}

func (r *reader) Articles(ctx context.Context, f claims.ArticleFilter) ([]claims.ArticleRow, string, error) {
	query, args, err := articlesQuery(r.outsider, f)
	if err != nil {
		return nil, "", err
	}
	rows, err := queryAll(ctx, r, scanArticleRow, query, args...)
	if err != nil {
		return nil, "", err
	}
	page, next := cutPage(rows, pageLimit(f.Limit), func(a claims.ArticleRow) []any { return []any{a.CreatedAt.UnixMicro(), a.ID} })
	return page, next, nil
}

func articlesQuery(o outsider, f claims.ArticleFilter) (string, []any, error) {
	var w where
	o.articles(&w, "articles.id")
	for _, pattern := range patterns(text.Fold(f.Query)) {
		w.add(`(title_fold LIKE ? ESCAPE '\' OR outlet_fold LIKE ? ESCAPE '\')`, pattern, pattern)
	}
	if f.Cursor != "" {
		var at int64
		var id string
		if err := readCursor(f.Cursor, &at, &id); err != nil {
			return "", nil, err
		}
		w.add("(created_at, id) < (?, ?)", at, id)
	}
	query := "SELECT " + articleColumns + `,
		COALESCE((SELECT s.sha256 FROM snapshots s WHERE s.article = articles.id ORDER BY s.n DESC LIMIT 1), ''),
		(SELECT COUNT(*) FROM claims c WHERE c.article = articles.id),
		(SELECT COUNT(*) FROM claims c WHERE c.article = articles.id AND c.state = 'suggested')
		FROM articles` + w.String() + " ORDER BY created_at DESC, id DESC LIMIT " + w.arg(pageLimit(f.Limit)+1)
	return query, w.args, nil
}

func (w *writer) CreateArticle(ctx context.Context, a *claims.Article) error {
	a.Version = 1
	watchMode(a)
	err := w.create(ctx, "article", a.ID, insertInto("articles", articleColumns+", title_fold, outlet_fold"),
		a.ID, a.Title, a.Outlet, jsonList(a.Authors), a.URL, a.CanonicalURL, day(a.Published), a.Language,
		a.CreatedBy, a.CreatedAt.UnixMicro(), a.UpdatedAt.UnixMicro(), a.Version, a.Restricted, jsonList(a.Readers),
		a.SignOff.By, signedAt(a.SignOff), a.SignOff.Snapshot, a.SignOff.Left, a.SignOff.Why,
		a.Watch.Mode, a.Watch.Every, a.Watch.Days, a.CopyOf, a.Erased, text.Fold(a.Title), text.Fold(a.Outlet))
	if err != nil {
		return err
	}
	if err := w.PutWatch(ctx, claims.Watch{Article: a.ID, NextAt: a.CreatedAt}); err != nil {
		return err
	}
	return w.indexArticle(ctx, a.ID)
}

func (w *writer) UpdateArticle(ctx context.Context, a *claims.Article) error {
	watchMode(a)
	rows, err := w.exec(ctx, `UPDATE articles SET title = $1, title_fold = $2, outlet = $3, outlet_fold = $4, authors = $5, url = $6,
		canonical_url = $7, published = $8, language = $9, updated_at = $10, restricted = $11, readers = $12,
		signed_by = $13, signed_at = $14, signed_snapshot = $15, signed_left = $16, signed_why = $17, watch_mode = $18, watch_every = $19, watch_days = $20, copy_of = $21, erased = $22,
		version = version + 1 WHERE id = $23 AND version = $24`,
		a.Title, text.Fold(a.Title), a.Outlet, text.Fold(a.Outlet), jsonList(a.Authors), a.URL,
		a.CanonicalURL, day(a.Published), a.Language, a.UpdatedAt.UnixMicro(), a.Restricted, jsonList(a.Readers),
		a.SignOff.By, signedAt(a.SignOff), a.SignOff.Snapshot, a.SignOff.Left, a.SignOff.Why, a.Watch.Mode, a.Watch.Every, a.Watch.Days, a.CopyOf, a.Erased, a.ID, a.Version)
	if err != nil {
		return err
	}
	if err := w.checkVersion(ctx, rows, "article", "articles", a.ID); err != nil {
		return err
	}
	a.Version++
	if err := w.wakeWatches(ctx, a.ID); err != nil {
		return err
	}
	if err := w.indexArticle(ctx, a.ID); err != nil || !a.Erased {
		return err
	}
	return w.forget(ctx)
}

// watchMode fills in the mode of an article that says nothing of it.
func watchMode(a *claims.Article) {
	if a.Watch.Mode == "" {
		a.Watch.Mode = claims.WatchHouse
	}
}

// signedAt is NULL where nobody signed.
func signedAt(s claims.SignOff) any {
	if !s.Signed() {
		return nil
	}
	return s.At.UnixMicro()
}

// CopiesOf implements claims.ArticleReader.
func (r *reader) CopiesOf(ctx context.Context, article string) ([]string, error) {
	var w where
	w.add("copy_of = ?", article)
	w.add("copy_of <> ''") // which the index is told to hold
	r.outsider.articles(&w, "id")
	return queryAll(ctx, r, value[string], "SELECT id FROM articles"+w.String()+" ORDER BY created_at, id", w.args...)
}
