package workflow

import (
	"bytes"
	"context"

	"cotejo/claims"
)

// The acts of which events tell, beside the moves of a claim, whose events
// bear the act that policy was asked about ("claim.open", "claim.submit" …).
const (
	ActSetUp          = "person.set_up"
	ActPersonAdd      = "person.add"
	ActPersonRole     = "person.role"
	ActPersonDisable  = "person.disable"
	ActPersonEnable   = "person.enable"
	ActPersonReset    = "person.reset" // an admin sets a new password
	ActPersonPassword = "person.password"
	ActPersonLanguage = "person.language"
	ActPersonKeys     = "person.keys"     // which keys do what
	ActPersonTour     = "person.tour"     // at which step of the first-run tour they are
	ActPersonMail     = "person.mail"     // where their inbox is sent to
	ActPersonJoin     = "person.join"     // somebody gives themselves the account that an invite or the provider allows
	ActPersonSignOut  = "person.sign_out" // an admin ends all their sessions
	ActPersonIdentity = "person.identity" // an admin says which address of the provider is theirs
	ActPersonLink     = "person.link"     // they came by it for the first time
	ActFactorBegin    = "person.factor_begin"
	ActFactorOn       = "person.factor_on"
	ActFactorOff      = "person.factor_off"
	ActFactorCodes    = "person.factor_codes"
	ActFactorReset    = "person.factor_reset" // an admin takes it away
	ActInviteCreate   = "invite.create"
	ActInviteRevoke   = "invite.revoke"
	ActSignIn         = "session.sign_in"
	ActSignOut        = "session.sign_out"
	ActSessionRevoke  = "session.revoke"
	ActSignOutAll     = "session.sign_out_everywhere"
	ActTokenCreate    = "token.create"
	ActTokenRevoke    = "token.revoke"
	ActArticleAdd     = "article.add"
	ActArticleEdit    = "article.edit"
	ActArticleLimit   = string(claims.ActArticleRestrict)
	ActArticleRefetch = "article.refetch" // its page has other words now: a further snapshot
	ActClaimMove      = "claim.move"      // its words were found again in a further snapshot
	ActClaimChanged   = "claim.changed"   // they were not
	ActArticleWatch   = string(claims.ActArticleWatch)
	ActArticleGone    = "article.gone"               // its page is no more
	ActArticleBack    = "article.back"               // its page is there again
	ActClaimPlace     = string(claims.ActClaimPlace) // somebody found the place of its words in a further snapshot
	ActClaimStay      = "claim.stay"                 // somebody leaves it with the words of an earlier one
	ActClaimOrphan    = "claim.orphan"               // somebody says that its words have no place any more
	ActClaimUnsettle  = "claim.unsettle"             // somebody takes that back
	ActArticleLink    = "article.link_copy"          // it is an agency copy of another
	ActArticleUnlink  = "article.unlink_copy"        // it is none any more
	ActArchiveAsk     = string(claims.ActArchive)
	ActArchiveSubmit  = "archive.submit" // a web archive took it on
	ActArchiveSettle  = "archive.settle" // it is archived, or never will be
	ActArticleSign    = "article.sign_off"
	ActArticleUnsign  = "article.sign_off_withdraw"
	ActSkipAdd        = "article.skip"
	ActSkipRemove     = "article.unskip"
	ActClaimAdd       = "claim.add"
	ActClaimEdit      = "claim.edit"
	ActClaimSplit     = "claim.split"
	ActVerdictSet     = "verdict.set"
	ActEvidenceAdd    = "evidence.add"
	ActEvidenceRemove = "evidence.remove"
	ActEvidenceEdit   = "evidence.edit"
	ActEvidenceCopy   = "evidence.copy"        // a copy of the address was kept
	ActEvidenceNoCopy = "evidence.copy_failed" // it could not be
	ActNoteAdd        = "note.add"
	ActOpinionAdd     = "opinion.add"
	ActContactAdd     = "contact.add"
	ActContactEdit    = "contact.edit"
	ActExternalAdd    = "external.add"
	ActExternalEdit   = "external.edit"
	ActExternalRemove = "external.remove"
	ActExternalFound  = "external.found" // its page links to the claim
	ActExternalLost   = "external.lost"  // …and does not
	ActCheckAdd       = "check.add"
	ActCheckEdit      = "check.edit"
	ActCheckPublish   = "check.publish"
	ActCheckWithdraw  = "check.withdraw"

	ActCheckSubmit     = string(claims.ActCheckSubmit)
	ActCheckApprove    = string(claims.ActCheckApprove)
	ActCheckReturn     = string(claims.ActCheckReturn)
	ActCheckSchedule   = "check.schedule" // somebody set the time at which it shall be published
	ActCheckUnschedule = "check.unschedule"
	ActCheckUnissued   = "check.unissued" // the time came, and it could not be published
	ActClaimSchedule   = "claim.schedule"
	ActClaimUnschedule = "claim.unschedule"
	ActClaimUnissued   = "claim.unissued"

	ActSettingsEdit  = "settings.edit"
	ActScaleEdit     = "scale.edit"
	ActSourceAdd     = "source.add"
	ActSourceEdit    = "source.edit"
	ActSourceProtect = "source.protect"
	ActSourceMerge   = "source.merge"
	ActFilterSave    = "filter.save"
	ActFilterDelete  = "filter.delete"
	ActBulk          = "bulk" // one act on many claims, each of which has its own event
	ActBulkPublish   = "bulk.publish"
	ActJobAdd        = "job.add"
	ActJobStop       = "job.stop"
	ActJobRetry      = "job.retry"
	ActPageFetch     = "page.fetch" // bytes of a page were kept for somebody to look at
	ActFeedAdd       = "feed.add"
	ActFeedEdit      = "feed.edit"
	ActFeedPause     = "feed.pause"
	ActFeedResume    = "feed.resume"
	ActFeedLook      = "feed.look" // somebody has it looked at before its time
	ActFeedDelete    = "feed.delete"
	ActFeedItems     = "feed.items"     // new items are taken in
	ActFeedMoved     = "feed.moved"     // its server says that it stands elsewhere for good
	ActFeedGone      = "feed.gone"      // its server says that it is no more
	ActReportReceive = "report.receive" // a reader reports an error in a published claim
	ActReportAdd     = "report.add"     // somebody writes down for a reader that there is one
	ActReportTake    = "report.take"
	ActReportLeave   = "report.leave"
	ActReportAnswer  = string(claims.ActReportAnswer)
	ActHookAdd       = "hook.add"
	ActHookEdit      = "hook.edit"
	ActHookStop      = "hook.stop"
	ActHookStart     = "hook.start"
	ActHookRotate    = "hook.rotate" // it has a new secret
	ActHookDelete    = "hook.delete"
	ActHookTest      = "hook.test"
	ActHookResend    = "hook.resend"
	ActHookFail      = "hook.fail" // nobody took its messages for days
	ActErase         = "erase"
	ActUndo          = "undo"
)

