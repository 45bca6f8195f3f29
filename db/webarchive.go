package db

import (
	"context"

	"cotejo/claims"
)

const archiveColumns = "id, article, claim, evidence, url, state, receipt, address, archived_at, problem, job, asked_by, asked_at, changed_at"

func scanArchive(row scanner) (a claims.ArchiveRequest, err error) {
	err = row.Scan(&a.ID, &a.Article, &a.Claim, &a.Evidence, &a.URL, &a.State, &a.Receipt, &a.Address, timePtrColumn{&a.ArchivedAt},
		problemColumn{&a.Problem}, &a.Job, &a.AskedBy, timeColumn{&a.AskedAt}, timeColumn{&a.ChangedAt})
	return a, err
}

func (r *reader) ArchiveRequest(ctx context.Context, id string) (claims.ArchiveRequest, error) {
	a, err := queryOne(ctx, r, scanArchive, "SELECT "+archiveColumns+" FROM archive_requests WHERE id = $1", id)
	if a, err = found(a, err, "archive", id); err != nil {
		return a, err
	}
	hidden, err := r.hides(ctx, a.Article)
	return known(a, hidden, err, "archive", id)
}

func (r *reader) ArchiveRequests(ctx context.Context, article string) ([]claims.ArchiveRequest, error) {
	if hidden, err := r.hides(ctx, article); hidden || err != nil {
		return nil, err
	}
	return queryAll(ctx, r, scanArchive, "SELECT "+archiveColumns+" FROM archive_requests WHERE article = $1 ORDER BY asked_at DESC, id DESC", article)
}

func (w *writer) CreateArchiveRequest(ctx context.Context, a claims.ArchiveRequest) error {
	problem, err := problemText(a.Problem)
	if err != nil {
		return err
	}
	return w.create(ctx, "archive", a.ID, insertInto("archive_requests", archiveColumns), a.ID, a.Article, a.Claim, a.Evidence, a.URL, a.State,
		a.Receipt, a.Address, microsPtr(a.ArchivedAt), problem, a.Job, a.AskedBy, a.AskedAt.UnixMicro(), a.ChangedAt.UnixMicro())
}

func (w *writer) UpdateArchiveRequest(ctx context.Context, a claims.ArchiveRequest) error {
	problem, err := problemText(a.Problem)
	if err != nil {
		return err
	}
	rows, err := w.exec(ctx, `UPDATE archive_requests SET state = $1, receipt = $2, address = $3, archived_at = $4, problem = $5, job = $6, changed_at = $7
		WHERE id = $8`, a.State, a.Receipt, a.Address, microsPtr(a.ArchivedAt), problem, a.Job, a.ChangedAt.UnixMicro(), a.ID)
	if err == nil && rows == 0 {
		return claims.NotFound("archive", a.ID)
	}
	return err
}

func (w *writer) DeleteArchiveRequest(ctx context.Context, id string) error {
	rows, err := w.exec(ctx, "DELETE FROM archive_requests WHERE id = $1", id)
	if err == nil && rows == 0 {
		return claims.NotFound("archive", id)
	}
	return err
}
