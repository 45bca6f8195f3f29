package workflow

import (
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
	ActSignIn         = "session.sign_in"
	ActSignOut        = "session.sign_out"
	ActSessionRevoke  = "session.revoke"
	ActSignOutAll     = "session.sign_out_everywhere"
	ActTokenCreate    = "token.create"
	ActTokenRevoke    = "token.revoke"
	ActArticleAdd     = "article.add"
	ActArticleEdit    = "article.edit"
	ActClaimAdd       = "claim.add"
	ActClaimEdit      = "claim.edit"
	ActVerdictSet     = "verdict.set"
	ActEvidenceAdd    = "evidence.add"
	ActEvidenceRemove = "evidence.remove"
	ActNoteAdd        = "note.add"
	ActCheckAdd       = "check.add"
	ActCheckEdit      = "check.edit"
	ActCheckPublish   = "check.publish"
	ActCheckWithdraw  = "check.withdraw"
	ActSettingsEdit   = "settings.edit"
	ActErase          = "erase"
)

// Acts lists every act that an event can tell of: each needs its words.
func Acts() []string {
	out := []string{
		ActSetUp, ActPersonAdd, ActPersonRole, ActPersonDisable, ActPersonEnable, ActPersonReset, ActPersonPassword,
		ActPersonLanguage, ActSignIn, ActSignOut, ActSessionRevoke, ActSignOutAll, ActTokenCreate, ActTokenRevoke,
		ActArticleAdd, ActArticleEdit, ActClaimAdd, ActClaimEdit, ActVerdictSet, ActEvidenceAdd, ActEvidenceRemove,
		ActNoteAdd, ActCheckAdd, ActCheckEdit, ActCheckPublish, ActCheckWithdraw, ActSettingsEdit, ActErase,
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

// Events gives a page of the history and the people it names.
func (d *Desk) Events(ctx context.Context, actor claims.Actor, f claims.EventFilter) ([]claims.Event, map[string]claims.Person, error) {
	if f.Limit <= 0 || f.Limit > maxLimit {
		f.Limit = maxEvents
	}
	var events []claims.Event
	var people map[string]claims.Person
	err := d.look(ctx, actor, claims.ActHistory, func(r claims.Reader) (err error) {
		if events, err = r.Events(ctx, f); err != nil {
			return err
		}
		people, err = everyone(ctx, r)
		return err
	})
	return events, people, err
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
