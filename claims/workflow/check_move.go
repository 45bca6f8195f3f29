package workflow

import (
	"context"
	"errors"
	"time"

	"cotejo/claims"
	"cotejo/claims/markdown"
)

// CheckMoveInput says where a check shall go. Effect and Notice are for publishing
// again; Along publishes the approved claims that it cites with it, past the rules of
// the house that block for the reason in Override.
type CheckMoveInput struct {
	To       claims.CheckState
	Reason   string
	Effect   claims.Effect
	Notice   string
	Along    bool
	Override string
}

// MoveCheck is MoveCheckWith for a move that needs to be told nothing more.
func (d *Desk) MoveCheck(ctx context.Context, actor claims.Actor, slug string, version int64, to claims.CheckState, reason string) (claims.Check, error) {
	return d.MoveCheckWith(ctx, actor, slug, version, CheckMoveInput{To: to, Reason: reason})
}

// MoveCheckWith moves a check in the workflow. Publishing freezes it, and is refused
// while it cites a claim that does not stand published and is not published along.
func (d *Desk) MoveCheckWith(ctx context.Context, actor claims.Actor, slug string, version int64, in CheckMoveInput) (claims.Check, error) {
	return d.changeCheck(ctx, actor, slug, version, func(t *tx, c *claims.Check) (entry, error) { return d.moveCheck(ctx, t, c, in) })
}

func (d *Desk) moveCheck(ctx context.Context, t *tx, c *claims.Check, in CheckMoveInput) (entry, error) {
	move, err := legalForCheck(*c, in.To, t.settings)
	if err != nil {
		return entry{}, err
	}
	if err := claims.MayOnCheck(t.actor, move.Act, *c, t.settings); err != nil {
		return entry{}, err
	}
	takesBack := move.Act == claims.ActCheckReturn && c.State == claims.CheckSubmitted && c.SubmittedBy == t.actor.ID
	if err := in.check(move.Reason || move.Act == claims.ActCheckReturn && !takesBack); err != nil {
		return entry{}, err
	}
	e := onCheck(string(move.Act), *c)
	e.reason = in.Reason
	switch move.Act {
	case claims.ActCheckSubmit:
		c.SubmittedBy, c.SubmittedAt = t.actor.ID, t.now
		c.ApprovedBy, c.ApprovedAt = "", time.Time{}
	case claims.ActCheckReturn:
		c.SubmittedBy, c.SubmittedAt = "", time.Time{}
		c.ApprovedBy, c.ApprovedAt = "", time.Time{}
	case claims.ActCheckApprove:
		c.ApprovedBy, c.ApprovedAt = t.actor.ID, t.now
	case claims.ActCheckPublish:
		err = d.publishCheck(ctx, t, c, in, &e)
	case claims.ActCheckWithdraw:
		err = t.withdrawCheck(ctx, c, in.Reason)
	}
	c.State = move.To
	return e, err
}

// legalForCheck looks a move up in the table, and whether it is open to this check.
func legalForCheck(c claims.Check, to claims.CheckState, s claims.Settings) (claims.CheckMove, error) {
	if !to.Valid() {
		return claims.CheckMove{}, claims.Invalid("to", "state.unknown", clip(string(to), maxName))
	}
	move, ok := claims.FindCheckMove(c.State, to)
	switch {
	case ok && move.Alone && s.ReviewChecks:
		return move, claims.Refuse(claims.KindIllegalMove, "check.review_first")
	case !ok, to == claims.CheckWithdrawn && !c.Public():
		return move, claims.Refuse(claims.KindIllegalMove, "move.illegal", string(c.State), string(to))
	}
	return move, nil
}

// check tidies the input and refuses what the move cannot do without.
func (in *CheckMoveInput) check(reason bool) error {
	in.Reason, in.Notice, in.Override = clean(in.Reason), clean(in.Notice), clean(in.Override)
	var f faults
	if reason {
		f.required("reason", in.Reason, maxReason)
	} else {
		f.text("reason", in.Reason, maxReason)
	}
	f.text("notice", in.Notice, maxWording)
	f.text("override", in.Override, maxReason)
	if in.Effect != "" && !in.Effect.Valid() {
		f.add("effect", "publication.effect_unknown", clip(string(in.Effect), maxName))
	}
	if in.Effect.Public() && in.Notice == "" {
		f.add("notice", "publication.notice_missing")
	}
	return f.err()
}

