package workflow

import (
	"context"
	"time"

	"cotejo/claims"
)

// quietActs are acts of the desk's daily work after which every public page is what
// it was. An act that is missing here only costs time; one that stands here
// wrongly would leave pages out of date.
var quietActs = []string{
	ActSignIn, ActSignOut, ActSessionRevoke, ActSignOutAll, ActTokenCreate, ActTokenRevoke, ActInviteCreate, ActInviteRevoke,
	ActPersonPassword, ActPersonLanguage, ActPersonMail, ActPersonTour, ActPersonKeys, ActPersonSignOut, ActFactorBegin, ActFactorOn, ActFactorOff, ActFactorCodes, ActFactorReset,
	ActNoteAdd, ActFilterSave, ActFilterDelete, ActJobAdd, ActJobStop, ActJobRetry, ActPageFetch,
	ActFeedAdd, ActFeedEdit, ActFeedPause, ActFeedResume, ActFeedLook, ActFeedItems, ActFeedMoved, ActFeedGone,
	ActArchiveAsk, ActArchiveSubmit, ActArchiveSettle, ActSkipAdd, ActSkipRemove, ActArticleWatch,
	string(claims.ActClaimTake), string(claims.ActClaimLeave), string(claims.ActClaimAskHelp),
}

// shownActs are the acts on a claim that change what the public sees of it.
var shownActs = []string{
	string(claims.ActClaimPublish), string(claims.ActClaimWithdraw), string(claims.ActClaimReopen), string(claims.ActClaimKeep),
	string(claims.ActClaimDismiss), string(claims.ActClaimOpen), ActUndo, ActErase,
	ActExternalAdd, ActExternalEdit, ActExternalRemove, ActExternalFound, ActExternalLost,
}

// PublicState tells public pages apart from what they were: Seq is the number of
// the newest event that may have changed one, and At when that was.
type PublicState struct {
	Seq  int64
	At   time.Time
	Head int64 // the newest event of all that was looked at
}

// PublicState says how the public pages stand, given how they stood when last
// asked (the zero PublicState for never). While nothing happens it costs one
// look at the number of the newest event.
func (d *Desk) PublicState(ctx context.Context, was PublicState) (PublicState, error) {
	head, err := d.store.Head(ctx)
	if err != nil || head == was.Head {
		return was, err
	}
	if head < was.Head {
		was = PublicState{} // another history
	}
	now := PublicState{Seq: was.Seq, At: was.At, Head: head}
	err = d.store.View(ctx, func(r claims.Reader) error {
		events, err := r.Events(ctx, claims.EventFilter{After: was.Head, Before: lastSeq, NotActs: quietActs, Limit: 1})
		if err == nil && len(events) > 0 {
			now.Seq, now.At = events[0].Seq, events[0].At
			now.Head = max(head, now.Seq)
		}
		return err
	})
	return now, err
}

// changedAt is when what the public sees of a claim last changed: its publication,
// what was done with the claim since, and what its page takes from elsewhere.
func changedAt(ctx context.Context, r claims.EventReader, p PublicClaim) (time.Time, error) {
	last := p.Publication.ToldAt()
	for _, f := range []claims.EventFilter{
		{Claim: p.Publication.Claim, Acts: shownActs}, {Noun: "check"}, {Noun: "source"}, {Noun: "settings", NounID: "settings"},
		{Article: p.Document.Article.ID, Acts: []string{ActErase}},
	} {
		f.Before, f.Limit = lastSeq, 1
		events, err := r.Events(ctx, f)
		if err != nil {
			return last, err
		}
		if len(events) > 0 && events[0].At.After(last) {
			last = events[0].At
		}
	}
	return last, nil
}
