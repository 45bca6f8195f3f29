package workflow

import (
	"context"
	"time"

	"cotejo/claims"
)

const nounOpinion = "opinion"

// opinionFields is what the history tells of a reviewer's own opinion.
var opinionFields = []field[claims.Opinion]{
	plain("content", func(o *claims.Opinion) *string { return &o.Content }),
	plain("attribution", func(o *claims.Opinion) *string { return &o.Attribution }),
	plain("note", func(o *claims.Opinion) *string { return &o.Note }),
	plain("waived", func(o *claims.Opinion) *bool { return &o.Waived }),
	plain("withheld", func(o *claims.Opinion) *bool { return &o.Withheld }),
	stamped("submitted_at", func(o *claims.Opinion) *time.Time { return &o.SubmittedAt }),
}

// OpinionInput is what a reviewer makes of a claim: codes of steps of the newest
// scale and a note. Waive asks to see the proposal without judging first; where
// the proposal is withheld, an editor says why in Note.
type OpinionInput struct {
	Content     string
	Attribution string
	Note        string
	Waive       bool
}

// GiveOpinion writes down what a reviewer makes of a submitted claim by
// themselves, once a submission. From then on they see what was proposed.
func (d *Desk) GiveOpinion(ctx context.Context, actor claims.Actor, claim string, version int64, in OpinionInput) (claims.Opinion, error) {
	var out claims.Opinion
	err := d.act(ctx, actor, func(t *tx) error {
		c, err := readClaim(ctx, t, claim)
		if err != nil {
			return err
		}
		if err := fresh("claim", c.ID, version, c.Version); err != nil {
			return err
		}
		if err := t.mayGiveOpinion(ctx, c); err != nil {
			return err
		}
		if out, err = t.opinion(ctx, c, in); err != nil {
			return err
		}
		if err := t.CreateOpinion(ctx, out); err != nil {
			return err
		}
		return t.record(ctx, entry{act: ActOpinionAdd, noun: nounOpinion, id: out.ID, article: c.Article, claim: c.ID, changes: born(opinionFields, out)})
	})
	return out, err
}

// mayGiveOpinion refuses an opinion that nobody waits for.
func (t *tx) mayGiveOpinion(ctx context.Context, c claims.Claim) error {
	if err := t.may(claims.ActOpinion); err != nil {
		return err
	}
	if c.State != claims.StateSubmitted || c.SubmittedAt == nil || c.Verdict == nil {
		return claims.Refuse(claims.KindIllegalMove, "opinion.not_submitted", string(c.State))
	}
	if err := claims.MayOnClaim(t.actor, claims.ActOpinion, c, t.settings); err != nil {
		return err
	}
	if !t.settings.Blind.On() {
		return claims.Refuse(claims.KindConflict, "opinion.off")
	}
	opinions, err := t.Opinions(ctx, c.ID)
	if err != nil {
		return err
	}
	if _, said := claims.OpinionOf(t.actor.ID, c, opinions); said {
		return claims.Refuse(claims.KindConflict, "opinion.given_already")
	}
	return nil
}

// opinion makes the record of the input, and refuses what cannot be.
func (t *tx) opinion(ctx context.Context, c claims.Claim, in OpinionInput) (claims.Opinion, error) {
	id, err := t.newID()
	if err != nil {
		return claims.Opinion{}, err
	}
	out := claims.Opinion{
		ID: id, Claim: c.ID, ClaimVersion: c.Version, SubmittedAt: *c.SubmittedAt, Person: t.actor.ID, At: t.now,
		Note: clean(in.Note), Waived: in.Waive, Withheld: t.settings.Blind == claims.Block,
		Proposed: claims.ProposedVerdict{Content: c.Verdict.Content, Attribution: c.Verdict.Attribution, Scale: c.Verdict.Scale},
	}
	if out.SeenAlready, err = t.sawVerdict(ctx, c.ID); err != nil {
		return out, err
	}
	var f faults
	f.text("note", out.Note, maxNote)
	if in.Waive {
		if out.Withheld && out.Note == "" {
			f.add("note", "opinion.waive_why")
		}
		if out.Withheld && len(f) == 0 {
			return out, t.may(claims.ActOverride)
		}
		return out, f.err()
	}
	scale, err := t.Scale(ctx, 0)
	if err != nil {
		return out, err
	}
	out.Content, out.Attribution = in.Content, in.Attribution
	f.stepCode("content", out.Content, true, scale.ContentStep)
	f.stepCode("attribution", out.Attribution, claims.HasSource(c.Attributions), scale.AttributionStep)
	return out, f.err()
}

