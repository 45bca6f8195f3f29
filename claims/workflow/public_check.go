package workflow

import (
	"context"

	"cotejo/claims"
	"cotejo/claims/markdown"
)

// PublicCheck is a check with the claims it cites, by the id it cites them by.
// A merged claim is there as the one that stands for it, with MergedInto set to
// that one's id; a withdrawn one bears its tombstone.
type PublicCheck struct {
	claims.CheckPublication
	Claims map[string]PublicClaim
}

// PublicCheck gives what the public sees of a check, with the verdicts of the
// newest publications.
func (d *Desk) PublicCheck(ctx context.Context, slug string) (PublicCheck, error) {
	var out PublicCheck
	err := d.store.View(ctx, func(r claims.Reader) error {
		c, err := r.Check(ctx, slug)
		if err != nil {
			return err
		}
		if c.Published == 0 {
			return claims.NotFound("check", slug)
		}
		if c.State == claims.CheckWithdrawn {
			return claims.Refuse(claims.KindGone, "check.withdrawn", slug)
		}
		if out.CheckPublication, err = r.CheckPublication(ctx, c.ID, 0); err != nil {
			return err
		}
		out.Claims, err = cited(ctx, r, out.Body, false)
		return err
	})
	return out, err
}

// PreviewCheck gives a check as it would be published now; claims that do not
// stand published are missing from Claims.
func (d *Desk) PreviewCheck(ctx context.Context, actor claims.Actor, slug string) (PublicCheck, error) {
	var out PublicCheck
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		open, err := veil(ctx, r, "")
		if err != nil {
			return err
		}
		c, err := open.Check(ctx, slug)
		if err != nil {
			return err
		}
		out.CheckPublication = preview(c)
		out.Claims, err = cited(ctx, r, c.Body, false)
		return err
	})
	return out, err
}

// PublicChecks lists the newest version of every check that stands published.
func (d *Desk) PublicChecks(ctx context.Context, p claims.Page) (pubs []claims.CheckPublication, next string, err error) {
	err = d.store.View(ctx, func(r claims.Reader) (err error) {
		pubs, next, err = r.PublishedChecks(ctx, bounded(p))
		return err
	})
	return pubs, next, err
}

func (t *tx) cited(ctx context.Context, body string, all bool) (map[string]PublicClaim, error) {
	return cited(ctx, t, body, all)
}

// cited reads the claims that a body cites. With all set, it refuses to leave
// one out and names every claim that is unknown or does not stand published.
func cited(ctx context.Context, r claims.Reader, body string, all bool) (map[string]PublicClaim, error) {
	out := map[string]PublicClaim{}
	var f faults
	for _, id := range markdown.Citations(body) {
		c, err := citedClaim(ctx, r, id)
		switch {
		case missing(err) && all:
			f.add("body", "check.cites_unpublished", id)
		case missing(err):
		case err != nil:
			return nil, err
		case c.Withdrawn != nil && all:
			f.add("body", "check.cites_withdrawn", id)
		default:
			out[id] = c
		}
	}
	if len(f) > 0 {
		return nil, &claims.Error{Kind: claims.KindInvalid, Key: "check.cites_unpublished", Fields: f}
	}
	return out, nil
}

// citedClaim reads the newest publication of a claim, of the one that stands
// for it where it was merged.
func citedClaim(ctx context.Context, r claims.Reader, id string) (PublicClaim, error) {
	c, err := readPublic(ctx, r, id, 0)
	if err != nil || c.MergedInto == "" {
		return c, err
	}
	into := c.MergedInto
	if c, err = readPublic(ctx, r, into, 0); err == nil {
		c.MergedInto = into
	}
	return c, err
}
