package workflow

import (
	"context"
	"slices"

	"cotejo/claims"
)

// MoveInput says where a claim shall go. Reason is a claims.DismissReason code
// for a dismissal and words for every other move; Of is the other claim of a
// duplicate. Note goes with a dismissal, else into the thread. Effect and Notice
// are for publishing again. Checked are the codes of the checklist that an approver
// ticks; Override is why a rule of the house that blocks is passed over.
type MoveInput struct {
	To     claims.State
	Reason string
	Note   string
	Of     string
	Effect claims.Effect
	Notice string

	Checked  []string
	Override string
}

// MoveClaim moves a claim in the workflow.
func (d *Desk) MoveClaim(ctx context.Context, actor claims.Actor, id string, version int64, in MoveInput) (claims.Claim, error) {
	return d.changeClaim(ctx, actor, id, version, func(t *tx, c *claims.Claim) (entry, error) {
		move, err := legal(c.State, in.To)
		if err != nil {
			return entry{}, err
		}
		return d.move(ctx, t, c, move, in)
	})
}

// move makes a move that the table has.
func (d *Desk) move(ctx context.Context, t *tx, c *claims.Claim, move claims.Move, in MoveInput) (entry, error) {
	if err := claims.MayOnClaim(t.actor, move.Act, *c, t.settings); err != nil {
		return entry{}, err
	}
	if err := in.check(move); err != nil {
		return entry{}, err
	}
	e := onClaim(string(move.Act), *c)
	e.reason = in.Reason
	if err := d.step(ctx, t, c, move, in, &e); err != nil {
		return entry{}, err
	}
	c.State = move.To
	return e, nil
}

// legal looks a move up in the table of moves.
func legal(from, to claims.State) (claims.Move, error) {
	if !to.Valid() {
		return claims.Move{}, claims.Invalid("to", "state.unknown", clip(string(to), maxName))
	}
	move, ok := claims.FindMove(from, to)
	if !ok {
		return claims.Move{}, claims.Refuse(claims.KindIllegalMove, "move.illegal", string(from), string(to))
	}
	return move, nil
}

// check tidies the input and refuses what the move cannot do without.
func (in *MoveInput) check(move claims.Move) error {
	in.Reason, in.Note, in.Notice, in.Override = clean(in.Reason), clean(in.Note), clean(in.Notice), clean(in.Override)
	var f faults
	switch {
	case move.Act == claims.ActClaimDismiss:
		if !slices.Contains(claims.DismissReasons, claims.DismissReason(in.Reason)) {
			f.add("reason", "dismissal.reason_unknown", clip(in.Reason, maxName))
		}
	case move.Reason:
		f.required("reason", in.Reason, maxReason)
	default:
		f.text("reason", in.Reason, maxReason)
	}
	f.text("note", in.Note, maxNote)
	f.text("override", in.Override, maxReason)
	f.text("notice", in.Notice, maxWording)
	if in.Effect != "" && !in.Effect.Valid() {
		f.add("effect", "publication.effect_unknown", clip(string(in.Effect), maxName))
	}
	return f.err()
}

// step does what a move brings with it.
func (d *Desk) step(ctx context.Context, t *tx, c *claims.Claim, move claims.Move, in MoveInput, e *entry) error {
	if err := d.consequence(ctx, t, c, move, in, e); err != nil {
		return err
	}
	if in.Note == "" || move.Act == claims.ActClaimDismiss {
		return nil
	}
	_, err := t.addNote(ctx, *c, in.Note)
	return err
}

// consequence is what a move changes beside the state.
func (d *Desk) consequence(ctx context.Context, t *tx, c *claims.Claim, move claims.Move, in MoveInput, e *entry) error {
	switch move.Act {
	case claims.ActClaimOpen:
		c.Origin.Accepted, c.Dismissed = true, nil
	case claims.ActClaimTake:
		takeUp(c, t.actor)
	case claims.ActClaimTakeBack:
		unsubmit(c)
	case claims.ActClaimLeave:
		c.Assignee = ""
	case claims.ActClaimDismiss:
		return t.dismiss(ctx, c, in)
	case claims.ActClaimSubmit:
		return t.submit(ctx, c, in.Override, e)
	case claims.ActClaimApprove:
		return t.review(ctx, c, claims.OutcomeApproved, in, e)
	case claims.ActClaimReturn:
		return t.review(ctx, c, claims.OutcomeReturned, in, e)
	case claims.ActClaimPublish:
		return d.publish(ctx, t, c, in, e)
	case claims.ActClaimWithdraw:
		reason, err := t.sayOpenly(ctx, c.ID, in.Reason)
		if err != nil {
			return err
		}
		w := claims.Withdrawal{By: t.actor.ID, At: t.now, Reason: reason}
		return t.WithdrawPublications(ctx, c.ID, w)
	}
	return nil
}

