package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

// After how many seconds a page of work that is not over fetches itself anew.
const (
	jobAgain  = 2
	jobsAgain = 15
)

func (s *Server) jobList(c echo.Context) error {
	page, err := pageOf(c)
	if err != nil {
		return err
	}
	f := claims.JobFilter{Article: cut(c.QueryParam("article"), maxShown), Open: c.QueryParam("open") != "", Page: page}
	v, err := s.desk.Jobs(c.Request().Context(), actorOf(c), f)
	if err != nil {
		return err
	}
	p := desk.JobsPage{Frame: s.frame(c, "articles", wordsOf(c).T("jobs.title")), People: v.People, Article: f.Article, Open: f.Open}
	p.Width = "middle"
	p.First, p.Next = turned(c, v.Next)
	for _, j := range v.Jobs {
		p.Rows = append(p.Rows, s.jobRow(c, j))
		if !j.State.Over() && p.First == "" {
			p.Again = jobsAgain
		}
	}
	p.Head, p.Scripts = desk.Refresh(p.Again), []string{desk.PartialScript}
	return s.render(c, http.StatusOK, desk.Jobs(p))
}

func (s *Server) jobRow(c echo.Context, j claims.Job) desk.JobRow {
	return desk.JobRow{Job: j, Subject: jobSubject(j), MaySteer: claims.MayOnJob(actorOf(c), j, visitOf(c).settings) == nil}
}

// jobSubject says what a job is about: the address of its page or feed, else its article.
func jobSubject(j claims.Job) string {
	switch j.Kind {
	case claims.JobFeed:
		in, _ := workflow.FeedLookOf(j)
		return in.URL
	case claims.JobImport:
		return importSubject(j)
	}
	if in, err := workflow.RequestOf(j); err == nil && in.Hint.URL != "" {
		return in.Hint.URL
	}
	return j.Article
}

// jobShow shows one job. With "go" it leads on to what came of it, as soon as
// there is something.
func (s *Server) jobShow(c echo.Context) error {
	ctx := c.Request().Context()
	j, err := s.desk.Job(ctx, actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	people, err := s.desk.JobPeople(ctx, actorOf(c))
	if err != nil {
		return err
	}
	if c.QueryParam("go") != "" && j.State.Over() && j.State != claims.JobCancelled {
		switch {
		case j.Kind == claims.JobLook:
			return seeOther(c, "/articles/new?job="+url.QueryEscape(j.ID))
		case j.Kind == claims.JobImport && j.State == claims.JobDone:
			return seeOther(c, "/import/"+url.PathEscape(j.ID))
		case j.Article != "" && j.State == claims.JobDone:
			return seeOther(c, "/articles/"+url.PathEscape(j.Article))
		}
	}
	p := desk.JobPage{Frame: s.frame(c, "articles", wordsOf(c).T("job_kind."+string(j.Kind))), Row: s.jobRow(c, j), Back: c.Request().URL.RequestURI()}
	p.Width, p.People = "middle", people
	if !j.State.Over() {
		p.Again = jobAgain
	}
	p.Head, p.Scripts = desk.Refresh(p.Again), []string{desk.PartialScript}
	return s.render(c, http.StatusOK, desk.Job(p))
}

func (s *Server) jobStop(c echo.Context) error {
	j, err := s.desk.StopJob(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	s.flash(c, "job.stopped")
	return seeOther(c, jobBack(c, j))
}

func (s *Server) jobRetry(c echo.Context) error {
	j, err := s.desk.RetryJob(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	s.flash(c, "job.retried")
	return seeOther(c, jobBack(c, j))
}

// jobBack is where an act on a job leads: the list where it was done from there.
func jobBack(c echo.Context, j claims.Job) string {
	if c.FormValue("back") == "/jobs" {
		return "/jobs"
	}
	return "/jobs/" + url.PathEscape(j.ID)
}

// wantsFetch reports whether a form asks for its address to be fetched: it says so, or
// there is nothing else to take in.
func wantsFetch(c echo.Context, form desk.ArticleForm, in ingest.Input) bool {
	nothing := len(in.Raw) == 0 || in.Filename == "" && strings.TrimSpace(form.Text) == ""
	return c.FormValue("fetch") != "" || nothing && form.URL != "" && c.FormValue("job") == ""
}

// intakeFetch asks for a page and leads to the job that brings it.
func (s *Server) intakeFetch(c echo.Context, in ingest.Input, form desk.ArticleForm) error {
	j, err := s.desk.AskPage(c.Request().Context(), actorOf(c), workflow.PageRequest{Hint: in.Hint, Note: form.Note, AcceptDuplicate: form.Duplicate, CopyOf: form.CopyOf, Audience: audienceOf(c, form)})
	if err != nil {
		return s.intakeRefused(c, err, in, form)
	}
	return seeOther(c, "/jobs/"+url.PathEscape(j.ID)+"?go=1")
}

// intakeFetched shows what a job brought, in a form to correct it; where it brought
// nothing, why, and what was given before.
func (s *Server) intakeFetched(c echo.Context) error {
	j, found, err := s.desk.FoundPage(c.Request().Context(), actorOf(c), c.QueryParam("job"))
	if err != nil {
		return err
	}
	if !j.State.Over() {
		return seeOther(c, "/jobs/"+url.PathEscape(j.ID)+"?go=1")
	}
	p, err := s.fetchedPage(c, j, found)
	if err != nil {
		return err
	}
	return s.intakePage(c, http.StatusOK, p)
}

func (s *Server) fetchedPage(c echo.Context, j claims.Job, found workflow.FoundPage) (p desk.IntakePage, err error) {
	in, err := workflow.RequestOf(j)
	if err != nil {
		return p, err
	}
	h, w := in.Hint, wordsOf(c)
	p.Form = desk.ArticleForm{Title: h.Title, Outlet: h.Outlet, Authors: strings.Join(h.Authors, "; "), URL: h.URL, Published: h.Published, Language: h.Language, Note: in.Note}
	f := found.Found
	switch {
	case f == nil && found.Problem != nil:
		p.Notice = w.T("intake.not_read", w.T(found.Problem.Key, found.Problem.Args...))
	case f == nil && j.Problem != nil:
		p.Notice = w.T("intake.not_fetched", w.T(j.Problem.Key, j.Problem.Args...))
	case f == nil:
	default:
		article := claims.Article{Title: f.Title, Outlet: f.Outlet, Authors: f.Authors, URL: f.URL, CanonicalURL: f.CanonicalURL, Published: f.Published, Language: f.Language}
		p.Job, p.Sample, p.Barrier, p.Files, p.Found = j.ID, f.Beginning, f.Meta.Barrier, f.Meta.Attachments, desk.FoundIn(w, article, f.Meta)
		p.Form = desk.ArticleForm{Title: f.Title, Outlet: f.Outlet, Authors: strings.Join(f.Authors, "; "), URL: f.URL, Language: f.Language, Note: in.Note}
		if f.Published != nil {
			p.Form.Published = string(*f.Published)
		}
	}
	p.Form.Restricted, p.Form.Readers = in.Audience.Restricted, in.Audience.Readers
	return p, nil
}

// articleSuggest has a model asked about an article and leads to the job.
func (s *Server) articleSuggest(c echo.Context) error {
	j, err := s.desk.AskSuggest(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	return seeOther(c, "/jobs/"+url.PathEscape(j.ID)+"?go=1")
}

// articleRefetch asks for an article's page again and leads to the job.
func (s *Server) articleRefetch(c echo.Context) error {
	j, err := s.desk.AskRefetch(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	return seeOther(c, "/jobs/"+url.PathEscape(j.ID)+"?go=1")
}
