package workflow

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"cotejo/claims"
)

// nounUndone is the noun of undo events: their id names the event that was taken back.
const nounUndone = "event"

// Values of events that are no field of a noun.
const (
	valueReview = "review" // the id of the review that a move wrote
	valueUndone = "undone" // the act that was taken back
)

// final are the acts that nothing takes back. What the public saw is answered
// by reopening or withdrawing, who signed in by signing out.
var final = map[string]bool{
	string(claims.ActClaimPublish): true, string(claims.ActClaimWithdraw): true, ActErase: true, ActUndo: true,
	ActPersonJoin: true, ActPersonSignOut: true, ActPersonIdentity: true, ActPersonLink: true,
	ActFactorBegin: true, ActFactorOn: true, ActFactorOff: true, ActFactorCodes: true, ActFactorReset: true,
	ActSetUp: true, ActPersonReset: true, ActPersonPassword: true,
	ActSignIn: true, ActSignOut: true, ActSessionRevoke: true, ActSignOutAll: true, ActTokenCreate: true, ActTokenRevoke: true,
	ActArchiveSubmit: true, ActArchiveSettle: true,
	ActJobRetry: true, ActPageFetch: true, ActArticleRefetch: true, ActArticleGone: true, ActArticleBack: true, ActClaimMove: true, ActClaimChanged: true,
	ActFeedLook: true, ActFeedItems: true, ActFeedMoved: true, ActFeedGone: true,
	ActReportReceive: true, ActExternalFound: true, ActExternalLost: true,
	ActHookRotate: true, ActHookDelete: true, ActHookTest: true, ActHookResend: true, ActHookFail: true, // a secret is gone, a message is out
	ActBulkPublish: true, ActCheckPublish: true, ActCheckWithdraw: true, ActCheckUnissued: true, ActClaimUnissued: true,
}

// undoRights says what policy is asked about taking an act back, where that is
// not the act's own name.
var undoRights = map[string]claims.Act{
	ActClaimAdd: claims.ActClaimSuggest, ActClaimSplit: claims.ActClaimEdit, ActVerdictSet: claims.ActClaimJudge, ActEvidenceRemove: claims.ActEvidenceAdd,
	ActEvidenceEdit: claims.ActEvidenceAdd, ActEvidenceCopy: claims.ActEvidenceAdd, ActEvidenceNoCopy: claims.ActEvidenceAdd,
	ActExternalAdd: claims.ActExternal, ActExternalEdit: claims.ActExternal, ActExternalRemove: claims.ActExternal,
	ActContactAdd: claims.ActContact, ActContactEdit: claims.ActContact, ActCheckAdd: claims.ActCheckWrite, ActCheckEdit: claims.ActCheckWrite,
	ActCheckSchedule: claims.ActCheckPublish, ActCheckUnschedule: claims.ActCheckPublish, ActClaimSchedule: claims.ActClaimPublish, ActClaimUnschedule: claims.ActClaimPublish,
	ActSettingsEdit: claims.ActSettings, ActPersonLanguage: claims.ActAccount, ActPersonMail: claims.ActAccount, ActPersonTour: claims.ActAccount, ActPersonKeys: claims.ActAccount,
	ActSourceAdd: claims.ActSourceEdit, ActSourceProtect: claims.ActSourceEdit,
	ActScaleEdit: claims.ActSettings,
	ActClaimStay: claims.ActClaimPlace, ActClaimOrphan: claims.ActClaimPlace, ActClaimUnsettle: claims.ActClaimPlace,
	ActArticleLink: claims.ActArticleEdit, ActArticleUnlink: claims.ActArticleEdit, ActArchiveAsk: claims.ActArchive,
	ActArticleUnsign: claims.ActArticleSign, ActSkipRemove: claims.ActArticleSkip,
	ActInviteCreate: claims.ActPeople, ActInviteRevoke: claims.ActPeople,
	ActFilterDelete: claims.ActFilterSave,
	ActJobAdd:       claims.ActJobSteer, ActJobStop: claims.ActJobSteer,
	ActFeedAdd: claims.ActFeed, ActFeedEdit: claims.ActFeed, ActFeedPause: claims.ActFeed, ActFeedResume: claims.ActFeed, ActFeedDelete: claims.ActFeed,
	ActHookAdd: claims.ActSettings, ActHookEdit: claims.ActSettings, ActHookStop: claims.ActSettings, ActHookStart: claims.ActSettings,
	ActReportAdd: claims.ActReport, ActReportTake: claims.ActReport, ActReportLeave: claims.ActReport,
	ActBulk:      claims.ActLook, // each act that it is made of is asked about on its own
	ActPersonAdd: claims.ActPeople, ActPersonRole: claims.ActPeople, ActPersonDisable: claims.ActPeople, ActPersonEnable: claims.ActPeople,
}

