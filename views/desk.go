package views

import (
	"time"

	"cotejo/claims"
	"cotejo/views/i18n"
)

// DeskPage is what somebody sees first.
type DeskPage struct {
	Frame
	Counts     map[claims.State]int
	Needs      DeskList
	Unassigned DeskList
	Pending    DeskList
	Changed    DeskList
	Articles   []claims.ArticleRow
	People     map[string]claims.Person
	Now        time.Time
	MayAdd     bool
	Empty      bool // nothing was taken in yet
}

// DeskList is the beginning of a list, and how long it is.
type DeskList struct {
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
	Frame
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
	Frame
	People   []claims.Person
	Form     PersonForm
	Problems Problems
	At       string // id of the person whose form was refused; "" for the form that adds somebody
}

// PersonForm is what a new account asks for, as typed; never the password.
type PersonForm struct{ Name, Display, Role, Language string }

// AccountPage is the reader's own account.
type AccountPage struct {
	Frame
	Person   claims.Person
	Current  string // key of the session that reads this
	Sessions []claims.Session
	Tokens   []claims.Token
	Problems Problems
	At       string // which form was refused: "password", "language", "token"
	Token    string // a token just made, shown this once
	Scope    string // as typed
	Days     string
}

// SettingPage is the newsroom's settings.
type SettingPage struct {
	Frame
	Form     SettingForm
	Problems Problems
}

// SettingForm is the settings as typed.
type SettingForm struct {
	Newsroom, NewsroomURL, SameAs, Language, BaseURL string
	SingleReview, CheckersApprove                    bool
	ReturnAfter                                      string // minutes
}

// HelpPage says how the desk works.
type HelpPage struct{ Frame }

// ChecksPage lists the newsroom's checks, drafts included.
type ChecksPage struct {
	Frame
	Rows     []claims.Check
	First    string
	Next     string
	MayWrite bool
}

// CheckPage writes a check; Slug is "" while there is none yet.
type CheckPage struct {
	Frame
	Slug      string
	Version   int64
	State     claims.CheckState
	Published int
	Form      CheckForm
	Problems  Problems
	Refused   []UnpublishedCitation // why it could not be published
}

// CheckForm is a check as typed.
type CheckForm struct{ Slug, Title, Summary, Body, Language, Authors string }

// UnpublishedCitation is a claim that a check cites and the public cannot see.
type UnpublishedCitation struct{ Claim, Text string }

func roleNames(w *i18n.Words) []Option { return worded(w, "role.", claims.Roles...) }

func deskLanguages(w *i18n.Words, empty string) []Option {
	var out []Option
	if empty != "" {
		out = append(out, Option{"", empty})
	}
	for _, code := range i18n.Langs() {
		out = append(out, Option{code, w.T("language." + code)})
	}
	return out
}

func (p PeoplePage) problemsOf(person string) Problems {
	if p.At != person {
		return nil
	}
	return p.Problems
}

func (p AccountPage) problems(form string) Problems {
	if p.At != form {
		return nil
	}
	return p.Problems
}

func (p CheckPage) action() string {
	if p.Slug == "" {
		return "/checks/new"
	}
	return "/checks/" + p.Slug + "/edit"
}
