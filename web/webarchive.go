package web

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/workflow"
	"cotejo/views/desk"
)

// archiveNote is what became of an article's page at the web archive.
func (s *Server) archiveNote(c echo.Context, v workflow.ArticleView) (desk.ArchiveNote, error) {
	all, err := s.desk.ArchiveRequests(c.Request().Context(), actorOf(c), v.Article.ID)
	n := desk.ArchiveNote{Request: desk.NewestArchive(all, "")}
	open := n.Request != nil && !n.Request.State.Settled()
	if s.desk.Archives() && s.may(c, claims.ActArchive) && v.Article.URL != "" && !v.Article.Restricted && !open {
		n.Ask = "/articles/" + v.Article.ID + "/archive"
	}
	return n, err
}

// articleArchive asks the web archive to keep an article's page.
func (s *Server) articleArchive(c echo.Context) error {
	q, err := s.desk.AskArchive(c.Request().Context(), actorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	s.flash(c, "archive.asked")
	return seeOther(c, "/articles/"+url.PathEscape(q.Article))
}

// evidenceArchive asks so for a document beside a claim.
func (s *Server) evidenceArchive(c echo.Context) error {
	q, err := s.desk.AskArchiveEvidence(c.Request().Context(), actorOf(c), c.Param("id"), c.Param("eid"))
	if err != nil {
		return err
	}
	s.flash(c, "archive.asked")
	if back := c.FormValue("back"); back != "" {
		return seeOther(c, localPath(back))
	}
	return seeOther(c, "/claims/"+url.PathEscape(q.Claim)+"#e-"+url.PathEscape(q.Evidence))
}