// Undo takes back an act of the actor's own, named by its event's id: last in
// first out for each claim (or article, check, person, the settings), until
// somebody else has acted on it; what jobs did does not count. The history
// keeps both. It gives the event of the undoing.
func (d *Desk) Undo(ctx context.Context, actor claims.Actor, id string) (claims.Event, error) {
	var out claims.Event
	err := d.act(ctx, actor, func(t *tx) error {
		e, err := t.EventByID(ctx, clip(id, maxName))
		if err != nil {
			return err
		}
		if err := t.mayUndo(ctx, e); err != nil {
			return err
		}
		undo := t.undoThing
		if e.Claim != "" {
			undo = t.undoOnClaim
		}
		if err := undo(ctx, e); err != nil {
			return err
		}
		seen, err := see(ctx, t, actor)
		if err != nil {
			return err
		}
		return seen.SeeAll(func() error { // it may have put something out of the actor's own sight
			done, err := seen.Events(ctx, claims.EventFilter{Noun: nounUndone, NounID: e.ID, Limit: 1})
			if err == nil {
				out = done[0]
			}
			return err
		})
	})
	return out, err
}

// mayUndo refuses what cannot be taken back, or not by this actor, or not yet.
func (t *tx) mayUndo(ctx context.Context, e claims.Event) error {
	return mayUndo(ctx, t, t.actor, e)
}

func mayUndo(ctx context.Context, r claims.Reader, actor claims.Actor, e claims.Event) error {
	switch {
	case private(e, actor) && may(ctx, r, actor, claims.ActPeople) != nil:
		return claims.NotFound("event", e.ID)
	case e.Actor != actor.ID:
		return claims.Refuse(claims.KindNotAllowed, "undo.not_yours")
	case final[e.Act]:
		return claims.Refuse(claims.KindConflict, "undo.final")
	}
	if err := may(ctx, r, actor, rightToUndo(e.Act)); err != nil {
		return err
	}
	for _, v := range e.Values {
		if v.Erased {
			return claims.Refuse(claims.KindGone, "undo.erased")
		}
	}
	if err := isLast(ctx, r, actor, e); err != nil || e.Act != ActArticleAdd {
		return err
	}
	return untouched(ctx, r, actor, e)
}

// Undoable picks, of events that stand newest first, those that the actor could take
// back now: at most one for each thing that was acted on.
func (d *Desk) Undoable(ctx context.Context, actor claims.Actor, events []claims.Event) (map[string]bool, error) {
	out := map[string]bool{}
	err := d.view(ctx, actor, func(r claims.Reader) error {
		clear(out)
		settled := map[string]bool{} // what somebody's act stands on that is newer
		for _, e := range events {
			thing := e.Claim
			if thing == "" {
				thing = e.Noun + " " + e.NounID
			}
			if settled[thing] {
				continue
			}
			stands, err := stands(ctx, r, e)
			if err != nil {
				return err
			}
			settled[thing] = stands
			if !stands || e.Actor != actor.ID || foundByMachine(e) {
				continue
			}
			switch err := mayUndo(ctx, r, actor, e); {
			case err == nil:
				out[e.ID] = true
			case claims.KindOf(err) == "":
				return err
			}
		}
		return nil
	})
	return out, err
}

func rightToUndo(act string) claims.Act {
	if right, ok := undoRights[act]; ok {
		return right
	}
	return claims.Act(act)
}

// isLast refuses where a later act on the same thing still stands.
func isLast(ctx context.Context, r claims.Reader, actor claims.Actor, e claims.Event) error {
	f := claims.EventFilter{Claim: e.Claim, Before: lastSeq, Limit: 50}
	if e.Claim == "" {
		f.Noun, f.NounID = e.Noun, e.NounID
	}
	for {
		events, err := r.Events(ctx, f)
		if err != nil || len(events) == 0 {
			return err
		}
		for _, later := range events {
			stands, err := stands(ctx, r, later)
			switch {
			case err != nil:
				return err
			case later.ID == e.ID && stands:
				return nil
			case later.ID == e.ID:
				return claims.Refuse(claims.KindConflict, "undo.done_already")
			case stands && later.Actor != actor.ID:
				return actedSince(ctx, r, later)
			case stands:
				return claims.Refuse(claims.KindConflict, "undo.not_last")
			}
			f.Before = later.Seq
		}
	}
}