// publishCheck freezes the check as version n+1, after the claims that go with it.
func (d *Desk) publishCheck(ctx context.Context, t *tx, c *claims.Check, in CheckMoveInput, e *entry) error {
	if in.Along {
		if err := d.publishAlong(ctx, t, c.Body, in.Override); err != nil {
			return err
		}
	}
	cited, err := t.cited(ctx, c.Body, true)
	if err != nil {
		return err
	}
	if err := t.dropSchedule(ctx, claims.ScheduleOfCheck, c.ID); err != nil {
		return err
	}
	c.Published++
	c.Withdrawn = nil
	open, err := t.seenCheck(ctx, "", *c)
	if err != nil {
		return err
	}
	p := t.freeze(open)
	p.ApprovedBy = c.ApprovedBy
	p.ClaimVersions = map[string]int{}
	for id, claim := range cited {
		p.ClaimVersions[id] = claim.Publication.N
	}
	if c.Published > 1 {
		if p.Effect = in.Effect; p.Effect == "" {
			p.Effect = claims.EffectClarification
		}
		if p.Notice, err = t.sayOfCheck(ctx, *c, in.Notice); err != nil {
			return err
		}
		e.changes = append(e.changes, change{"effect", nil, p.Effect}, change{"notice", nil, p.Notice})
	}
	c.SubmittedBy, c.SubmittedAt = "", time.Time{}
	c.ApprovedBy, c.ApprovedAt = "", time.Time{}
	return t.CreateCheckPublication(ctx, p)
}

// publishAlong publishes the approved claims that a text cites and that readers have
// never seen. Every one that cannot be is named with what stands in its way.
func (d *Desk) publishAlong(ctx context.Context, t *tx, body, override string) error {
	var f faults
	for _, id := range markdown.Citations(body) {
		c, err := readClaim(ctx, t, id)
		if missing(err) || err == nil && !goesAlong(c) {
			continue // the check's own refusal names it
		}
		if err != nil {
			return err
		}
		_, err = t.changeClaim(ctx, c.ID, c.Version, func(t *tx, c *claims.Claim) (entry, error) {
			move, _ := claims.FindMove(c.State, claims.StatePublished)
			return d.move(ctx, t, c, move, MoveInput{To: claims.StatePublished, Override: override})
		})
		if err == nil {
			continue
		}
		blocks := refusalsOf(err)
		if blocks == nil {
			return err
		}
		for _, why := range blocks {
			f.add("body", "check.claim_refused", id, why)
		}
	}
	if len(f) > 0 {
		return &claims.Error{Kind: claims.KindInvalid, Key: "check.cites_unpublished", Fields: f}
	}
	return nil
}

// goesAlong reports whether a claim is published with a check that cites it.
func goesAlong(c claims.Claim) bool {
	return c.State == claims.StateApproved && c.PublishedVersion == 0
}

func (t *tx) withdrawCheck(ctx context.Context, c *claims.Check, reason string) error {
	said, err := t.sayOfCheck(ctx, *c, reason)
	c.Withdrawn = &claims.Withdrawal{By: t.actor.ID, At: t.now, Reason: said}
	c.SubmittedBy, c.SubmittedAt = "", time.Time{}
	c.ApprovedBy, c.ApprovedAt = "", time.Time{}
	return err
}

// sayOfCheck takes the names of protected sources out of what the public will read
// about a check.
func (t *tx) sayOfCheck(ctx context.Context, c claims.Check, words string) (string, error) {
	seen, err := veil(ctx, t, "")
	v, ok := seen.(*veiled)
	if err != nil || !ok {
		return words, err
	}
	m, err := v.maskOfCheck(ctx, c.ID, c.Language, c.Body)
	if m == nil {
		return words, err
	}
	return m.text(words), err
}

// freeze is what the public will see of a check as it stands.
func (t *tx) freeze(c claims.Check) claims.CheckPublication {
	p := preview(c)
	p.N, p.PublishedBy, p.PublishedAt = c.Published, t.actor.ID, t.now
	return p
}

func preview(c claims.Check) claims.CheckPublication {
	return claims.CheckPublication{
		Check: c.ID, N: c.Published + 1, Slug: c.Slug, Title: c.Title, Summary: c.Summary, Body: c.Body, Language: c.Language,
		Authors: c.Authors, Related: c.Related, Image: c.Image, Claims: markdown.Citations(c.Body), PublishedAt: c.UpdatedAt,
	}
}

// refusalsOf gives the reasons of a refusal one by one; none where err is no refusal.
func refusalsOf(err error) []claims.FieldError {
	var refused *claims.Error
	switch {
	case !errors.As(err, &refused):
		return nil
	case len(refused.Fields) > 0:
		return refused.Fields
	}
	return []claims.FieldError{{Key: refused.Key, Args: refused.Args}}
}
