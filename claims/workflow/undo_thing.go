package workflow

import (
	"context"
	"errors"

	"cotejo/claims"
)

// undoThing takes back an act on what is no part of a claim.
func (t *tx) undoThing(ctx context.Context, e claims.Event) error {
	switch e.Noun {
	case "article":
		return t.undoArticle(ctx, e)
	case nounSkip:
		return t.undoSkip(ctx, e)
	case nounCheck:
		return t.undoCheck(ctx, e)
	case nounSource:
		return t.undoSource(ctx, e)
	case nounFilter:
		return t.undoFilter(ctx, e)
	case nounJob:
		return t.undoJob(ctx, e)
	case nounFeed:
		return t.undoFeed(ctx, e)
	case nounArchive:
		changes, err := t.undoArchive(ctx, e)
		if err != nil {
			return err
		}
		return t.record(ctx, undoing(e, changes...))
	case nounBulk:
		return t.undoBulk(ctx, e)
	case "settings":
		return t.undoSettings(ctx, e)
	case nounHook:
		return t.undoHook(ctx, e)
	case nounScale:
		return t.undoScale(ctx, e)
	case "person":
		return t.undoPerson(ctx, e)
	case "invite":
		return t.undoInvite(ctx, e)
	}
	return claims.Refuse(claims.KindConflict, "undo.final")
}

func (t *tx) undoArticle(ctx context.Context, e claims.Event) error {
	before, err := t.Article(ctx, e.NounID)
	if err != nil {
		return err
	}
	after := before
	if e.Act == ActArticleAdd {
		// The ids of its claims are for ever: it is put aside, where admins alone see it.
		after.Restricted, after.Readers = true, []string{}
	} else if err := restore(articleFields, &after, e); err != nil {
		return err
	} else if err := errors.Join(t.leavesNobodyOut(ctx, after), t.keepsCopies(ctx, after)); err != nil {
		return err
	}
	after.UpdatedAt = t.now
	if err := t.UpdateArticle(ctx, &after); err != nil {
		return err
	}
	return t.record(ctx, undoing(e, diff(articleFields, before, after)...))
}

// untouched refuses where somebody acted on anything of an article since it was taken in.
func untouched(ctx context.Context, r claims.Reader, actor claims.Actor, e claims.Event) error {
	f := claims.EventFilter{Article: e.Article, Before: lastSeq, Limit: 50}
	for {
		events, err := r.Events(ctx, f)
		if err != nil || len(events) == 0 {
			return err
		}
		for _, later := range events {
			if f.Before = later.Seq; later.ID == e.ID {
				return nil
			}
			switch stands, err := stands(ctx, r, later); {
			case err != nil:
				return err
			case !stands || foundByMachine(later):
			case later.Actor != actor.ID:
				return actedSince(ctx, r, later)
			default:
				return claims.Refuse(claims.KindConflict, "undo.not_last")
			}
		}
	}
}

func (t *tx) undoCheck(ctx context.Context, e claims.Event) error {
	before, err := t.CheckByID(ctx, e.NounID)
	if err != nil {
		return err
	}
	if e.Act == ActCheckAdd { // nobody has published it, or changed it since
		if err := t.DeleteCheck(ctx, before.ID); err != nil {
			return err
		}
		return t.record(ctx, undoing(e, gone(checkFields, before)...))
	}
	if schedules(e.Act) {
		changes, err := t.undoSchedule(ctx, e)
		if err != nil {
			return err
		}
		return t.record(ctx, undoing(e, changes...))
	}
	after := before
	if err := restore(checkFields, &after, e); err != nil {
		return err
	}
	if err := t.freeSlug(ctx, after); err != nil {
		return err
	}
	after.UpdatedAt = t.now
	if err := t.UpdateCheck(ctx, &after); err != nil {
		return err
	}
	return t.record(ctx, undoing(e, diff(checkFields, before, after)...))
}

func (t *tx) undoSettings(ctx context.Context, e claims.Event) error {
	after := t.settings
	if err := restore(settingFields, &after, e); err != nil {
		return err
	}
	if err := t.PutSettings(ctx, after); err != nil {
		return err
	}
	return t.record(ctx, undoing(e, diff(settingFields, t.settings, after)...))
}

func (t *tx) undoPerson(ctx context.Context, e claims.Event) error {
	before, err := t.Person(ctx, e.NounID)
	if err != nil {
		return err
	}
	after := before
	if e.Act == ActPersonAdd { // an account cannot cease to be: it is shut
		after.Disabled = true
	} else if err := restore(personFields, &after, e); err != nil {
		return err
	}
	if err := t.keepsAdmin(ctx, before, after); err != nil {
		return err
	}
	if after.Disabled {
		if err := t.DeleteSessionsOf(ctx, after.ID); err != nil {
			return err
		}
	}
	if err := t.UpdatePerson(ctx, &after); err != nil {
		return err
	}
	return t.record(ctx, undoing(e, diff(personFields, before, after)...))
}