// stepCode checks the code of a step of the scale.
func (f *faults) stepCode(field, code string, required bool, find func(string) (claims.Step, bool)) {
	if code == "" {
		if required {
			f.add(field, "verdict."+field+"_missing")
		}
		return
	}
	if _, ok := find(code); !ok {
		f.add(field, "verdict.step_unknown", clip(code, maxName))
	}
}

// sawVerdict reports whether the actor has judged or reviewed the claim before:
// what they took back counts, since they have seen the proposal.
func (t *tx) sawVerdict(ctx context.Context, claim string) (bool, error) {
	events, err := t.Events(ctx, claims.EventFilter{Claim: claim, Actor: t.actor.ID, Before: lastSeq, Limit: maxLimit})
	for _, e := range events {
		switch e.Act {
		case ActOpinionAdd, ActVerdictSet, string(claims.ActClaimApprove), string(claims.ActClaimReturn), string(claims.ActClaimSubmit):
			return true, err
		}
	}
	return false, err
}

// secondOpinion holds an approval to the reviewer's own opinion: where one is
// demanded it must be there, and where it differs a reason must say why the
// proposal is adopted. It gives the reason for which an editor went on without.
func (t *tx) secondOpinion(ctx context.Context, c claims.Claim, in MoveInput, e *entry) (string, error) {
	if !t.settings.Blind.On() || c.Verdict == nil || claims.OwnWork(t.actor, c) {
		return "", nil
	}
	opinions, err := t.Opinions(ctx, c.ID)
	if err != nil {
		return "", err
	}
	mine, said := claims.OpinionOf(t.actor.ID, c, opinions)
	switch {
	case !said:
		return t.passOver(t.settings.Blind, opinionMissing(t.settings), in.Override, e)
	case !mine.Waived && !mine.AgreesWith(*c.Verdict) && in.Reason == "":
		return "", claims.Invalid("reason", "opinion.reconcile")
	}
	return "", nil
}

func opinionMissing(s claims.Settings) *claims.Error {
	return &claims.Error{
		Kind: claims.KindInvalid, Key: "opinion.missing", Who: claims.WhoMay(claims.ActOverride, s),
		Fields: []claims.FieldError{{Field: "opinion", Key: "opinion.first"}},
	}
}

func (t *tx) undoOpinion(ctx context.Context, e claims.Event) ([]change, error) {
	var o claims.Opinion
	if err := restoreAfter(opinionFields, &o, e); err != nil {
		return nil, err
	}
	return gone(opinionFields, o), t.DeleteOpinion(ctx, e.Claim, e.NounID)
}

// restoreAfter gives v what the event tells that it became.
func restoreAfter[T any](fields []field[T], v *T, e claims.Event) error {
	for _, f := range fields {
		if raw := told(e, claims.SideAfter, f.name); raw != nil {
			if err := f.put(v, raw); err != nil {
				return err
			}
		}
	}
	return nil
}

// AgreementView is how far second opinions agree with what was proposed.
type AgreementView struct {
	Content, Attribution claims.Agreement
	Opinions             int // that are counted
	Withheld             int // of them, given while the proposal was kept from their authors
	Scales               claims.Scales
}

// Agreement works out how far second opinions agree, step by step.
func (d *Desk) Agreement(ctx context.Context, actor claims.Actor) (AgreementView, error) {
	var v AgreementView
	err := d.look(ctx, actor, claims.ActLook, func(r claims.Reader) (err error) {
		v, err = agreement(ctx, r)
		return err
	})
	return v, err
}

func agreement(ctx context.Context, r claims.Reader) (AgreementView, error) {
	cells, withheld, err := r.Agreement(ctx)
	if err != nil {
		return AgreementView{}, err
	}
	v := AgreementView{Withheld: withheld}
	if v.Scales, err = r.Scales(ctx); err != nil {
		return v, err
	}
	v.Content = claims.AgreementOf(claims.LayerContent, codes(v.Scales.Newest().Content), cells)
	v.Attribution = claims.AgreementOf(claims.LayerAttribution, codes(v.Scales.Newest().Attribution), cells)
	v.Opinions = max(v.Content.N, v.Attribution.N)
	return v, nil
}

func codes(steps []claims.Step) []string {
	out := make([]string, len(steps))
	for i, s := range steps {
		out[i] = s.Code
	}
	return out
}
