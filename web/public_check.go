package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/markdown"
	"cotejo/claims/workflow"
	"cotejo/views"
	"cotejo/views/i18n"
	"cotejo/views/public"
)

// publicCheck is a published fact-check article.
func (s *Server) publicCheck(c echo.Context) error {
	slug, n, pinned := readCheckAddress(c.Param("slug"))
	if pinned && n < 1 {
		return claims.NotFound("check_publication", cut(c.Param("slug"), maxShown))
	}
	p, err := s.desk.PublicCheckVersion(c.Request().Context(), slug, n)
	if err != nil {
		return err
	}
	title := p.Title
	if p.Withdrawn != nil && !pinned {
		title = languageOf(p.Language).T("public.withdrawn")
	}
	frame, err := s.publicFrame(c, p.Language, title)
	if err != nil {
		return err
	}
	if p.Withdrawn != nil && !pinned {
		return s.renderPublic(c, http.StatusGone, public.CheckTombstone(public.CheckView{
			Frame: frame, Slug: p.Slug, Language: p.Language, Withdrawn: p.Withdrawn, Newest: p.Newest,
		}))
	}
	view, err := checkView(frame, p)
	if err != nil {
		return err
	}
	view.Frame.Head = public.CheckHead(s.checkURL(p.Slug), s.checkSocial(p, view, frame.Newsroom))
	view.Pinned = pinned
	return s.renderPublic(c, http.StatusOK, public.CheckPage(view))
}

// readCheckAddress reads SLUG and SLUG@N; n is 0 where the version is no number.
func readCheckAddress(s string) (slug string, n int, pinned bool) {
	slug, version, pinned := strings.Cut(s, "@")
	if pinned {
		n, _ = strconv.Atoi(version)
	}
	return slug, n, pinned
}

// languageOf is the words of a check's language.
func languageOf(lang string) *i18n.Words { return i18n.For(lang) }

// checkPreview shows a check as the public would see it, to who writes it.
func (s *Server) checkPreview(c echo.Context) error {
	p, err := s.desk.PreviewCheck(c.Request().Context(), actorOf(c), c.Param("slug"))
	if err != nil {
		return err
	}
	frame := s.frame(c, "checks", p.Title)
	frame.Width, frame.Head = "narrow", public.Head()
	view, err := checkView(frame, p)
	if err != nil {
		return err
	}
	view.Preview = true
	return s.render(c, http.StatusOK, public.CheckPage(view))
}

func checkView(frame views.Frame, p workflow.PublicCheck) (public.CheckView, error) {
	cited := map[string]public.Cited{}
	var inOrder []public.Cited
	for _, id := range markdown.Citations(p.Body) {
		one := citedOf(id, p.Claims, p.N < p.Newest)
		cited[id] = one
		inOrder = append(inOrder, one)
	}
	body, err := public.Markdown(i18n.For(p.Language), p.Body, cited)
	return public.CheckView{
		Slug: p.Slug, Versions: p.Versions, Newest: p.Newest, Withdrawn: p.Withdrawn, Related: p.Related, Image: p.Image, Frame: frame, Title: p.Title, Summary: p.Summary, Authors: strings.Join(p.Authors, ", "), Language: p.Language,
		PublishedAt: p.PublishedAt, Version: p.N, Body: body, Cited: inOrder,
	}, err
}

// citedOf gives a cited claim by its newest publication; where it was merged,
// that of the claim that stands for it. An older version of a check leads to the
// versions that it was written from.
func citedOf(id string, all map[string]workflow.PublicClaim, then bool) public.Cited {
	p, ok := all[id]
	if !ok {
		return public.Cited{ID: id}
	}
	verdict := p.Document.Verdict.Content
	out := public.Cited{ID: p.Document.ID, As: id, Wording: p.Document.Claim.Standalone, Language: p.Document.Language, Verdict: &verdict, Withdrawn: p.Withdrawn != nil}
	if then && p.MergedInto == "" {
		out.N = p.Publication.N
	}
	return out
}
