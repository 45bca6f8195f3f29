package workflow

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"cotejo/claims"
)

// MergeSource makes one record part of another, which takes over its names and
// addresses; claims tied to either are that one's from then on.
func (d *Desk) MergeSource(ctx context.Context, actor claims.Actor, id string, version int64, into string) (claims.Source, error) {
	var out claims.Source
	err := d.act(ctx, actor, func(t *tx) error {
		from, err := readSource(ctx, t, id)
		if err != nil {
			return err
		}
		if err := fresh(nounSource, from.ID, version, from.Version); err != nil {
			return err
		}
		if err := claims.MayOnSource(actor, claims.ActSourceMerge, from, t.settings); err != nil {
			return err
		}
		before, err := t.mergeTarget(ctx, from, into)
		if err != nil {
			return err
		}
		after := joined(before, from)
		if err := t.tidySource(ctx, &after); err != nil {
			return err
		}
		after.UpdatedAt, from.UpdatedAt, from.MergedInto = t.now, t.now, after.ID
		if err := t.UpdateSource(ctx, &after); err != nil {
			return err
		}
		if err := t.UpdateSource(ctx, &from); err != nil {
			return err
		}
		out = after
		return t.record(ctx, onSource(ActSourceMerge, after, append(diff(sourceFields, before, after), change{valueMerged, nil, from.ID})...))
	})
	return out, err
}

// mergeTarget reads the record that another shall become part of. What is
// protected and what is not, or for other people, are never made one.
func (t *tx) mergeTarget(ctx context.Context, from claims.Source, into string) (claims.Source, error) {
	if strings.TrimSpace(into) == "" {
		return claims.Source{}, claims.Invalid("into", "text.missing")
	}
	if from.MergedInto != "" {
		return claims.Source{}, claims.Refuse(claims.KindConflict, "source.merged", from.MergedInto)
	}
	target, err := standingSource(ctx, t, into)
	switch {
	case missing(err):
		return target, claims.Invalid("into", "source.unknown", clip(into, maxTag))
	case err != nil:
		return target, err
	case target.ID == from.ID:
		return target, claims.Invalid("into", "source.merge_itself")
	case target.Protected != from.Protected || !slices.Equal(target.Readers, from.Readers):
		return target, claims.Refuse(claims.KindConflict, "source.merge_protected")
	}
	return target, claims.MayOnSource(t.actor, claims.ActSourceMerge, target, t.settings)
}

// joined is a record with what another one adds to it.
func joined(s, other claims.Source) claims.Source {
	s.Aliases = append(slices.Clone(s.Aliases), other.Names()...)
	s.SameAs = append(slices.Clone(s.SameAs), other.SameAs...)
	if s.Code == "" {
		s.Code = other.Code
	}
	if s.Kind == claims.KindUnknown {
		s.Kind = other.Kind
	}
	if s.Note == "" {
		s.Note = other.Note
	} else if other.Note != "" {
		s.Note += "\n\n" + other.Note
	}
	return s
}

// undoSource takes back an act on a record.
func (t *tx) undoSource(ctx context.Context, e claims.Event) error {
	before, err := t.Source(ctx, e.NounID)
	if err != nil {
		return err
	}
	act := claims.ActSourceEdit
	if e.Act == ActSourceProtect && t.may(claims.ActSourceName) == nil {
		act = claims.ActSourceName
	}
	if err := claims.MayOnSource(t.actor, act, before, t.settings); err != nil {
		return err
	}
	if before.MergedInto != "" {
		return claims.Refuse(claims.KindConflict, "source.merged", before.MergedInto)
	}
	if e.Act == ActSourceAdd {
		return t.forgetSource(ctx, before, e)
	}
	after := before
	if err := restore(sourceFields, &after, e); err != nil {
		return err
	}
	after.UpdatedAt = t.now
	if err := t.UpdateSource(ctx, &after); err != nil {
		return err
	}
	if raw := told(e, claims.SideAfter, valueMerged); raw != nil {
		if err := t.giveBack(ctx, raw); err != nil {
			return err
		}
	}
	return t.record(ctx, undoing(e, append(diff(sourceFields, before, after), change{valueSource, nil, e.NounID})...))
}

// giveBack lets a record that was merged stand by itself again.
func (t *tx) giveBack(ctx context.Context, raw []byte) error {
	var id string
	if err := decode(raw, &id); err != nil {
		return err
	}
	s, err := t.Source(ctx, id)
	if err != nil {
		return err
	}
	s.MergedInto, s.UpdatedAt = "", t.now
	return t.UpdateSource(ctx, &s)
}

// forgetSource takes a record away again. Of a protected one the history must
// then forget the names too, since no record is left to say that they are secret.
func (t *tx) forgetSource(ctx context.Context, s claims.Source, e claims.Event) error {
	if err := t.DeleteSource(ctx, s.ID); err != nil {
		return err
	}
	if !s.Protected {
		return t.record(ctx, undoing(e, append(gone(sourceFields, s), change{valueSource, nil, s.ID})...))
	}
	events, err := t.Events(ctx, claims.EventFilter{Noun: nounSource, NounID: s.ID, Before: lastSeq, Limit: maxEvents})
	if err != nil {
		return err
	}
	for _, one := range events {
		if allErased(one) {
			continue
		}
		if err := t.EraseValues(ctx, one.Seq); err != nil {
			return err
		}
		if err := t.record(ctx, entry{act: ActErase, noun: nounHistory, id: strconv.FormatInt(one.Seq, 10)}); err != nil {
			return err
		}
	}
	return t.record(ctx, undoing(e, change{valueSource, nil, s.ID}))
}
