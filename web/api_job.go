package web

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"cotejo/claims"
	"cotejo/claims/workflow"
)

// jobJSON is a job as programs see it.
type jobJSON struct {
	ID          string           `json:"id"`
	URL         string           `json:"url" doc:"Its page on this desk"`
	Kind        claims.JobKind   `json:"kind"`
	State       claims.JobState  `json:"state" doc:"waiting, running, done, failed or cancelled"`
	Article     *string          `json:"article" doc:"That it is about, or that came of it"`
	Subject     string           `json:"subject" doc:"What it is about, in a few words"`
	Person      *string          `json:"person" doc:"Id of who asked for it; null for the program itself"`
	Step        string           `json:"step,omitempty" doc:"What is being done"`
	Done        int64            `json:"done"`
	Total       int64            `json:"total" doc:"0 where it is unknown"`
	Attempt     int              `json:"attempt"`
	MaxAttempts int              `json:"max_attempts"`
	NextAt      *time.Time       `json:"next_at" doc:"When a waiting job may be begun"`
	Problem     *jobProblemJSON  `json:"problem" doc:"Of the last attempt"`
	Result      *json.RawMessage `json:"result" doc:"What came of it; its fields go by the kind"`
	CreatedAt   time.Time        `json:"created_at"`
	EndedAt     *time.Time       `json:"ended_at"`
}

