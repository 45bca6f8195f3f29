package workflow

import (
	"context"

	"cotejo/claims"
)

// VerdictInput is a proposed verdict: codes of steps of the newest scale,
// Markdown-free texts, and dates; what is "" is left open. Override goes with
// handing it in: why a rule of evidence that blocks is passed over.
type VerdictInput struct {
	Content     string
	Attribution string
	Rationale   string
	WhatIsTrue  string
	AsOf        string
	ReviewAgain string
	Override    string
}

// Judge sets the verdict of a claim. Whoever changes it cannot approve it; who
// only repeats it changes nothing.
func (d *Desk) Judge(ctx context.Context, actor claims.Actor, id string, version int64, in VerdictInput) (claims.Claim, error) {
	return d.changeClaim(ctx, actor, id, version, func(t *tx, c *claims.Claim) (entry, error) {
		return onClaim(ActVerdictSet, *c), t.judge(ctx, c, in)
	})
}

// judge sets the verdict of a claim that is open to it.
func (t *tx) judge(ctx context.Context, c *claims.Claim, in VerdictInput) error {
	if !c.State.Editable() {
		return frozen(*c)
	}
	if err := claims.MayOnClaim(t.actor, claims.ActClaimJudge, *c, t.settings); err != nil {
		return err
	}
	scale, err := t.Scale(ctx, 0)
	if err != nil {
		return err
	}
	v, err := in.verdict(scale)
	if err != nil {
		return err
	}
	v.ChangedBy, v.ChangedAt = t.actor.ID, t.now
	if was := verdictOf(*c); v.Same(was) {
		v = was
	}
	c.Verdict, c.Origin.Accepted = &v, true
	return nil
}

// verdict checks the input against the scale.
func (in VerdictInput) verdict(scale claims.Scale) (claims.Verdict, error) {
	var f faults
	v := claims.Verdict{
		Content: in.Content, Attribution: in.Attribution, Rationale: clean(in.Rationale), WhatIsTrue: clean(in.WhatIsTrue),
		AsOf: f.date("as_of", in.AsOf), ReviewAgain: f.date("review_again", in.ReviewAgain), Scale: scale.Version,
	}
	if _, ok := scale.ContentStep(v.Content); !ok && v.Content != "" {
		f.add("content", "verdict.step_unknown", clip(v.Content, maxName))
	}
	if _, ok := scale.AttributionStep(v.Attribution); !ok && v.Attribution != "" {
		f.add("attribution", "verdict.step_unknown", clip(v.Attribution, maxName))
	}
	f.text("rationale", v.Rationale, maxRationale)
	f.text("what_is_true", v.WhatIsTrue, maxWording)
	return v, f.err()
}
