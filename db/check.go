package db

import (
	"context"

	"cotejo/claims"
)

const checkColumns = "id, slug, title, summary, body, language, authors, state, published, created_by, created_at, updated_at, version"

func scanCheck(row scanner) (c claims.Check, err error) {
	err = row.Scan(&c.ID, &c.Slug, &c.Title, &c.Summary, &c.Body, &c.Language, jsonColumn{&c.Authors}, &c.State, &c.Published,
		&c.CreatedBy, timeColumn{&c.CreatedAt}, timeColumn{&c.UpdatedAt}, &c.Version)
	return c, err
}

func (r *reader) Check(ctx context.Context, slug string) (claims.Check, error) {
	c, err := queryOne(ctx, r, scanCheck, "SELECT "+checkColumns+" FROM checks WHERE slug = $1", slug)
	return found(c, err, "check", slug)
}

func (r *reader) CheckByID(ctx context.Context, id string) (claims.Check, error) {
	c, err := queryOne(ctx, r, scanCheck, "SELECT "+checkColumns+" FROM checks WHERE id = $1", id)
	return found(c, err, "check", id)
}

func (r *reader) Checks(ctx context.Context, p claims.Page) ([]claims.Check, string, error) {
	query, args, err := checksQuery(p)
	if err != nil {
		return nil, "", err
	}
	rows, err := queryAll(ctx, r, scanCheck, query, args...)
	if err != nil {
		return nil, "", err
	}
	page, next := cutPage(rows, pageLimit(p.Limit), func(c claims.Check) []any { return []any{c.CreatedAt.UnixMicro(), c.ID} })
	return page, next, nil
}

func checksQuery(p claims.Page) (string, []any, error) {
	var w where
	if p.Cursor != "" {
		var at int64
		var id string
		if err := readCursor(p.Cursor, &at, &id); err != nil {
			return "", nil, err
		}
		w.add("(created_at, id) < (?, ?)", at, id)
	}
	query := "SELECT " + checkColumns + " FROM checks" + w.String() +
		" ORDER BY created_at DESC, id DESC LIMIT " + w.arg(pageLimit(p.Limit)+1)
	return query, w.args, nil
}

func (w *writer) CreateCheck(ctx context.Context, c *claims.Check) error {
	c.Version = 1
	err := w.create(ctx, "check", c.Slug, insertInto("checks", checkColumns),
		c.ID, c.Slug, c.Title, c.Summary, c.Body, c.Language, jsonList(c.Authors), c.State, c.Published,
		c.CreatedBy, c.CreatedAt.UnixMicro(), c.UpdatedAt.UnixMicro(), c.Version)
	if err != nil {
		return err
	}
	return w.indexCheck(ctx, c)
}

func (w *writer) UpdateCheck(ctx context.Context, c *claims.Check) error {
	taken, err := w.exists(ctx, "SELECT 1 FROM checks WHERE slug = $1 AND id <> $2", c.Slug, c.ID)
	if err != nil {
		return err
	}
	if taken {
		return claims.Refuse(claims.KindConflict, "conflict.check", c.Slug)
	}
	rows, err := w.exec(ctx, `UPDATE checks SET slug = $1, title = $2, summary = $3, body = $4, language = $5, authors = $6, state = $7,
		published = $8, updated_at = $9, version = version + 1 WHERE id = $10 AND version = $11`,
		c.Slug, c.Title, c.Summary, c.Body, c.Language, jsonList(c.Authors), c.State, c.Published, c.UpdatedAt.UnixMicro(), c.ID, c.Version)
	if err != nil {
		return err
	}
	if err := w.checkVersion(ctx, rows, "check", "checks", c.ID); err != nil {
		return err
	}
	c.Version++
	return w.indexCheck(ctx, c)
}

func (w *writer) DeleteCheck(ctx context.Context, id string) error {
	rows, err := w.exec(ctx, "DELETE FROM checks WHERE id = $1 AND published = 0", id)
	if err == nil && rows == 0 {
		err = claims.Refuse(claims.KindConflict, "conflict.check", id)
	}
	if err != nil {
		return err
	}
	return w.unindex(ctx, claims.SearchCheck, id)
}

