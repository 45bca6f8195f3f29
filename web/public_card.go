package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/card"
	"cotejo/claims/export"
	"cotejo/claims/workflow"
	"cotejo/views/i18n"
	"cotejo/views/public"
)

const pngType = "image/png"

// openly lets other sites show what is sent: pictures and frames of ours.
func openly(h http.Header) { h.Set("Cross-Origin-Resource-Policy", "cross-origin") }

// sendCard sends the picture of a claim. Of one that is withdrawn it says so, and
// no more.
func (s *Server) sendCard(c echo.Context, a address, p workflow.PublicClaim) error {
	raw, err := cardOf(p).PNG()
	if err != nil {
		return err
	}
	status := http.StatusOK
	if p.Withdrawn != nil && a.n == 0 {
		status = http.StatusGone
	}
	openly(c.Response().Header())
	return sendPublic(c, status, pngType, raw)
}

func cardOf(p workflow.PublicClaim) card.Card {
	d, w := p.Document, i18n.For(p.Document.Language)
	out := card.Card{Kicker: w.T("public.fact_check") + " · " + claims.ShowID(d.ID), Newsroom: d.ClaimReview.Author.Name}
	if p.Withdrawn != nil {
		out.Verdict, out.Shape, out.Color = w.T("public.withdrawn"), "dash", "not-checkable"
		return out
	}
	step := d.Verdict.Content
	out.Claim, out.Verdict, out.Shape, out.Color, out.Outlet = d.Claim.Standalone, step.Label, step.Shape, step.Color, d.Article.Outlet
	return out
}

// claimSocial is what other sites show of a claim beside a link to it. The picture
// is that of the version, so that none is kept past a correction.
func (s *Server) claimSocial(d export.Document, w *i18n.Words) public.Social {
	about := w.T("public.social", d.Verdict.Content.Label)
	if d.Verdict.WhatIsTrue != "" {
		about += " " + w.T("public.what_is_true") + " " + d.Verdict.WhatIsTrue
	}
	return public.Social{
		Title: d.Claim.Standalone, Description: about, URL: d.URL, Site: d.ClaimReview.Author.Name, Language: d.Language,
		Image: s.link(address{id: d.ID, n: d.Version, png: true}.String()), ImageAlt: strings.Join([]string{d.Verdict.Content.Label, d.Claim.Standalone}, ": "),
		Published: d.FirstAt, Modified: d.PublishedAt,
	}
}

// checkSocial is the same of a check, with the picture of the first claim that it
// cites and that stands.
func (s *Server) checkSocial(p workflow.PublicCheck, view public.CheckView, site string) public.Social {
	out := public.Social{
		Title: p.Title, Description: p.Summary, URL: s.checkURL(p.Slug), Site: site, Language: p.Language, Published: p.PublishedAt, Modified: p.PublishedAt,
	}
	for _, cited := range view.Cited {
		if cited.Verdict != nil && !cited.Withdrawn {
			out.Image = s.link(address{id: cited.ID, png: true}.String())
			out.ImageAlt = cited.Verdict.Label + ": " + cited.Wording
			break
		}
	}
	return out
}
