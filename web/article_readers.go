package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

func (s *Server) articleReaders(c echo.Context) error {
	return s.articleReadersPage(c, http.StatusOK, nil, nil)
}

// articleReadersPage shows who may see an article, or readers as they were chosen.
func (s *Server) articleReadersPage(c echo.Context, status int, readers []string, problems views.Problems) error {
	v, err := s.desk.Article(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	p := desk.ArticleReadersPage{Article: v.Article, People: v.People, Readers: readers, Problems: problems}
	if p.Frame = s.frame(c, "articles", wordsOf(c).T("restrict.title")); problems == nil {
		p.Readers = v.Article.Readers
		if !v.Article.Restricted {
			p.Readers = []string{actorOf(c).ID}
		}
	}
	p.Width = "middle"
	return s.render(c, status, desk.ArticleReaders(p))
}

// articleRestrict says who may see an article: the people chosen, or everybody.
func (s *Server) articleRestrict(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	readers, restricted := append([]string{}, c.Request().PostForm["readers"]...), c.FormValue("restrict") != "no"
	patch, done := workflow.ArticlePatch{Restricted: &restricted}, "restrict.lifted"
	if restricted {
		patch.Readers, done = &readers, "restrict.done"
		if claims.SeesRestricted(actorOf(c).Role) { // who sees it anyway need not be named
			readers = append(readers, actorOf(c).ID)
		}
	}
	a, err := s.desk.EditArticle(c.Request().Context(), actorOf(c), c.Param("id"), seen, patch)
	if err != nil {
		e, status := refusal(err)
		if e.Kind != claims.KindInvalid && e.Kind != claims.KindStale {
			return err
		}
		s.logError(c, status, err)
		return s.articleReadersPage(c, status, readers, views.ProblemsOf(wordsOf(c), err))
	}
	s.flash(c, done)
	return seeOther(c, "/articles/"+url.PathEscape(a.ID))
}
