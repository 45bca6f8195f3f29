package workflow

import (
	"context"

	"cotejo/claims"
	"cotejo/claims/export"
)

// valueUnkept names, in the event of a publishing, the rules of ClaimReview that
// the publication does not keep.
const valueUnkept = "unkept"

// ReviewLint says how the ClaimReview of a claim would stand to the rules if it
// were published now; nil where its verdict is kept from the actor.
func (d *Desk) ReviewLint(ctx context.Context, actor claims.Actor, id string) ([]export.Finding, claims.Settings, error) {
	var out []export.Finding
	var s claims.Settings
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) error {
		c, err := readClaim(ctx, r, id)
		if err != nil {
			return err
		}
		if s, err = r.Settings(ctx); err != nil {
			return err
		}
		out, err = d.lint(ctx, r, s, c)
		return err
	})
	return out, s, err
}

// lint holds what would be published to the rules, as the public would read it.
func (d *Desk) lint(ctx context.Context, r claims.Reader, s claims.Settings, c claims.Claim) ([]export.Finding, error) {
	if c.Withheld {
		return nil, nil
	}
	if c.Verdict == nil {
		c.Verdict = &claims.Verdict{}
	}
	in, err := d.draft(ctx, r, s, c, d.clock.Now())
	if err != nil {
		return nil, err
	}
	if c.PublishedVersion > 0 {
		first, err := r.Publication(ctx, c.ID, 1)
		if err != nil {
			return nil, err
		}
		in.FirstAt = first.PublishedAt
	}
	if err := openly(ctx, r, &in); err != nil {
		return nil, err
	}
	return export.Lint(export.NewDocument(in), d.address(s)), nil
}

// unkept is the refusal that names the rules which what is to be published does
// not keep; nil where it keeps all that are more than advice.
func unkept(all []export.Finding, s claims.Settings) *claims.Error {
	broken := export.Broken(all)
	if len(broken) == 0 {
		return nil
	}
	e := &claims.Error{Kind: claims.KindInvalid, Key: "lint.blocked", Who: claims.WhoMay(claims.ActOverride, s)}
	for _, f := range broken {
		e.Fields = append(e.Fields, claims.FieldError{Field: "review_lint", Key: "lint.broken." + string(f.Rule), Args: f.Args})
	}
	return e
}

// linted holds a publication to the rules of ClaimReview, and writes down which
// it does not keep.
func (t *tx) linted(all []export.Finding, in MoveInput, e *entry) error {
	if !t.settings.ReviewLint.On() {
		return nil
	}
	var rules []string
	for _, f := range all {
		if !f.Kept {
			rules = append(rules, string(f.Rule))
		}
	}
	if rules == nil {
		return nil
	}
	e.changes = append(e.changes, change{valueUnkept, nil, rules})
	_, err := t.passOver(t.settings.ReviewLint, unkept(all, t.settings), in.Override, e)
	return err
}
