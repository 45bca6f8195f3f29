package workflow

import (
	"context"
	"io"

	"cotejo/claims"
	"cotejo/claims/export"
)

// ExportSources writes sources.csv: a row for each link of the chains of every
// claim that the filter gives.
func (d *Desk) ExportSources(ctx context.Context, actor claims.Actor, f claims.ClaimFilter, w io.Writer, o export.CSVOptions) error {
	return d.exportEach(ctx, actor, f, w, func(file io.Writer, rows *rows) (func(claims.ClaimRow) error, func() error, error) {
		out, err := export.NewLinkWriter(file, o)
		if err != nil {
			return nil, nil, err
		}
		records := map[string]claims.Source{}
		return func(c claims.ClaimRow) error {
			for _, link := range linksOf(c) {
				var err error
				link.URL = rows.link(c.ID)
				if link.Source, err = rows.record(ctx, records, link.Link.Source); err != nil {
					return err
				}
				if err := out.Write(link); err != nil {
					return err
				}
			}
			return nil
		}, out.Flush, nil
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
func (r *rows) record(ctx context.Context, known map[string]claims.Source, id string) (claims.Source, error) {
	if s, ok := known[id]; ok || id == "" {
		return s, nil
	}
	s, err := standingSource(ctx, r.Reader, id)
	if err != nil && !missing(err) {
		return s, err
	}
	if err != nil || s.Protected {
		s = claims.Source{}
	}
	known[id] = s
	return s, nil
}

// ExportEvidence writes evidence.csv: a row for each document on every claim that
// the filter gives.
func (d *Desk) ExportEvidence(ctx context.Context, actor claims.Actor, f claims.ClaimFilter, w io.Writer, o export.CSVOptions) error {
	return d.exportEach(ctx, actor, f, w, func(file io.Writer, rows *rows) (func(claims.ClaimRow) error, func() error, error) {
		out, err := export.NewEvidenceWriter(file, o)
		if err != nil {
			return nil, nil, err
		}
		return func(c claims.ClaimRow) error {
			documents, err := rows.Evidence(ctx, c.ID)
			if err != nil {
				return err
			}
			for _, e := range documents {
				if err := out.Write(export.EvidenceRow{ClaimRow: c, URL: rows.link(c.ID), Document: e, AddedBy: rows.name(e.AddedBy)}); err != nil {
					return err
				}
			}
			return nil
		}, out.Flush, nil
	})
}