// Acts lists every act that an event can tell of: each needs its words.
func Acts() []string {
	out := []string{
		ActSetUp, ActPersonAdd, ActPersonRole, ActPersonDisable, ActPersonEnable, ActPersonReset, ActPersonPassword,
		ActPersonMail, ActPersonTour, ActPersonKeys, ActPersonJoin, ActPersonSignOut, ActPersonIdentity, ActPersonLink, ActFactorBegin, ActFactorOn, ActFactorOff,
		ActFactorCodes, ActFactorReset, ActInviteCreate, ActInviteRevoke,
		ActPersonLanguage, ActSignIn, ActSignOut, ActSessionRevoke, ActSignOutAll, ActTokenCreate, ActTokenRevoke,
		ActArticleAdd, ActArticleEdit, ActArticleLimit, ActArticleRefetch, ActArticleLink, ActArticleUnlink, ActArchiveAsk, ActArchiveSubmit, ActArchiveSettle, ActArticleWatch, ActArticleGone, ActArticleBack, ActClaimPlace, ActClaimStay, ActClaimOrphan, ActClaimUnsettle, ActArticleSign, ActArticleUnsign, ActSkipAdd, ActSkipRemove, ActClaimMove, ActClaimChanged, ActClaimAdd, ActClaimEdit, ActClaimSplit, ActVerdictSet, ActEvidenceAdd, ActEvidenceRemove,
		ActEvidenceEdit, ActEvidenceCopy, ActEvidenceNoCopy,
		ActExternalAdd, ActExternalEdit, ActExternalRemove, ActExternalFound, ActExternalLost,
		ActNoteAdd, ActContactAdd, ActContactEdit, ActCheckAdd, ActCheckEdit, ActCheckPublish, ActCheckWithdraw, ActCheckSubmit, ActCheckApprove, ActCheckReturn,
		ActCheckSchedule, ActCheckUnschedule, ActCheckUnissued, ActClaimSchedule, ActClaimUnschedule, ActClaimUnissued, ActSettingsEdit, ActScaleEdit, ActErase, ActUndo,
		ActSourceAdd, ActSourceEdit, ActSourceProtect, ActSourceMerge, ActBulk, ActBulkPublish, ActFilterSave, ActFilterDelete,
		ActOpinionAdd, ActJobAdd, ActJobStop, ActJobRetry, ActPageFetch,
		ActFeedAdd, ActFeedEdit, ActFeedPause, ActFeedResume, ActFeedLook, ActFeedDelete, ActFeedItems, ActFeedMoved, ActFeedGone,
		ActHookAdd, ActHookEdit, ActHookStop, ActHookStart, ActHookRotate, ActHookDelete, ActHookTest, ActHookResend, ActHookFail,
		ActReportReceive, ActReportAdd, ActReportTake, ActReportLeave, ActReportAnswer,
	}
	seen := map[string]bool{}
	for _, m := range claims.Moves {
		if act := string(m.Act); !seen[act] {
			seen[act] = true
			out = append(out, act)
		}
	}
	return out
}

