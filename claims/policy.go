package claims

// Act is something a person does on the desk; policy decides who may.
type Act string

// The acts of the desk.
const (
	ActLook Act = "look" // see the desk's pages

	ActArticleAdd      Act = "article.add"
	ActArticleEdit     Act = "article.edit"
	ActArticleRestrict Act = "article.restrict" // say that only named people may see it, or everybody again
	ActArticleConfine  Act = "article.confine"  // the same of what one takes in oneself, from the first moment
	ActArticleSkip     Act = "article.skip"     // say that a sentence has nothing to check
	ActArticleWatch    Act = "article.watch"    // say how its page is watched
	ActArticleSign     Act = "article.sign_off" // say that the desk is done with it, or no longer
	ActArchive         Act = "archive.ask"      // ask a public web archive to keep a page

	ActClaimSuggest  Act = "claim.suggest" // add by hand; a contributor's is a suggestion
	ActClaimEdit     Act = "claim.edit"    // wording, attribution, figures, times, kind
	ActClaimPlace    Act = "claim.place"   // say where it stands in an article that changed, or that it stands nowhere
	ActClaimTriage   Act = "claim.triage"  // tags, priority, due
	ActClaimAssign   Act = "claim.assign"  // give it to somebody else
	ActClaimOpen     Act = "claim.open"
	ActClaimDismiss  Act = "claim.dismiss"
	ActClaimTake     Act = "claim.take"
	ActClaimLeave    Act = "claim.leave"
	ActClaimAskHelp  Act = "claim.ask_help"
	ActClaimJudge    Act = "claim.judge"
	ActClaimSubmit   Act = "claim.submit"
	ActClaimTakeBack Act = "claim.take_back"
	ActClaimApprove  Act = "claim.approve"
	ActClaimReturn   Act = "claim.return"
	ActClaimPublish  Act = "claim.publish"
	ActClaimKeep     Act = "claim.keep" // leave the publication as it was
	ActClaimReopen   Act = "claim.reopen"
	ActClaimWithdraw Act = "claim.withdraw"
	ActOpinion       Act = "opinion.add"    // say what one makes of a submitted claim oneself
	ActOverride      Act = "claim.override" // pass over a rule of the house that blocks, with a reason
	ActEvidenceAdd   Act = "evidence.add"
	ActNoteAdd       Act = "note.add"
	ActContact       Act = "contact"  // put a question to somebody, write the answer down
	ActExternal      Act = "external" // say what was published elsewhere about a claim
	ActExport        Act = "export"

	ActCheckWrite    Act = "check.write"
	ActCheckSubmit   Act = "check.submit"
	ActCheckApprove  Act = "check.approve"
	ActCheckReturn   Act = "check.return"
	ActCheckPublish  Act = "check.publish"
	ActCheckWithdraw Act = "check.withdraw"

	ActSourceEdit    Act = "source.edit"    // add a record, change it
	ActSourceProtect Act = "source.protect" // protect a record, or no longer, and say who may see it
	ActSourceMerge   Act = "source.merge"
	ActSourceName    Act = "source.name" // say who may see a protected record that one may not see oneself

	ActJobSteer Act = "job.steer" // stop a job, have it tried again

	ActFeed Act = "feed.watch" // have a feed watched, change what is taken of it, stop that

	ActFilterSave  Act = "filter.save"  // keep a filter for oneself
	ActFilterShare Act = "filter.share" // keep one for everybody

	ActReportLook   Act = "report.look"   // read what readers report as errors
	ActReport       Act = "report.handle" // look into a report, write one down for somebody
	ActReportAnswer Act = "report.answer" // say what came of one

	ActHistory  Act = "history"
	ActAccount  Act = "account" // one's own password, sessions, tokens, second factor, inbox
	ActPeople   Act = "people"
	ActSettings Act = "settings"
	ActErase    Act = "erase"
)

var (
	everybody = []Role{RoleContributor, RoleChecker, RoleEditor, RoleAdmin}
	checkers  = []Role{RoleChecker, RoleEditor, RoleAdmin}
	editors   = []Role{RoleEditor, RoleAdmin}
	admins    = []Role{RoleAdmin}
)

// rights is the whole table of who may do what.
var rights = map[Act][]Role{
	ActLook: everybody, ActClaimSuggest: everybody, ActNoteAdd: everybody, ActHistory: everybody, ActFilterSave: everybody,
	ActAccount: everybody,

	ActArticleAdd: checkers, ActArticleEdit: checkers, ActArticleSkip: checkers, ActArticleConfine: checkers, ActArchive: checkers,
	ActArticleWatch: checkers, ActClaimPlace: checkers,
	ActClaimEdit: checkers, ActClaimTriage: checkers, ActClaimOpen: checkers, ActClaimDismiss: checkers,
	ActClaimTake: checkers, ActClaimLeave: checkers, ActClaimAskHelp: checkers, ActClaimJudge: checkers,
	ActClaimSubmit: checkers, ActClaimTakeBack: checkers, ActEvidenceAdd: checkers, ActContact: checkers, ActExternal: checkers, ActExport: checkers,

	ActArticleRestrict: editors,
	ActClaimApprove:    editors, ActClaimReturn: editors, ActOpinion: editors, ActClaimAssign: editors,
	ActClaimPublish: editors, ActClaimKeep: editors, ActClaimReopen: editors, ActClaimWithdraw: editors, ActOverride: editors,
	ActCheckWrite: editors, ActCheckSubmit: editors, ActCheckApprove: editors, ActCheckReturn: editors, ActCheckPublish: editors,
	ActCheckWithdraw: editors, ActArticleSign: editors,

	ActSourceEdit: checkers, ActSourceProtect: checkers, ActSourceMerge: editors, ActSourceName: admins,

	ActJobSteer: checkers, ActFeed: checkers,

	ActReportLook: checkers, ActReport: checkers, ActReportAnswer: editors,

	ActFilterShare: editors,

	ActPeople: admins, ActSettings: admins, ActErase: admins,
}

