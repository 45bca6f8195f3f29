package web

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/export"
	"cotejo/views/public"
)

// maxSitemap is how many pages a sitemap may list.
var maxSitemap = 50_000

// sitemap lists the public pages that stand, or where they are too many for one
// file the parts that do: the pages of lists and checks, and each month.
func (s *Server) sitemap(c echo.Context) error {
	ctx := c.Request().Context()
	pages, err := s.listPages(ctx)
	if err != nil {
		return err
	}
	months, err := s.desk.PublicMonths(ctx)
	if err != nil {
		return err
	}
	total := len(pages)
	for _, m := range months {
		total += m.Claims
	}
	var body bytes.Buffer
	if total > maxSitemap {
		var parts []sitemapPlace
		if parts, err = s.partsOf(ctx, len(pages), months); err == nil {
			err = export.SitemapIndex(&body, s.linked(parts))
		}
	} else if pages, err = s.addClaims(ctx, pages, claims.ListingFilter{}); err == nil {
		err = export.Sitemap(&body, pages)
	}
	if err != nil {
		return err
	}
	return sendPublic(c, http.StatusOK, xmlType, body.Bytes())
}

// sitemapPlace is a part of a sitemap.
type sitemapPlace struct {
	path    string
	changed time.Time
}

func (s *Server) linked(parts []sitemapPlace) []export.SitemapPage {
	out := make([]export.SitemapPage, len(parts))
	for i, p := range parts {
		out[i] = export.SitemapPage{URL: s.link(p.path), Changed: p.changed}
	}
	return out
}

// sitemapParts gives the parts of the sitemap, none where it is in one piece.
func (s *Server) sitemapParts(ctx context.Context) ([]sitemapPlace, error) {
	pages, err := s.listPages(ctx)
	if err != nil {
		return nil, err
	}
	months, err := s.desk.PublicMonths(ctx)
	if err != nil {
		return nil, err
	}
	total := len(pages)
	for _, m := range months {
		total += m.Claims
	}
	if total <= maxSitemap {
		return nil, nil
	}
	return s.partsOf(ctx, len(pages), months)
}

// partsOf lists the parts: those of lists and checks, and each month. A month that
// is too long for one goes on after the claim that its first part ends with.
func (s *Server) partsOf(ctx context.Context, pages int, months []claims.Month) ([]sitemapPlace, error) {
	var parts []sitemapPlace
	for first := 0; first < pages; first += maxSitemap {
		parts = append(parts, sitemapPlace{path: "/sitemap/" + pagesPart(first/maxSitemap+1)})
	}
	for _, m := range months {
		parts = append(parts, sitemapPlace{"/sitemap/" + m.Name + ".xml", m.ChangedAt})
		if m.Claims <= maxSitemap {
			continue
		}
		n := 0
		err := s.desk.EachPublic(ctx, claims.ListingFilter{Month: m.Name}, func(d export.Document) error {
			if n++; n%maxSitemap == 0 && n < m.Claims {
				parts = append(parts, sitemapPlace{"/sitemap/" + m.Name + "-after-" + d.ID + ".xml", m.ChangedAt})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// pagesPart is the file of the nth part of what are no claims.
func pagesPart(n int) string {
	if n == 1 {
		return "pages.xml"
	}
	return "pages-" + strconv.Itoa(n) + ".xml"
}

// sitemapPart is one of the parts.
func (s *Server) sitemapPart(c echo.Context) error {
	ctx := c.Request().Context()
	name, ok := strings.CutSuffix(pathParam(c, "file"), ".xml")
	missing := claims.NotFound("page", cut(name, maxShown))
	if !ok {
		return missing
	}
	var pages []export.SitemapPage
	month, after, _ := strings.Cut(name, "-after-")
	_, _, isMonth := claims.MonthBounds(month)
	var err error
	if isMonth {
		pages, err = s.addClaims(ctx, nil, claims.ListingFilter{Month: month, After: after})
	} else {
		pages, err = s.listPart(ctx, name)
	}
	if err != nil {
		return err
	}
	if len(pages) == 0 {
		return missing
	}
	var body bytes.Buffer
	if err := export.Sitemap(&body, pages); err != nil {
		return err
	}
	return sendPublic(c, http.StatusOK, xmlType, body.Bytes())
}

// listPart gives the pages of a part of what are no claims.
func (s *Server) listPart(ctx context.Context, name string) ([]export.SitemapPage, error) {
	pages, err := s.listPages(ctx)
	if err != nil {
		return nil, err
	}
	for first := 0; first < len(pages); first += maxSitemap {
		if name+".xml" == pagesPart(first/maxSitemap+1) {
			return pages[first:min(first+maxSitemap, len(pages))], nil
		}
	}
	return nil, nil
}

// listPages gives the public pages that are no claims: lists, topics, checks.
func (s *Server) listPages(ctx context.Context) ([]export.SitemapPage, error) {
	months, err := s.desk.PublicMonths(ctx)
	if err != nil {
		return nil, err
	}
	last, _ := changedAt(months, "")
	pages := []export.SitemapPage{{URL: s.link("/public"), Changed: last}}
	for _, path := range []string{"/checks", "/corrections", "/methodology"} {
		if slices.ContainsFunc(s.index, func(r route) bool { return r.path == path }) {
			pages = append(pages, export.SitemapPage{URL: s.link(path)})
		}
	}
	for _, m := range months {
		pages = append(pages, export.SitemapPage{URL: s.link("/public/" + m.Name), Changed: m.ChangedAt})
	}
	for _, kind := range claims.TopicKinds {
		topics, err := s.desk.PublicTopics(ctx, kind, 0)
		if err != nil {
			return nil, err
		}
		for _, t := range topics {
			pages = append(pages, export.SitemapPage{URL: s.link(public.TopicPath(kind, t.Slug)), Changed: t.ChangedAt})
		}
	}
	return s.addChecks(ctx, pages)
}

func (s *Server) addChecks(ctx context.Context, pages []export.SitemapPage) ([]export.SitemapPage, error) {
	for page := (claims.Page{Limit: maxLimit}); ; {
		checks, next, err := s.desk.PublicChecks(ctx, page)
		if err != nil {
			return nil, err
		}
		for _, p := range checks {
			pages = append(pages, export.SitemapPage{URL: s.checkURL(p.Slug), Changed: p.PublishedAt})
		}
		if page.Cursor = next; next == "" {
			return pages, nil
		}
	}
}

// errEnough ends a walk that has what it wants.
var errEnough = errors.New("enough")

// addClaims adds the pages of a list's claims until a sitemap is full.
func (s *Server) addClaims(ctx context.Context, pages []export.SitemapPage, f claims.ListingFilter) ([]export.SitemapPage, error) {
	err := s.desk.EachPublic(ctx, f, func(d export.Document) error {
		if len(pages) == maxSitemap {
			return errEnough
		}
		pages = append(pages, export.SitemapPage{URL: s.link(address{id: d.ID}.String()), Changed: d.PublishedAt})
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return pages, err
}
