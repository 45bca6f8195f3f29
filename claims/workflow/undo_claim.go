package workflow

import (
	"context"

	"cotejo/claims"
)

// undoOnClaim takes back an act on a claim or on what hangs on it.
func (t *tx) undoOnClaim(ctx context.Context, e claims.Event) error {
	before, err := t.Claim(ctx, e.Claim)
	if err != nil {
		return err
	}
	after := copyOf(before)
	var changes []change
	switch {
	case schedules(e.Act):
		changes, err = t.undoSchedule(ctx, e)
	case e.Noun == "claim":
		err = t.restoreClaim(ctx, &after, e)
	case e.Noun == "evidence":
		changes, err = t.undoEvidence(ctx, &after, e)
	case e.Noun == "note":
		changes, err = t.undoNote(ctx, e)
	case e.Noun == "contact":
		changes, err = t.undoContact(ctx, e)
	case e.Noun == nounExternal:
		changes, err = t.undoExternal(ctx, e)
	case e.Noun == nounOpinion:
		changes, err = t.undoOpinion(ctx, e)
	case e.Noun == nounReport:
		changes, err = t.undoReport(ctx, e)
	case e.Noun == nounArchive:
		changes, err = t.undoArchive(ctx, e)
	default:
		err = claims.Refuse(claims.KindConflict, "undo.final")
	}
	if err != nil {
		return err
	}
	if err := t.DeleteUnread(ctx, e.ID); err != nil {
		return err
	}
	_, err = t.saveClaim(ctx, before, after, undoing(e, changes...))
	return err
}

// undoing is the entry of taking e back.
func undoing(e claims.Event, changes ...change) entry {
	return entry{
		act: ActUndo, noun: nounUndone, id: e.ID, article: e.Article, claim: e.Claim,
		changes: append([]change{{valueUndone, nil, e.Act}}, changes...),
	}
}

// restoreClaim gives a claim its fields back. A claim that was added cannot
// cease to be: it is set aside.
func (t *tx) restoreClaim(ctx context.Context, c *claims.Claim, e claims.Event) error {
	if e.Act == ActClaimAdd {
		c.State, c.Dismissed = claims.StateDismissed, &claims.Dismissal{Reason: claims.DismissWrong}
		return nil
	}
	if err := t.undoSplit(ctx, e); err != nil {
		return err
	}
	words, place := c.Quote(), c.Snapshot
	if err := restore(claimFields, c, e); err != nil {
		return err
	}
	if c.Verdict != nil && *c.Verdict == (claims.Verdict{}) {
		c.Verdict = nil
	}
	if raw := told(e, claims.SideAfter, valueReview); raw != nil {
		var id string
		if err := decode(raw, &id); err != nil {
			return err
		}
		if err := t.DeleteReview(ctx, c.ID, id); err != nil {
			return err
		}
	}
	if c.Quote() == words && c.Snapshot == place {
		return nil
	}
	s, err := t.Snapshot(ctx, c.Article, c.Snapshot)
	for _, f := range c.Fragments {
		// The words stood there in an older snapshot, and the claim has moved since.
		if words, _ := claims.Slice([]rune(s.Text), f.Span); err == nil && !s.Erased && words != f.Text {
			return claims.Refuse(claims.KindConflict, "undo.changed_since", "fragments")
		}
	}
	c.Prefix, c.Suffix = around([]rune(s.Text), c.Fragments)
	return err
}

func (t *tx) undoEvidence(ctx context.Context, c *claims.Claim, e claims.Event) ([]change, error) {
	if e.Act == ActEvidenceRemove {
		back := claims.Evidence{ID: e.NounID, Claim: c.ID}
		if err := restore(evidenceFields, &back, e); err != nil {
			return nil, err
		}
		c.Evidence++
		return born(evidenceFields, back), t.CreateEvidence(ctx, back)
	}
	now, err := t.evidenceOn(ctx, c.ID, e.NounID)
	if err != nil {
		return nil, err
	}
	if e.Act == ActEvidenceAdd {
		c.Evidence--
		return gone(evidenceFields, now), t.DeleteEvidence(ctx, c.ID, now.ID)
	}
	back := now
	if err := restore(evidenceFields, &back, e); err != nil {
		return nil, err
	}
	return diff(evidenceFields, now, back), t.UpdateEvidence(ctx, back)
}

func (t *tx) undoNote(ctx context.Context, e claims.Event) ([]change, error) {
	var n claims.Note
	if err := decode(told(e, claims.SideAfter, "text"), &n.Text); err != nil {
		return nil, err
	}
	return gone(noteFields, n), t.DeleteNote(ctx, e.Claim, e.NounID)
}
