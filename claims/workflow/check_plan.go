package workflow

import (
	"context"
	"errors"

	"cotejo/claims"
	"cotejo/claims/markdown"
)

// CheckPlan is what publishing a check would do now.
type CheckPlan struct {
	N       int // of the version that would be frozen
	Claims  []PlannedClaim
	Refused error // why the check cannot be published now; nil where it can
}

// PlannedClaim is a claim that a check cites. Where it is published along, Version is
// the one that this makes; else the one that readers see, 0 for none.
type PlannedClaim struct {
	ID       string
	Claim    claims.Claim // as the actor may see it; the zero Claim where there is none
	Version  int
	Along    bool
	Newer    bool                // an approved version waits that would not be published along
	Blockers []claims.FieldError // why the check cannot be published with it
}

// Ready reports whether nothing stands in the way.
func (p CheckPlan) Ready() bool { return p.Refused == nil }

// Along counts the claims that are published with the check.
func (p CheckPlan) Along() int {
	n := 0
	for _, c := range p.Claims {
		if c.Along {
			n++
		}
	}
	return n
}

// CheckPlan says what publishing a check would do now: which claims would be published
// with it, which versions stand, which are not ready and why. It does it, and takes it
// back.
func (d *Desk) CheckPlan(ctx context.Context, actor claims.Actor, slug string) (CheckPlan, error) {
	var out CheckPlan
	err := d.act(ctx, actor, func(t *tx) error {
		if err := t.may(claims.ActLook); err != nil {
			return err
		}
		var err error
		if out, err = d.planCheck(ctx, t, slug); err != nil {
			return err
		}
		return errPreview
	})
	if errors.Is(err, errPreview) {
		err = nil
	}
	return out, err
}

func (d *Desk) planCheck(ctx context.Context, t *tx, slug string) (CheckPlan, error) {
	seen, err := see(ctx, t, t.actor)
	if err != nil {
		return CheckPlan{}, err
	}
	c, err := readCheck(ctx, t, slug)
	if err != nil {
		return CheckPlan{}, err
	}
	plan := CheckPlan{N: c.Published + 1}
	for _, id := range markdown.Citations(c.Body) {
		one, err := planned(ctx, seen, id)
		if err != nil {
			return plan, err
		}
		plan.Claims = append(plan.Claims, one)
	}
	err = t.Try(ctx, func() error {
		_, err := t.changeCheck(ctx, c.Slug, c.Version, func(t *tx, c *claims.Check) (entry, error) {
			e := onCheck(ActCheckPublish, *c)
			return e, d.publishCheck(ctx, t, c, CheckMoveInput{Along: true}, &e)
		})
		return err
	})
	if err != nil && claims.KindOf(err) == "" {
		return plan, err
	}
	plan.Refused = err
	plan.blame(fieldsOf(err))
	if _, illegal := legalForCheck(c, claims.CheckPublished, t.settings); illegal != nil {
		plan.Refused = illegal
	}
	return plan, nil
}

// planned is a cited claim before anything is done.
func planned(ctx context.Context, r claims.Reader, id string) (PlannedClaim, error) {
	out := PlannedClaim{ID: id}
	c, err := readClaim(ctx, r, id)
	if missing(err) {
		return out, nil
	}
	out.Claim, out.Version = c, c.PublishedVersion
	if goesAlong(c) {
		out.Along, out.Version = true, 1
	}
	out.Newer = c.State == claims.StateApproved && c.PublishedVersion > 0
	return out, err
}

// blame gives each refusal to the claim that it names.
func (p *CheckPlan) blame(fields []claims.FieldError) {
	for _, f := range fields {
		for i := range p.Claims {
			if len(f.Args) > 0 && f.Args[0] == p.Claims[i].ID {
				p.Claims[i].Blockers = append(p.Claims[i].Blockers, f)
			}
		}
	}
}