type jobProblemJSON struct {
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

type (
	jobID struct {
		Call
		ID string `path:"id"`
	}
	jobQuery struct {
		Call
		Paging
		Article string `query:"article"`
		Open    string `query:"open" doc:"1: only those that are not over"`
	}
)

func (a *api) addJobs() {
	s := a.server
	add(a, endpoint{method: http.MethodGet, path: "/jobs", act: claims.ActLook, summary: "List background work, newest first"}, s.apiJobs)
	add(a, endpoint{method: http.MethodGet, path: "/jobs/{id}", act: claims.ActLook, summary: "One piece of background work with its progress"}, s.apiJob)
	add(a, endpoint{method: http.MethodPost, path: "/articles/{id}/refetch", act: claims.ActArticleAdd, summary: "Fetch an article again and see what changed", status: http.StatusAccepted}, s.apiRefetch)
	add(a, endpoint{method: http.MethodPost, path: "/articles/{id}/suggest", act: claims.ActArticleAdd, summary: "Have a model asked for further claims of an article", status: http.StatusAccepted}, s.apiSuggest)
	add(a, endpoint{method: http.MethodPost, path: "/jobs/{id}/stop", act: claims.ActJobSteer, summary: "Stop work that is not over"}, s.apiJobStop)
	add(a, endpoint{method: http.MethodPost, path: "/jobs/{id}/retry", act: claims.ActJobSteer, summary: "Have work tried again that failed or was stopped"}, s.apiJobRetry)
}

func (s *Server) jobJSON(in *Call, j claims.Job) jobJSON {
	out := jobJSON{
		ID: j.ID, URL: s.link("/jobs/" + j.ID), Kind: j.Kind, State: j.State, Article: known(j.Article), Subject: jobSubject(j), Person: known(j.Person),
		Step: j.Step, Done: j.Done, Total: j.Total, Attempt: j.Attempt, MaxAttempts: j.MaxAttempts, CreatedAt: j.CreatedAt, EndedAt: since(j.EndedAt),
	}
	if j.State == claims.JobWaiting {
		out.NextAt = since(j.NextAt)
	}
	if j.Problem != nil {
		out.Problem = &jobProblemJSON{Code: j.Problem.Key, Detail: wordsOf(in.echo).T(j.Problem.Key, j.Problem.Args...)}
	}
	if j.Result != "" {
		raw := json.RawMessage(j.Result)
		out.Result = &raw
	}
	return out
}

func (s *Server) apiJobs(ctx context.Context, in *jobQuery) (*listing[jobJSON], error) {
	page, err := pageOf(in.echo)
	if err != nil {
		return nil, err
	}
	v, err := s.desk.Jobs(ctx, in.actor(), claims.JobFilter{Article: cut(in.Article, maxShown), Open: in.Open != "", Page: page})
	if err != nil {
		return nil, err
	}
	items := make([]jobJSON, len(v.Jobs))
	for i, j := range v.Jobs {
		items[i] = s.jobJSON(&in.Call, j)
	}
	return listed(items, v.Next), nil
}

func (s *Server) apiJob(ctx context.Context, in *jobID) (*single[jobJSON], error) {
	j, err := s.desk.Job(ctx, in.actor(), in.ID)
	return s.oneJob(in, j, err)
}

func (s *Server) apiJobStop(ctx context.Context, in *jobID) (*single[jobJSON], error) {
	j, err := s.desk.StopJob(ctx, in.actor(), in.ID)
	return s.oneJob(in, j, err)
}

func (s *Server) apiJobRetry(ctx context.Context, in *jobID) (*single[jobJSON], error) {
	j, err := s.desk.RetryJob(ctx, in.actor(), in.ID)
	return s.oneJob(in, j, err)
}

func (s *Server) oneJob(in *jobID, j claims.Job, err error) (*single[jobJSON], error) {
	if err != nil {
		return nil, err
	}
	return &single[jobJSON]{Body: s.jobJSON(&in.Call, j)}, nil
}

// articleAnswer is what taking in answers: 201 with the article, or 202 with the job
// that fetches it.
type articleAnswer struct {
	Status   int
	ETag     string `header:"ETag"`
	Location string `header:"Location"`
	Body     articleAnswerJSON
}

type articleAnswerJSON struct {
	ID       string   `json:"id,omitempty" doc:"201: of the article"`
	URL      string   `json:"url" doc:"Its page, or that of the job"`
	Snapshot string   `json:"snapshot,omitempty" doc:"201: SHA-256 of the text"`
	Claims   *int     `json:"claims,omitempty" doc:"201: how many were found"`
	Job      *jobJSON `json:"job,omitempty" doc:"202: fetches the page and takes it in"`
}

// apiFetch has a page fetched and taken in.
func (s *Server) apiFetch(ctx context.Context, in *bare, body articleInput) (*articleAnswer, error) {
	intake, err := body.intake()
	if err != nil {
		return nil, err
	}
	j, err := s.desk.AskPage(ctx, in.actor(), workflow.PageRequest{Hint: intake.Hint, AcceptDuplicate: intake.AcceptDuplicate, CopyOf: intake.CopyOf, Audience: intake.Audience, Keep: true})
	if err != nil {
		return nil, err
	}
	job := s.jobJSON(&in.Call, j)
	return &articleAnswer{Status: http.StatusAccepted, Location: apiRoot + "/jobs/" + j.ID, Body: articleAnswerJSON{URL: job.URL, Job: &job}}, nil
}

// jobAnswer says that a job was asked for.
type jobAnswer struct {
	Status   int
	Location string `header:"Location"`
	Body     jobJSON
}

func (s *Server) apiRefetch(ctx context.Context, in *articleID) (*jobAnswer, error) {
	j, err := s.desk.AskRefetch(ctx, in.actor(), in.ID)
	return s.askedJob(&in.Call, j, err)
}

func (s *Server) apiSuggest(ctx context.Context, in *articleID) (*jobAnswer, error) {
	j, err := s.desk.AskSuggest(ctx, in.actor(), in.ID)
	return s.askedJob(&in.Call, j, err)
}

func (s *Server) askedJob(in *Call, j claims.Job, err error) (*jobAnswer, error) {
	if err != nil {
		return nil, err
	}
	return &jobAnswer{Status: http.StatusAccepted, Location: apiRoot + "/jobs/" + j.ID, Body: s.jobJSON(in, j)}, nil
}
