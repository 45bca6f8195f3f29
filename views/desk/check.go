package desk

import (
	"fmt"
	"strings"
	"time"

	"github.com/a-h/templ"

	"cotejo/claims"
	"cotejo/views"
	"cotejo/views/i18n"
)

// ChecksPage lists the newsroom's checks, drafts included.
type ChecksPage struct {
	views.Frame
	Rows      []claims.Check
	Scheduled map[string]ScheduleShow // what waits to be published, by the check's id
	First     string
	Next      string
	MayWrite  bool
	MayMove   bool // write, or approve
}

// CheckPage writes a check; Slug is "" while there is none yet.
type CheckPage struct {
	views.Frame
	ID        string // "" for one to be begun
	Slug      string
	Version   int64
	State     claims.CheckState
	Published int
	Check     claims.Check
	Form      CheckForm
	Stands    *CheckForm // what somebody else made of it meanwhile; nil where nobody did
	Problems  views.Problems
	Refused   []UnpublishedCitation // why it could not be published
	Reason    string                // for a move, as typed
	Move      CheckMoveForm         // likewise
	Moves     []CheckMoveChoice
	Plan      *CheckPlan // nil where the reader may not publish
	Schedule  *ScheduleShow
	People    map[string]claims.Person
	MayWrite  bool
	Find      ClaimFinder
	Picture   PictureForm
	Look      templ.Component // what the text would become; nil where nobody asked
	Zone      string          // in which times are set; "" for UTC
}

// CheckForm is a check as typed.
type CheckForm struct{ Slug, Title, Summary, Body, Language, Authors, Related string }

// CheckMoveForm is what a move of a check was told, as typed.
type CheckMoveForm struct {
	To, Reason, Effect, Notice, Override, At string
	Embargo                                  bool
}

// CheckMoveChoice is a move that the table has from here; Refused says why the reader
// may not do it, "" where they may.
type CheckMoveChoice struct {
	claims.CheckMove
	Refused string
	Reason  bool // the reader must give one
}

// CheckPlan is what publishing a check would do now.
type CheckPlan struct {
	N           int
	Along       int // how many claims are published with it
	Claims      []PlannedClaim
	Refused     string // why it cannot be published; "" where it can
	Overridable bool   // rules of the house block, which the reader may pass over
}

// PlannedClaim is a claim that the check cites.
type PlannedClaim struct {
	ID       string
	Claim    claims.Claim // the zero Claim where there is none
	Version  int
	Along    bool
	Newer    bool
	Blockers []string
}

// UnpublishedCitation is a claim that a check cites and the public cannot see.
type UnpublishedCitation struct{ Claim, Text string }

// PictureForm is what stands beside the picture of a check.
type PictureForm struct {
	Alt, Credit string
	Typed       bool // it was refused, and stands as typed
}

// ClaimFinder searches claims to cite.
type ClaimFinder struct {
	Query string
	Asked bool
	Rows  []FoundClaim
}

// FoundClaim is a claim that can be cited.
type FoundClaim struct {
	ID, Wording, Language, Verdict string
	State                          claims.State
	Published                      bool
}

// Reference is how a text cites the claim.
func (f FoundClaim) Reference() string { return "[[" + f.ID + "]]" }

// ScheduleShow is when something shall be, or should have been, published.
type ScheduleShow struct {
	ID        string
	At        string // with its zone
	By        string // id of who decided on it
	Embargo   bool
	Waits     bool
	Late      bool
	Problem   string // why it was not published; "" while it waits
	MayCancel bool
}

// ScheduledRow is one line of what will be published next.
type ScheduledRow struct {
	ScheduleShow
	Claim claims.Claim
	Check claims.Check
}

// ScheduleForm is when a claim shall be published, as typed.
type ScheduleForm struct {
	At, Effect, Notice, Override string
	Embargo                      bool
}

// laterKey tells the fields of a set time apart from those of publishing now.
const laterKey = "-later"

// Zoned writes a moment to the minute as clocks show it in a zone, which it names.
func Zoned(w *i18n.Words, at time.Time, zone *time.Location) string {
	if zone == time.UTC {
		return w.DateTime(at)
	}
	local := at.In(zone)
	shown := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), 0, 0, time.UTC)
	return fmt.Sprintf("%s %s (UTC%s)", strings.TrimSuffix(w.DateTime(shown), " UTC"), zone, local.Format("-07:00"))
}

// path leads to where the reader can do something with a check, else to its preview.
func (p ChecksPage) path(c claims.Check) string {
	if p.MayMove {
		return "/checks/" + c.Slug + "/edit"
	}
	return "/checks/" + c.Slug + "/preview"
}

func (p CheckPage) action() string {
	if p.Slug == "" {
		return "/checks/new"
	}
	return "/checks/" + p.Slug + "/edit"
}

// mayEdit reports whether the form takes changes.
func (p CheckPage) mayEdit() bool { return p.MayWrite && (p.Slug == "" || p.State.Editable()) }

// moveTo gives a move, nil where the table has none from here.
func (p CheckPage) moveTo(to claims.CheckState) *CheckMoveChoice {
	for i := range p.Moves {
		if p.Moves[i].To == to {
			return &p.Moves[i]
		}
	}
	return nil
}

// otherMoves are all but publishing and withdrawing, which have forms of their own.
func (p CheckPage) otherMoves() (out []CheckMoveChoice) {
	for _, m := range p.Moves {
		if m.To != claims.CheckPublished && m.To != claims.CheckWithdrawn {
			out = append(out, m)
		}
	}
	return out
}

// moveLabel names a move of a check.
func (p CheckPage) moveLabel(m CheckMoveChoice) string {
	if m.Act == claims.ActCheckReturn && !m.Reason {
		return p.Words.T("checks.move.take_back")
	}
	return p.Words.T("checks.move." + string(m.To))
}

// reasonFor is the reason that was typed for a move.
func (p CheckPage) reasonFor(to claims.CheckState) string {
	if p.Move.To == string(to) {
		return p.Reason
	}
	return ""
}

// effect is what a further version is said to change, by default no more than words.
func (p CheckPage) effect() string {
	if p.Move.Effect == "" {
		return string(claims.EffectClarification)
	}
	return p.Move.Effect
}

// zoneName names the time zone in which times are set.
func zoneName(zone string) string {
	if zone == "" {
		return "UTC"
	}
	return zone
}

// effects are what a further version can be said to change.
func effects(w *i18n.Words) []views.Option {
	return worded(w, "effect.", claims.EffectTypo, claims.EffectClarification, claims.EffectEvidence, claims.EffectVerdict)
}
