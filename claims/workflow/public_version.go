package workflow

import (
	"context"
	"time"

	"cotejo/claims"
	"cotejo/claims/export"
)

// PublicVersion is a publication as a list of versions tells of it. Changes is
// what differs from the one before, by what was frozen of both.
type PublicVersion struct {
	N           int
	Effect      claims.Effect // "" for the first
	Notice      string
	PublishedAt time.Time
	Changes     []export.Change
}

// publicVersions lists the publications of a claim up to last, oldest first:
// what came after it is not told beside it.
func publicVersions(ctx context.Context, r claims.PublicationReader, last claims.Publication) ([]PublicVersion, error) {
	all, err := r.Publications(ctx, last.Claim)
	if err != nil {
		return nil, err
	}
	var out []PublicVersion
	var before export.Document
	for _, p := range all {
		if p.N > last.N {
			break
		}
		doc, err := export.ReadDocument(p.Document)
		if err != nil {
			return nil, err
		}
		v := PublicVersion{N: p.N, Effect: p.Effect, Notice: p.Notice, PublishedAt: p.PublishedAt}
		if len(out) > 0 {
			v.Changes = export.Changes(before, doc)
		}
		out, before = append(out, v), doc
	}
	return out, nil
}

// eyes says who judged the claim and who approved it.
func eyes(ctx context.Context, r claims.PersonReader, c claims.Claim, out *export.DocumentInput) error {
	judge := c.SubmittedBy
	if c.Verdict != nil && c.Verdict.ChangedBy != "" {
		judge = c.Verdict.ChangedBy
	}
	for id, to := range map[string]**claims.Person{judge: &out.Judged, c.ApprovedBy: &out.Approved} {
		if id == "" {
			continue
		}
		p, err := r.Person(ctx, id)
		if missing(err) {
			continue
		}
		if err != nil {
			return err
		}
		*to = &p
	}
	return nil
}
