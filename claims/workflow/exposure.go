package workflow

import (
	"context"
	"strings"

	"cotejo/claims"
	"cotejo/claims/text"
)

// Exposure is a place that no protection covers: a publication made before it (N is
// its version) or of a claim that nobody tied to the source, a published check, or the
// article of a claim, whose own words name the source.
type Exposure struct {
	Claim   string
	Article string
	N       int    // 0 for the article
	Check   string // slug of a published check, "" for the others
	Title   string // of the check
}

// How much is looked through for names: claims that are tied to the source, and the
// newest of all that the public reads.
const (
	maxExposed    = 200
	maxLookedAt   = 2000
	lookedAtATime = 200
)

// exposures finds where the public, or everybody on the desk, reads the name of a
// protected source all the same.
func exposures(ctx context.Context, r claims.Reader, s claims.Source) ([]Exposure, error) {
	names := text.NewRedactor(s.Names())
	out, tied, err := exposedClaims(ctx, r, s, names)
	if err != nil {
		return nil, err
	}
	for _, more := range []func(context.Context, claims.Reader, *text.Redactor, map[string]bool) ([]Exposure, error){exposedUntied, exposedChecks} {
		found, err := more(ctx, r, names, tied)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// exposedClaims looks through all that was published of the claims tied to a source,
// and their articles.
func exposedClaims(ctx context.Context, r claims.Reader, s claims.Source, names *text.Redactor) (out []Exposure, tied map[string]bool, err error) {
	rows, _, err := r.Claims(ctx, claims.ClaimFilter{Source: s.ID, Page: claims.Page{Limit: maxExposed}})
	if err != nil {
		return nil, nil, err
	}
	tied = map[string]bool{}
	articles := map[string]bool{}
	for _, row := range rows {
		tied[row.ID] = true
		pubs, err := r.Publications(ctx, row.ID)
		if err != nil {
			return nil, nil, err
		}
		for _, p := range pubs {
			if names.Finds(string(p.Document)) {
				out = append(out, Exposure{Claim: row.ID, Article: row.Article, N: p.N})
			}
		}
		if articles[row.Article] {
			continue
		}
		articles[row.Article] = true
		snap, err := r.Snapshot(ctx, row.Article, row.Snapshot)
		if err != nil {
			return nil, nil, err
		}
		if names.Finds(snap.Text) {
			out = append(out, Exposure{Claim: row.ID, Article: row.Article})
		}
	}
	return out, tied, nil
}

// exposedUntied looks through what the public reads of claims that are not tied.
func exposedUntied(ctx context.Context, r claims.Reader, names *text.Redactor, tied map[string]bool) (out []Exposure, err error) {
	f := claims.PublicationFilter{Page: claims.Page{Limit: lookedAtATime}}
	for range maxLookedAt / lookedAtATime {
		pubs, next, err := r.NewestPublications(ctx, f)
		if err != nil {
			return nil, err
		}
		for _, p := range pubs {
			if !tied[p.Claim] && names.Finds(string(p.Document)) {
				out = append(out, Exposure{Claim: p.Claim, N: p.N})
			}
		}
		if f.Cursor = next; next == "" {
			break
		}
	}
	return out, nil
}

// exposedChecks looks through the published checks.
func exposedChecks(ctx context.Context, r claims.Reader, names *text.Redactor, _ map[string]bool) (out []Exposure, err error) {
	p := claims.Page{Limit: lookedAtATime}
	for range maxLookedAt / lookedAtATime {
		checks, next, err := r.PublishedChecks(ctx, p)
		if err != nil {
			return nil, err
		}
		for _, c := range checks {
			if names.Finds(strings.Join([]string{c.Title, c.Summary, c.Body}, "\n")) {
				out = append(out, Exposure{Check: c.Slug, Title: c.Title, N: c.N})
			}
		}
		if p.Cursor = next; next == "" {
			break
		}
	}
	return out, nil
}
