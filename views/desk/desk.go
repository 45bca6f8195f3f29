package desk

import (
	"time"

	"cotejo/claims"
	"cotejo/docs/guide"
	"cotejo/views"
	"cotejo/views/i18n"
)

// FrontPage is what somebody sees first.
type FrontPage struct {
	views.Frame
	Counts        map[claims.State]int
	Needs         FrontList
	Unassigned    FrontList
	Pending       FrontList
	Changed       FrontList
	ChangedPublic int                       // how many of Changed the public sees
	Asked         map[string]claims.Contact // by claim: who owes an answer, the most pressing first
	Articles      []claims.ArticleRow
	People        map[string]claims.Person
	Reports       []ReportRow // that wait for an answer, first due first
	ReportCounts  claims.ReportCounts
	MayReport     bool
	Now           time.Time
	MayAdd        bool
	MayTake       bool // claims from the queue
	Empty         bool // nothing was taken in yet
	Live          Live
	Tour          Tour
	Scheduled     []ScheduledRow // what will be published next
}

// FrontList is the beginning of a list, and how long it is.
type FrontList struct {
	Rows  []claims.ClaimRow
	Total int
}

// deskStates are the states that the first page counts, in the order of work.
var deskStates = []claims.State{
	claims.StateSuggested, claims.StateOpen, claims.StateInCheck, claims.StateHelpNeeded, claims.StateReturned,
	claims.StateSubmitted, claims.StateApproved, claims.StatePublished,
}

// HistoryPage is the whole history, newest first.
type HistoryPage struct {
	views.Frame
	Filter   HistoryFilter
	Rows     []EventRow
	People   map[string]claims.Person
	First    string
	Next     string
	MayErase bool
}

// HistoryFilter is the filter as it stands in the address.
type HistoryFilter struct{ Claim, Article, Actor string }

// PeoplePage lists who has an account.
type PeoplePage struct {
	views.Frame
	People     []claims.Person
	Factors    map[string]time.Time // by person: since when sign-in asks for a code
	Identities map[string]claims.Identity
	Invites    []claims.Invite // newest first
	Now        time.Time
	Provider   string // the OpenID Connect provider's name; "" where there is none
	Form       PersonForm
	Invite     InviteForm
	Link       string // of an invite just made, shown this once
	LinkUntil  time.Time
	Problems   views.Problems
	At         string // id of the person whose form was refused, "invite", or "" for the form that adds somebody
}

// InviteForm is what an invite asks for, as typed.
type InviteForm struct{ Name, Display, Role, Days string }

// PersonForm is what a new account asks for, as typed; never the password.
type PersonForm struct{ Name, Display, Role, Language string }

// AccountPage is the reader's own account.
type AccountPage struct {
	views.Frame
	Person   claims.Person
	Current  string // key of the session that reads this
	Sessions []claims.Session
	Tokens   []claims.Token
	Problems views.Problems
	At       string // which form was refused: "password", "language", "token", "factor", "codes"
	Factor   Factor
	Mail     MailForm
	KeysForm KeysForm
	Provider string // the OpenID Connect provider's name; "" where there is none
	Identity claims.Identity
	Token    string // a token just made, shown this once
	Scope    string // as typed
	Days     string
}

// SettingPage is the newsroom's settings.
type SettingPage struct {
	views.Frame
	Form     SettingForm
	Seen     string       // what the form was made from
	Stands   *SettingForm // what somebody else made of it meanwhile; nil where nobody did
	Problems views.Problems
	Mail     MailState
}

// SettingForm is the settings as typed.
type SettingForm struct {
	Newsroom, NewsroomURL, SameAs, Language, BaseURL string
	SingleReview, CheckersApprove, SecondFactor      bool
	ReturnAfter                                      string // minutes
	MaxFile                                          string // MB
	House                                            HouseForm
	Public                                           PublicForm
}

// HelpPage says how the desk works.
type HelpPage struct {
	views.Frame
	Chapters []guide.Chapter
}

func roleNames(w *i18n.Words) []views.Option { return worded(w, "role.", claims.Roles...) }

func deskLanguages(w *i18n.Words, empty string) []views.Option {
	var out []views.Option
	if empty != "" {
		out = append(out, views.Option{Value: "", Label: empty})
	}
	for _, code := range i18n.Langs() {
		out = append(out, views.Option{Value: code, Label: w.T("language." + code)})
	}
	return out
}

func (p PeoplePage) problemsOf(person string) views.Problems {
	switch {
	case p.At != person:
		return nil
	case person == atInvite:
		return p.Problems.Keyed(inviteKey)
	}
	return p.Problems
}

// atInvite is At of the form that makes an invite.
const atInvite = "invite"

// What tells fields apart from those of the same name in other forms.
const (
	inviteKey  = "-invite"
	factorKeys = "-factor"
)

func (p AccountPage) problems(form string) views.Problems {
	switch {
	case p.At != form:
		return nil
	case form == "factor":
		return p.Problems.Keyed(factorKeys)
	}
	return p.Problems
}
