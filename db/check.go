package db

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"

	"cotejo/claims"
)

const checkColumns = "id, slug, title, summary, body, language, authors, related, image, state, published, submitted_by, submitted_at, " +
	"approved_by, approved_at, changed_by, withdrawn_by, withdrawn_at, withdrawn_reason, created_by, created_at, updated_at, version"

func scanCheck(row scanner) (c claims.Check, err error) {
	var w claims.Withdrawal
	err = row.Scan(&c.ID, &c.Slug, &c.Title, &c.Summary, &c.Body, &c.Language, jsonColumn{&c.Authors}, jsonColumn{&c.Related}, optional{&c.Image},
		&c.State, &c.Published, &c.SubmittedBy, timeColumn{&c.SubmittedAt}, &c.ApprovedBy, timeColumn{&c.ApprovedAt}, &c.ChangedBy,
		&w.By, timeColumn{&w.At}, &w.Reason, &c.CreatedBy, timeColumn{&c.CreatedAt}, timeColumn{&c.UpdatedAt}, &c.Version)
	if !w.At.IsZero() {
		c.Withdrawn = &w
	}
	return c, err
}

// withdrawal gives the columns of one.
func withdrawal(w *claims.Withdrawal) []any {
	if w == nil {
		return []any{"", nil, ""}
	}
	return []any{w.By, micros(w.At), w.Reason}
}

// optional is a struct that may be missing, as JSON; "" is none.
type optional struct{ image **claims.CheckImage }

// Scan implements sql.Scanner.
func (o optional) Scan(src any) error {
	text, err := columnText(src)
	if *o.image = nil; err != nil || text == "" {
		return err
	}
	return json.Unmarshal([]byte(text), o.image)
}

// Value implements driver.Valuer.
func (o optional) Value() (driver.Value, error) {
	if *o.image == nil {
		return "", nil
	}
	text, err := json.Marshal(*o.image)
	return string(text), err
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
		append(append([]any{c.ID}, checkValues(c)...), c.CreatedBy, c.CreatedAt.UnixMicro(), c.UpdatedAt.UnixMicro(), c.Version)...)
	if err != nil {
		return err
	}
	return w.indexCheck(ctx, c)
}

// checkValues are the columns that change, in their order.
func checkValues(c *claims.Check) []any {
	return append([]any{c.Slug, c.Title, c.Summary, c.Body, c.Language, jsonList(c.Authors), jsonList(c.Related), optional{&c.Image}, c.State,
		c.Published, c.SubmittedBy, micros(c.SubmittedAt), c.ApprovedBy, micros(c.ApprovedAt), c.ChangedBy}, withdrawal(c.Withdrawn)...)
}

