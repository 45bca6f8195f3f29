package db

import (
	"context"

	"cotejo/claims"
)

const importColumns = "mark, article, claim, job, at"

func scanImport(row scanner) (m claims.ImportMark, err error) {
	err = row.Scan(&m.Key, &m.Article, &m.Claim, &m.Job, timeColumn{&m.At})
	return m, err
}

func (r *reader) ImportMark(ctx context.Context, key string) (claims.ImportMark, error) {
	m, err := queryOne(ctx, r, scanImport, "SELECT "+importColumns+" FROM imports WHERE mark = $1", key)
	if m, err = found(m, err, "import", key); err != nil {
		return m, err
	}
	hidden, err := r.hides(ctx, m.Article)
	return known(m, hidden, err, "import", key)
}

func (w *writer) PutImportMark(ctx context.Context, m claims.ImportMark) error {
	_, err := w.exec(ctx, "INSERT INTO imports ("+importColumns+") VALUES ("+placeholders(1, columnCount(importColumns))+`)
		ON CONFLICT (mark) DO UPDATE SET article = excluded.article, claim = excluded.claim, job = excluded.job, at = excluded.at`,
		m.Key, m.Article, m.Claim, m.Job, m.At.UnixMicro())
	return err
}
