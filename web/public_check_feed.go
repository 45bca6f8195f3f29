package web

import (
	"context"
	"fmt"
	"slices"

	"cotejo/claims/export"
	"cotejo/views/i18n"
	"cotejo/views/public"
)

// checkCorrections is what readers were told of checks after a first publication, the
// last first.
func (s *Server) checkCorrections(ctx context.Context) ([]public.CheckCorrection, error) {
	corrected, withdrawn, err := s.desk.PublicCheckCorrections(ctx)
	var out []public.CheckCorrection
	for _, p := range corrected {
		out = append(out, public.CheckCorrection{Slug: p.Slug, Language: p.Language, Title: p.Title, Notice: p.Notice, N: p.N, Effect: p.Effect, At: p.PublishedAt})
	}
	for _, c := range withdrawn {
		out = append(out, public.CheckCorrection{Slug: c.Slug, Language: c.Language, Notice: c.Withdrawn.Reason, N: c.Published, At: c.Withdrawn.At})
	}
	slices.SortStableFunc(out, func(a, b public.CheckCorrection) int { return b.At.Compare(a.At) })
	return out, err
}

// addCheckCorrections puts them among the corrections of claims.
func (s *Server) addCheckCorrections(ctx context.Context, f *export.Feed) error {
	all, err := s.checkCorrections(ctx)
	for _, x := range all {
		own, address := i18n.For(x.Language), s.checkURL(x.Slug)
		e := export.FeedEntry{ID: fmt.Sprintf("%s@%d", address, x.N), URL: address, Title: x.Title, Language: x.Language, Published: x.At.UTC(), Updated: x.At.UTC()}
		if x.Title == "" {
			e.ID, e.Title, e.Summary = address+"#withdrawn", own.T("public.withdrawn_check_title", x.Slug), x.Notice
		} else {
			e.Summary = own.T("public.effect."+string(x.Effect)) + " " + x.Notice
		}
		f.Entries = append(f.Entries, e)
	}
	slices.SortStableFunc(f.Entries, func(a, b export.FeedEntry) int { return b.Updated.Compare(a.Updated) })
	f.Entries = f.Entries[:min(len(f.Entries), feedLength)]
	return err
}
