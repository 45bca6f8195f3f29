package db

import (
	"context"
	"strconv"
	"time"

	"cotejo/claims"
)

const (
	reportKey     = "id, claim, n, language, added_by, received_at, reminded, version"
	reportColumns = "body, url, contact, due_at, assignee, outcome, note, public_text, answered_by, answered_at, erased"
)

func scanReport(row scanner) (p claims.ErrorReport, err error) {
	err = row.Scan(&p.ID, &p.Claim, &p.N, &p.Language, &p.AddedBy, timeColumn{&p.ReceivedAt}, &p.Reminded, &p.Version,
		&p.Text, &p.URL, &p.Contact, timeColumn{&p.DueAt}, &p.Assignee, &p.Outcome, &p.Note, &p.Public, &p.AnsweredBy, timePtrColumn{&p.AnsweredAt}, &p.Erased)
	return p, err
}

func reportValues(p claims.ErrorReport) []any {
	return []any{p.Text, p.URL, p.Contact, p.DueAt.UnixMicro(), p.Assignee, p.Outcome, p.Note, p.Public, p.AnsweredBy, microsPtr(p.AnsweredAt), p.Erased}
}

func (r *reader) Report(ctx context.Context, id string) (claims.ErrorReport, error) {
	p, err := queryOne(ctx, r, scanReport, "SELECT "+reportKey+", "+reportColumns+" FROM reports WHERE id = $1", id)
	if p, err = found(p, err, "report", id); err != nil {
		return p, err
	}
	hidden, err := r.hidesClaim(ctx, p.Claim)
	return known(p, hidden, err, "report", id)
}

func (r *reader) Reports(ctx context.Context, f claims.ReportFilter) ([]claims.ErrorReport, string, error) {
	var w where
	r.outsider.claims(&w, "claim")
	if f.Claim != "" {
		w.add("claim = ?", f.Claim)
	}
	column, before, order := "received_at", "<", " DESC"
	switch {
	case f.Open:
		w.add("outcome = ''")
		column, before, order = "due_at", ">", ""
	case f.Answered:
		w.add("outcome <> ''")
	}
	if f.Cursor != "" {
		var at int64
		var id string
		if err := readCursor(f.Cursor, &at, &id); err != nil {
			return nil, "", err
		}
		w.add("("+column+", id) "+before+" (?, ?)", at, id)
	}
	list, err := queryAll(ctx, r, scanReport, "SELECT "+reportKey+", "+reportColumns+" FROM reports"+w.String()+
		" ORDER BY "+column+order+", id"+order+" LIMIT "+w.arg(pageLimit(f.Limit)+1), w.args...)
	if err != nil {
		return nil, "", err
	}
	page, next := cutPage(list, pageLimit(f.Limit), func(p claims.ErrorReport) []any {
		at := p.ReceivedAt
		if f.Open {
			at = p.DueAt
		}
		return []any{at.UnixMicro(), p.ID}
	})
	return page, next, nil
}

func (r *reader) CountReports(ctx context.Context, now time.Time) (claims.ReportCounts, error) {
	var w where
	count := func(condition string) string {
		return "COALESCE(SUM(CASE WHEN " + condition + " THEN 1 ELSE 0 END), 0)"
	}
	query := "SELECT " + count("outcome = ''") + ", " + count("outcome = '' AND due_at < "+w.arg(now.UnixMicro())) + ", " +
		count("outcome <> ''") + ", " + count("outcome <> '' AND answered_at <= due_at") + " FROM reports"
	r.outsider.claims(&w, "claim")
	return queryOne(ctx, r, func(row scanner) (c claims.ReportCounts, err error) {
		return c, row.Scan(&c.Open, &c.Overdue, &c.Answered, &c.InTime)
	}, query+w.String(), w.args...)
}

func (r *reader) ReportsToRemind(ctx context.Context, before time.Time) ([]claims.ErrorReport, error) {
	return queryAll(ctx, r, scanReport, "SELECT "+reportKey+", "+reportColumns+
		" FROM reports WHERE outcome = '' AND due_at < $1 AND NOT reminded ORDER BY due_at, id LIMIT "+strconv.Itoa(batchRows), before.UnixMicro())
}

func (w *writer) CreateReport(ctx context.Context, p *claims.ErrorReport) error {
	p.Version = 1
	key := []any{p.ID, p.Claim, p.N, p.Language, p.AddedBy, p.ReceivedAt.UnixMicro(), p.Reminded, p.Version}
	return w.create(ctx, "report", p.ID, insertInto("reports", reportKey+", "+reportColumns), append(key, reportValues(*p)...)...)
}

func (w *writer) UpdateReport(ctx context.Context, p *claims.ErrorReport) error {
	n := columnCount(reportColumns)
	rows, err := w.exec(ctx, "UPDATE reports SET "+assignments(reportColumns)+", version = version + 1 WHERE id = $"+strconv.Itoa(n+1)+" AND version = $"+strconv.Itoa(n+2),
		append(reportValues(*p), p.ID, p.Version)...)
	if err != nil {
		return err
	}
	if err := w.checkVersion(ctx, rows, "report", "reports", p.ID); err != nil {
		return err
	}
	p.Version++
	return nil
}

func (w *writer) MarkReminded(ctx context.Context, id string) error {
	_, err := w.execExempt(ctx, "UPDATE reports SET reminded = TRUE WHERE id = $1", id)
	return err
}

func (w *writer) DeleteReport(ctx context.Context, claim, id string) error {
	return w.deletePart(ctx, "report", "reports", claim, id)
}

func (r *reader) SharedKey(ctx context.Context, name string) (string, error) {
	key, err := queryOne(ctx, r, value[string], "SELECT secret FROM shared_keys WHERE name = $1", name)
	return found(key, err, "key", name)
}

func (w *writer) CreateSharedKey(ctx context.Context, name, secret string) error {
	_, err := w.execExempt(ctx, insertInto("shared_keys", "name, secret"), name, secret)
	return err
}

func (r *reader) CountPublic(ctx context.Context) (claims.PublicCounts, error) {
	return queryOne(ctx, r, func(row scanner) (c claims.PublicCounts, err error) {
		return c, row.Scan(&c.Claims, &c.Withdrawn, &c.Corrections, &c.Checks)
	}, `SELECT COALESCE(SUM(CASE WHEN n = 1 AND NOT withdrawn THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN n = 1 AND withdrawn THEN 1 ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN NOT withdrawn AND effect IN ($1, $2) THEN 1 ELSE 0 END), 0), (SELECT COUNT(*) FROM checks WHERE state = $3) FROM publications`,
		claims.EffectEvidence, claims.EffectVerdict, claims.CheckPublished)
}