const checkPublicationColumns = "check_id, n, slug, title, summary, body, language, authors, claims, published_by, published_at"

func scanCheckPublication(row scanner) (p claims.CheckPublication, err error) {
	err = row.Scan(&p.Check, &p.N, &p.Slug, &p.Title, &p.Summary, &p.Body, &p.Language, jsonColumn{&p.Authors}, jsonColumn{&p.Claims},
		&p.PublishedBy, timeColumn{&p.PublishedAt})
	return p, err
}

func (r *reader) CheckPublication(ctx context.Context, check string, n int) (claims.CheckPublication, error) {
	var w where
	w.add("check_id = ?", check)
	if n != 0 {
		w.add("n = ?", n)
	}
	p, err := queryOne(ctx, r, scanCheckPublication,
		"SELECT "+checkPublicationColumns+" FROM check_publications"+w.String()+" ORDER BY n DESC LIMIT 1", w.args...)
	return found(p, err, "check_publication", check)
}

// standing narrows publications "p" to the newest of checks that stand published.
const standing = `p.n = (SELECT MAX(q.n) FROM check_publications q WHERE q.check_id = p.check_id)
	AND EXISTS (SELECT 1 FROM checks k WHERE k.id = p.check_id AND k.state = 'published')`

func (r *reader) PublishedChecks(ctx context.Context, p claims.Page) ([]claims.CheckPublication, string, error) {
	query, args, err := publishedChecksQuery(p)
	if err != nil {
		return nil, "", err
	}
	rows, err := queryAll(ctx, r, scanCheckPublication, query, args...)
	if err != nil {
		return nil, "", err
	}
	page, next := cutPage(rows, pageLimit(p.Limit), func(c claims.CheckPublication) []any {
		return []any{c.PublishedAt.UnixMicro(), c.Check}
	})
	return page, next, nil
}

func publishedChecksQuery(p claims.Page) (string, []any, error) {
	var w where
	w.add(standing)
	if p.Cursor != "" {
		var at int64
		var id string
		if err := readCursor(p.Cursor, &at, &id); err != nil {
			return "", nil, err
		}
		w.add("(p.published_at, p.check_id) < (?, ?)", at, id)
	}
	query := "SELECT " + qualified("p", checkPublicationColumns) + " FROM check_publications p" + w.String() +
		" ORDER BY p.published_at DESC, p.check_id DESC LIMIT " + w.arg(pageLimit(p.Limit)+1)
	return query, w.args, nil
}

const checksCiting = ` FROM check_citations c JOIN check_publications p ON p.check_id = c.check_id AND p.n = c.n
	WHERE c.claim = $1 AND ` + standing + ` ORDER BY p.published_at DESC, p.check_id DESC`

func (r *reader) ChecksCiting(ctx context.Context, claim string) ([]claims.CheckPublication, error) {
	return queryAll(ctx, r, scanCheckPublication, "SELECT "+qualified("p", checkPublicationColumns)+checksCiting, claim)
}

func (w *writer) CreateCheckPublication(ctx context.Context, p claims.CheckPublication) error {
	last, err := queryOne(ctx, &w.reader, value[int], "SELECT COALESCE(MAX(n), 0) FROM check_publications WHERE check_id = $1", p.Check)
	if err != nil {
		return err
	}
	if p.N != last+1 {
		return claims.Refuse(claims.KindConflict, "conflict.check_publication", p.N, last+1)
	}
	err = w.create(ctx, "check_publication", p.Check, insertInto("check_publications", checkPublicationColumns),
		p.Check, p.N, p.Slug, p.Title, p.Summary, p.Body, p.Language, jsonList(p.Authors), jsonList(p.Claims),
		p.PublishedBy, p.PublishedAt.UnixMicro())
	if err != nil {
		return err
	}
	for _, claim := range p.Claims {
		if _, err := w.exec(ctx, insertInto("check_citations", "check_id, n, claim"), p.Check, p.N, claim); err != nil {
			return err
		}
	}
	return nil
}