const maxEvents = 200 // on a page of the history

// Events gives a page of the history and the people it names. What happened to
// accounts is for admins, and for those whose accounts they are.
func (d *Desk) Events(ctx context.Context, actor claims.Actor, f claims.EventFilter) ([]claims.Event, map[string]claims.Person, error) {
	if f.Limit <= 0 || f.Limit > maxLimit {
		f.Limit = maxEvents
	}
	var events []claims.Event
	var people map[string]claims.Person
	err := d.look(ctx, actor, claims.ActHistory, func(r claims.Reader) (err error) {
		all := may(ctx, r, actor, claims.ActPeople) == nil
		events, err = readEvents(ctx, r, f, func(e claims.Event) bool { return all || !private(e, actor) })
		if err != nil {
			return err
		}
		people, err = everyone(ctx, r)
		return err
	})
	return events, people, err
}

// private reports whether an event is about an account that is not the actor's.
func private(e claims.Event, actor claims.Actor) bool {
	undone := told(e, claims.SideAfter, valueUndone)
	about := e.Noun == "person" || e.Noun == "token" || e.Noun == nounFilter || e.Noun == "invite" ||
		e.Act == ActUndo && (bytes.HasPrefix(undone, []byte(`"person.`)) || bytes.HasPrefix(undone, []byte(`"invite.`)) || bytes.HasPrefix(undone, []byte(`"filter.`)))
	return about && e.Actor != actor.ID && e.NounID != actor.ID
}

// readEvents reads on until a page is full of what may be seen.
func readEvents(ctx context.Context, r claims.EventReader, f claims.EventFilter, seen func(claims.Event) bool) ([]claims.Event, error) {
	var out []claims.Event
	for {
		batch, err := r.Events(ctx, f)
		if err != nil {
			return nil, err
		}
		for _, e := range batch {
			if seen(e) {
				out = append(out, e)
			}
			if len(out) == f.Limit {
				return out, nil
			}
		}
		if len(batch) < f.Limit {
			return out, nil
		}
		if last := batch[len(batch)-1].Seq; f.Before > 0 {
			f.Before = last
		} else {
			f.After = last
		}
	}
}

// ClaimEvents gives the newest events of a claim, newest first.
func (d *Desk) ClaimEvents(ctx context.Context, actor claims.Actor, id string) ([]claims.Event, error) {
	var events []claims.Event
	err := d.look(ctx, actor, claims.ActHistory, func(r claims.Reader) error {
		c, err := readClaim(ctx, r, id)
		if err != nil {
			return err
		}
		events, err = newestEvents(ctx, r, c.ID)
		return err
	})
	return events, err
}

func newestEvents(ctx context.Context, r claims.EventReader, claim string) ([]claims.Event, error) {
	return r.Events(ctx, claims.EventFilter{Claim: claim, Before: lastSeq, Limit: maxEvents})
}
