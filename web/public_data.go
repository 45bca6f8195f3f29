package web

import (
	"io"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/export"
)

const jsonLDType = "application/ld+json; charset=utf-8"

// reviewFeed is the DataFeed of all ClaimReviews that stand, newest first.
func (s *Server) reviewFeed(c echo.Context) error { return s.sendReviews(c, "") }

// reviewFeedOfMonth is that of a month.
func (s *Server) reviewFeedOfMonth(c echo.Context) error {
	month, ok := strings.CutSuffix(pathParam(c, "file"), ".json")
	if _, _, is := claims.MonthBounds(month); !ok || !is {
		return claims.NotFound("month", cut(month, maxShown))
	}
	return s.sendReviews(c, month)
}

func (s *Server) sendReviews(c echo.Context, month string) error {
	ctx := c.Request().Context()
	settings, err := s.desk.Settings(ctx)
	if err != nil {
		return err
	}
	months, err := s.desk.PublicMonths(ctx)
	if err != nil {
		return err
	}
	changed, found := changedAt(months, month)
	if !found && month != "" {
		return claims.NotFound("month", month)
	}
	path := "/claimreview.json"
	if month != "" {
		path = "/claimreview/" + month + ".json"
	}
	return s.sendSpooled(c, jsonLDType, func(w io.Writer) error {
		feed, err := export.NewDataFeed(w, export.DataFeedHead{
			ID: s.link(path), Name: settings.Newsroom, Language: settings.Language, Modified: changed,
			Author: export.Agent{Type: "Organization", Name: settings.Newsroom, URL: settings.NewsroomURL, SameAs: settings.SameAs},
		})
		if err != nil {
			return err
		}
		if err := s.desk.EachPublic(ctx, claims.ListingFilter{Month: month}, func(d export.Document) error { return feed.Add(d, d.ClaimReview) }); err != nil {
			return err
		}
		return feed.End()
	})
}

// changedAt is when a month of a list last changed, or any of them ("").
func changedAt(months []claims.Month, name string) (last time.Time, found bool) {
	for _, m := range months {
		if name != "" && m.Name != name {
			continue
		}
		found = true
		if m.ChangedAt.After(last) {
			last = m.ChangedAt
		}
	}
	return last, found
}
