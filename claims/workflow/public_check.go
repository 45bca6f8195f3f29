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
	Claims    map[string]PublicClaim
	Newest    int                       // number of its newest version
	Withdrawn *claims.Withdrawal        // a tombstone: no version is shown any more
	Versions  []claims.CheckPublication // all of them, oldest first
	Related   []claims.CheckPublication
}

// PublicCheck gives what the public sees of a check, with the verdicts of the
// newest publications. One that is withdrawn is gone.
func (d *Desk) PublicCheck(ctx context.Context, slug string) (PublicCheck, error) {
	p, err := d.PublicCheckVersion(ctx, slug, 0)
	if err == nil && p.Withdrawn != nil {
		return PublicCheck{}, claims.Refuse(claims.KindGone, "check.withdrawn", slug)
	}
	return p, err
}

// PublicCheckVersion gives version n of a check that was ever published, the newest
// where n is 0. An older one shows the verdicts that readers saw with it then.
func (d *Desk) PublicCheckVersion(ctx context.Context, slug string, n int) (PublicCheck, error) {
	var out PublicCheck
	err := d.store.View(ctx, func(r claims.Reader) error {
		c, err := r.Check(ctx, slug)
		if err != nil {
			return err
		}
		switch {
		case c.Published == 0:
			return claims.NotFound("check", slug)
		case n < 0 || n > c.Published:
			return claims.NotFound("check_publication", slug)
		}
		out = PublicCheck{Newest: c.Published, Withdrawn: c.Withdrawn}
		if out.CheckPublication, err = r.CheckPublication(ctx, c.ID, n); err != nil {
			return err
		}
		if out.Versions, err = r.CheckPublications(ctx, c.ID); err != nil {
			return err
		}
		then := out.ClaimVersions
		if out.N == out.Newest {
			then = nil
		}
		if out.Claims, err = cited(ctx, r, out.Body, then, false); err != nil || c.Withdrawn != nil {
			return err
		}
		out.Related, err = related(ctx, r, out.CheckPublication)
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
		out = PublicCheck{CheckPublication: preview(c), Newest: c.Published + 1}
		if out.Claims, err = cited(ctx, r, c.Body, nil, false); err != nil {
			return err
		}
		out.Related, err = related(ctx, r, out.CheckPublication)
		return err
	})
	return out, err
}

// PreviewText gives a text as the check that it may become: what readers would see of
// it now. Nothing is kept.
func (d *Desk) PreviewText(ctx context.Context, actor claims.Actor, in CheckInput) (PublicCheck, error) {
	c := claims.Check{Title: in.Title, Summary: in.Summary, Body: in.Body, Language: in.Language, Authors: tidy(in.Authors)}
	var out PublicCheck
	err := d.look(ctx, actor, claims.ActCheckWrite, func(r claims.Reader) error {
		if c.Language == "" {
			s, err := r.Settings(ctx)
			if err != nil {
				return err
			}
			c.Language = s.Language
		}
		var f faults
		f.text("title", c.Title, maxLine)
		f.text("summary", c.Summary, maxWording)
		f.text("body", c.Body, maxBody)
		f.language("language", &c.Language)
		if err := f.err(); err != nil {
			return err
		}
		out = PublicCheck{CheckPublication: preview(c)}
		var err error
		out.Claims, err = cited(ctx, r, c.Body, nil, false)
		return err
	})
	return out, err
}

// maxRelatedShown is how many related checks a page names.
const maxRelatedShown = 5

// related gives the checks that go with one: those chosen by hand first, then those
// that cite the same claims, then those whose claims bear its tags or come from its
// sources. Only what stands published is among them.
func related(ctx context.Context, r claims.Reader, p claims.CheckPublication) ([]claims.CheckPublication, error) {
	var out []claims.CheckPublication
	seen := map[string]bool{p.Check: true}
	for _, slug := range p.Related {
		c, err := r.Check(ctx, slug)
		if missing(err) || err == nil && (!c.Public() || seen[c.ID]) {
			continue
		}
		if err != nil {
			return nil, err
		}
		other, err := r.CheckPublication(ctx, c.ID, 0)
		if err != nil {
			return nil, err
		}
		seen[c.ID] = true
		out = append(out, other)
	}
	if len(out) >= maxRelatedShown {
		return out, nil
	}
	near, err := r.ChecksNear(ctx, p.Claims, maxRelatedShown+len(seen))
	for _, other := range near {
		if !seen[other.Check] && len(out) < maxRelatedShown {
			out = append(out, other)
		}
	}
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

// maxCheckCorrections is how many corrections of checks are told of in one place.
const maxCheckCorrections = 50

// PublicCheckCorrections lists what readers were told of checks after a first
// publication: corrected versions, and checks that were withdrawn; the last first.
func (d *Desk) PublicCheckCorrections(ctx context.Context) (corrected []claims.CheckPublication, withdrawn []claims.Check, err error) {
	err = d.store.View(ctx, func(r claims.Reader) (err error) {
		if corrected, err = r.CorrectedChecks(ctx, maxCheckCorrections); err != nil {
			return err
		}
		withdrawn, err = r.WithdrawnChecks(ctx, maxCheckCorrections)
		return err
	})
	return corrected, withdrawn, err
}

func (t *tx) cited(ctx context.Context, body string, all bool) (map[string]PublicClaim, error) {
	return cited(ctx, t, body, nil, all)
}

// cited reads the claims that a body cites, those that then names at these versions.
// With all set, it refuses to leave one out and names every claim that is unknown or
// does not stand published, and how far it is.
func cited(ctx context.Context, r claims.Reader, body string, then map[string]int, all bool) (map[string]PublicClaim, error) {
	out := map[string]PublicClaim{}
	var f faults
	for _, id := range markdown.Citations(body) {
		c, err := citedClaim(ctx, r, id, then[id])
		switch {
		case missing(err) && all:
			key, err := notReady(ctx, r, id)
			if err != nil {
				return nil, err
			}
			f.add("body", key, id)
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

// notReady says why readers cannot see a cited claim.
func notReady(ctx context.Context, r claims.Reader, id string) (string, error) {
	c, err := readClaim(ctx, r, id)
	switch {
	case missing(err):
		return "check.cites_unknown", nil
	case err != nil:
		return "", err
	case c.State == claims.StateApproved:
		return "check.cites_approved", nil
	}
	return "check.cites_unpublished", nil
}

// citedClaim reads the newest publication of a claim, of the one that stands
// for it where it was merged; version n where that is not 0.
func citedClaim(ctx context.Context, r claims.Reader, id string, n int) (PublicClaim, error) {
	c, err := readPublic(ctx, r, id, n)
	if err != nil || c.MergedInto == "" {
		return c, err
	}
	into := c.MergedInto
	if c, err = readPublic(ctx, r, into, 0); err == nil {
		c.MergedInto = into
	}
	return c, err
}
