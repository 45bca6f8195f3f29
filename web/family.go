package web

import (
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/desk"
)

// familyOf is what an article shares with its copies, and its rows as they stand in it,
// numbered after so many of its own.
func familyOf(v workflow.ArticleView, after int) (f desk.Family, rows []claims.ClaimRow) {
	f.Original, f.Copies = v.Original, v.Copies
	for i, h := range v.Here {
		row := h.ClaimRow
		row.Fragments = h.Fragments
		rows = append(rows, row)
		f.Cards = append(f.Cards, desk.ClaimCard{ClaimRow: row, N: after + i + 1, Locator: v.Snapshot.Meta.Locator(h.Fragments[0].Span)})
	}
	return f, rows
}

// articleCopy says that an article is a copy of another, or of none any more.
func (s *Server) articleCopy(c echo.Context) error {
	seen, err := versionOf(c)
	if err != nil {
		return err
	}
	typed := c.FormValue("copy_of")
	of := articleNamed(typed)
	a, err := s.desk.LinkCopy(c.Request().Context(), actorOf(c), c.Param("id"), seen, of)
	if err != nil {
		return s.articleCopyRefused(c, err, typed)
	}
	if of == "" {
		s.flash(c, "family.unlinked")
	} else {
		s.flash(c, "family.linked")
	}
	return seeOther(c, "/articles/"+url.PathEscape(a.ID))
}

// articleNamed reads the id of an article, or the address of its page.
func articleNamed(typed string) string {
	typed = strings.TrimSpace(typed)
	u, err := url.Parse(typed)
	if err != nil {
		return typed
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if i := slices.Index(parts, "articles"); i >= 0 && i+1 < len(parts) {
		return strings.ToUpper(parts[i+1])
	}
	return strings.ToUpper(typed)
}

func (s *Server) articleCopyRefused(c echo.Context, err error, typed string) error {
	e, status := refusal(err)
	if e.Kind != claims.KindInvalid && e.Kind != claims.KindStale {
		return err
	}
	s.logError(c, status, err)
	v, readErr := s.desk.Article(c.Request().Context(), actorOf(c), c.Param("id"))
	if readErr != nil {
		return readErr
	}
	a := v.Article
	return s.articleEditPage(c, status, desk.ArticleEditPage{ID: a.ID, Version: a.Version, Form: articleAsKept(a), CopyOf: a.CopyOf, Typed: typed, Problems: views.ProblemsOf(wordsOf(c), err)})
}
