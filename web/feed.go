package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

func (s *Server) feedList(c echo.Context) error {
	feeds, people, err := s.desk.Feeds(c.Request().Context(), actorOf(c))
	if err != nil {
		return err
	}
	p := desk.FeedsPage{Frame: s.frame(c, "articles", wordsOf(c).T("feeds.title")), People: people, MayAdd: s.may(c, claims.ActFeed)}
	p.Width = "middle"
	for _, f := range feeds {
		p.Rows = append(p.Rows, s.feedRow(c, f))
	}
	return s.render(c, http.StatusOK, desk.Feeds(p))
}

func (s *Server) feedRow(c echo.Context, f claims.Feed) desk.FeedRow {
	return desk.FeedRow{Feed: f, MayChange: claims.MayOnFeed(actorOf(c), f, visitOf(c).settings) == nil}
}

func (s *Server) feedShow(c echo.Context) error {
	page, err := pageOf(c)
	if err != nil {
		return err
	}
	v, err := s.desk.Feed(c.Request().Context(), actorOf(c), c.Param("id"), page)
	if err != nil {
		return err
	}
	p := desk.FeedPage{Frame: s.frame(c, "articles", v.Feed.Name), Row: s.feedRow(c, v.Feed), Items: v.Items, Articles: v.Articles, People: v.People}
	p.History = desk.EventReader{Words: wordsOf(c), People: v.People}.Rows(v.Events)
	p.First, p.Next = turned(c, v.Next)
	return s.render(c, http.StatusOK, desk.Feed(p))
}

func (s *Server) feedNew(c echo.Context) error {
	form := desk.FeedForm{URL: cut(c.QueryParam("url"), maxQuery), Every: strconv.Itoa(workflow.DefaultEvery), First: strconv.Itoa(workflow.DefaultFirst)}
	return s.feedFormPage(c, http.StatusOK, desk.FeedFormPage{Form: form})
}

func (s *Server) feedFormPage(c echo.Context, status int, p desk.FeedFormPage) error {
	title := "feeds.new"
	if p.ID != "" {
		title = "feeds.edit"
	}
	p.Frame = s.frame(c, "articles", wordsOf(c).T(title))
	p.Width = "middle"
	return s.render(c, status, desk.FeedEdit(p))
}

func feedForm(c echo.Context) desk.FeedForm {
	return desk.FeedForm{
		URL: c.FormValue("url"), Name: c.FormValue("name"), Outlet: c.FormValue("outlet"), Language: c.FormValue("language"),
		Include: c.FormValue("include"), Exclude: c.FormValue("exclude"), Every: c.FormValue("every"), First: c.FormValue("first"),
	}
}

// feedPatch reads the form; a field without a number is 0, which is refused or none.
func feedPatch(f desk.FeedForm) (workflow.FeedPatch, error) {
	include, exclude := lines(f.Include), lines(f.Exclude)
	p := workflow.FeedPatch{URL: &f.URL, Name: &f.Name, Outlet: &f.Outlet, Language: &f.Language, Include: &include, Exclude: &exclude}
	for _, field := range []struct {
		name, typed string
		to          **int
	}{{"every", f.Every, &p.Every}, {"first", f.First, &p.First}} {
		n, err := strconv.Atoi(strings.TrimSpace(field.typed))
		if err != nil {
			return p, claims.Invalid(field.name, "number.malformed", cut(field.typed, maxShown))
		}
		*field.to = &n
	}
	return p, nil
}

func (s *Server) feedCreate(c echo.Context) error {
	form := feedForm(c)
	patch, err := feedPatch(form)
	var f claims.Feed
	if err == nil {
		f, err = s.desk.AddFeed(c.Request().Context(), actorOf(c), patch)
	}
	if err != nil {
		return s.feedRefused(c, err, desk.FeedFormPage{Form: form})
	}
	s.flash(c, "feeds.added")
	return seeOther(c, "/feeds/"+url.PathEscape(f.ID))
}

func (s *Server) feedEdit(c echo.Context) error {
	v, err := s.desk.Feed(c.Request().Context(), actorOf(c), c.Param("id"), claims.Page{Limit: 1})
	if err != nil {
		return err
	}
	return s.feedFormPage(c, http.StatusOK, desk.FeedFormPage{ID: v.Feed.ID, Version: v.Feed.Version, Form: desk.FeedFormOf(v.Feed)})
}

func (s *Server) feedUpdate(c echo.Context) error {
	form := feedForm(c)
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	patch, err := feedPatch(form)
	if err == nil {
		_, err = s.desk.EditFeed(c.Request().Context(), actorOf(c), c.Param("id"), seen, patch)
	}
	if err != nil {
		return s.feedRefused(c, err, desk.FeedFormPage{ID: c.Param("id"), Version: seen, Form: form})
	}
	s.flash(c, "feeds.saved")
	return seeOther(c, "/feeds/"+url.PathEscape(c.Param("id")))
}

// feedRefused shows the form again as it was typed, beside what stands where somebody
// changed it meanwhile.
func (s *Server) feedRefused(c echo.Context, err error, p desk.FeedFormPage) error {
	e, status := refusal(err)
	if e.Kind != claims.KindInvalid && e.Kind != claims.KindStale && e.Kind != claims.KindConflict {
		return err
	}
	s.logError(c, status, err)
	p.Problems = views.ProblemsOf(wordsOf(c), err)
	if e.Kind == claims.KindStale {
		v, err := s.desk.Feed(c.Request().Context(), actorOf(c), p.ID, claims.Page{Limit: 1})
		if err != nil {
			return err
		}
		stands := desk.FeedFormOf(v.Feed)
		p.Version, p.Stands = v.Feed.Version, &stands
	}
	return s.feedFormPage(c, status, p)
}

func (s *Server) feedPause(c echo.Context) error {
	_, err := s.desk.PauseFeed(c.Request().Context(), actorOf(c), c.Param("id"))
	return s.feedDone(c, err, "feeds.paused")
}

func (s *Server) feedResume(c echo.Context) error {
	_, err := s.desk.ResumeFeed(c.Request().Context(), actorOf(c), c.Param("id"))
	return s.feedDone(c, err, "feeds.resumed")
}

func (s *Server) feedLook(c echo.Context) error {
	_, err := s.desk.LookAtFeedNow(c.Request().Context(), actorOf(c), c.Param("id"))
	return s.feedDone(c, err, "feeds.looking")
}

func (s *Server) feedDone(c echo.Context, err error, said string) error {
	if err != nil {
		return err
	}
	s.flash(c, said)
	return seeOther(c, "/feeds/"+url.PathEscape(c.Param("id")))
}

func (s *Server) feedDelete(c echo.Context) error {
	if err := s.desk.DeleteFeed(c.Request().Context(), actorOf(c), c.Param("fid")); err != nil {
		return err
	}
	s.flash(c, "feeds.deleted")
	return seeOther(c, "/feeds")
}