// takeUp gives the claim to whoever takes it up; what was handed in before is
// no longer handed in.
func takeUp(c *claims.Claim, actor claims.Actor) {
	c.Assignee = actor.ID
	unsubmit(c)
}

func unsubmit(c *claims.Claim) {
	c.SubmittedBy, c.SubmittedAt, c.ApprovedBy = "", nil, ""
}

func (t *tx) submit(ctx context.Context, c *claims.Claim, override string, e *entry) error {
	if err := c.Complete(); err != nil {
		return err
	}
	if err := t.sufficient(ctx, *c, override, e); err != nil {
		return err
	}
	now := t.now
	c.SubmittedBy, c.SubmittedAt = t.actor.ID, &now
	return nil
}

// review writes down the second person's answer.
func (t *tx) review(ctx context.Context, c *claims.Claim, outcome claims.Outcome, in MoveInput, e *entry) error {
	id, err := t.newID()
	if err != nil {
		return err
	}
	now := t.now
	out := claims.Review{
		ID: id, Claim: c.ID, ClaimVersion: c.Version, Reviewer: t.actor.ID, Outcome: outcome, Reason: in.Reason, At: now,
		Single: claims.OwnWork(t.actor, *c),
	}
	c.ReviewedBy, c.ReviewedAt, c.ApprovedBy = t.actor.ID, &now, ""
	if outcome == claims.OutcomeApproved {
		c.ApprovedBy = t.actor.ID
		without, err := t.secondOpinion(ctx, *c, in, e)
		if err != nil {
			return err
		}
		if out.Checklist, out.Override, err = t.signOff(in, e); err != nil {
			return err
		}
		if out.Override == "" {
			out.Override = without
		}
	}
	e.changes = append(e.changes, change{valueReview, nil, id})
	return t.CreateReview(ctx, out)
}

// dismiss sets a claim aside. What the public has seen does not vanish: it can
// only be merged into another claim that the public sees, where its page leads.
func (t *tx) dismiss(ctx context.Context, c *claims.Claim, in MoveInput) error {
	reason := claims.DismissReason(in.Reason)
	c.Dismissed = &claims.Dismissal{Reason: reason, Note: in.Note}
	if reason != claims.DismissDuplicate {
		if c.PublishedVersion > 0 {
			return claims.Invalid("reason", "dismissal.published")
		}
		return nil
	}
	of, err := readClaim(ctx, t, in.Of)
	switch {
	case missing(err):
		return claims.Invalid("of", "dismissal.of_unknown", clip(in.Of, maxName))
	case err != nil:
		return err
	case of.ID == c.ID:
		return claims.Invalid("of", "dismissal.of_itself")
	case of.State == claims.StateDismissed:
		return claims.Invalid("of", "dismissal.of_dismissed", of.ID)
	case c.PublishedVersion > 0 && of.PublishedVersion == 0:
		return claims.Invalid("of", "dismissal.of_unpublished", of.ID)
	}
	c.Dismissed.Of = of.ID
	return nil
}

// movesOf lists the moves that the table has from here, each with what stands
// in the actor's way.
func movesOf(actor claims.Actor, c claims.Claim, s claims.Settings, lacking []claims.Lack) []MoveOption {
	var out []MoveOption
	for _, m := range claims.MovesFrom(c.State) {
		refused := claims.MayOnClaim(actor, m.Act, c, s)
		if refused == nil && m.Act == claims.ActClaimSubmit {
			refused = c.Complete()
			if refused == nil {
				refused = blocked(actor, lacking, s)
			}
		}
		if refused == nil && m.Act == claims.ActClaimApprove && c.Withheld {
			refused = opinionMissing(s)
		}
		out = append(out, MoveOption{Move: m, Refused: refused})
	}
	return out
}
