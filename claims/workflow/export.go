package workflow

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"

	"cotejo/claims"
	"cotejo/claims/export"
)

// ExportVerdicts writes a table of every claim that the filter gives, with its working
// verdict.
func (d *Desk) ExportVerdicts(ctx context.Context, actor claims.Actor, f claims.ClaimFilter, w io.Writer, o export.Options) error {
	return exportEach(ctx, d, actor, f, w, o, export.NewVerdictWriter, func(rows *rows, c claims.ClaimRow, write func(export.VerdictRow) error) error {
		row, err := rows.row(ctx, c)
		if err != nil {
			return err
		}
		return write(row)
	})
}

// exportEach walks what the filter gives through the veil of nobody: a file goes its own
// ways. each writes the rows of one claim.
func exportEach[R any](ctx context.Context, d *Desk, actor claims.Actor, f claims.ClaimFilter, w io.Writer, o export.Options,
	begin func(io.Writer, export.Options) (*export.Writer[R], error), each func(*rows, claims.ClaimRow, func(R) error) error) error {
	return spool(w, func(file io.Writer) error {
		return d.look(ctx, actor, claims.ActExport, func(r claims.Reader) error {
			if err := checkFilter(f); err != nil {
				return err
			}
			r, err := veil(ctx, r, "")
			if err != nil {
				return err
			}
			rows, err := d.newRows(ctx, r)
			if err != nil {
				return err
			}
			out, err := begin(file, o)
			if err != nil {
				return err
			}
			err = r.EachClaim(ctx, f, func(c claims.ClaimRow) error { return each(rows, c, out.Write) })
			return errors.Join(err, out.Close())
		})
	})
}

// rows makes lines of verdicts.csv of claims.
type rows struct {
	claims.Reader
	people map[string]claims.Person
	scales map[int64]claims.Scale
	link   func(claim string) string
	places locators

	sources map[string]claims.Source // records that were read, by id; a protected one is empty
}

func (d *Desk) newRows(ctx context.Context, r claims.Reader) (*rows, error) {
	s, err := r.Settings(ctx)
	if err != nil {
		return nil, err
	}
	people, err := everyone(ctx, r)
	base := d.address(s)
	link := func(claim string) string { return base.JoinPath("c", claim).String() }
	return &rows{Reader: r, people: people, scales: map[int64]claims.Scale{}, link: link, places: locators{ArticleReader: r}, sources: map[string]claims.Source{}}, err
}

func (r *rows) row(ctx context.Context, c claims.ClaimRow) (export.VerdictRow, error) {
	evidence, err := r.Evidence(ctx, c.ID)
	if err != nil {
		return export.VerdictRow{}, err
	}
	out := export.VerdictRow{
		ClaimRow: c, URL: r.link(c.ID), Evidence: evidence,
		AssigneeName: r.name(c.Assignee), ReviewerName: r.name(c.ReviewedBy), ApproverName: r.name(c.ApprovedBy),
	}
	if out.Locator, err = r.places.at(ctx, c.Claim); err != nil {
		return out, err
	}
	if c.Verdict != nil {
		out.Scale, err = r.scale(ctx, c.Verdict.Scale)
	}
	return out, err
}

// scale reads each version once.
func (r *rows) scale(ctx context.Context, version int64) (claims.Scale, error) {
	if s, ok := r.scales[version]; ok {
		return s, nil
	}
	s, err := r.Scale(ctx, version)
	r.scales[version] = s
	return s, err
}

func (r *rows) name(id string) string {
	p := r.people[id]
	if p.Display != "" {
		return p.Display
	}
	return p.Name
}

// ExportReviews writes a table of ClaimReview: what the markup of each published claim
// that the filter gives says.
func (d *Desk) ExportReviews(ctx context.Context, actor claims.Actor, f claims.ClaimFilter, w io.Writer, o export.Options) error {
	return exportEach(ctx, d, actor, f, w, o, export.NewReviewWriter, func(rows *rows, c claims.ClaimRow, write func(export.Document) error) error {
		if c.PublishedVersion == 0 {
			return nil
		}
		pubs, err := rows.Publications(ctx, c.ID)
		if err != nil || len(pubs) == 0 {
			return err
		}
		newest := slices.MaxFunc(pubs, func(a, b claims.Publication) int { return a.N - b.N })
		if pubs, err = standing(ctx, rows, []claims.Publication{newest}); err != nil || len(pubs) == 0 || newest.Withdrawn != nil {
			return err
		}
		doc, err := export.ReadDocument(newest.Document)
		if err != nil {
			return err
		}
		return write(doc)
	})
}

// PublicVerdicts writes the table of verdicts for the public: the newest publications
// that stand, as they were frozen.
func (d *Desk) PublicVerdicts(ctx context.Context, w io.Writer, o export.Options) error {
	return exportStanding(ctx, d, w, o, export.NewVerdictWriter, export.PublicRow)
}

// PublicReviews writes the table of ClaimReview for the public.
func (d *Desk) PublicReviews(ctx context.Context, w io.Writer, o export.Options) error {
	return exportStanding(ctx, d, w, o, export.NewReviewWriter, func(doc export.Document) export.Document { return doc })
}

func exportStanding[R any](ctx context.Context, d *Desk, w io.Writer, o export.Options,
	begin func(io.Writer, export.Options) (*export.Writer[R], error), of func(export.Document) R) error {
	return spool(w, func(file io.Writer) error {
		return d.store.View(ctx, func(r claims.Reader) error {
			out, err := begin(file, o)
			if err != nil {
				return err
			}
			err = eachStanding(ctx, r, func(doc export.Document) error { return out.Write(of(doc)) })
			return errors.Join(err, out.Close())
		})
	})
}

// eachStanding walks the newest publications that stand, last published first.
func eachStanding(ctx context.Context, r claims.Reader, fn func(export.Document) error) error {
	f := claims.ListingFilter{Page: claims.Page{Limit: maxLimit}}
	for {
		pubs, next, err := r.Listings(ctx, f)
		if err != nil {
			return err
		}
		for _, p := range pubs {
			doc, err := export.ReadDocument(p.Document)
			if err != nil {
				return err
			}
			if err := fn(doc); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		f.Cursor = next
	}
}

// spool has write fill a temporary file, which is then sent to w: a slow reader
// holds no snapshot of the desk, and what fails half-way sends nothing.
func spool(w io.Writer, write func(io.Writer) error) error {
	file, err := os.CreateTemp("", "cotejo-export-*")
	if err != nil {
		return err
	}
	defer func() {
		_ = file.Close()
		_ = os.Remove(file.Name())
	}()
	if err := write(file); err != nil {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err = io.Copy(w, file)
	return err
}
