package workflow

import (
	"context"
	"errors"
	"io"
	"os"

	"cotejo/claims"
	"cotejo/claims/export"
)

// ExportVerdicts writes verdicts.csv: every claim that the filter gives, with its
// working verdict.
func (d *Desk) ExportVerdicts(ctx context.Context, actor claims.Actor, f claims.ClaimFilter, w io.Writer, o export.CSVOptions) error {
	return d.exportEach(ctx, actor, f, w, func(file io.Writer, rows *rows) (func(claims.ClaimRow) error, func() error, error) {
		out, err := export.NewVerdictWriter(file, o)
		if err != nil {
			return nil, nil, err
		}
		return func(c claims.ClaimRow) error {
			row, err := rows.row(ctx, c)
			if err != nil {
				return err
			}
			return out.Write(row)
		}, out.Flush, nil
	})
}

// exportEach walks what the filter gives through the veil of nobody: a file goes
// its own ways. open gives what writes a claim, and what ends the file.
func (d *Desk) exportEach(ctx context.Context, actor claims.Actor, f claims.ClaimFilter, w io.Writer,
	open func(io.Writer, *rows) (write func(claims.ClaimRow) error, end func() error, err error)) error {
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
			write, end, err := open(file, rows)
			if err != nil {
				return err
			}
			return errors.Join(r.EachClaim(ctx, f, write), end())
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
}

func (d *Desk) newRows(ctx context.Context, r claims.Reader) (*rows, error) {
	s, err := r.Settings(ctx)
	if err != nil {
		return nil, err
	}
	people, err := everyone(ctx, r)
	base := d.address(s)
	link := func(claim string) string { return base.JoinPath("c", claim).String() }
	return &rows{Reader: r, people: people, scales: map[int64]claims.Scale{}, link: link, places: locators{ArticleReader: r}}, err
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

// PublicVerdicts writes verdicts.csv for the public: the newest publications
// that stand, as they were frozen.
func (d *Desk) PublicVerdicts(ctx context.Context, w io.Writer, o export.CSVOptions) error {
	return spool(w, func(file io.Writer) error {
		return d.store.View(ctx, func(r claims.Reader) error {
			out, err := export.NewVerdictWriter(file, o)
			if err != nil {
				return err
			}
			err = eachStanding(ctx, r, func(doc export.Document) error { return out.Write(export.PublicRow(doc)) })
			return errors.Join(err, out.Flush())
		})
	})
}

// eachStanding walks the newest publications that stand, last published first.
func eachStanding(ctx context.Context, r claims.Reader, fn func(export.Document) error) error {
	f := claims.PublicationFilter{Page: claims.Page{Limit: maxLimit}}
	for {
		pubs, next, err := r.NewestPublications(ctx, f)
		if err != nil {
			return err
		}
		if pubs, err = standing(ctx, r, pubs); err != nil {
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
