package claims

import (
	"fmt"
	"time"
	_ "time/tzdata" // zones are known on every machine
)

// Settings are the newsroom's own, kept in the store and changed by an admin.
type Settings struct {
	Newsroom        string   `json:"newsroom"` // its name: author of ClaimReview
	NewsroomURL     string   `json:"newsroom_url"`
	SameAs          []string `json:"same_as"`
	Language        string   `json:"language"`         // of pages for readers without a wish
	BaseURL         string   `json:"base_url"`         // what commands without a server use
	SingleReview    bool     `json:"single_review"`    // a one-person desk: the approver may be the submitter
	CheckersApprove bool     `json:"checkers_approve"` // checkers may approve others' work
	ReviewChecks    bool     `json:"review_checks"`    // a check is published only once somebody else approved it
	TimeZone        string   `json:"time_zone"`        // in which times of publishing are set, by its IANA name; "" for UTC
	ReturnAfter     int      `json:"return_after"`     // minutes after which a claim that was taken up and left returns to the queue; 0 for never
	SecondFactor    bool     `json:"second_factor"`    // editors and admins need one-time codes
	MaxFile         int      `json:"max_file"`         // MB that a file of evidence may have, and a copy; 0 for the default

	Sufficiency   Strictness    `json:"sufficiency"` // of EvidenceRules, when a claim is submitted
	EvidenceRules EvidenceRules `json:"evidence_rules"`
	SignOff       Strictness    `json:"sign_off"` // of the Checklist, when a claim is approved
	Checklist     Checklist     `json:"checklist"`
	// Blind asks reviewers for an opinion of their own first; Block keeps the
	// proposal from them until then.
	Blind Strictness `json:"blind"`

	Watch HouseWatch `json:"watch"` // of articles that have no rule of their own

	NameReviewers bool       `json:"name_reviewers"` // publications name who judged and approved; else their roles alone
	ReviewLint    Strictness `json:"review_lint"`    // of the rules of ClaimReview, when a claim is published
	Trust         Trust      `json:"trust"`          // what the newsroom says of itself

	Public PublicSettings `json:"public"`
}

// DefaultSettings is what a new desk starts with.
func DefaultSettings() Settings {
	return Settings{Newsroom: "Cotejo", Language: "en", ReturnAfter: 120, MaxFile: defaultMaxFile,
		Sufficiency: Advise, EvidenceRules: DefaultEvidenceRules(), SignOff: Advise, Checklist: DefaultChecklist(),
		Watch: HouseWatch{WatchRule: WatchRule{Days: 14, Published: true}}, ReviewLint: Advise, Public: PublicSettings{ReportDays: DefaultReportDays}}
}

// DefaultReportDays is how long a new desk gives itself to answer a reader who reports an error.
const DefaultReportDays = 7

// PublicSettings are what the newsroom promises its readers and tells them of itself.
type PublicSettings struct {
	ReportDays  int           `json:"report_days"` // to answer a reader who reports an error
	Methodology []Methodology `json:"methodology"` // one a language
}

// Methodology is what the newsroom says of how it works, in Markdown, in one language;
// the rest of the page follows from the scale, the rules and what was published.
type Methodology struct {
	Language string `json:"language"` // ISO 639-1
	Intro    string `json:"intro"`
	Funding  string `json:"funding"`
	Team     string `json:"team"`
}

// In gives the texts in a language, empty ones where there are none.
func (s PublicSettings) In(language string) Methodology {
	for _, m := range s.Methodology {
		if m.Language == language {
			return m
		}
	}
	return Methodology{Language: language}
}

// Zone is where times of publishing are set; an error says that there is no such zone.
func (s Settings) Zone() (*time.Location, error) {
	switch s.TimeZone {
	case "":
		return time.UTC, nil
	case "Local": // that of the machine, which nobody knows
		return time.UTC, fmt.Errorf("claims: no time zone is called %q", s.TimeZone)
	}
	zone, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return time.UTC, err
	}
	return zone, nil
}
