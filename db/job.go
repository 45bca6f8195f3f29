package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"cotejo/claims"
)

const jobColumns = "id, kind, article, person, input, result, state, step, done, total, attempt, max_attempts, next_at, problem, created_at, ended_at, readers"

// problemColumn reads why an attempt failed; "" is nothing.
type problemColumn struct{ to **claims.JobProblem }

func (c problemColumn) Scan(src any) error {
	text, err := columnText(src)
	if *c.to = nil; err != nil || text == "" {
		return err
	}
	return json.Unmarshal([]byte(text), c.to)
}

func problemText(p *claims.JobProblem) (string, error) {
	if p == nil {
		return "", nil
	}
	text, err := json.Marshal(p)
	return string(text), err
}

func scanJob(row scanner) (j claims.Job, err error) {
	err = row.Scan(&j.ID, &j.Kind, &j.Article, &j.Person, &j.Input, &j.Result, &j.State, &j.Step, &j.Done, &j.Total, &j.Attempt, &j.MaxAttempts,
		timeColumn{&j.NextAt}, problemColumn{&j.Problem}, timeColumn{&j.CreatedAt}, timeColumn{&j.EndedAt}, jsonColumn{&j.Readers})
	return j, err
}

func (r *reader) Job(ctx context.Context, id string) (claims.Job, error) {
	j, err := queryOne(ctx, r, scanJob, "SELECT "+jobColumns+" FROM jobs WHERE id = $1", id)
	if j, err = found(j, err, "job", id); err != nil {
		return j, err
	}
	hidden, err := r.hidesJob(ctx, j)
	return known(j, hidden, err, "job", id)
}

func (r *reader) Jobs(ctx context.Context, f claims.JobFilter) ([]claims.Job, string, error) {
	query, args, err := jobsQuery(r.outsider, f)
	if err != nil {
		return nil, "", err
	}
	jobs, err := queryAll(ctx, r, scanJob, query, args...)
	if err != nil {
		return nil, "", err
	}
	page, next := cutPage(jobs, pageLimit(f.Limit), func(j claims.Job) []any { return []any{j.CreatedAt.UnixMicro(), j.ID} })
	return page, next, nil
}

func (r *reader) CountOpenJobs(ctx context.Context) (int, error) {
	return queryOne(ctx, r, value[int], "SELECT COUNT(*) FROM jobs WHERE state IN ('waiting', 'running')")
}

func jobsQuery(o outsider, f claims.JobFilter) (string, []any, error) {
	var w where
	if f.Article != "" {
		w.add("article = ?", f.Article)
		w.add("article <> ''") // which the index is told to hold
	}
	o.jobs(&w)
	if f.Kind != "" {
		w.add("kind = ?", f.Kind)
	}
	if f.Open {
		w.add("state IN ('waiting', 'running')")
	}
	if f.Cursor != "" {
		var at int64
		var id string
		if err := readCursor(f.Cursor, &at, &id); err != nil {
			return "", nil, err
		}
		w.add("(created_at, id) < (?, ?)", at, id)
	}
	return "SELECT " + jobColumns + " FROM jobs" + w.String() + " ORDER BY created_at DESC, id DESC LIMIT " + w.arg(pageLimit(f.Limit)+1), w.args, nil
}

func (w *writer) CreateJob(ctx context.Context, j claims.Job) error {
	return w.insertJob(ctx, w.exec, j)
}

func (w *writer) QueueJob(ctx context.Context, j claims.Job) error {
	return w.insertJob(ctx, w.execExempt, j)
}

func (w *writer) insertJob(ctx context.Context, exec execFunc, j claims.Job) error {
	problem, err := problemText(j.Problem)
	if err != nil {
		return err
	}
	rows, err := exec(ctx, insertInto("jobs", jobColumns), j.ID, j.Kind, j.Article, j.Person, j.Input, j.Result, j.State, j.Step,
		j.Done, j.Total, j.Attempt, j.MaxAttempts, j.NextAt.UnixMicro(), problem, j.CreatedAt.UnixMicro(), micros(j.EndedAt), jsonList(j.Readers))
	if err == nil && rows == 0 {
		return claims.Refuse(claims.KindConflict, "conflict.job", j.ID)
	}
	return err
}

// execFunc is exec or execExempt.
type execFunc func(ctx context.Context, query string, args ...any) (rows int64, err error)

func (w *writer) LeaseJob(ctx context.Context, now, until time.Time) (claims.Job, error) {
	lost, err := problemText(&claims.JobProblem{Key: claims.JobLost})
	if err != nil {
		return claims.Job{}, err
	}
	_, err = w.execExempt(ctx, `UPDATE jobs SET state = 'failed', problem = $1, ended_at = $2
		WHERE state = 'running' AND next_at <= $2 AND attempt >= max_attempts`, lost, now.UnixMicro())
	if err != nil {
		return claims.Job{}, err
	}
	j, err := queryOne(ctx, &w.reader, scanJob, `UPDATE jobs SET state = 'running', attempt = attempt + 1, next_at = $1, step = '', done = 0, total = 0
		WHERE id = (SELECT id FROM jobs WHERE state IN ('waiting', 'running') AND next_at <= $2 ORDER BY next_at, id LIMIT 1)
		RETURNING `+jobColumns, until.UnixMicro(), now.UnixMicro())
	if errors.Is(err, sql.ErrNoRows) {
		return claims.Job{}, nil
	}
	return j, err
}

func (w *writer) HoldJob(ctx context.Context, j claims.Job) error {
	rows, err := w.putJob(ctx, w.execExempt, j, " AND state = 'running'")
	if err == nil && rows == 0 {
		return claims.Refuse(claims.KindStale, "stale.job", j.ID)
	}
	return err
}

func (w *writer) UpdateJob(ctx context.Context, j claims.Job) error {
	rows, err := w.putJob(ctx, w.exec, j, "")
	if err == nil && rows == 0 {
		return claims.Refuse(claims.KindStale, "stale.job", j.ID)
	}
	return err
}

// putJob writes what changes on a job, where nobody began it anew since.
func (w *writer) putJob(ctx context.Context, exec execFunc, j claims.Job, only string) (int64, error) {
	problem, err := problemText(j.Problem)
	if err != nil {
		return 0, err
	}
	return exec(ctx, `UPDATE jobs SET article = $1, result = $2, state = $3, step = $4, done = $5, total = $6, max_attempts = $7, next_at = $8,
		problem = $9, ended_at = $10 WHERE id = $11 AND attempt = $12`+only, j.Article, j.Result, j.State, j.Step, j.Done, j.Total, j.MaxAttempts,
		j.NextAt.UnixMicro(), problem, micros(j.EndedAt), j.ID, j.Attempt)
}

func (w *writer) DropJob(ctx context.Context, id string) error {
	_, err := w.execExempt(ctx, "DELETE FROM jobs WHERE id = $1 AND state NOT IN ('waiting', 'running')", id)
	return err
}

func (w *writer) DeleteJobsBefore(ctx context.Context, t time.Time) error {
	_, err := w.execExempt(ctx, "DELETE FROM jobs WHERE ended_at < $1", t.UnixMicro())
	return err
}

// DeleteJob implements claims.JobWriter.
func (w *writer) DeleteJob(ctx context.Context, id string) error {
	rows, err := w.exec(ctx, "DELETE FROM jobs WHERE id = $1", id)
	if err == nil && rows == 0 {
		return claims.NotFound("job", id)
	}
	return err
}
