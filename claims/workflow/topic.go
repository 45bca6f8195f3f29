package workflow

import (
	"context"

	"cotejo/claims"
	"cotejo/claims/export"
)

// PublicList is a part of a public list: the newest publications that stand, of
// everything or of one topic, last published first.
type PublicList struct {
	Topic        claims.Topic // the zero Topic for the list of everything
	Publications []claims.Publication
	Last         string         // id of the last claim of this part, where more follow; else ""
	Months       []claims.Month // newest first
}

// PublicList gives a part of a list. A topic or month in which nothing stands, and a
// claim that does not stand in the list, are not found.
func (d *Desk) PublicList(ctx context.Context, f claims.ListingFilter) (PublicList, error) {
	var out PublicList
	err := d.store.View(ctx, func(r claims.Reader) (err error) {
		out = PublicList{}
		if f.Kind != claims.TopicAll {
			if out.Topic, err = standingTopic(ctx, r, f.Kind, f.Slug); err != nil {
				return err
			}
			f.Slug = out.Topic.Slug
		}
		if out.Months, err = r.Months(ctx, f.Kind, f.Slug); err != nil {
			return err
		}
		if f.Month != "" && !hasMonth(out.Months, f.Month) {
			return claims.NotFound("month", clip(f.Month, maxTag))
		}
		f.Page = bounded(f.Page)
		var next string
		out.Publications, next, err = r.Listings(ctx, f)
		if n := len(out.Publications); next != "" && n > 0 {
			out.Last = out.Publications[n-1].Claim
		}
		return err
	})
	return out, err
}

// standingTopic gives a topic that has claims.
func standingTopic(ctx context.Context, r claims.TopicReader, kind claims.TopicKind, slug string) (claims.Topic, error) {
	t, err := r.Topic(ctx, kind, slug)
	if err == nil && t.Claims == 0 {
		err = claims.NotFound("topic", slug)
	}
	return t, err
}

func hasMonth(all []claims.Month, name string) bool {
	for _, m := range all {
		if m.Name == name {
			return true
		}
	}
	return false
}

// PublicTopics gives topics of a kind that have claims, those with most first: at
// most that many, all where most is 0.
func (d *Desk) PublicTopics(ctx context.Context, kind claims.TopicKind, most int) ([]claims.Topic, error) {
	var out []claims.Topic
	err := d.store.View(ctx, func(r claims.Reader) error {
		out = nil
		page := claims.Page{Limit: maxLimit}
		if most > 0 {
			page.Limit = min(most, maxLimit)
		}
		for {
			part, next, err := r.Topics(ctx, kind, page)
			if err != nil {
				return err
			}
			out = append(out, part...)
			if page.Cursor = next; next == "" || most > 0 && len(out) >= most {
				return nil
			}
		}
	})
	return out, err
}

// PublicMonths gives the months in which something stands, newest first.
func (d *Desk) PublicMonths(ctx context.Context) ([]claims.Month, error) {
	return d.ListMonths(ctx, claims.TopicAll, "")
}

// ListMonths gives those of a topic.
func (d *Desk) ListMonths(ctx context.Context, kind claims.TopicKind, slug string) ([]claims.Month, error) {
	var out []claims.Month
	err := d.store.View(ctx, func(r claims.Reader) (err error) {
		out, err = r.Months(ctx, kind, slug)
		return err
	})
	return out, err
}

// EachCheckPublished walks the checks that were ever published, those that were
// withdrawn too, by their slugs and how many versions they have.
func (d *Desk) EachCheckPublished(ctx context.Context, fn func(slug string, versions int) error) error {
	page := claims.Page{Limit: maxLimit}
	for {
		var part []claims.Check
		var next string
		err := d.store.View(ctx, func(r claims.Reader) (err error) {
			part, next, err = r.Checks(ctx, page)
			return err
		})
		if err != nil {
			return err
		}
		for _, c := range part {
			if c.Published == 0 {
				continue
			}
			if err := fn(c.Slug, c.Published); err != nil {
				return err
			}
		}
		if page.Cursor = next; next == "" {
			return nil
		}
	}
}

// EachPublic walks a list, last published first. A part of the walk is one look at
// the desk, so that no reader holds it to its end.
func (d *Desk) EachPublic(ctx context.Context, f claims.ListingFilter, fn func(export.Document) error) error {
	f.Limit = maxLimit
	for {
		var pubs []claims.Publication
		var next string
		err := d.store.View(ctx, func(r claims.Reader) (err error) {
			pubs, next, err = r.Listings(ctx, f)
			return err
		})
		if err != nil {
			return err
		}
		for _, p := range pubs {
			doc, err := export.ReadDocument(p.Document)
			if err == nil {
				err = fn(doc)
			}
			if err != nil {
				return err
			}
		}
		if f.Cursor, f.After = next, ""; next == "" {
			return nil
		}
	}
}

// EverPublished is a claim that has addresses: its newest version's number, and
// what became of it.
type EverPublished struct {
	ID       string
	Versions int
	State    claims.State
}

// EachEverPublished walks all claims that were ever published, by their ids.
func (d *Desk) EachEverPublished(ctx context.Context, fn func(EverPublished) error) error {
	after := ""
	for {
		var part []claims.Claim
		err := d.store.View(ctx, func(r claims.Reader) (err error) {
			part, err = r.EverPublished(ctx, after, maxLimit)
			return err
		})
		if err != nil || len(part) == 0 {
			return err
		}
		for _, c := range part {
			if err := fn(EverPublished{ID: c.ID, Versions: c.PublishedVersion, State: c.State}); err != nil {
				return err
			}
			after = c.ID
		}
	}
}