func (w *writer) UpdateCheck(ctx context.Context, c *claims.Check) error {
	taken, err := w.exists(ctx, "SELECT 1 FROM checks WHERE slug = $1 AND id <> $2", c.Slug, c.ID)
	if err != nil {
		return err
	}
	if taken {
		return claims.Refuse(claims.KindConflict, "conflict.check", c.Slug)
	}
	rows, err := w.exec(ctx, `UPDATE checks SET slug = $1, title = $2, summary = $3, body = $4, language = $5, authors = $6, related = $7,
		image = $8, state = $9, published = $10, submitted_by = $11, submitted_at = $12, approved_by = $13, approved_at = $14, changed_by = $15,
		withdrawn_by = $16, withdrawn_at = $17, withdrawn_reason = $18, updated_at = $19, version = version + 1 WHERE id = $20 AND version = $21`,
		append(checkValues(c), c.UpdatedAt.UnixMicro(), c.ID, c.Version)...)
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

const checkPublicationColumns = "check_id, n, slug, title, summary, body, language, authors, related, image, claims, claim_versions, effect, notice, " +
	"published_by, approved_by, published_at"

func scanCheckPublication(row scanner) (p claims.CheckPublication, err error) {
	err = row.Scan(&p.Check, &p.N, &p.Slug, &p.Title, &p.Summary, &p.Body, &p.Language, jsonColumn{&p.Authors}, jsonColumn{&p.Related},
		optional{&p.Image}, jsonColumn{&p.Claims}, jsonColumn{&p.ClaimVersions}, &p.Effect, &p.Notice, &p.PublishedBy, &p.ApprovedBy, timeColumn{&p.PublishedAt})
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
	AND EXISTS (SELECT 1 FROM checks k WHERE k.id = p.check_id AND k.withdrawn_at IS NULL)`

func (r *reader) CheckPublications(ctx context.Context, check string) ([]claims.CheckPublication, error) {
	return queryAll(ctx, r, scanCheckPublication, "SELECT "+checkPublicationColumns+" FROM check_publications WHERE check_id = $1 ORDER BY n", check)
}

func (r *reader) CorrectedChecks(ctx context.Context, limit int) ([]claims.CheckPublication, error) {
	return queryAll(ctx, r, scanCheckPublication, "SELECT "+qualified("p", checkPublicationColumns)+` FROM check_publications p JOIN checks k ON k.id = p.check_id
		WHERE k.withdrawn_at IS NULL AND p.effect IN ($1, $2) ORDER BY p.published_at DESC, p.check_id DESC, p.n DESC LIMIT $3`,
		claims.EffectEvidence, claims.EffectVerdict, limit)
}

func (r *reader) WithdrawnChecks(ctx context.Context, limit int) ([]claims.Check, error) {
	return queryAll(ctx, r, scanCheck, "SELECT "+checkColumns+" FROM checks WHERE withdrawn_at IS NOT NULL ORDER BY withdrawn_at DESC, id DESC LIMIT $1", limit)
}

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
	if p.ClaimVersions == nil {
		p.ClaimVersions = map[string]int{}
	}
	err = w.create(ctx, "check_publication", p.Check, insertInto("check_publications", checkPublicationColumns),
		p.Check, p.N, p.Slug, p.Title, p.Summary, p.Body, p.Language, jsonList(p.Authors), jsonList(p.Related), optional{&p.Image}, jsonList(p.Claims),
		jsonValue{p.ClaimVersions}, p.Effect, p.Notice, p.PublishedBy, p.ApprovedBy, p.PublishedAt.UnixMicro())
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

// How much nearer a check is for a claim that it cites, for a tag and for a source that
// they share.
const checksNear = `SELECT k.check_id, k.n, SUM(k.weight) AS weight FROM (
		SELECT c.check_id, c.n, 100 AS weight FROM check_citations c WHERE c.claim IN (%[1]s)
		UNION ALL
		SELECT c.check_id, c.n, 10 FROM check_citations c JOIN claim_tags t ON t.claim_id = c.claim
		WHERE t.tag IN (SELECT o.tag FROM claim_tags o WHERE o.claim_id IN (%[1]s))
		UNION ALL
		SELECT c.check_id, c.n, 5 FROM check_citations c JOIN claim_sources l ON l.claim_id = c.claim JOIN sources s ON s.id = l.source_id
		WHERE NOT s.protected AND l.source_id IN (SELECT o.source_id FROM claim_sources o WHERE o.claim_id IN (%[1]s))
	) k GROUP BY k.check_id, k.n`

func (r *reader) ChecksNear(ctx context.Context, cited []string, limit int) ([]claims.CheckPublication, error) {
	if len(cited) == 0 {
		return nil, nil
	}
	var w where
	marks := make([]string, len(cited))
	for i, id := range cited {
		marks[i] = w.arg(id)
	}
	near := fmt.Sprintf(checksNear, strings.Join(marks, ", "))
	w.add(standing)
	query := "SELECT " + qualified("p", checkPublicationColumns) + " FROM check_publications p JOIN (" + near + ") x ON x.check_id = p.check_id AND x.n = p.n" +
		w.String() + " ORDER BY x.weight DESC, p.published_at DESC, p.check_id DESC LIMIT " + w.arg(limit)
	return queryAll(ctx, r, scanCheckPublication, query, w.args...)
}