// WhoMay lists the roles that may do act under the newsroom's settings.
func WhoMay(act Act, s Settings) []Role {
	if s.CheckersApprove {
		switch act {
		case ActClaimApprove, ActClaimReturn, ActOpinion, ActCheckApprove, ActCheckReturn:
			return checkers
		}
	}
	return rights[act]
}

// May asks whether actor may do act at all; the error says who could.
func May(actor Actor, act Act, s Settings) error {
	if !actor.SignedIn() {
		return Refuse(KindUnauthenticated, "sign_in_first")
	}
	if actor.MustEnrol && act != ActAccount {
		return Refuse(KindNotAllowed, "second_factor.required")
	}
	if actor.ReadOnly && act != ActLook && act != ActHistory && act != ActExport && act != ActReportLook {
		return Refuse(KindNotAllowed, "token_read_only")
	}
	who := WhoMay(act, s)
	for _, role := range who {
		if actor.Role == role {
			return nil
		}
	}
	return &Error{Kind: KindNotAllowed, Key: "not_allowed." + string(act), Who: who}
}

// MayOnClaim asks whether actor may do act on this claim as it stands, whose
// it is included: the approver is neither the submitter nor whoever last
// changed the verdict, and only the submitter takes back.
func MayOnClaim(actor Actor, act Act, c Claim, s Settings) error {
	if err := May(actor, act, s); err != nil {
		return err
	}
	switch act {
	case ActClaimApprove, ActClaimReturn:
		if OwnWork(actor, c) && !s.SingleReview {
			return &Error{Kind: KindNotAllowed, Key: "not_allowed.own_work", Who: WhoMay(act, s)}
		}
	case ActOpinion:
		if OwnWork(actor, c) {
			return &Error{Kind: KindNotAllowed, Key: "not_allowed.own_work", Who: WhoMay(act, s)}
		}
	case ActClaimTakeBack:
		if actor.ID != c.SubmittedBy {
			return Refuse(KindNotAllowed, "not_allowed.not_submitter")
		}
	}
	return nil
}

// MayOnCheck asks whether actor may do act on this check as it stands: the approver is
// neither the submitter nor whoever last changed the text, and only the submitter takes
// it back.
func MayOnCheck(actor Actor, act Act, c Check, s Settings) error {
	if act == ActCheckReturn && c.State == CheckSubmitted && actor.ID == c.SubmittedBy {
		return May(actor, ActCheckSubmit, s)
	}
	if err := May(actor, act, s); err != nil {
		return err
	}
	if act == ActCheckApprove && (actor.ID == c.SubmittedBy || actor.ID == c.ChangedBy) && !s.SingleReview {
		return &Error{Kind: KindNotAllowed, Key: "not_allowed.own_check", Who: WhoMay(act, s)}
	}
	return nil
}

// OwnWork reports whether the actor submitted the claim or last changed its
// verdict, so that their review of it would be no second pair of eyes.
func OwnWork(actor Actor, c Claim) bool {
	return actor.ID == c.SubmittedBy || (c.Verdict != nil && actor.ID == c.Verdict.ChangedBy)
}

// MayAssign asks whether actor may give a claim to person: an editor to
// anybody, a checker to themselves or back to nobody.
func MayAssign(actor Actor, c Claim, person string, s Settings) error {
	self := person == actor.ID || (person == "" && c.Assignee == actor.ID)
	if self {
		return May(actor, ActClaimTake, s)
	}
	return May(actor, ActClaimAssign, s)
}

// MayOnSource asks whether actor may do act on this source: what is protected is
// for its readers only, but an admin may say who they are.
func MayOnSource(actor Actor, act Act, src Source, s Settings) error {
	if err := May(actor, act, s); err != nil {
		return err
	}
	if act == ActSourceName || src.ShownTo(actor.ID) {
		return nil
	}
	return &Error{Kind: KindNotAllowed, Key: "not_allowed.source_protected", Who: WhoMay(ActSourceName, s)}
}

// SeesRestricted reports whether somebody of this role sees every article, those
// that are restricted to other people included.
func SeesRestricted(role Role) bool { return role == RoleAdmin }

// MayOnJob asks whether actor may stop a job or have it tried again: their own, or
// anybody's for an editor.
func MayOnJob(actor Actor, j Job, s Settings) error {
	if err := May(actor, ActJobSteer, s); err != nil {
		return err
	}
	if j.Person == actor.ID || May(actor, ActClaimAssign, s) == nil {
		return nil
	}
	return &Error{Kind: KindNotAllowed, Key: "not_allowed.job_of_others", Who: WhoMay(ActClaimAssign, s)}
}

// MayOnFeed asks whether actor may change how a feed is watched, or stop that: their
// own, or anybody's for an editor.
func MayOnFeed(actor Actor, f Feed, s Settings) error {
	if err := May(actor, ActFeed, s); err != nil {
		return err
	}
	if f.CreatedBy == actor.ID || May(actor, ActClaimAssign, s) == nil {
		return nil
	}
	return &Error{Kind: KindNotAllowed, Key: "not_allowed.feed_of_others", Who: WhoMay(ActClaimAssign, s)}
}

// MustEnrol reports whether somebody of this role, who has no second factor,
// has to set one up before anything else.
func MustEnrol(role Role, s Settings) bool {
	return s.SecondFactor && (role == RoleEditor || role == RoleAdmin)
}
