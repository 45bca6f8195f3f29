package db

import (
	"context"
	"database/sql"
	"errors"

	"cotejo/claims"
)

const publicationColumns = "claim, n, document, sha256, effect, notice, published_by, approved_by, published_at, " +
	"withdrawn, withdrawn_by, withdrawn_at, withdrawn_reason"

func scanPublication(row scanner) (p claims.Publication, err error) {
	var document string
	var withdrawn bool
	var w claims.Withdrawal
	err = row.Scan(&p.Claim, &p.N, &document, &p.SHA256, &p.Effect, &p.Notice, &p.PublishedBy, &p.ApprovedBy, timeColumn{&p.PublishedAt},
		&withdrawn, &w.By, timeColumn{&w.At}, &w.Reason)
	p.Document = []byte(document)
	if withdrawn {
		p.Withdrawn = &w
	}
	return p, err
}

func (r *reader) Publication(ctx context.Context, claim string, n int) (claims.Publication, error) {
	var w where
	w.add("claim = ?", claim)
	if n != 0 {
		w.add("n = ?", n)
	}
	p, err := queryOne(ctx, r, scanPublication,
		"SELECT "+publicationColumns+" FROM publications"+w.String()+" ORDER BY n DESC LIMIT 1", w.args...)
	return found(p, err, "publication", claim)
}

func (r *reader) Publications(ctx context.Context, claim string) ([]claims.Publication, error) {
	return queryAll(ctx, r, scanPublication, "SELECT "+publicationColumns+" FROM publications WHERE claim = $1 ORDER BY n", claim)
}

func (r *reader) NewestPublications(ctx context.Context, f claims.PublicationFilter) ([]claims.Publication, string, error) {
	query, args, err := newestPublicationsQuery(f)
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

func newestPublicationsQuery(f claims.PublicationFilter) (string, []any, error) {
	var w where
	w.add("NOT withdrawn")
	w.add("n = (SELECT MAX(q.n) FROM publications q WHERE q.claim = publications.claim)")
	if f.Cursor != "" {
		var at int64
		var claim string
		if err := readCursor(f.Cursor, &at, &claim); err != nil {
			return "", nil, err
		}
		w.add("(published_at, claim) < (?, ?)", at, claim)
	}
	query := "SELECT " + publicationColumns + " FROM publications" + w.String() +
		" ORDER BY published_at DESC, claim DESC LIMIT " + w.arg(pageLimit(f.Limit)+1)
	return query, w.args, nil
}

// toldAt is when readers were told of a publication, or of its withdrawal.
const toldAt = "CASE WHEN withdrawn THEN withdrawn_at ELSE published_at END"

func (r *reader) CorrectedPublications(ctx context.Context, p claims.Page) ([]claims.Publication, string, error) {
	var w where
	w.add("(withdrawn AND n = (SELECT MAX(q.n) FROM publications q WHERE q.claim = publications.claim) OR NOT withdrawn AND effect IN (?, ?))",
		claims.EffectEvidence, claims.EffectVerdict)
	if p.Cursor != "" {
		var at, n int64
		var claim string
		if err := readCursor(p.Cursor, &at, &claim, &n); err != nil {
			return nil, "", err
		}
		w.add("("+toldAt+", claim, n) < (?, ?, ?)", at, claim, n)
	}
	rows, err := queryAll(ctx, r, scanPublication, "SELECT "+publicationColumns+" FROM publications"+w.String()+
		" ORDER BY "+toldAt+" DESC, claim DESC, n DESC LIMIT "+w.arg(pageLimit(p.Limit)+1), w.args...)
	if err != nil {
		return nil, "", err
	}
	page, next := cutPage(rows, pageLimit(p.Limit), func(p claims.Publication) []any { return []any{p.ToldAt().UnixMicro(), p.Claim, p.N} })
	return page, next, nil
}

func (r *reader) EachPublication(ctx context.Context, fn func(claims.Publication) error) error {
	claim, n := "", 0
	for {
		batch, err := queryAll(ctx, r, scanPublication, "SELECT "+publicationColumns+` FROM publications WHERE (claim, n) > ($1, $2)
			ORDER BY claim, n LIMIT $3`, claim, n, batchRows)
		if err != nil {
			return err
		}
		for _, p := range batch {
			if err := fn(p); err != nil {
				return err
			}
			claim, n = p.Claim, p.N
		}
		if len(batch) < batchRows {
			return nil
		}
	}
}

func (w *writer) CreatePublication(ctx context.Context, p claims.Publication) error {
	last, err := queryOne(ctx, &w.reader, value[int], "SELECT COALESCE(MAX(n), 0) FROM publications WHERE claim = $1", p.Claim)
	if err != nil {
		return err
	}
	if p.N != last+1 {
		return claims.Refuse(claims.KindConflict, "conflict.publication", p.N, last+1)
	}
	withdrawn := p.Withdrawn
	if withdrawn == nil {
		withdrawn = &claims.Withdrawal{}
	}
	article, err := queryOne(ctx, &w.reader, value[string], "SELECT article FROM claims WHERE id = $1", p.Claim)
	if err == nil {
		err = w.wakeWatches(ctx, article)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if err := w.create(ctx, "publication", p.Claim, insertInto("publications", publicationColumns),
		p.Claim, p.N, string(p.Document), p.SHA256, p.Effect, p.Notice, p.PublishedBy, p.ApprovedBy, p.PublishedAt.UnixMicro(),
		p.Withdrawn != nil, withdrawn.By, micros(withdrawn.At), withdrawn.Reason); err != nil {
		return err
	}
	return w.relist(ctx, p.Claim, p.PublishedAt)
}

func (w *writer) WithdrawPublications(ctx context.Context, claim string, d claims.Withdrawal) error {
	rows, err := w.exec(ctx, `UPDATE publications SET withdrawn = TRUE, withdrawn_by = $1, withdrawn_at = $2, withdrawn_reason = $3
		WHERE claim = $4`, d.By, micros(d.At), d.Reason, claim)
	if err == nil && rows == 0 {
		return claims.NotFound("publication", claim)
	}
	if err != nil {
		return err
	}
	return w.relist(ctx, claim, d.At)
}
