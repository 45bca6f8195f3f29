package desk

import (
	"net/url"
	"strconv"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// JobsPage is the queue of jobs and what became of it.
type JobsPage struct {
	views.Frame
	Rows        []JobRow
	People      map[string]claims.Person
	Article     string // whose jobs these are, "" for all
	Open        bool   // only those that are not over
	Again       int    // seconds after which the page fetches itself anew; 0 for never
	First, Next string
}

// JobRow is one job as pages show it.
type JobRow struct {
	claims.Job
	Subject  string // what it is about, in a few words
	MaySteer bool   // the reader may stop it, or have it tried again
}

// JobPage is one job.
type JobPage struct {
	views.Frame
	Row    JobRow
	People map[string]claims.Person
	Again  int // seconds after which the page fetches itself anew; 0 for never
	Back   string
}

// jobProblem words why an attempt failed.
func jobProblem(w *i18n.Words, p *claims.JobProblem) string {
	if p == nil {
		return ""
	}
	return w.Field(claims.FieldError{Key: p.Key, Args: p.Args})
}

// stopped reports whether a job can be tried again.
func (r JobRow) stopped() bool { return r.State == claims.JobFailed || r.State == claims.JobCancelled }

func (r JobRow) path() string { return "/jobs/" + r.ID }

// outcome leads to what came of a job, "" where there is nothing to see.
func (r JobRow) outcome() (path, key string) {
	switch {
	case r.Kind == claims.JobLook && r.State == claims.JobDone:
		return "/articles/new?job=" + url.QueryEscape(r.ID), "job.see_found"
	case r.Kind == claims.JobLook && r.State.Over():
		return "/articles/new?job=" + url.QueryEscape(r.ID), "job.paste"
	case r.Kind == claims.JobImport && r.State == claims.JobDone:
		return "/import/" + r.ID, "job.see_report"
	case r.Article != "":
		return "/articles/" + r.Article, "job.see_article"
	}
	return "", ""
}

func (p JobsPage) filterPath(open bool) string {
	q := url.Values{}
	if p.Article != "" {
		q.Set("article", p.Article)
	}
	if open {
		q.Set("open", "1")
	}
	if len(q) == 0 {
		return "/jobs"
	}
	return "/jobs?" + q.Encode()
}

func whole(n int) string { return strconv.Itoa(n) }

func long(n int64) string { return strconv.FormatInt(n, 10) }

func jobTone(s claims.JobState) string {
	switch s {
	case claims.JobDone:
		return "good"
	case claims.JobFailed:
		return "bad"
	case claims.JobCancelled:
		return "plain"
	}
	return "new"
}
