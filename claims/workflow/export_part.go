package workflow

import (
	"context"
	"io"

	"cotejo/claims"
	"cotejo/claims/export"
)

// ExportSources writes a table of sources: a row for each link of the chains of every
// claim that the filter gives.
func (d *Desk) ExportSources(ctx context.Context, actor claims.Actor, f claims.ClaimFilter, w io.Writer, o export.Options) error {
	return exportEach(ctx, d, actor, f, w, o, export.NewLinkWriter, func(rows *rows, c claims.ClaimRow, write func(export.LinkRow) error) error {
		for _, link := range linksOf(c) {
			var err error
			link.URL = rows.link(c.ID)
			if link.Source, err = rows.record(ctx, link.Link.Source); err != nil {
				return err
			}
			if err := write(link); err != nil {
				return err
			}
		}
		return nil
	})
}

// linksOf lists the links of a claim, who said it before who relayed it.
func linksOf(c claims.ClaimRow) []export.LinkRow {
	var out []export.LinkRow
	for n, a := range c.Attributions {
		add := func(role string, links ...claims.Link) {
			for i, l := range links {
				out = append(out, export.LinkRow{ClaimRow: c, Attribution: n + 1, Role: role, Position: i + 1, Link: l})
			}
		}
		add("source", a.Sources...)
		add("via", a.Via...)
		if a.Original != nil {
			add("original", *a.Original)
		}
	}
	return out
}

// record reads each record once. Of a protected one nothing is told, not even
// that two claims have it in common.
func (r *rows) record(ctx context.Context, id string) (claims.Source, error) {
	if s, ok := r.sources[id]; ok || id == "" {
		return s, nil
	}
	s, err := standingSource(ctx, r.Reader, id)
	if err != nil && !missing(err) {
		return s, err
	}
	if err != nil || s.Protected {
		s = claims.Source{}
	}
	r.sources[id] = s
	return s, nil
}

// ExportEvidence writes a table of evidence: a row for each document on every claim that
// the filter gives.
func (d *Desk) ExportEvidence(ctx context.Context, actor claims.Actor, f claims.ClaimFilter, w io.Writer, o export.Options) error {
	return exportEach(ctx, d, actor, f, w, o, export.NewEvidenceWriter, func(rows *rows, c claims.ClaimRow, write func(export.EvidenceRow) error) error {
		documents, err := rows.Evidence(ctx, c.ID)
		if err != nil {
			return err
		}
		for _, e := range documents {
			if err := write(export.EvidenceRow{ClaimRow: c, URL: rows.link(c.ID), Document: e, AddedBy: rows.name(e.AddedBy)}); err != nil {
				return err
			}
		}
		return nil
	})
}