// actedSince names who stands in the way.
func actedSince(ctx context.Context, r claims.Reader, later claims.Event) error {
	name := later.Actor
	p, err := r.Person(ctx, later.Actor)
	switch {
	case err == nil && p.Display != "":
		name = p.Display
	case err == nil:
		name = p.Name
	case !missing(err):
		return err
	}
	return claims.Refuse(claims.KindConflict, "undo.acted_since", name)
}

// stands reports whether a person did this and it was not taken back.
func stands(ctx context.Context, r claims.Reader, e claims.Event) (bool, error) {
	if e.Act == ActUndo || e.Actor == "" {
		return false, nil
	}
	undone, err := r.Events(ctx, claims.EventFilter{Noun: nounUndone, NounID: e.ID, Limit: 1})
	return len(undone) == 0, err
}

// UndidIntake reports whether an undoing put an article aside that was taken in: whoever
// did that does not see it any more.
func UndidIntake(e claims.Event) bool {
	return e.Act == ActUndo && bytes.Equal(told(e, claims.SideAfter, valueUndone), []byte(`"`+ActArticleAdd+`"`))
}

// foundByMachine reports whether an event tells of a claim that a machine found in what
// a person took in: nobody thinks of that as an act of theirs to take back, and dismissing
// the suggestion says the same.
func foundByMachine(e claims.Event) bool {
	var o claims.Origin
	raw := told(e, claims.SideAfter, "origin")
	return e.Act == ActClaimAdd && raw != nil && json.Unmarshal(raw, &o) == nil && o.By != claims.ByPerson
}

// undoable gives the event on a claim that the actor could take back next,
// nil where there is none. events are the claim's, newest first.
func undoable(actor claims.Actor, events []claims.Event) *claims.Event {
	undone := map[string]bool{}
	for i, e := range events {
		switch {
		case e.Act == ActUndo:
			undone[e.NounID] = true
		case e.Actor == "" || undone[e.ID]:
		case e.Actor == actor.ID && !final[e.Act] && !foundByMachine(e):
			return &events[i]
		default:
			return nil
		}
	}
	return nil
}

// LastUndoable gives the id of what the actor did last and could take back, ""
// where that is older than since, final or a machine's.
func (d *Desk) LastUndoable(ctx context.Context, actor claims.Actor, since time.Time) (string, error) {
	id := ""
	err := d.view(ctx, actor, func(r claims.Reader) error {
		events, err := r.Events(ctx, claims.EventFilter{Actor: actor.ID, Before: lastSeq, Limit: 1})
		if err == nil && len(events) > 0 && foundByMachine(events[0]) { // of the article that they were found in
			events, err = r.Events(ctx, claims.EventFilter{Noun: "article", NounID: events[0].Article, Before: lastSeq, Limit: 1})
		}
		if err != nil || len(events) == 0 || events[0].Actor != actor.ID || events[0].At.Before(since) || final[events[0].Act] {
			return err
		}
		id = events[0].ID
		return nil
	})
	return id, err
}

// restore gives v back what the event tells of its fields. It refuses where one
// of them is no longer as the act left it.
func restore[T any](fields []field[T], v *T, e claims.Event) error {
	for _, f := range fields {
		before, after := told(e, claims.SideBefore, f.name), told(e, claims.SideAfter, f.name)
		if before == nil && after == nil {
			continue
		}
		now, err := json.Marshal(f.of(*v))
		if err != nil {
			return err
		}
		if after != nil && !bytes.Equal(now, after) {
			return claims.Refuse(claims.KindConflict, "undo.changed_since", f.name)
		}
		if err := f.put(v, before); err != nil {
			return err
		}
	}
	return nil
}

// told gives the JSON that an event tells under a name; nil for nothing.
func told(e claims.Event, side claims.Side, name string) []byte {
	for _, v := range e.Values {
		if v.Side == side && v.Name == name {
			return []byte(v.JSON)
		}
	}
	return nil
}
