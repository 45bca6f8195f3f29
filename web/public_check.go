package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims/markdown"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/i18n"
)

// publicCheck is a published fact-check article.
func (s *Server) publicCheck(c echo.Context) error {
	p, err := s.desk.PublicCheck(c.Request().Context(), c.Param("slug"))
	if err != nil {
		return err
	}
	frame, err := s.publicFrame(c, p.Language, p.Title)
	if err != nil {
		return err
	}
	view, err := checkView(frame, p)
	if err != nil {
		return err
	}
	view.Frame.Head = views.CheckHead(s.checkURL(p.Slug), s.checkSocial(p, view, frame.Newsroom))
	return s.renderPublic(c, http.StatusOK, views.PublicCheckPage(view))
}

// checkPreview shows a check as the public would see it, to who writes it.
func (s *Server) checkPreview(c echo.Context) error {
	p, err := s.desk.PreviewCheck(c.Request().Context(), actorOf(c), c.Param("slug"))
	if err != nil {
		return err
	}
	frame := s.frame(c, "checks", p.Title)
	frame.Width, frame.Head = "narrow", views.PublicHead()
	view, err := checkView(frame, p)
	if err != nil {
		return err
	}
	view.Preview = true
	return s.render(c, http.StatusOK, views.PublicCheckPage(view))
}

func checkView(frame views.Frame, p workflow.PublicCheck) (views.PublicCheckView, error) {
	cited := map[string]views.Cited{}
	var inOrder []views.Cited
	for _, id := range markdown.Citations(p.Body) {
		one := citedOf(id, p.Claims)
		cited[id] = one
		inOrder = append(inOrder, one)
	}
	body, err := views.Markdown(i18n.For(p.Language), p.Body, cited)
	return views.PublicCheckView{
		Frame: frame, Title: p.Title, Summary: p.Summary, Authors: strings.Join(p.Authors, ", "), Language: p.Language,
		PublishedAt: p.PublishedAt, Version: p.N, Body: body, Cited: inOrder,
	}, err
}

// citedOf gives a cited claim by its newest publication; where it was merged,
// that of the claim that stands for it.
func citedOf(id string, all map[string]workflow.PublicClaim) views.Cited {
	p, ok := all[id]
	if !ok {
		return views.Cited{ID: id}
	}
	verdict := p.Document.Verdict.Content
	return views.Cited{ID: p.Document.ID, Wording: p.Document.Claim.Standalone, Language: p.Document.Language, Verdict: &verdict, Withdrawn: p.Withdrawn != nil}
}
